"""Answers about watched sources without a run: the list of sources, the trial of a source before it is added, the health of all."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Literal

from policydiff.intake import document_of
from policydiff.model import Value, WarningKind
from policydiff.model.base import Result, counted, published
from policydiff.settings import SINGLE_KINDS, Source
from policydiff.settings.settings import Configuration
from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.captures import missing
from policydiff.watch.fetch.client import Client
from policydiff.watch.gather import NEW, Capture, Gathered, gather, read_capture, rules_of
from policydiff.watch.judge.guards import Reading, check_bytes, check_reading
from policydiff.watch.ledger import Journal, RunEnd
from policydiff.watch.ledger.memory import ItemState, late_sources, remember
from policydiff.watch.run import LEDGER_FOLDER
from policydiff.watch.store_archive import Archive

_MOST_ITEMS = 5
_HALF = frozenset({WarningKind.NEXT_PAGE, WarningKind.PREVIOUS_PAGE, WarningKind.ATTACHED_TEXT})
"""Warnings that a page is not the whole document."""


class Trial(Value):
    """The content of one item of a source."""

    item: str
    """Item of the source: an address or a file."""
    url: str | None = None
    failure: FailureKind | None = None
    """Type of the failure; None where the address was read."""
    detail: str | None = None
    """Reason why the address cannot be watched, in one sentence; None if it can."""
    entries: int | None = None
    """Number of entries of a listing, feed or folder; None for a single document."""
    id: str | None = None
    """Id of the document under which the text would be recorded."""
    title: str | None = None
    document_number: str | None = None
    issued: str | None = None
    characters: int = 0
    """Number of characters of the text."""
    clauses: int = 0
    """Number of clauses read from the page."""
    pages: int = 1
    """Number of web pages that make up the text."""
    beginning: str = ""
    """The first words of the text."""
    notes: tuple[str, ...] = ()
    """Reasons to doubt that the text is the whole document: a next page, a text in an attachment."""
    end: str = ""
    """The last words of the text, where page furniture shows."""


class AddedSource(Value):
    """Result for one address of a list."""

    url: str
    """The address as the list gives it."""
    outcome: Literal["added", "tried", "known", "failed"]
    """Added to the settings, tried only, watched already, or not readable."""
    name: str | None = None
    """Name of the source in the settings."""
    title: str | None = None
    """Title of the document read at the address."""
    clauses: int = 0
    """Number of clauses read at the address."""
    failure: FailureKind | None = None
    """Type of the failure, where the address could not be read."""
    detail: str | None = None
    """The failure in one sentence."""
    notes: tuple[str, ...] = ()
    """Reasons to doubt that the text is the whole document."""


class AddedSources(Result[AddedSource]):
    """Results for the addresses of a list."""

    schema_id: Literal["policydiff/added-sources/1"] = published("policydiff/added-sources/1")
    sources: tuple[AddedSource, ...]
    """Addresses in the order of the list, each with its outcome."""

    _list: ClassVar[str] = "sources"
    _columns: ClassVar[str] = "*"

    @property
    def failed(self) -> tuple[AddedSource, ...]:
        """The addresses that could not be read or added."""
        return tuple(each for each in self.sources if each.outcome == "failed")


class TrialReport(Result[Trial]):
    """The versions that a source would record now."""

    schema_id: Literal["policydiff/trial/1"] = published("policydiff/trial/1")
    trials: tuple[Trial, ...]
    """The listing and its first entries, or the single document."""

    _thing: ClassVar[str] = "item"
    _list: ClassVar[str] = "trials"
    _columns: ClassVar[str] = "*"

    @property
    def readable(self) -> bool:
        """Whether the source itself could be read; its entries are not considered."""
        return all(trial.failure is None for trial in self.trials if not trial.item)


class SourceList(Result[Source]):
    """The watched sources of a store."""

    schema_id: Literal["policydiff/sources/1"] = published("policydiff/sources/1")
    sources: tuple[Source, ...]
    """Watched sources in the order of the settings."""

    _list: ClassVar[str] = "sources"
    _columns: ClassVar[str] = "name kind id origin paused"


def try_source(
    source: Source, configuration: Configuration, archive: Archive, web: Client, folder: Path
) -> list[Trial]:
    """Return the present content of a source: its listing with the first entries, or its single document."""
    single = source.kind in SINGLE_KINDS
    limited = source if single else source.model_copy(update={"limit": min(source.limit, _MOST_ITEMS)})
    return [
        _trial(gathered, limited, configuration, archive)
        for gathered in gather(limited, web, lambda _: NEW, folder)
    ]


def _trial(gathered: Gathered, source: Source, configuration: Configuration, archive: Archive) -> Trial:
    try:
        if gathered.failure:
            raise gathered.failure
        if gathered.capture is None:
            return Trial(item=gathered.item, url=gathered.url, entries=gathered.found)
        return _read(gathered, gathered.capture, source, configuration, archive)
    except SourceFailedError as failure:
        where = gathered.url or gathered.item or source.origin
        return Trial(item=gathered.item, url=where, failure=failure.kind, detail=failure.detail)


def _read(
    gathered: Gathered, capture: Capture, source: Source, configuration: Configuration, archive: Archive
) -> Trial:
    check_bytes(capture.data)
    rules = rules_of(source, capture.pages)
    extraction = read_capture(capture.data, capture.name, rules, configuration.extract)
    document = document_of(extraction)
    reading = Reading(extraction.text, document)
    check_reading(reading, source.expect, None, shrink=configuration.track.shrink)
    words = " ".join(extraction.text.split())
    issued = source.issued or document.dates.issued
    single = source.kind in SINGLE_KINDS
    return Trial(
        item=gathered.item,
        url=gathered.url,
        id=source.id if single and source.id else archive.propose_id(document, source),
        title=document.title or capture.title,
        document_number=document.document_number or source.number,
        issued=issued.isoformat() if issued else None,
        characters=len(words.replace(" ", "")),
        clauses=reading.clauses,
        pages=capture.pages,
        notes=tuple(warning.text for warning in extraction.warnings if warning.kind in _HALF),
        beginning=words[:120],
        end=words[-120:],
    )


class SourceHealth(Value):
    """A source whose check is overdue or fails."""

    source: str
    """Name of the watched source."""
    read_at: datetime | None
    """Last reading; None for a source never read."""
    every_hours: float
    """Hours after which the source should be read again."""
    failures: int
    """Number of failures in a row."""
    detail: str | None
    """The last failure in one sentence; None if the source can be read."""


class Health(Result[SourceHealth]):
    """State of the watch: its last run, failing sources, and differences between ledger and store."""

    schema_id: Literal["policydiff/health/1"] = published("policydiff/health/1")
    at: datetime
    """The time against which lateness is measured, UTC."""
    sources: int
    """Number of watched sources."""
    paused: int
    """Number of watched sources that are paused."""
    items: int
    """Number of pages, files and entries known."""
    last_run: RunEnd | None
    """Outcome of the last run; null before the first run."""
    late: tuple[SourceHealth, ...]
    """Sources that were not read in time."""
    failing: tuple[str, ...]
    """`source item` of every item whose last check failed, late or not."""
    reasons: tuple[SourceHealth, ...] = ()
    """The failing items, each with its last reading and the reason of its last failure."""
    missing: tuple[str, ...] = ()
    """`source item: document@version` of every version that the ledger names and the store lacks at HEAD."""

    _thing: ClassVar[str] = "late source"
    _list: ClassVar[str] = "late"
    _columns: ClassVar[str] = "source read_at every_hours failures detail"

    def _told(self) -> str:
        lacks = f", {counted(len(self.missing), 'version')} missing from the store" if self.missing else ""
        return f"{counted(self.sources, 'source')}, {len(self.late)} late, {len(self.failing)} failing{lacks}"

    @property
    def is_well(self) -> bool:
        """Whether no source is late and the store holds every version that the ledger names."""
        return not self.late and not self.missing


def _health(name: str, item: str, state: ItemState, every: timedelta) -> SourceHealth:
    return SourceHealth(
        source=f"{name} {item}".strip(),
        read_at=state.read_at,
        every_hours=every.total_seconds() / 3600,
        failures=state.failures,
        detail=state.detail,
    )


def read_health(
    configuration: Configuration,
    folder: Path,
    now: datetime,
    *,
    full: bool = False,
    archive: Archive | None = None,
) -> Health:
    """Return the state of the watch of a store at the time `now`; `full` checks the ledger from its first line.

    The ledger is compared with the store if the store is given as `archive`. Raises DamagedStoreError if the
    ledger was altered.
    """
    place = folder / LEDGER_FOLDER
    with Journal(place / "ledger") as journal:
        memory = remember(journal, place / ("none.json" if full else "state.json"))
    late = late_sources(configuration.sources, memory, now, configuration.track.grace)
    cadence = {source.name: source.every for source in configuration.sources}
    reasons = tuple(
        _health(name, item, state, cadence[name])
        for (name, item), state in sorted(memory.items.items())
        if state.failures and name in cadence
    )
    return Health(
        at=now,
        sources=len(configuration.sources),
        paused=sum(source.paused for source in configuration.sources),
        items=len(memory.items),
        last_run=memory.last_run,
        late=tuple(_health(name, "", memory.item(name, ""), cadence[name]) for name in late),
        failing=tuple(each.source for each in reasons),
        reasons=reasons,
        missing=tuple(missing(sorted(memory.items.items()), archive)) if archive else (),
    )
