// Starts `writ lsp` for .writ files and passes questions and answers between it and the editor; everything else is the server's.
"use strict";
const vscode = require("vscode");
const { Connection } = require("./connection");
const convert = require("./convert");

const SELECTOR = [{ scheme: "file", language: "writ" }];
const isOurs = (document) => document.languageId === "writ" && document.uri.scheme === "file";
const named = (document) => ({ textDocument: { uri: document.uri.toString() } });
const at = (document, position) => ({ ...named(document), position });
const settings = () => ({ writ: { proofs: vscode.workspace.getConfiguration("writ").get("proofs") } });

let connection;

/// Verdicts take their time: shown in the status bar while the prover works.
function progressHandler() {
  const running = new Map();
  return ({ token, value }) => {
    if (value.kind === "begin") {
      vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: value.title },
        (report) => new Promise((end) => running.set(token, { report, end })));
      return;
    }
    const run = running.get(token);
    if (!run) return;
    if (value.kind === "report") run.report.report({ message: value.message });
    else {
      running.delete(token);
      run.end();
    }
  };
}

function connect(context, log) {
  const shown = vscode.languages.createDiagnosticCollection("writ");
  context.subscriptions.push(shown);
  const command = vscode.workspace.getConfiguration("writ").get("path", "writ");
  const handlers = {
    "textDocument/publishDiagnostics": (p) => shown.set(vscode.Uri.parse(p.uri), p.diagnostics.map(convert.diagnostic)),
    "window/logMessage": (p) => log.appendLine(p.message),
    "window/workDoneProgress/create": () => null,
    "client/registerCapability": () => null,
    "$/progress": progressHandler(),
  };
  const ended = (why) => {
    shown.clear();
    log.appendLine(`writ lsp: ${why} ${connection ? connection.errors : ""}`);
  };
  return new Connection(command, ["lsp"], handlers, ended);
}

function provide(context) {
  const ask = (method, make) => (convertAnswer) => async (...args) => {
    const token = args[args.length - 1];
    return convertAnswer(await connection.request(method, make(...args), token));
  };
  const { languages } = vscode;
  const place = (document, position) => at(document, position);
  const whole = (document) => named(document);
  const locations = convert.list(convert.location);
  context.subscriptions.push(
    languages.registerHoverProvider(SELECTOR, { provideHover: ask("textDocument/hover", place)(convert.hover) }),
    languages.registerDefinitionProvider(SELECTOR, { provideDefinition: ask("textDocument/definition", place)(locations) }),
    languages.registerReferenceProvider(SELECTOR, {
      provideReferences: ask("textDocument/references", (document, position, { includeDeclaration }) => ({ ...at(document, position), context: { includeDeclaration } }))(locations),
    }),
    languages.registerDocumentHighlightProvider(SELECTOR, {
      provideDocumentHighlights: ask("textDocument/documentHighlight", place)(convert.list((h) => new vscode.DocumentHighlight(convert.range(h.range)))),
    }),
    languages.registerDocumentSymbolProvider(SELECTOR, { provideDocumentSymbols: ask("textDocument/documentSymbol", whole)(convert.list(convert.symbol)) }),
    languages.registerWorkspaceSymbolProvider({ provideWorkspaceSymbols: ask("workspace/symbol", (query) => ({ query }))(convert.list(convert.named)) }),
    languages.registerDocumentFormattingEditProvider(SELECTOR, {
      provideDocumentFormattingEdits: ask("textDocument/formatting", (document, options) => ({ ...named(document), options }))(convert.list(convert.edit)),
    }),
    languages.registerFoldingRangeProvider(SELECTOR, { provideFoldingRanges: ask("textDocument/foldingRange", whole)(convert.list(convert.folding)) }),
    languages.registerCompletionItemProvider(SELECTOR, { provideCompletionItems: (document, position, token) => ask("textDocument/completion", place)(convert.list(convert.completion))(document, position, token) }, "."),
    languages.registerCodeActionsProvider(SELECTOR, {
      provideCodeActions: ask("textDocument/codeAction", (document, range) => ({ ...named(document), range: { start: range.start, end: range.end }, context: { diagnostics: [] } }))(convert.list(convert.action)),
    }),
    languages.registerRenameProvider(SELECTOR, {
      provideRenameEdits: ask("textDocument/rename", (document, position, newName) => ({ ...at(document, position), newName }))((answer) => answer && convert.changes(answer.changes)),
      prepareRename: ask("textDocument/prepareRename", place)((range) => {
        if (!range) throw new Error("there is nothing to rename here");
        return convert.range(range);
      }),
    }),
  );
}

function synchronize(context) {
  const { workspace } = vscode;
  const open = (d) => isOurs(d) && connection.notify("textDocument/didOpen", { textDocument: { uri: d.uri.toString(), languageId: "writ", version: d.version, text: d.getText() } });
  const changed = ({ document, contentChanges }) => isOurs(document) && contentChanges.length > 0 && connection.notify("textDocument/didChange", {
    textDocument: { uri: document.uri.toString(), version: document.version },
    contentChanges: contentChanges.map(({ range, text }) => ({ range: { start: range.start, end: range.end }, text })),
  });
  const files = workspace.createFileSystemWatcher("**/{*.writ,writ.toml}");
  const file = (type) => (uri) => connection.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri.toString(), type }] });
  context.subscriptions.push(
    workspace.onDidOpenTextDocument(open),
    workspace.onDidChangeTextDocument(changed),
    workspace.onDidSaveTextDocument((d) => isOurs(d) && connection.notify("textDocument/didSave", named(d))),
    workspace.onDidCloseTextDocument((d) => isOurs(d) && connection.notify("textDocument/didClose", named(d))),
    workspace.onDidChangeConfiguration((e) => e.affectsConfiguration("writ") && connection.notify("workspace/didChangeConfiguration", { settings: settings() })),
    files, files.onDidCreate(file(1)), files.onDidChange(file(2)), files.onDidDelete(file(3)),
  );
  workspace.textDocuments.forEach(open);
}

async function activate(context) {
  const log = vscode.window.createOutputChannel("Writ");
  context.subscriptions.push(log);
  connection = connect(context, log);
  try {
    await connection.request("initialize", { processId: process.pid, rootUri: null, capabilities: { window: { workDoneProgress: true } }, initializationOptions: settings() });
  } catch (error) {
    vscode.window.showErrorMessage(`Writ: the language server does not start (${error.message}). Set writ.path to the writ command.`);
    return;
  }
  connection.notify("initialized", {});
  provide(context);
  synchronize(context);
}

function deactivate() { return connection ? connection.stop() : undefined; }

module.exports = { activate, deactivate };
