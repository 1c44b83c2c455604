"""A whole run: check the sources, examine changes, write reports, send notices."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from lxml import etree

from policydiff.collection.lookalikes import load_stored
from policydiff.errors import PolicydiffError
from policydiff.model import Value
from policydiff.notify import DocumentChange, FeedEntry, atom_feed, entry_id, web_link
from policydiff.notify.channels import Channels, deliver, enqueue
from policydiff.platforms import write_whole
from policydiff.report import Format, RenderOptions, render
from policydiff.report.catalog import Catalog, catalog
from policydiff.report.standing_lists import STATES, why_unread
from policydiff.report.to_text import escape, one_line
from policydiff.settings.settings import Configuration
from policydiff.store import Store
from policydiff.store.layout import path_inside
from policydiff.watch import Clock, FailureKind
from policydiff.watch.examine import Examined, RunReport, examine, name_lagging, with_diff
from policydiff.watch.fetch.connection import poster
from policydiff.watch.ledger import Entry
from policydiff.watch.run import LEDGER_FOLDER, Run, RunOptions, RunResult
from policydiff.watch.run_page import change_line, compose
from policydiff.watch.store_archive import CHINA, Archive

SUMMARY = RenderOptions(max_characters=300_000)
"""GitHub drops a job summary beyond 1 MiB as a whole; a Chinese character takes three bytes."""
_ATOM = "{http://www.w3.org/2005/Atom}"


class Listener:
    """Receiver of the results of a run: radar, reports, feed, notices. Each is a subclass with the methods it needs."""

    def changed(self, examined: Examined) -> None:
        """Receive a recorded version with its full results, after the run has ended."""

    def enrich(
        self, changes: Sequence[DocumentChange], _store: Store, _day: date
    ) -> Sequence[DocumentChange]:
        """Return the changes that a run recorded, completed by further results; called only if changes were recorded."""
        return changes

    def reported(self, _report: RunReport) -> Sequence[str]:
        """Receive the report of the whole run; return the messages that could not be delivered, with their recipients."""
        return ()


class SessionOptions(NamedTuple):
    """Options of a session beyond the run itself."""

    run: RunOptions
    lang: str
    out: Path | None = None
    """Folder for the reports, None for none."""
    environment: Mapping[str, str] = {}
    """Keys and logins that the settings name."""
    on_entry: Callable[[Entry], None] | None = None
    """Function called with each finished check."""
    listeners: tuple[Listener, ...] = ()
    """Further receivers of the run, called after the receivers in the settings."""


class Session(NamedTuple):
    """Result of a session."""

    report: RunReport
    troubles: tuple[str, ...]
    """Messages that could not be delivered, and results about a change that could not be computed."""


def carry_out(configuration: Configuration, store: Store, clock: Clock, options: SessionOptions) -> Session:
    """Check the sources that are due and report the result.

    Raises NotFoundError if an option names an unknown source, WriteConflictError if another run is active
    in this store, DamagedStoreError if the ledger was altered.
    """
    archive = Archive(store)
    listeners = (*_listeners(configuration, store, clock, options), *options.listeners)
    told: list[Session] = []

    def tell(result: RunResult) -> None:
        found = []
        for examined in examine(result, archive, configuration):
            for listener in listeners:
                listener.changed(examined)
            version = examined.change.reference
            address = _report_address(configuration, version.id, version.version, examined.change.previous)
            found.append(examined.change.model_copy(update={"report": address}))
        changes: Sequence[DocumentChange] = found
        troubles = []
        day = clock.now().astimezone(CHINA).date()
        for listener in listeners if changes else ():
            try:
                changes = listener.enrich(changes, store, day)
            except (PolicydiffError, sqlite3.Error, OSError) as error:
                troubles.append(f"what lags behind the changes is not told: {error}")
        told_of = (*result.failed, *result.newly_failing, *result.newly_read, *result.newly_apart)
        identities = map(store.at(None).find_identity, {each.document for each in told_of if each.document})
        titles = {each.id: each.title for each in identities if each is not None}
        report = RunReport(result=result, changes=tuple(changes), titles=titles)
        for listener in listeners:
            troubles += listener.reported(report)
        told.append(Session(report, tuple(troubles)))

    Run(configuration, store.folder, archive, clock, options.run, options.on_entry).carry_out(tell)
    return told[0]


def _listeners(
    configuration: Configuration, store: Store, clock: Clock, options: SessionOptions
) -> Iterator[Listener]:
    """Yield the receivers of the run that the settings and the caller request, in the order in which they are called."""
    if configuration.track.radar:
        yield Radar()
    if options.out:
        yield Reports(options.out, Format(configuration.track.reports), options.lang)
    yield Feed(configuration, store)
    yield Notices(configuration, store.folder, clock, options.environment)


class Radar(Listener):
    """Adds the local documents that lag behind the recorded versions."""

    def enrich(self, changes: Sequence[DocumentChange], store: Store, day: date) -> Sequence[DocumentChange]:
        """Return the changes, each with the local documents that lag behind it."""
        return name_lagging(changes, store, day)


class Reports(Listener):
    """Writes a report of each change, the run as JSON and Markdown, and the list for scripts that keep issues."""

    def __init__(self, out: Path, form: Format, lang: str) -> None:
        self._out, self._form, self._lang = out, form, lang

    def changed(self, examined: Examined) -> None:
        """Write the reports of one change."""
        named: list[tuple[str, Value]] = [
            (f"{_joined(each.local.id)}--{_joined(each.superior.id)}", each) for each in examined.comparisons
        ]
        if examined.revision:
            reference = examined.change.reference
            named.append((_file_name(reference.id, reference.version), examined.revision))
        for name, result in named:
            whole = render(result, self._form, lang=self._lang)
            _write(self._out / f"{name}{self._form.suffix}", whole)

    def reported(self, report: RunReport) -> Sequence[str]:
        """Write the run as a whole."""
        _write(self._out / "run.json", report.model_dump_json(indent=2, by_alias=True) + "\n")
        say = catalog(self._lang)
        whole = say("Whole diff")
        summary = str(render(report, Format.MARKDOWN, lang=self._lang, options=SUMMARY))
        diffs = [
            f"- [{whole}{say.colon}{escape(one_line(each.name))}](<{each.report}>)\n"
            for each in report.changes
            if each.report
        ]
        _write(self._out / "run.md", summary + "".join(["\n", *diffs] if diffs else diffs))
        _write(self._out / "sources.tsv", _standing(report.result, say))
        return ()


class Feed(Listener):
    """Keeps the feed of the store."""

    def __init__(self, configuration: Configuration, store: Store) -> None:
        self._configuration, self._store = configuration, store

    def reported(self, report: RunReport) -> Sequence[str]:
        """Write the feed anew where something changed."""
        write_feed(self._configuration, self._store, is_changed=bool(report.changes))
        return ()


class Notices(Listener):
    """Sends messages to the recipients in the settings; undelivered messages wait in the outbox for the next run."""

    def __init__(
        self, configuration: Configuration, folder: Path, clock: Clock, environment: Mapping[str, str]
    ) -> None:
        self._configuration, self._clock = configuration, clock
        self._outbox = folder / LEDGER_FOLDER / "outbox"
        self._environment = environment

    def reported(self, report: RunReport) -> Sequence[str]:
        """Put a message into the outbox if there is news, and deliver the messages of the outbox."""
        configuration = self._configuration
        post = poster(configuration.track, self._clock)
        channels = Channels(configuration.notify, self._environment, self._clock.now, post)
        message = compose(report, configuration.notify.lang)
        if message:
            enqueue(message, channels, self._outbox)
        return deliver(channels, self._outbox)


def _standing(result: RunResult, say: Catalog) -> str:
    """Return a line `failing SOURCE DETAIL` or `read SOURCE` for each source of a run, for scripts that keep issues.

    What will pass by itself counts as neither: nobody has to act on it. The detail is in the reader's language; it quotes
    words of pages and stands in an issue: no mention or markup of theirs works there, and no link but that of the page.
    """
    failing: dict[str, str] = {}
    passing: set[str] = set()
    for entry in result.entries:
        if entry.failure is FailureKind.TRANSIENT:
            passing.add(entry.source)
        elif entry.failure is not None:
            word = say(STATES[entry.failure])
            detail = escape(one_line(f"{word} {entry.item}".rstrip() + say.colon + why_unread(entry, say)))
            page = one_line(web_link(entry.url), 2000)
            failing.setdefault(
                entry.source, detail + (f" <{page}>" if page and not set(page) & set(" <>") else "")
            )
    lines = [f"failing\t{source}\t{detail}" for source, detail in failing.items()]
    names = dict.fromkeys(entry.source for entry in result.entries)
    lines += [f"read\t{name}" for name in names if name not in failing and name not in passing]
    return "".join(f"{line}\n" for line in lines)


def _report_address(
    configuration: Configuration, document_id: str | None, version: str | None, previous: str | None
) -> str | None:
    """Return where the report of a version is published; None where reports are not, or for a first version."""
    if configuration.notify.reports is None or previous is None:
        return None
    name = f"{_file_name(document_id, version)}{Format(configuration.track.reports).suffix}"
    return f"{configuration.notify.reports.rstrip('/')}/{quote(name)}"


def _file_name(document_id: str | None, version: str | None) -> str:
    return f"{_joined(document_id)}@{version}"


def _joined(document_id: str | None) -> str:
    return (document_id or "document").replace("/", "_")


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


def write_feed(configuration: Configuration, store: Store, *, is_changed: bool) -> None:
    """Write the feed if the settings request one and a document changed."""
    notify = configuration.notify
    if notify.feed is None:
        return
    path = path_inside(store.folder, notify.feed)
    if path.exists() and not is_changed:
        return
    _write(path, build_feed(configuration, store, known=_known_summaries(path)))


def build_feed(configuration: Configuration, store: Store, *, known: Mapping[str, str]) -> bytes:
    """Return the feed of a store; `known` holds earlier summaries by entry id, so that each diff is made once."""
    notify = configuration.notify
    say = catalog(notify.lang)
    found: list[tuple[FeedEntry, str | None]] = []
    for identity in store.documents():
        previous: str | None = None
        for record in store.versions(identity.id):
            entry = FeedEntry(
                document_id=identity.id,
                version=record.version,
                title=identity.title,
                source_sha256=record.source_sha256,
                recorded_at=record.recorded_at,
                summary="",
                url=record.url,
                issuers=identity.issuing_bodies,
            )
            found.append((entry, previous))
            previous = record.version
    found.sort(key=lambda pair: (pair[0].recorded_at, pair[0].document_id, pair[0].version), reverse=True)
    entries = [
        entry._replace(
            summary=known.get(entry_id(entry, notify.feed_authority))
            or _summary(store, entry, previous, notify.lang),
            report=_report_address(configuration, entry.document_id, entry.version, previous),
        )
        for entry, previous in found[: notify.feed_entries]
    ]
    return atom_feed(
        entries,
        title=say("Policy watch"),
        authority=notify.feed_authority,
        site=notify.site,
        limit=notify.feed_entries,
    )


def _summary(store: Store, entry: FeedEntry, previous: str | None, lang: str) -> str:
    say = catalog(lang)
    if previous is None:
        return say("first version")
    old = load_stored(f"{entry.document_id}@{previous}", store)
    new = load_stored(f"{entry.document_id}@{entry.version}", store)
    change = DocumentChange(
        source="", item="", url=None, reference=new.reference, previous=previous, summary=None
    )
    line = change_line(with_diff(change, old, new, Archive(store))[0], say)
    return say("{change}; previous version {version}", change=line, version=previous)


def _known_summaries(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return {}
    return {
        entry.findtext(f"{_ATOM}id") or "": entry.findtext(f"{_ATOM}summary") or ""
        for entry in root.iter(f"{_ATOM}entry")
    }
