"""Fills the index of a workspace in the background, with progress that the client shows and may cancel."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

from lsprotocol import types

from splint.server.session import Session
from splint.settings.config import ConfigError

TITLE = "splint: looking for campaigns that span files"


class Filling:
    """The one filling of a session that is at work; another one takes its place."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers = count(1)
        self._task: asyncio.Task[None] | None = None
        self._token = ""
        self._is_over = False

    def begin(self) -> None:
        """Begin anew."""
        self.end()
        self._task = asyncio.get_running_loop().create_task(self._filled())

    def end(self) -> None:
        """End the one that is at work."""
        self._is_over = True
        if self._task is not None:
            self._task.cancel()

    def cancelled(self, token: Any) -> None:
        """End it as the client wishes: what is known by then stays known."""
        if token == self._token:
            self.end()

    async def _filled(self) -> None:
        self._is_over = False
        session = self._session
        token = self._token = f"splint-{next(self._numbers)}"
        shows = session.client.shows_progress and await self._is_created(token)
        if shows:
            self._report(token, types.WorkDoneProgressBegin(TITLE, cancellable=True, percentage=0))
        try:
            files = await self._listed()
            if files is None:
                await session.in_worker(session.workspace.unfill)
            else:
                steps = session.workspace.fill(files)
                while (done := await session.in_worker(_next, steps)) is not None:
                    if shows:
                        share = 100 * done // len(files)
                        report = types.WorkDoneProgressReport(message=f"{done} of {len(files)}", percentage=share)
                        self._report(token, report)
                session.ask_all()
                session.refresh()
        finally:
            if shows:
                self._report(token, types.WorkDoneProgressEnd())

    async def _is_created(self, token: str) -> bool:
        """Whether the client takes the token of a progress, which it may refuse or not answer."""
        asked = self._session.server.window_work_done_progress_create_async(types.WorkDoneProgressCreateParams(token))
        try:
            await asyncio.wait_for(asked, 5)
        except Exception:
            return False
        return True

    def _report(self, token: str, value: Any) -> None:
        self._session.server.progress(types.ProgressParams(token, value))

    async def _listed(self) -> set[str] | None:
        """The files of the folders, listed in a thread of its own; None for too many, or ones that cannot be listed."""
        session = self._session
        most = session.workspace.most_files()
        with ThreadPoolExecutor(1, "listing") as listing:
            listed = asyncio.get_running_loop().run_in_executor(listing, self._list, most)
            try:
                files = await asyncio.shield(listed)
            except (ConfigError, OSError) as error:
                session.say(f"splint: campaigns are not tied across files: {error}")
                return None
            finally:
                self._is_over = True
        if len(files) > most:
            why = f"there are more than {most} files (lsp.max-files)"
            session.say(f"splint: campaigns are tied across open files only: {why}")
            return None
        return files

    def _list(self, most: int) -> set[str]:
        files = set[str]()
        for path in self._session.workspace.find():
            files.add(path)
            if len(files) > most or self._is_over:
                break
        return files


def _next(steps: Iterator[int]) -> int | None:
    return next(steps, None)
