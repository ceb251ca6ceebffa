// From the protocol's shapes to the editor's and back.
"use strict";
const vscode = require("vscode");

const position = (p) => new vscode.Position(p.line, p.character);
const range = (r) => new vscode.Range(position(r.start), position(r.end));
const location = (l) => new vscode.Location(vscode.Uri.parse(l.uri), range(l.range));
const edit = (e) => new vscode.TextEdit(range(e.range), e.newText);

function changes(c) {
  const all = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(c)) all.set(vscode.Uri.parse(uri), edits.map(edit));
  return all;
}

function diagnostic(d) {
  const made = new vscode.Diagnostic(range(d.range), d.message, d.severity - 1);
  made.source = d.source;
  made.code = d.codeDescription ? { value: d.code, target: vscode.Uri.parse(d.codeDescription.href) } : d.code;
  made.relatedInformation = (d.relatedInformation || []).map((r) => new vscode.DiagnosticRelatedInformation(location(r.location), r.message));
  return made;
}

function hover(h) { return h && new vscode.Hover(new vscode.MarkdownString(h.contents.value), range(h.range)); }

function symbol(s) {
  const made = new vscode.DocumentSymbol(s.name, s.detail, s.kind - 1, range(s.range), range(s.selectionRange));
  made.children = (s.children || []).map(symbol);
  return made;
}

function completion(c) {
  const made = new vscode.CompletionItem(c.label, c.kind - 1);
  made.detail = c.detail;
  made.textEdit = edit(c.textEdit);
  return made;
}

function action(a) {
  const made = new vscode.CodeAction(a.title, vscode.CodeActionKind.QuickFix);
  made.edit = changes(a.edit.changes);
  made.diagnostics = a.diagnostics.map(diagnostic);
  made.isPreferred = a.isPreferred;
  return made;
}

const folding = (f) => new vscode.FoldingRange(f.startLine, f.endLine, f.kind === "comment" ? vscode.FoldingRangeKind.Comment : vscode.FoldingRangeKind.Region);
const named = (s) => new vscode.SymbolInformation(s.name, s.kind - 1, s.containerName, location(s.location));
const list = (convert) => (all) => (all || []).map(convert);

module.exports = { position, range, location, edit, changes, diagnostic, hover, symbol, completion, action, folding, named, list };
