"""An editor of one document, for `warm.py`: what it types, and how long the server takes to answer."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

COMMAND = [sys.executable, "-P", "-m", "splint", "server"]


class Editor:
    """A client of one server, with one document open."""

    def __init__(self, process: "subprocess.Popen[bytes]", file: Path) -> None:
        self._process = process
        self._number = 0
        self._uri = file.as_uri()
        text = file.read_text()
        *_, budget = re.finditer(r'\bbudget"?: \d+', text)
        self._line = text.count("\n", 0, budget.end())
        self._column = budget.end() - (text.rfind("\n", 0, budget.end()) + 1)
        self._is_typed = False
        params: dict[str, Any] = {"processId": None, "rootUri": file.parent.as_uri(), "capabilities": {}}
        self.ask("initialize", params)
        self._tell("initialized", {})
        document = {"uri": self._uri, "languageId": file.suffix[1:], "version": 1, "text": text}
        self._version = 1
        self._tell("textDocument/didOpen", {"textDocument": document})
        self._published()

    def type(self) -> float:
        """Break the last budget, or correct it; the seconds until the findings on that version are there."""
        self._version += 1
        start = {"line": self._line, "character": self._column}
        end = {"line": self._line, "character": self._column + self._is_typed}
        change = {"range": {"start": start, "end": end}, "text": "" if self._is_typed else "x"}
        self._is_typed = not self._is_typed
        document = {"uri": self._uri, "version": self._version}
        began = perf_counter()
        self._tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        found = self._published()
        took = perf_counter() - began
        if bool(found) is not self._is_typed:
            done = "breaks" if self._is_typed else "corrects"
            sys.exit(f"after a change that {done} the budget: {len(found)} findings")
        return took

    def asked(self, method: str) -> float:
        """The seconds that a question about the name of the last budget takes."""
        place = {"line": self._line, "character": self._column - len('get": 500')}
        began = perf_counter()
        if not self.ask(method, {"textDocument": {"uri": self._uri}, "position": place}):
            sys.exit(f"{method} is not answered")
        return perf_counter() - began

    def ask(self, method: str, params: Any) -> Any:
        """The result of a request."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while (message := self._next()).get("id") != self._number:
            pass
        return message["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _published(self) -> list[Any]:
        """The findings on the version that is open."""
        while True:
            message = self._next()
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and params["version"] == self._version:
                found: list[Any] = params["diagnostics"]
                return found

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        header = stream.readline()
        if not header:
            sys.exit("the server has ended")
        while stream.readline() != b"\r\n":
            pass
        message: dict[str, Any] = json.loads(stream.read(int(header.split(b":")[1])))
        return message


@contextmanager
def editing(file: Path) -> Iterator[Editor]:
    """An editor with a file open, whose cursor stands behind the last budget."""
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=file.parent) as process:
        yield Editor(process, file)
        process.kill()
