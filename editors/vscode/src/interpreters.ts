/** Which Python the server may run on, the best first. */

import type { PythonExtension } from "@vscode/python-extension";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

const PYTHON_EXTENSION = "ms-python.python";
const WINDOWS = process.platform === "win32";

export interface Interpreter {
  readonly path: string;
  /** Who named it, for the reader of the log. */
  readonly from: string;
}

/** The interpreters to try.  One that is set is the only one, if the workspace that it lies in is trusted. */
export async function interpreters(chosen: string | undefined): Promise<Interpreter[]> {
  if (chosen !== undefined && chosen.trim() !== "") {
    const file = expanded(chosen.trim());
    if (vscode.workspace.isTrusted || !isInTheWorkspace(file)) {
      return [{ path: file, from: "the setting" }];
    }
  }
  return vscode.workspace.isTrusted
    ? [...(await ofThePythonExtension()), ...ofTheWorkspace(), ...ofThePath()]
    : ofThePath();
}

/** Whether a program lies in a folder of the workspace: a setting of the user's can lead into each that is opened. */
function isInTheWorkspace(file: string): boolean {
  return (vscode.workspace.workspaceFolders ?? []).some((folder) => {
    const way = path.relative(folder.uri.fsPath, file);
    return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
  });
}

/** Call back whenever the Python extension is told to use another interpreter. */
export async function onDidChangeInterpreter(act: () => void): Promise<vscode.Disposable | undefined> {
  const api = await pythonExtension();
  return api?.environments.onDidChangeActiveEnvironmentPath(act);
}

async function ofThePythonExtension(): Promise<Interpreter[]> {
  const api = await pythonExtension();
  if (api === undefined) {
    return [];
  }
  const active = api.environments.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
  const environment = await api.environments.resolveEnvironment(active);
  const executable = environment?.executable.uri?.fsPath;
  return executable === undefined ? [] : [{ path: executable, from: "the Python extension" }];
}

/** What the Python extension offers to others; undefined where it is not installed, or does not start. */
async function pythonExtension(): Promise<PythonExtension | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>(PYTHON_EXTENSION);
  try {
    return await extension?.activate();
  } catch {
    return undefined;
  }
}

/** The virtual environments of the workspace, which are not run before somebody trusts it. */
function ofTheWorkspace(): Interpreter[] {
  const inside = WINDOWS ? path.join("Scripts", "python.exe") : path.join("bin", "python");
  return (vscode.workspace.workspaceFolders ?? [])
    .flatMap((folder) => [".venv", "venv"].map((name) => path.join(folder.uri.fsPath, name, inside)))
    .filter((file) => existsSync(file))
    .map((file) => ({ path: file, from: "the workspace" }));
}

function ofThePath(): Interpreter[] {
  return (WINDOWS ? ["python", "py"] : ["python3", "python"]).map((name) => ({ path: name, from: "the path" }));
}

/** A path with the variables that settings may hold; one that leads somewhere begins at the workspace. */
function expanded(text: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const found = text
    .replaceAll("${workspaceFolder}", folder)
    .replaceAll("${userHome}", homedir())
    .replaceAll(/\$\{env:(\w+)\}/g, (_, name: string) => process.env[name] ?? "")
    .replace(/^~(?=$|[/\\])/, homedir());
  return /[/\\]/.test(found) && !path.isAbsolute(found) ? path.join(folder, found) : found;
}
