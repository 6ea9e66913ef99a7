"""The public class that plans, sends, resumes and rolls back bundles."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from splint.run.linter import Linter
from splint.settings.config import Config
from splint.submit.access import NO_TOKEN, default_directory, holds_token, need_extra, origin_of, sender
from splint.submit.bundle import Draft, Source, identity, kept_source, make_draft, serialized, strict
from splint.submit.corrected import left_out, losses, refuse_unfit, with_first_ids
from splint.submit.directories import located, prepared, private
from splint.submit.earlier import is_of_campaign, read_told, refuse_again
from splint.submit.errors import MisuseError, RefusedError, StoppedError, SubmitError
from splint.submit.journal import SUFFIX, Journal, keep, kept_bundle, new_run
from splint.submit.limits import Limits
from splint.submit.locks import locked
from splint.submit.lookups import refuse_taken, used_before
from splint.submit.namesakes import earlier_names_told
from splint.submit.now import begun_now, disable_now, disabled_past
from splint.submit.options import TransportOptions
from splint.submit.plan import Plan
from splint.submit.progress import Progress
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.refused import Explain, explanation
from splint.submit.rollback import roll_back
from splint.submit.running import attached, others_told
from splint.submit.runs import Runs, campaign_ids, refuse_other_host
from splint.submit.sending import Sender
from splint.submit.stopping import doubts_told, refuse_ended, standstill_told, unbegun_told
from splint.submit.unwritable import campaign_told

if TYPE_CHECKING:
    from pydantic import SecretStr

    from splint.submit.client import Client


class Submitter:
    """Submits bundles, each once, and resumes or rolls back runs.

    `run_dir` is the directory of the journals, by default within the user's state directory. `config` supplies the
    profile, account facts and plugins; its suppressions and lowered severities are ignored. `progress` is called with
    each line; `notes` are the notes among them. `record` is the run sent or rolled back last. A SubmitError's `status`
    is the command's exit status.
    """

    def __init__(
        self,
        token: "SecretStr | None" = None,
        *,
        transport: TransportOptions = TransportOptions(),  # noqa: B008 - immutable
        run_dir: str | os.PathLike[str] | None = None,
        config: Config = Config(),  # noqa: B008 - immutable
        progress: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self._token, self.has_token, self._transport = token, token is not None, transport
        if run_dir is not None and not os.fspath(run_dir):
            raise MisuseError("--run-dir is empty: name a directory, or leave it out")
        self._run_dir = Path(run_dir) if run_dir is not None else None
        self._config, self._linter = config, Linter(strict(config))
        self._progress = Progress(progress)
        self.notes = self._progress.notes
        self.origin = origin_of(transport.base_url, sandbox=transport.sandbox)
        self._named_origin = self.origin if transport.sandbox or transport.base_url is not None else None
        self._new: Record | None = None  # a submit's own, with the rows that it read
        self.record: Record | None = None

    # -- planning --------------------------------------------------------------------------------------------------

    def draft(self, bundle: Any, *, enable: bool = False) -> Draft:
        """Read, check and plan a bundle: the path of a file (`os.PathLike`) or a value. Sends no request."""
        return make_draft(self._source(bundle), self._linter, self.origin, enable=enable)

    def _source(self, bundle: Any) -> Source:
        is_file = isinstance(bundle, os.PathLike)
        source = Source.of_file(os.fspath(bundle), self._linter) if is_file else Source.of_value(bundle)
        if any(holds_token(text, self._token) for text in source.texts()):
            raise RefusedError(f"{source.path}: the bundle holds the access token: nothing was sent; take it out")
        return source

    def require_reason(self, reason: str | None, option: str) -> None:
        """Raise MisuseError if the reason that an option takes is given and says nothing, or holds the token."""
        if reason is not None and not reason.strip():
            raise MisuseError(f"{option} says nothing: give the reason, which the journal keeps; nothing was sent")
        if reason is not None and holds_token(reason, self._token):
            raise MisuseError(f"{option} holds the access token, and the journal keeps the reason: nothing was sent")

    def approve(self, draft: Draft, limits: Limits = Limits()) -> None:  # noqa: B008 - immutable
        """Raise RefusedError if a draft's plan exceeds the limits or a plugin objects to it."""
        limits.check(draft.plan)
        if vetoes := self._linter.registry.before_submit(draft.plan):
            raise RefusedError("a plugin objects: nothing was sent", details=tuple(vetoes))

    # -- runs ------------------------------------------------------------------------------------------------------

    @cached_property
    def directory(self) -> Path:
        """The directory of the journals, made by the first run. Raises MisuseError as `private`."""
        return private(self._runs.directory)

    @cached_property
    def _runs(self) -> Runs:  # only the default directory needs a package
        return Runs(located(self._run_dir if self._run_dir is not None else default_directory()))

    def submit(
        self,
        draft: Draft,
        limits: Limits = Limits(),  # noqa: B008 - immutable
        *,
        again: str | None = None,
        accept_drift: Sequence[str] = (),
    ) -> Record:
        """Send an approved bundle as a new run.

        A campaign that an earlier run of this directory created is refused, unless `again` gives a reason for another.
        `accept_drift` names the fields that may differ from the plan when the campaign is enabled.
        """
        need_extra()
        self.require_reason(again, "--again")
        with self.doubts_told(draft):
            draft.refuse_objections({step.path for step in draft.plan.steps})
            self.approve(draft, limits)
            plan, client = draft.plan, self._client(draft.plan.origin, checks_clock=True)
            directory, run = prepared(self._runs.directory), new_run()
            with locked(directory, plan.advertiser_id, run) as lost:
                record = Record(Journal(directory / f"{run}{SUFFIX}", []), lost=lost)
                self._new = record
                self._runs.tell(record)
                with others_told(record), unbegun_told():
                    reader = Reader(client, plan.advertiser_id, self._transport.retry_policy, record=record)
                    earlier = self._runs.earlier(plan)
                    read_told(earlier, reader)
                    if again is None:
                        refuse_again(earlier, plan, reader, record)
                    limits = self._in_currency(limits, plan, reader)
                    others = sorted(campaign_ids(earlier))
                    stood = refuse_taken(reader.leaving_out(others), plan.campaign)
                saved, kept = serialized(draft.value), kept_bundle(directory, run)
                with attached(record):
                    record.journal.create()
                    keep(kept, saved)
                    record.note(
                        "START",
                        advertiser_id=plan.advertiser_id,
                        origin=plan.origin,
                        profile=self._config.profile,
                        campaign=plan.campaign.path,
                        campaign_name=plan.campaign.name,
                        enable=plan.enable,
                        is_paused=plan.is_paused,
                        currency=plan.currency,
                        again=again,
                        others=others or None,
                        stood=stood or None,
                        accept_drift=list(accept_drift) or None,
                        **sender(),
                        **limits.model_dump(),
                        **identity(kept.name, saved, plan),
                    )
                    self.record = record
                    self._send(draft, record, client, is_new=True)
        return record

    def doubts_told(self, draft: Draft) -> AbstractContextManager[None]:
        """Have errors say first that a run of a draft's campaign sent ENABLE, where that is not confirmed."""
        return doubts_told(lambda: self._runs.directory, lambda one: is_of_campaign(one, draft.plan), lambda: self._new)

    def resume(
        self,
        run: str | None = None,
        *,
        bundle: Any = None,
        enable: bool = False,
        resend_absent: bool = False,
        limits: Limits = Limits(),  # noqa: B008 - immutable
        change_limit: str | None = None,
        accept_drift: Sequence[str] = (),
        confirm: Callable[[Draft, Record], None] = lambda _draft, _record: None,
    ) -> Record:
        """Resume a run that stopped, by default the unfinished one that began last by the clock.

        `bundle` is a corrected bundle, which may differ only in objects that are not created yet. `resend_absent` sends
        objects again that cannot be found. `confirm` is called before anything is sent, and raises to cancel. `limits`
        may tighten the limits of the run; anything else needs a reason in `change_limit`.
        """
        self.require_reason(change_limit, "--change-limit")
        with self._runs.held(run, to_resume=True) as record:
            refuse_ended(record, goes_on=enable or bundle is not None)
            draft = self._draft_to_resume(record, bundle, enable=enable or bool(record.start["enable"]))
            client = self._client(draft.plan.origin, checks_clock=True)
            reader = Reader(client, draft.plan.advertiser_id, self._transport.retry_policy, record=record)
            if not record.is_begun and not record.start.get("again"):
                with others_told(record):
                    refuse_again(self._runs.earlier(draft.plan, record.run), draft.plan, reader, record, record.run)
            resources = [record.resource(step.path) for step in draft.plan.steps]
            draft.refuse_objections(
                {resource.path for resource in resources if not resource.is_created and not resource.is_in_doubt}
            )
            initial = Limits.of_start(record.start)
            effective = initial.for_resume(limits, draft.plan, change_limit, record.start.get("currency"))
            self.approve(draft)
            confirm(draft.as_accepted(record, is_limited=effective.max_daily is not None), record)
            if limits.max_daily is not None or effective.currency != initial.currency:
                effective = self._in_currency(effective, draft.plan, reader, record)
            with attached(record):
                self.record = record
                if effective != initial or change_limit is not None:
                    record.note("LIMITS", reason=change_limit, **sender(), **effective.model_dump())
                if bundle is not None:
                    name, saved = f"{record.run}.bundle-{len(record.journal.events)}.json", serialized(draft.value)
                    keep(self._runs.directory / name, saved)
                    plan, gone = draft.plan, left_out(draft.plan, record) or None
                    known = {"campaign_name": plan.campaign.name, "is_paused": plan.is_paused}
                    record.note("BUNDLE", **known, left_out=gone, **identity(name, saved, plan))
                if (draft.plan.enable and not record.start["enable"]) or accept_drift:
                    approved = {"enable": draft.plan.enable, "plan": draft.plan.sha256}
                    record.note("APPROVED", **approved, accept_drift=list(accept_drift) or None, **sender())
                self._send(draft, record, client, resend_absent=resend_absent, enable_anew=enable)
        return record

    def rollback(
        self,
        run: str,
        *,
        delete: bool = False,
        confirm: Callable[[Record], None] = lambda _record: None,
    ) -> Record:
        """Disable the campaign of a run and, with `delete`, delete the objects that the run created.

        Objects whose state is unknown are looked up by the saved bundle, if that can be read.
        """
        with campaign_told(self._runs.directory, run), self._runs.held(run) as record:
            refuse_other_host(record, self._named_origin)
            draft = None
            try:
                draft = self._saved_draft(record, enable=False)
            except SubmitError as error:
                self._progress(f"{error}: what the journal does not know is not looked for")
            confirm(record)
            client, is_deletion = self._client(record.start["origin"]), delete or record.outcome == "deleted"
            plan, policy, explain = draft and draft.plan, self._transport.retry_policy, self._explain(record, draft)
            told = attached(record, "rollback", record.run, *["--delete"] * is_deletion)
            with told, standstill_told(record), disabled_past(record, client, policy, explain):
                self.record = record
                record.note("ROLLBACK", rollback=True, delete=is_deletion, **sender())
                others = partial(self._runs.others, record)
                roll_back(plan, record, client, policy, explain, delete=delete, others=others, progress=self._progress)
        return record

    def disable_now(self, run: str, *, confirm: Callable[[Record], None] = lambda _record: None) -> Record:
        """Disable the campaign of a run with one request, without taking the lock: for when another process hangs.

        It is journalled in a file of its own. The run then counts as rolled back: the other process sends nothing more,
        also where no id of a campaign is known yet, which is a PersonNeededError. Of a deleted one nothing is sent.
        """
        with campaign_told(self._runs.directory, run), self._runs.doubts_told(run):
            seen = self._runs.begun(run, to_roll_back=True)
            refuse_other_host(seen, self._named_origin)
            if seen.outcome == "deleted":  # there is nothing to disable
                return seen
            confirm(seen)
            client = self._client(seen.start["origin"])
            again = ("rollback", seen.run, "--now")
            with attached(seen, *again):
                record, after = begun_now(seen)
                self.record = record
            with attached(record, *again):
                disable_now(record, after, client, self._transport.retry_policy, self._explain(record, None))
        return record

    def runs(self, damaged: Callable[[SubmitError], object] | None = None) -> list[Record]:
        """All runs, the earliest first. A damaged journal raises MisuseError, or is told to `damaged` and left out."""
        return self._runs.all(damaged)

    def run(self, name: str) -> Record:
        """A run by its name, read without the lock."""
        return self._runs.named(name)

    # -- internals ------------------------------------------------------------------------------------------------

    def _saved_draft(self, record: Record, *, enable: bool) -> Draft:
        """The draft of the saved bundle. Raises MisuseError as `kept_source` does."""
        refuse_other_host(record, self._named_origin)
        return make_draft(kept_source(record), self._linter_of(record), record.start["origin"], enable=enable)

    def _linter_of(self, record: Record) -> Linter:
        """The linter with the profile that a run began with."""
        config, profile = self._linter.config, record.start["profile"]
        return self._linter if config.profile == profile else Linter(config._replace(profile=profile))

    def _in_currency(self, limits: Limits, plan: Plan, reader: Reader, run: Record | None = None) -> Limits:
        named = self._linter.ruleset().run.options.get("currency") or Limits.of_start(run.start if run else {}).currency
        try:
            return limits.in_currency(plan, reader, named, self._progress)
        except StoppedError as error:
            error.record = run
            raise

    def _explain(self, record: Record, draft: Draft | None) -> Explain:
        return partial(explanation, draft, self._linter_of(record))

    def _draft_to_resume(self, record: Record, bundle: Any, *, enable: bool) -> Draft:
        """The draft to resume with. Raises RefusedError if a corrected bundle changes an object that was created."""
        if bundle is None:
            return with_first_ids(self._saved_draft(record, enable=enable), record)
        draft = make_draft(self._source(bundle), self._linter_of(record), record.start["origin"], enable=enable)
        refuse_unfit(draft.plan, record, lambda: self._saved_draft(record, enable=False).plan)
        self._progress.each(losses(draft.plan, record))
        return with_first_ids(draft, record)

    def _client(self, origin: str, *, checks_clock: bool = False) -> "Client":
        if self._token is None:
            raise MisuseError(NO_TOKEN)
        need_extra()
        from splint.submit.client import Client  # of the extra `submit`

        return Client(
            origin,
            self._token,
            rate=self._transport.rate,
            timeout=self._transport.timeout,
            proxy=self._transport.proxy,
            ca_file=self._transport.ca_file,
            checks_clock=checks_clock,
            note=self._progress,
        )

    def _send(self, draft: Draft, record: Record, client: "Client", **given: bool) -> None:
        self._progress.each(used_before(draft.plan, record))
        others, policy = self._runs.others(record, damaged=True), self._transport.retry_policy
        sender = Sender(
            draft.plan,
            record,
            client,
            policy,
            objections=draft.objections,
            explain=self._explain(record, draft),
            progress=Progress(self._progress),
            others=others,
            accept_drift=record.start.get("accept_drift", ()),
            **given,
        )
        with earlier_names_told(record, Reader(client, draft.plan.advertiser_id, policy, others)):
            sender.send()
