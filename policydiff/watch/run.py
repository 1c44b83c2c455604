"""One run over the watched sources: a frozen object, its stages, and the recipients of its notices.

Every item goes through four stages: its content is fetched (`gather`), its bytes are kept (`captures`), its text is read and
judged by the last version (`settle`), and a version is added to the store (`store_archive`). Each stage ends with a ledger entry.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import NotFoundError
from policydiff.model import Value
from policydiff.settings import SINGLE_KINDS, Source
from policydiff.settings.settings import Configuration
from policydiff.store.layout import path_inside
from policydiff.watch import Clock, FailureKind, SourceFailedError
from policydiff.watch.captures import Captures, Circumstances, is_held, recover
from policydiff.watch.fetch.answers import Validators
from policydiff.watch.fetch.client import Client
from policydiff.watch.gather import NEW, Gathered, Known, gather, reading_rules
from policydiff.watch.ledger import Entry, Intent, Journal, Outcome, RunEnd, RunStart
from policydiff.watch.ledger.memory import ItemState, Memory, is_due, prepare_folder, remember, run_lock, save
from policydiff.watch.settle import Seen, crawl, settle
from policydiff.watch.store_archive import Archive

LEDGER_FOLDER = Path(".policydiff") / "track"
_RESUME_WITHIN = timedelta(hours=6)
_UNTOLD_FOR = timedelta(days=7)
"""Greatest age of a change that is still reported after runs failed to report it, equal to the time that a message waits to be sent."""


class RunOptions(Value):
    """Options of one run."""

    names: tuple[str, ...] = ()
    """Names of the only sources to check; empty for all."""
    everything: bool = False
    """Also check sources that are not due yet."""
    accepted: tuple[str, ...] = ()
    """Sources with a new structure or size that a person has checked and accepts."""


class RunResult(Value):
    """Results of a run, including the part before an interruption."""

    run: str
    """Name of the run: its beginning, UTC."""
    started: datetime
    """When the run began, UTC."""
    ended: datetime
    """When it ended, UTC."""
    resumed: bool
    """Whether the run continued an interrupted run."""
    entries: tuple[Entry, ...]
    """By source in the order of the settings, the source's own entry first."""
    not_due: tuple[str, ...]
    """Sources that were not due yet."""
    newly_failing: tuple[Entry, ...] = ()
    """Failures to report: those that began with this run, and temporary failures that have persisted."""
    newly_read: tuple[Entry, ...] = ()
    """Sources that can be read again since this run, after their failure was reported."""
    newly_apart: tuple[Entry, ...] = ()
    """Sources whose page, since this run, differs from the recorded text of a document that a different source watches."""
    recovered: tuple[Entry, ...] = ()
    """Versions of earlier runs: those that the store lacked and that were recorded again, and those of a run that broke off before it told of them."""

    @property
    def changed(self) -> tuple[Entry, ...]:
        """The entries that recorded a version, entries of earlier runs first."""
        own = tuple(entry for entry in self.entries if entry.outcome is Outcome.CHANGED)
        return self.recovered + own

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The failed checks, including withdrawn pages."""
        return tuple(entry for entry in self.entries if entry.failure is not None)


class Run(NamedTuple):
    """One run over the watched sources: settings, store, clock and options."""

    configuration: Configuration
    folder: Path
    """The store's folder."""
    archive: Archive
    clock: Clock
    options: RunOptions = RunOptions()
    on_entry: Callable[[Entry], None] | None = None
    """Function called with the entry of each item as it is written."""
    new_client: Callable[[], Client] | None = None
    """Function that makes the client; None for a client that fetches as the settings say."""

    def client(self) -> Client:
        """Return a fresh client."""
        return self.new_client() if self.new_client else Client(self.configuration.track, self.clock)

    def carry_out(self, tell: Callable[[RunResult], None] = lambda _: None) -> RunResult:
        """Check the sources that are due, record changes, and send notices by `tell`; a run whose notices fail is not complete.

        An interrupted run is continued where it stopped; items that it had settled are not settled again. The next run
        that completes sends the notices that were not sent. Raises NotFoundError if an option names an unknown source,
        WriteConflictError if another run is active in this store, DamagedStoreError if the ledger was altered.
        """
        for name in (*self.options.names, *self.options.accepted):
            if self.configuration.source(name) is None:
                known = ", ".join(source.name for source in self.configuration.sources) or "none"
                raise NotFoundError(f"there is no source named {name!r} in policydiff.toml: it has {known}")
        folder = prepare_folder(self.folder, LEDGER_FOLDER)
        with run_lock(folder / "lock"), Journal(folder / "ledger", repair=True) as journal:
            memory = remember(journal, folder / "state.json")
            result = _Going(self, journal, memory).to_the_end(tell)
            save(memory, journal, folder / "state.json")
            archived = self.configuration.track.ledger_archive
            if archived:
                journal.archive(path_inside(self.folder, archived), result.ended)
            return result


class _Going:
    """State that changes during a run."""

    def __init__(self, run: Run, journal: Journal, memory: Memory) -> None:
        self._run = run
        self._configuration = run.configuration
        self._options = run.options
        self._journal = journal
        self._memory = memory
        self._captures = Captures(run.folder / LEDGER_FOLDER / "captures")
        self._held: frozenset[tuple[str, str]] = frozenset()
        self._newly_apart: dict[tuple[str, str], Entry] = {}
        self._started = run.clock.now()
        broken = memory.open_run
        self._intents = dict(broken.intents) if broken else {}
        # One that is old, or had settled everything, is no run with what follows: its sources are due again.
        is_resumed = (
            broken
            and abs(self._started - broken.start.at) <= _RESUME_WITHIN
            and any((name, "") not in broken.done for name in broken.start.sources)
        )
        self._resumed = broken if is_resumed else None

    def to_the_end(self, tell: Callable[[RunResult], None]) -> RunResult:
        # Record again what was captured before and is not in the store
        run = self._resumed.start.run if self._resumed else self._run_name(self._started)
        for entry in recover(self._circumstances(run), self._started):
            self._journal.sync()
            self._write(entry, self._started)
            self._tell(entry)
        self._held = frozenset(
            key
            for key, state in self._memory.items.items()
            if is_held(state, self._run.archive) or self._is_beside(key[0], state)
        )
        done = self._done()
        start, due, not_due = self._begin()
        around = self._circumstances(start.run)
        found: dict[tuple[str, str], Entry] = dict(done)
        left = [source for source in due if (source.name, "") not in done]
        for entry in self._settle_all(left, around, done):
            found[entry.source, entry.item] = entry
        ended = self._run.clock.now()
        entries = self._in_order(found)
        own = {
            (entry.source, entry.item, entry.version) for entry in entries if entry.outcome is Outcome.CHANGED
        }
        untold = {key: entry for key, entry in self._memory.untold.items() if ended - entry.at < _UNTOLD_FOR}
        news = {(source, item): entry for (source, item, version), entry in untold.items() if not version}
        result = RunResult(
            run=start.run,
            started=start.at,
            ended=ended,
            resumed=self._resumed is not None,
            entries=entries,
            not_due=not_due,
            newly_failing=self._in_order({key: entry for key, entry in news.items() if entry.failure}),
            newly_read=self._in_order({key: entry for key, entry in news.items() if not entry.failure}),
            newly_apart=self._in_order(self._newly_apart),
            recovered=tuple(
                entry
                for key, entry in untold.items()
                if key[2] and key not in own and self._run.archive.proof(entry.document or "", key[2])
            ),
        )
        tell(result)
        counted = Counter(entry.outcome.value for entry in entries)
        self._write(RunEnd(run=start.run, at=ended, **counted), ended)
        self._journal.sync()
        return result

    def _is_beside(self, name: str, state: ItemState) -> bool:
        """Say whether an item gave way to a source that watches its document still, and to the newest version: the same bytes say the same."""
        source = self._configuration.source(name)
        if source is None or state.beside is None or state.document is None:
            return False
        newest, owner = self._run.archive.newest(state.document), self._owner(state.document, source)
        return (
            newest is not None
            and newest.version == state.beside
            and " ".join(owner or ()).strip() == state.watched_by
        )

    def _circumstances(self, run: str) -> Circumstances:
        return Circumstances(
            self._run.archive,
            self._captures,
            run,
            self._announce,
            self._configuration.extract,
            self._configuration.track,
            frozenset(self._options.accepted),
            self._owner,
        )

    def _tell(self, entry: Entry) -> None:
        if self._run.on_entry is not None:
            self._run.on_entry(entry)

    def _done(self) -> dict[tuple[str, str], Entry]:
        """Return the entries that an interrupted run had settled, without entries that the store contradicts."""
        if self._resumed is None:
            return {}
        lost = {key for key, entry in self._resumed.done.items() if entry.version and key not in self._held}
        sources = {source for source, _ in lost}
        return {
            key: entry
            for key, entry in self._resumed.done.items()
            if key not in lost and not (key[1] == "" and key[0] in sources)
        }

    def _lacks(self, source: Source) -> bool:
        """Return whether the store lacks a version that the ledger names for a source."""
        return any(
            name == source.name and state.version is not None and (name, item) not in self._held
            for (name, item), state in self._memory.items.items()
        )

    def _begin(self) -> tuple[RunStart, list[Source], tuple[str, ...]]:
        wanted = [
            source
            for source in self._configuration.sources
            if not self._options.names or source.name in self._options.names
        ]
        if self._resumed:
            left = set(self._resumed.start.sources)
            return self._resumed.start, [source for source in wanted if source.name in left], ()
        now = self._started
        forced = self._options.everything or bool(self._options.names)
        due = [
            source
            for source in wanted
            if (forced and not source.paused)
            or is_due(source, self._memory.item(source.name, ""), now)
            or (not source.paused and self._lacks(source))
        ]
        names = tuple(source.name for source in due)
        start = RunStart(run=self._run_name(now), at=now, sources=names)
        self._write(start, now)
        return start, due, tuple(source.name for source in wanted if source.name not in names)

    def _run_name(self, now: datetime) -> str:
        name = f"{now:%Y-%m-%dT%H:%M:%SZ}"
        last = self._memory.last_run.run if self._memory.last_run else ""
        if re.sub(r"\.\d+$", "", last) != name:
            return name
        return f"{name}.{int(last.rpartition('.')[2]) + 1 if '.' in last else 2}"

    def _settle_all(
        self, sources: list[Source], around: Circumstances, done: dict[tuple[str, str], Entry]
    ) -> Iterator[Entry]:
        client = self._run.client()
        own: dict[str, Gathered] = {}
        try:
            steps = crawl(
                sources, lambda source: self._gather(source, client), self._configuration.track.workers
            )
            with closing(steps):
                for source, gathered in steps:
                    if gathered is None:
                        # A source's own entry comes last: its presence says that the source is done.
                        yield self._settle(source, own.pop(source.name, _NOTHING), around)
                    elif not gathered.item:
                        own[source.name] = gathered
                    elif (source.name, gathered.item) not in done:
                        yield self._settle(source, gathered, around)
        finally:
            client.close()

    def _gather(self, source: Source, client: Client) -> Iterator[Gathered]:
        rules = reading_rules(source)

        def known(item: str) -> Known:
            state = self._memory.item(source.name, item)
            # The ledger is believed only where the store holds the very version it names.
            is_believed = (source.name, item) in self._held
            trusted = state.rules == rules and is_believed and state.unconfirmed is None
            if not trusted or source.name in self._options.accepted:
                return NEW
            return Known(state.url, Validators(state.etag, state.last_modified), state.source_sha256)

        return gather(source, client, known, self._run.folder)

    def _settle(self, source: Source, gathered: Gathered, around: Circumstances) -> Entry:
        key = (source.name, gathered.item)
        intent = self._intents.pop(key, None)
        now = self._run.clock.now()
        entry = settle(Seen(source, gathered, self._memory.item(*key), now, intent), around)
        if entry.outcome is Outcome.CHANGED:
            # What the ledger says was recorded must not be lost by a crash that the store survived.
            self._journal.sync()
            # Held against the text before: the next run tells whether they still differ.
            self._newly_apart = {k: v for k, v in self._newly_apart.items() if v.document != entry.document}
        before = self._memory.item(*key)
        self._write(entry, now)
        if entry.apart is not None and entry.apart != before.apart:
            self._newly_apart[key] = entry
        self._tell(entry)
        return entry

    def _owner(self, document_id: str, asking: Source) -> tuple[str, str] | None:
        for source in self._configuration.sources:
            if source.id == document_id and source.kind in SINGLE_KINDS and not source.paused:
                return source.name, ""
        order = {source.name: place for place, source in enumerate(self._configuration.sources)}
        holds = any(
            name == asking.name and state.document == document_id and state.version is not None
            for (name, _), state in self._memory.items.items()
        )
        for (name, item), state in self._memory.items.items():
            if state.document != document_id or state.version is None or state.failures or name not in order:
                continue
            # An address that left the listing gives its document up to the new address.
            is_here = state.checked_at is not None and state.checked_at >= self._started
            # Two sources that gave way to each other would record nothing: of two that hold it the first in the settings watches.
            if is_here if name == asking.name else not holds or order[name] < order[asking.name]:
                return name, item
        return None

    def _announce(self, intent: Intent) -> None:
        self._write(intent, self._run.clock.now())
        self._journal.sync()

    def _write(self, line: RunStart | Intent | Entry | RunEnd, at: datetime) -> None:
        self._journal.append(line, at)
        self._memory.take(line)

    def _in_order(self, found: dict[tuple[str, str], Entry]) -> tuple[Entry, ...]:
        order = {source.name: place for place, source in enumerate(self._configuration.sources)}
        keys = sorted(found, key=lambda key: (order.get(key[0], len(order)), bool(key[1])))
        return tuple(found[key] for key in keys)


_NOTHING = Gathered(
    "", failure=SourceFailedError(FailureKind.STRUCTURE, "the source gave nothing to look at")
)
