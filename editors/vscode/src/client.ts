/** The client of one server. */

import * as vscode from "vscode";
import {
  type ConfigurationParams,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";
import { type Installation, neutralFolder } from "./installations";
import { SECTION, settingsForTheServer } from "./settings";

const SCHEMES = ["file", "untitled", "vscode-notebook-cell"];
const VERIFY = "flake8-logits.verify";

/** A client, not started yet, of the server of an installation. */
export function createClient(
  context: vscode.ExtensionContext,
  found: Installation,
  logLevel: string,
  log: vscode.LogOutputChannel,
): LanguageClient {
  const server: ServerOptions = {
    command: found.interpreter.path,
    args: ["-m", "flake8_logits", "server", "--log-level", logLevel],
    transport: TransportKind.stdio,
    options: { cwd: neutralFolder(context), env: found.env },
  };
  const options: LanguageClientOptions = {
    documentSelector: SCHEMES.map((scheme) => ({ scheme, language: "python" })),
    outputChannel: log,
    initializationOptions: settingsForTheServer(),
    middleware: {
      workspace: {
        configuration: (params: ConfigurationParams) => params.items.map(() => settingsForTheServer()),
      },
      executeCommand: (command, args: unknown[], next): unknown => {
        if (command === VERIFY && !vscode.workspace.isTrusted) {
          refuse();
          return undefined;
        }
        return next(command, args);
      },
    },
  };
  return new LanguageClient(SECTION, "flake8-logits", server, options);
}

function refuse(): void {
  void vscode.window.showWarningMessage("flake8-logits: nothing is run in a workspace that you do not trust.");
}
