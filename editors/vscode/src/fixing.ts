/** All safe fixes at once, in the file or notebook that is being edited. */

import * as vscode from "vscode";

const FILE = vscode.CodeActionKind.SourceFixAll.append("flake8-logits");
const NOTEBOOK = vscode.CodeActionKind.Notebook.append(FILE.value);

/** Apply the safe fixes; says so where there are none. */
export async function fixAll(): Promise<void> {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  const cell = notebook?.getCells().find((one) => one.document.languageId === "python");
  const document = cell?.document ?? vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    return;
  }
  const edit = await fixesOf(document, cell === undefined ? FILE : NOTEBOOK);
  if (edit === undefined) {
    void vscode.window.showInformationMessage("flake8-logits: there is nothing that can be mended safely.");
  } else {
    await vscode.workspace.applyEdit(edit);
  }
}

async function fixesOf(
  document: vscode.TextDocument,
  kind: vscode.CodeActionKind,
): Promise<vscode.WorkspaceEdit | undefined> {
  const whole = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  const command = "vscode.executeCodeActionProvider";
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(command, document.uri, whole, kind.value);
  return found.find((action) => action.kind?.value === kind.value)?.edit;
}
