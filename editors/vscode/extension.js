// Starts `confgen lsp` for the files that the settings name. Everything else is the server's.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const settings = vscode.workspace.getConfiguration("confgen");
  const server = { command: settings.get("path"), args: ["lsp", ...settings.get("targets").flatMap((name) => ["-t", name])] };
  client = new LanguageClient("confgen", "confgen", server, {
    documentSelector: settings.get("files").map((pattern) => ({ scheme: "file", pattern })),
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml}") },
  });
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`confgen: '${server.command}' can't be started (${error.message}); set confgen.path`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.dispose();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(vscode.commands.registerCommand("confgen.restart", restart));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => (change.affectsConfiguration("confgen") ? restart() : undefined)),
  );
  await start();
};

exports.deactivate = stop;
