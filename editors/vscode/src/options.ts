// How the server is started and which documents it is asked about: all that needs no editor.

export interface Start {
  command: string;
  args: string[];
  options: { cwd?: string };
}

/** The command of the server; one that is given by a path may begin in the folder. */
export function start(path: string, folder: string | undefined): Start {
  return { command: path.trim() || "splint", args: ["server"], options: folder === undefined ? {} : { cwd: folder } };
}

const LANGUAGES = ["json", "jsonc", "jsonl", "ndjson", "yaml", "shellscript", "markdown"];
const PATTERNS = ["**/*.{ndjson,jsonl}", "**/{splint,pyproject}.toml"];

/** Files of these languages, saved or not, and those that VS Code has no language for. */
export const DOCUMENTS = [
  ...LANGUAGES.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
  ...PATTERNS.map((pattern) => ({ scheme: "file", pattern })),
];

/** What the server is told at its start. */
export function introduction(isTrusted: boolean): { trusted: boolean } {
  return { trusted: isTrusted };
}
