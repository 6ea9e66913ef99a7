"""A client of the language server, which speaks with the real process, message by message."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from tests.test_formats import PATH

EDITS = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}}}
RELATED = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}
TIMEOUT = 30
"""The most seconds that an answer may take on a busy machine."""


def measured() -> list[str]:
    """What measures the coverage of the server where that of the tests is measured: it runs nowhere else."""
    coverage = sys.modules.get("coverage")
    measuring = coverage.Coverage.current() if coverage is not None else None
    if measuring is None:
        return []
    settings = Path(__file__).parents[2] / "pyproject.toml"
    return [
        "-m",
        "coverage",
        "run",
        "-p",
        f"--rcfile={settings}",
        f"--data-file={Path(measuring.config.data_file).resolve()}",
    ]


class Client:
    """One server, and one workspace at a time."""

    def __init__(self, cwd: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *measured(), "-m", "splint", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": PATH, **environment},
        )
        self._messages: Queue[dict[str, Any] | None] = Queue()
        self._number = 0
        self.requests: list[dict[str, Any]] = []
        """What the server has asked."""
        self.published: list[dict[str, Any]] = []
        """What it has published, in order."""
        self.logged: list[str] = []
        self.progress: list[dict[str, Any]] = []
        self.errors = b""
        threading.Thread(target=self._read, daemon=True).start()
        self._errors_read = threading.Thread(target=self._read_errors, daemon=True)
        self._errors_read.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        while header := self.process.stdout.readline():
            assert header.startswith(b"Content-Length: "), header
            while self.process.stdout.readline() != b"\r\n":
                pass
            self._messages.put(json.loads(self.process.stdout.read(int(header.split(b":")[1]))))
        self._messages.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors += line

    # -- messages --------------------------------------------------------------------------------------------------

    def send_bytes(self, body: bytes) -> None:
        """Send the body of a message, whatever it is."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method: str, params: Any = None) -> None:
        """Send a notification."""
        self.send_bytes(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def begin(self, method: str, params: Any = None) -> int:
        """Send a request; its number."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}
        self.send_bytes(json.dumps(message).encode())
        return self._number

    def answer(self, number: int | None) -> dict[str, Any]:
        """The answer to a request; None for what answers no request."""
        while True:
            message = self.next()
            if message.get("id", "") == number and "method" not in message:
                return message

    def ask(self, method: str, params: Any = None) -> Any:
        """The result of a request."""
        answer = self.answer(self.begin(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    def next(self, timeout: float = TIMEOUT) -> dict[str, Any]:
        """The next message; what the server asks is answered with null, and what it publishes is noted."""
        message = self._messages.get(timeout=timeout)
        assert message is not None, self.errors.decode()
        if "method" in message and "id" in message:
            self.requests.append(message)
            self.send_bytes(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": None}).encode())
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.published.append(message["params"])
        elif message.get("method") == "window/logMessage":
            self.logged.append(message["params"]["message"])
        elif message.get("method") == "$/progress":
            self.progress.append(message["params"])
        return message

    def drain(self, seconds: float) -> None:
        """Take what comes until nothing has come for some time."""
        try:
            while True:
                self.next(seconds)
        except Empty:
            pass

    # -- documents -------------------------------------------------------------------------------------------------

    def initialize(self, root: Path | None, *, trusted: bool | None = None, **capabilities: Any) -> dict[str, Any]:
        """Introduce a client with these capabilities."""
        options = {} if trusted is None else {"trusted": trusted}
        params = {
            "processId": None,
            "rootUri": root.as_uri() if root is not None else None,
            "capabilities": capabilities,
            "initializationOptions": options,
        }
        result: dict[str, Any] = self.ask("initialize", params)
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, language: str = "json", version: int = 1) -> None:
        """Open a document."""
        document = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, *changes: dict[str, Any] | str) -> None:
        """Change a document: by ranges, or to a whole text."""
        made = [{"text": change} if isinstance(change, str) else change for change in changes]
        self.notify(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": made}
        )

    def close(self, uri: str) -> None:
        """Close a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def settled(self, uri: str) -> list[dict[str, Any]]:
        """The diagnostics of a document, once its newest version has been judged."""
        found: list[dict[str, Any]] = self.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
        return found

    def last(self, uri: str) -> dict[str, Any]:
        """What was published last for a document."""
        return self.until(uri)

    def until(self, uri: str, codes: set[str] | None = None, *, version: int | None = None) -> dict[str, Any]:
        """What is published for a document, once it has exactly these codes, or this version."""
        while True:
            published: dict[str, Any] | None = next(
                (one for one in reversed(self.published) if one["uri"] == uri), None
            )
            if published is not None:
                is_right = codes is None or codes_of(published["diagnostics"]) == codes
                if is_right and (version is None or published.get("version") == version):
                    return published
            self.next()

    def actions(self, uri: str, only: list[str] | None = None) -> list[dict[str, Any]]:
        """The code actions on a whole document."""
        context = {"diagnostics": [], **({"only": only} if only is not None else {})}
        stretch = {"start": {"line": 0, "character": 0}, "end": {"line": 10**6, "character": 0}}
        params = {"textDocument": {"uri": uri}, "range": stretch, "context": context}
        found: list[dict[str, Any]] = self.ask("textDocument/codeAction", params)
        return found

    def end(self) -> int:
        """Shut the server down; its exit status."""
        if self.process.poll() is None:
            self.ask("shutdown")
            self.notify("exit")
        return self.wait()

    def wait(self) -> int:
        """The exit status, once it has ended."""
        status = self.process.wait(TIMEOUT)
        self._errors_read.join(TIMEOUT)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return status


def codes_of(diagnostics: list[dict[str, Any]]) -> set[str]:
    """The codes of diagnostics; the message of one without a code."""
    return {one.get("code", one["message"]) for one in diagnostics}


def edited(text: str, edits: list[dict[str, Any]], unit: str = "utf-16-le") -> str:
    """A text after edits of the protocol, as an editor applies them."""
    lines = text.splitlines(keepends=True) or [""]
    width = 2 if unit == "utf-16-le" else 1

    def index(place: dict[str, int]) -> int:
        if place["line"] >= len(lines):
            return len(text)
        before = lines[place["line"]].encode(unit)[: place["character"] * width].decode(unit)
        return len("".join(lines[: place["line"]])) + len(before)

    made = [(index(edit["range"]["start"]), index(edit["range"]["end"]), edit["newText"]) for edit in edits]
    for start, end, new in sorted(made, reverse=True):
        text = text[:start] + new + text[end:]
    return text
