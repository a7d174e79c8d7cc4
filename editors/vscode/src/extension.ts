/** Starts the server when there is Python to look at, and again when another one is wanted. */

import * as vscode from "vscode";
import { fixAll } from "./fixing";
import { onDidChangeInterpreter } from "./interpreters";
import { Running } from "./running";
import { concernsTheExtension, SECTION } from "./settings";

let running: Running | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("flake8-logits", { log: true });
  const server = new Running(context, log);
  running = server;
  const restart = (): void => void server.restart();
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("flake8-logits.restart", () => server.restart()),
    vscode.commands.registerCommand("flake8-logits.showOutput", () => {
      log.show();
    }),
    vscode.commands.registerCommand("flake8-logits.fixAll", fixAll),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (concernsTheExtension(change)) {
        restart();
      } else if (change.affectsConfiguration(SECTION)) {
        void server.tellSettings();
      }
    }),
  );
  await server.restart();
  const subscription = await onDidChangeInterpreter(restart);
  if (subscription !== undefined) {
    context.subscriptions.push(subscription);
  }
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
