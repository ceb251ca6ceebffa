// Starts `writ lsp` for .writ files and hands the settings over; everything else is the server's.
"use strict";
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function activate(context) {
  const command = vscode.workspace.getConfiguration("writ").get("path", "writ");
  const server = { command, args: ["lsp"] };
  client = new LanguageClient("writ", "Writ", server, {
    documentSelector: [{ scheme: "file", language: "writ" }],
    synchronize: { configurationSection: "writ", fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.writ,writ.toml}") },
    initializationOptions: { writ: vscode.workspace.getConfiguration("writ") },
  });
  context.subscriptions.push(client);
  return client.start();
}

function deactivate() {
  return client ? client.stop() : undefined;
}

module.exports = { activate, deactivate };
