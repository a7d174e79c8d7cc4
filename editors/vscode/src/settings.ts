/** The settings of the user: those of this extension, and those that are the server's. */

import * as vscode from "vscode";

export const SECTION = "flake8-logits";

/** The settings that say which server is started, and how; all others are the server's. */
const OF_THE_EXTENSION = ["interpreter", "importStrategy", "logLevel", "trace"] as const;

export type ImportStrategy = "fromEnvironment" | "useBundled";

export interface Settings {
  readonly interpreter: string | undefined;
  readonly importStrategy: ImportStrategy;
  readonly logLevel: string;
}

/** What the user chose for the extension. */
export function settings(): Settings {
  const found = vscode.workspace.getConfiguration(SECTION);
  return {
    interpreter: found.get<string | null>("interpreter") ?? undefined,
    importStrategy: found.get<ImportStrategy>("importStrategy", "fromEnvironment"),
    logLevel: found.get("logLevel", "warning"),
  };
}

/** Whether a change is one of the extension's own settings, so that another server has to be started. */
export function concernsTheExtension(change: vscode.ConfigurationChangeEvent): boolean {
  return OF_THE_EXTENSION.some((name) => name !== "trace" && change.affectsConfiguration(`${SECTION}.${name}`));
}

/** What the server is told of the settings. */
export function settingsForTheServer(): Record<string, unknown> {
  const all = vscode.workspace.getConfiguration().get<Record<string, unknown>>(SECTION, {});
  const ours: readonly string[] = OF_THE_EXTENSION;
  const told = Object.fromEntries(Object.entries(all).filter(([name]) => !ours.includes(name)));
  // To verify is to run what the workspace holds.
  return vscode.workspace.isTrusted ? told : { ...told, codeLens: false };
}
