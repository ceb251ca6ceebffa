// Runs editors/vscode/extension.js against a stand-in for the editor's API and a real `writ lsp`: what the extension sends and shows.
// usage: node drive.js WRIT SOURCE_FOLDER
"use strict";
const assert = require("assert");
const fs = require("fs");
const Module = require("module");
const os = require("os");
const path = require("path");
const { pathToFileURL } = require("url");

const [writ, source] = process.argv.slice(2);
const PATIENCE = 120000;

// ---- the editor's API, as far as the extension uses it

class Position { constructor(line, character) { this.line = line; this.character = character; } }
class Range { constructor(start, end) { this.start = start; this.end = end; } }
class Location { constructor(uri, range) { this.uri = uri; this.range = range; } }
class Uri {
  constructor(text) { this.text = text; }
  static parse(text) { return new Uri(text); }
  get scheme() { return this.text.split(":")[0]; }
  toString() { return this.text; }
}
class Diagnostic { constructor(range, message, severity) { Object.assign(this, { range, message, severity }); } }
class Plain { constructor(...parts) { this.parts = parts; } }
class WorkspaceEdit { constructor() { this.edits = new Map(); } set(uri, edits) { this.edits.set(uri.toString(), edits); } }
class CompletionItem { constructor(label, kind) { Object.assign(this, { label, kind }); } }
class CodeAction { constructor(title, kind) { Object.assign(this, { title, kind }); } }
class DocumentSymbol { constructor(name, detail, kind, range, selection) { Object.assign(this, { name, detail, kind, range, selection, children: [] }); } }

const providers = {};
const listeners = {};
const shown = new Map();
const configuration = { path: writ, proofs: { run: "onSave", debounceMs: 0, budget: 0, threads: 1 } };
const event = (name) => (listener) => { listeners[name] = listener; return { dispose() {} }; };
const register = (kind) => (...args) => { providers[kind] = args.find((a) => a && typeof a === "object" && !Array.isArray(a)); return { dispose() {} }; };
const progress = [];

const vscode = {
  Position, Range, Location, Uri, Diagnostic, WorkspaceEdit, CompletionItem, CodeAction, DocumentSymbol,
  TextEdit: class { constructor(range, newText) { Object.assign(this, { range, newText }); } },
  Hover: class { constructor(contents, range) { Object.assign(this, { contents, range }); } },
  MarkdownString: class { constructor(value) { this.value = value; } },
  DiagnosticRelatedInformation: class { constructor(location, message) { Object.assign(this, { location, message }); } },
  DocumentHighlight: Plain, FoldingRange: Plain, SymbolInformation: Plain,
  FoldingRangeKind: { Comment: 1, Region: 3 }, CodeActionKind: { QuickFix: "quickfix" }, ProgressLocation: { Window: 10 },
  window: {
    createOutputChannel: () => ({ appendLine(line) { process.stdout.write(`log: ${line}\n`); }, dispose() {} }),
    showErrorMessage(message) { throw new Error(message); },
    withProgress(options, run) { const p = run({ report() {} }); progress.push(p); return p; },
  },
  languages: {
    createDiagnosticCollection: () => ({ set: (uri, all) => shown.set(uri.toString(), all), clear: () => shown.clear(), dispose() {} }),
    registerHoverProvider: register("hover"), registerDefinitionProvider: register("definition"), registerReferenceProvider: register("references"),
    registerDocumentHighlightProvider: register("highlights"), registerDocumentSymbolProvider: register("symbols"), registerWorkspaceSymbolProvider: register("names"),
    registerDocumentFormattingEditProvider: register("formatting"), registerFoldingRangeProvider: register("folding"), registerCompletionItemProvider: register("completion"),
    registerCodeActionsProvider: register("actions"), registerRenameProvider: register("rename"),
  },
  workspace: {
    textDocuments: [],
    getConfiguration: () => ({ get: (key, fallback) => (key in configuration ? configuration[key] : fallback) }),
    createFileSystemWatcher: () => ({ onDidCreate: event("created"), onDidChange: event("changed"), onDidDelete: event("deleted"), dispose() {} }),
    onDidOpenTextDocument: event("open"), onDidChangeTextDocument: event("change"), onDidSaveTextDocument: event("save"), onDidCloseTextDocument: event("close"),
    onDidChangeConfiguration: event("configuration"),
  },
};
const load = Module._load;
Module._load = (request, ...rest) => (request === "vscode" ? vscode : load(request, ...rest));

// ---- the test

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
async function until(what, condition) {
  for (const began = Date.now(); Date.now() - began < PATIENCE; await sleep(20)) if (condition()) return process.stdout.write(`ok  ${what}\n`);
  throw new Error(`${what}: ${JSON.stringify([...shown])}`);
}

function open(folder, name) {
  const file = path.join(folder, name);
  let text = fs.readFileSync(file, "utf8");
  const document = {
    languageId: "writ", uri: Uri.parse(pathToFileURL(file).href), version: 1, getText: () => text,
    find(word) {
      const before = text.slice(0, text.indexOf(word)).split("\n");
      return new Position(before.length - 1, before[before.length - 1].length);
    },
    append(added) {
      const lines = text.split("\n");
      const end = new Position(lines.length - 1, lines[lines.length - 1].length);
      text += added;
      document.version += 1;
      listeners.change({ document, contentChanges: [{ range: new Range(end, end), text: added }] });
    },
  };
  return document;
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "writ_vscode_"));
  fs.cpSync(path.join(source, "tests/lsp/project"), folder, { recursive: true });
  const extension = require(path.join(source, "editors/vscode/extension.js"));
  const roles = open(folder, "roles.writ");
  vscode.workspace.textDocuments.push(roles);
  const token = { onCancellationRequested() {} };
  const context = { subscriptions: [] };
  await extension.activate(context);
  const of = (document) => shown.get(document.uri.toString()) || [];
  await until("a good file is clean", () => shown.has(roles.uri.toString()) && of(roles).length === 0);

  roles.append("role extra for Employee { on request after chif }\n");
  await until("an error is shown", () => of(roles).length === 1);
  assert.strictEqual(of(roles)[0].severity, 0);
  assert.ok(of(roles)[0].code.target.toString().endsWith(`${of(roles)[0].code.value}.md`));
  const [fix] = await providers.actions.provideCodeActions(roles, of(roles)[0].range, {}, token);
  assert.deepStrictEqual([...fix.edit.edits.values()][0].map((e) => e.newText), ["chief"]);

  const hover = await providers.hover.provideHover(roles, roles.find("clerk("), token);
  assert.match(hover.contents.value, /an employee may do/);
  const [definition] = await providers.definition.provideDefinition(roles, roles.find("small"), token);
  assert.ok(definition.uri.toString().endsWith("words.writ"));
  const references = await providers.references.provideReferences(roles, roles.find("inv.enter"), { includeDeclaration: true }, token);
  assert.ok(references.length >= 4);
  assert.ok((await providers.symbols.provideDocumentSymbols(roles, token)).some((s) => s.name === "cashier"));
  assert.ok((await providers.names.provideWorkspaceSymbols("clerk", token)).length > 0);
  assert.ok((await providers.highlights.provideDocumentHighlights(roles, roles.find("chief"), token)).length > 1);
  assert.ok((await providers.folding.provideFoldingRanges(roles, token)).length > 1);
  assert.ok(Array.isArray(await providers.formatting.provideDocumentFormattingEdits(roles, { tabSize: 2 }, token)));
  assert.ok((await providers.completion.provideCompletionItems(roles, roles.find("inv.enter"), token)).some((i) => i.label === "cashier"));
  await assert.rejects(providers.rename.provideRenameEdits(roles, roles.find("clerk("), "cashier", token));
  process.stdout.write("ok  every provider answers\n");

  roles.append("role unused for Employee { may inv.enter where resource.amount < 1 EUR and resource.amount > 2 EUR  on request after chief }\n");
  const broken = roles.getText().replace("chif", "chief");
  fs.writeFileSync(path.join(folder, "roles.writ"), broken);
  listeners.close(roles);
  const again = open(folder, "roles.writ");
  listeners.open(again);
  await until("a verdict is shown", () => of(again).some((d) => d.source === "writ prove"));
  assert.ok(progress.length > 0);
  await Promise.all(progress);
  await extension.deactivate();
  await until("the diagnostics go with the server", () => shown.size === 0);
  fs.rmSync(folder, { recursive: true });
  process.stdout.write("all steps passed\n");
}

main().catch((error) => {
  process.stdout.write(`FAILED  ${error.stack}\n`);
  process.exit(1);
});
