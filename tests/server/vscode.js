// Runs the extension without an editor: what it asks of VS Code and of the client is written down, and printed as JSON.
const Module = require("module");

const said = { clients: [], errors: [] };
const heard = {};
const settings = { path: ".venv/bin/splint", trace: "verbose" };
const listener = (name) => (call) => {
  heard[name] = call;
  return { dispose() {} };
};
const workspace = {
  isTrusted: false,
  workspaceFolders: [{ uri: { fsPath: "/folder" } }],
  getConfiguration: (section) => ({ get: (key) => settings[section === "splint" ? key : ""] }),
  onDidGrantWorkspaceTrust: listener("trust"),
  onDidChangeConfiguration: listener("settings"),
};
const vscode = {
  workspace,
  window: {
    createOutputChannel: () => ({ error() {}, dispose() {} }),
    showErrorMessage: (message) => said.errors.push(message),
  },
  commands: { registerCommand: (name, call) => listener(name)(call) },
};

class LanguageClient {
  constructor(id, name, server, options) {
    this.said = { server, trusted: options.initializationOptions, documents: options.documentSelector, steps: [] };
    said.clients.push(this.said);
  }
  async start() {
    if (settings.path === "missing") throw new Error("ENOENT");
    this.said.steps.push("start");
  }
  async setTrace(trace) {
    this.said.steps.push(`trace ${trace}`);
  }
  async dispose() {
    this.said.steps.push("dispose");
  }
}

const extension = process.argv[2];
const load = Module._load;
let isReal = false;
Module._load = function (name, ...rest) {
  if (name === "vscode") return isReal ? anything() : vscode;
  if (name === "vscode-languageclient/node" && !isReal) return { LanguageClient, Trace: { fromString: (text) => text } };
  return load.call(this, name, ...rest);
};

// A module of which any part may be called, made or extended.
function anything() {
  return new Proxy(class {}, { get: (target, key) => (key in target ? target[key] : anything()) });
}

async function main() {
  const { activate, deactivate } = require(extension);
  await activate({ subscriptions: [] });
  workspace.isTrusted = true;
  await heard.trust();
  settings.trace = "off";
  await heard.settings({ affectsConfiguration: (key) => key === "splint.trace" });
  settings.path = "missing";
  await heard.settings({ affectsConfiguration: (key) => key === "splint.path" });
  settings.path = "";
  await heard["splint.restart"]();
  await deactivate();
  isReal = true;
  const real = Module.createRequire(extension)("vscode-languageclient/node");
  said.client = typeof real.LanguageClient;
  console.log(JSON.stringify(said));
}

main();
