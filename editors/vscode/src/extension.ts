import { commands, ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, Trace } from "vscode-languageclient/node";
import { DOCUMENTS, introduction, start } from "./options";

const output = window.createOutputChannel("splint", { log: true });
let client: LanguageClient | undefined;
/** Starts and stops one after the other, however fast settings change. */
let queue: Promise<void> = Promise.resolve();

export function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    output,
    commands.registerCommand("splint.restart", restart),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("splint.path")) {
        await restart();
      } else if (event.affectsConfiguration("splint.trace")) {
        await client?.setTrace(trace());
      }
    }),
  );
  return restart();
}

export function deactivate(): Promise<void> {
  return inTurn(stop);
}

function restart(): Promise<void> {
  return inTurn(async () => {
    await stop();
    await begin();
  });
}

function inTurn(step: () => Promise<void>): Promise<void> {
  queue = queue.then(step);
  return queue;
}

async function begin(): Promise<void> {
  const path = workspace.getConfiguration("splint").get("path", "splint");
  const server = start(path, workspace.workspaceFolders?.[0]?.uri.fsPath);
  client = new LanguageClient("splint", "splint", server, {
    documentSelector: DOCUMENTS,
    initializationOptions: introduction(workspace.isTrusted),
    outputChannel: output,
  });
  try {
    await client.start();
    await client.setTrace(trace());
  } catch (error) {
    client = undefined;
    const help = "Install it with pip install 'splint-smartplus[lsp]', or name its path in the setting splint.path.";
    void window.showErrorMessage(`${server.command} server cannot be started: ${String(error)}. ${help}`);
  }
}

async function stop(): Promise<void> {
  const stopped = client;
  client = undefined;
  await stopped?.dispose().catch((error) => output.error(String(error)));
}

function trace(): Trace {
  return Trace.fromString(workspace.getConfiguration("splint").get("trace", "off"));
}
