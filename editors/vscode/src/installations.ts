/** Where a server can be started from: the environment of an interpreter, or what comes with the extension. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import type * as vscode from "vscode";
import type { Interpreter } from "./interpreters";
import type { ImportStrategy } from "./settings";

const PATIENCE = 30_000;
/** Asks an interpreter for all that a server needs. */
const PROBE = "import flake8_logits, flake8_logits.server.starting, libcst; print(flake8_logits.__version__)";

export interface Installation {
  readonly interpreter: Interpreter;
  readonly version: string;
  readonly bundled: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** The first installation that works; undefined where there is none.  What was tried goes to the log. */
export async function installation(
  context: vscode.ExtensionContext,
  candidates: readonly Interpreter[],
  strategy: ImportStrategy,
  log: vscode.LogOutputChannel,
): Promise<Installation | undefined> {
  const cwd = neutralFolder(context);
  const bundle = path.join(context.extensionPath, "bundled", "libs");
  const places = [
    ...(strategy === "fromEnvironment" ? [{ bundled: false, env: process.env }] : []),
    ...(existsSync(bundle) ? [{ bundled: true, env: withPath(bundle) }] : []),
  ];
  for (const interpreter of candidates) {
    for (const place of places) {
      const version = await versionIn(interpreter, place.env, cwd, log);
      if (version !== undefined) {
        return { interpreter, version, ...place };
      }
    }
  }
  return undefined;
}

/** Where the server starts.  Python takes modules from there, so it must not be the workspace. */
export function neutralFolder(context: vscode.ExtensionContext): string {
  return path.join(context.extensionPath, "out");
}

/** The environment of a child that finds modules in a folder first. */
function withPath(folder: string): NodeJS.ProcessEnv {
  const before = process.env.PYTHONPATH;
  const paths = before === undefined || before === "" ? [folder] : [folder, before];
  return { ...process.env, PYTHONPATH: paths.join(path.delimiter) };
}

async function versionIn(
  interpreter: Interpreter,
  env: NodeJS.ProcessEnv,
  cwd: string,
  log: vscode.LogOutputChannel,
): Promise<string | undefined> {
  try {
    const run = await promisify(execFile)(interpreter.path, ["-c", PROBE], { env, cwd, timeout: PATIENCE });
    return run.stdout.trim();
  } catch (error) {
    const said = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    log.info(`${interpreter.path} (${interpreter.from}): ${said ?? ""}`);
    return undefined;
  }
}
