/** The one server of this window. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { createClient } from "./client";
import { type Installation, installation } from "./installations";
import { type Interpreter, interpreters } from "./interpreters";
import { settings } from "./settings";

const SELECTOR = [{ language: "python" }];
const HINT = "python -m pip install 'flake8-logits[lsp]'";

export class Running {
  private client: LanguageClient | undefined;
  private work: Promise<void> = Promise.resolve();
  private readonly status: vscode.LanguageStatusItem;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.status = vscode.languages.createLanguageStatusItem("flake8-logits", SELECTOR);
    this.status.name = "flake8-logits";
    this.status.command = { command: "flake8-logits.showOutput", title: "Show the Output" };
    context.subscriptions.push(this.status);
  }

  /** Start a server as the settings are now, in the place of one that runs.  One after the other. */
  restart(): Promise<void> {
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  /** End the server. */
  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  /** Have the server ask for its settings again. */
  async tellSettings(): Promise<void> {
    await this.client?.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  private next(act: () => Promise<void>): Promise<void> {
    this.work = this.work.then(act).catch((error: unknown) => {
      this.log.error(error instanceof Error ? error : String(error));
      this.tell(vscode.LanguageStatusSeverity.Error, "flake8-logits: not running", String(error));
    });
    return this.work;
  }

  private async begin(): Promise<void> {
    const chosen = settings();
    this.status.busy = true;
    const candidates = await interpreters(chosen.interpreter);
    const found = await installation(this.context, candidates, chosen.importStrategy, this.log);
    this.status.busy = false;
    if (found === undefined) {
      this.missing(candidates);
      return;
    }
    this.log.info(described(found));
    this.client = createClient(this.context, found, chosen.logLevel, this.log);
    await this.client.start();
    await vscode.commands.executeCommand("setContext", "flake8-logits.running", true);
    this.tell(vscode.LanguageStatusSeverity.Information, `flake8-logits ${found.version}`, described(found));
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await vscode.commands.executeCommand("setContext", "flake8-logits.running", false);
    await client?.dispose();
  }

  private missing(candidates: readonly Interpreter[]): void {
    const tried = candidates.map((one) => `${one.path} (${one.from})`).join(", ");
    this.log.error(`No Python of 3.10 or later can run the server. Tried: ${tried}. In one of them: ${HINT}`);
    this.tell(vscode.LanguageStatusSeverity.Error, "flake8-logits: not running", `tried ${tried}`);
    void this.offerHelp();
  }

  private async offerHelp(): Promise<void> {
    const copy = "Copy the Command", show = "Show the Output";
    const message = `flake8-logits is not running: no Python of 3.10 or later has it. ${HINT}`;
    const answer = await vscode.window.showErrorMessage(message, copy, show);
    if (answer === copy) {
      await vscode.env.clipboard.writeText(HINT);
    } else if (answer === show) {
      this.log.show();
    }
  }

  private tell(severity: vscode.LanguageStatusSeverity, text: string, detail: string): void {
    this.status.severity = severity;
    this.status.text = text;
    this.status.detail = detail;
  }
}

function described(found: Installation): string {
  const whose = found.bundled ? "that comes with the extension" : "of the environment";
  return `flake8-logits ${found.version} ${whose}, on ${found.interpreter.path} (${found.interpreter.from})`;
}
