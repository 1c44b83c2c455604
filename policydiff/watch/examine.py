"""Examines a recorded change: the diff against the previous version, and the comparisons it affects."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, starmap
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from policydiff.collection.index import Index
from policydiff.collection.radar import radar
from policydiff.comparison.compare import compare_documents
from policydiff.intake import Loaded, parse_stored
from policydiff.model import (
    Change,
    ChangeKind,
    Comparison,
    Document,
    ForceKind,
    Pace,
    RevisionDiff,
)
from policydiff.model.base import Record, Result, cells, counted, published
from policydiff.model.lagging import RadarEntry
from policydiff.notify import Concern, DocumentChange, ToldChange, ToldFact, ToldLag, ToldLine
from policydiff.report.outline import Outline
from policydiff.revision.diffing import diff_documents
from policydiff.revision.substantial import ranked
from policydiff.settings.settings import Configuration
from policydiff.store import Store, begins
from policydiff.watch.against_last import quoted
from policydiff.watch.ledger import Entry
from policydiff.watch.run import RunResult
from policydiff.watch.store_archive import Archive

_MOST_COMPARISONS = 20
_MOST_SIGNALS = 50
_MOST_CLAUSES = 20
"""Most clauses listed for one document, the weightiest; the report has all."""
_LONGEST_TEXT = 1_000
"""Characters of each side of a clause in a message."""


class Examined(NamedTuple):
    """A change with the full results that it summarises."""

    change: DocumentChange
    revision: RevisionDiff | None
    comparisons: tuple[Comparison, ...]


class RunReport(Result[DocumentChange]):
    """Report of a run: sources checked, failures, changes."""

    schema_id: Literal["policydiff/run/2"] = published("policydiff/run/2")
    result: RunResult
    """Checked items of the sources, with the outcome of each check."""
    changes: tuple[DocumentChange, ...]
    """The recorded versions, in the order of the run."""
    titles: dict[str, str] = Field(default_factory=dict)
    """Titles of the documents, by id, of the sources that failed, can be read again, or differ from the recorded text."""

    _page_module: ClassVar[str | None] = "policydiff.watch.run_page"
    _list: ClassVar[str] = "changes"

    def _record(self, item: DocumentChange) -> Record:
        return {
            **cells(item, "source item document=reference.name title=reference.title previous url"),
            "changes": item.summary.told() if item.summary else None,
            **cells(item, "signals=signals.# lagging=lagging.*.id"),
        }

    def _told(self) -> str:
        checked = counted(len(self.result.entries), "check")
        return f"{self.result.run}, {checked}, {counted(len(self), 'change')}"


def examine(result: RunResult, archive: Archive, configuration: Configuration) -> Iterator[Examined]:
    """Yield each change of a run with its diff and comparisons, one at a time, in the order of the run."""
    for entry in result.changed:
        yield _examine(entry, archive, configuration)


def _examine(entry: Entry, archive: Archive, configuration: Configuration) -> Examined:
    document_id, version = entry.document or "", entry.version or ""
    new = archive.read(document_id, version)
    old = archive.read(document_id, entry.previous) if entry.previous else None
    concerns, comparisons = _concerns(entry, new, old, archive, configuration)
    change = DocumentChange(
        source=entry.source,
        item=entry.item,
        url=entry.url,
        reference=new.reference,
        previous=entry.previous,
        summary=None,
        concerns=tuple(concerns),
    )
    told, revision = with_diff(change, old, new, archive) if old is not None else (change, None)
    return Examined(told, revision, tuple(comparisons))


def with_diff(
    change: DocumentChange, old: Loaded, new: Loaded, archive: Archive
) -> tuple[DocumentChange, RevisionDiff]:
    """Return a change with the differences between its two versions, the weightiest first, with both texts; and the diff."""
    versions = old.reference.version or "", new.reference.version or ""
    diff = diff_documents(old.document, new.document)
    signals = (signal for each in diff.changes for signal in each.signals)
    lines = sorted(diff.outside, key=lambda each: -each.weight)[:_MOST_CLAUSES]
    told = change.model_copy(
        update={
            "summary": diff.summary,
            "facts": tuple(
                ToldFact(label=fact.label, old=fact.old, new=fact.new)
                for fact in archive.facts(new.reference.id or "", *versions)
            ),
            "signals": tuple(islice(signals, _MOST_SIGNALS)),
            "clauses": _told_clauses(diff.changes, Outline(old.document), Outline(new.document)),
            "outside": tuple(
                ToldLine(
                    kind=each.kind,
                    old=each.old and each.old[:_LONGEST_TEXT],
                    new=each.new and each.new[:_LONGEST_TEXT],
                    signals=each.signals,
                )
                for each in lines
            ),
        }
    )
    return told, diff


_JOINED = re.compile(r"(?<=[!-~])·(?=[!-~])")
"""Sign in the address of a clause that keeps Latin words on one line of a page: a message says Article 2."""


def _told_clauses(changes: Iterable[Change], before: Outline, after: Outline) -> tuple[ToldChange, ...]:
    told = [
        ToldChange(
            label=next(
                (
                    _JOINED.sub(" ", told)
                    for told in (*map(after.cited, change.new), *map(before.cited, change.old))
                    if told
                ),
                None,
            ),
            kind=change.kind,
            old=quoted(old, new, _LONGEST_TEXT) or None,
            new=quoted(new, old, _LONGEST_TEXT) or None,
            signals=change.signals,
            weight=change.weight,
        )
        for change in ranked(changes)
        for old, new in [["\n".join(unit.text for unit in units) for units in (change.old, change.new)]]
        if change.kind is not ChangeKind.UNCHANGED
    ]
    return tuple(told[:_MOST_CLAUSES])


def _concerns(
    entry: Entry, new: Loaded, old: Loaded | None, archive: Archive, configuration: Configuration
) -> tuple[list[Concern], list[Comparison]]:
    document_id = entry.document or ""
    source = configuration.source(entry.source)
    superiors = [*(source.superiors if source else ()), *archive.superiors(document_id)]
    locals_ = [
        *(one.id for one in configuration.sources if one.id and document_id in one.superiors),
        *archive.locals(document_id),
    ]
    concerns, comparisons = [], []
    pairs = dict.fromkeys([(True, each) for each in superiors] + [(False, each) for each in locals_])
    others = [pair for pair in pairs if pair[1] != document_id]
    for is_superior, other_id in others[:_MOST_COMPARISONS]:
        newest = archive.newest(other_id)
        if newest is None:
            continue
        other = archive.read(other_id, newest.version)
        own = [each.document for each in (old, new) if each is not None]
        sides = [(one, other.document) if is_superior else (other.document, one) for one in own]
        *earlier, after = starmap(compare_documents, sides)
        concerns.append(
            Concern(
                role="superior" if is_superior else "local",
                other=other.reference,
                before=earlier[0].summary if earlier else None,
                after=after.summary,
            )
        )
        comparisons.append(after)
    return concerns, comparisons


def name_lagging(changes: Sequence[DocumentChange], store: Store, today: date) -> list[DocumentChange]:
    """Return the changes of a run, each with the local documents that lag since; called by a listener of a session.

    The lag is computed for the day on which a new text takes effect, or ends a text, if that day is still to come: no later run would
    report it.
    """
    days: dict[date, list[DocumentChange]] = defaultdict(list)
    for change in changes:
        days[max(today, *_days(change, store))].append(change)
    found: dict[str, list[ToldLag]] = defaultdict(list)
    with Index.open(store) as index:
        for day, changed in days.items():
            ids = {change.reference.id or "" for change in changed}
            for entry in radar(index, day, only=ids).entries:
                lag = _told_lag(entry, store)
                names = (entry.basis, entry.current, entry.said_by)
                for document_id in ids & {name.partition("@")[0] for name in names if name}:
                    found[document_id].append(lag)
    return [
        change.model_copy(update={"lagging": tuple(found[change.reference.id or ""])}) for change in changes
    ]


def _days(change: DocumentChange, store: Store) -> Iterator[date]:
    """Yield the day on which a recorded version takes effect, and the days from which it ends further texts."""
    document_id, version = change.reference.id or "", change.reference.version
    records = store.versions(document_id)
    record = next(each for each in records if each.version == version)
    yield begins(record, is_first=record is records[0])
    for said in _document(document_id, record.version, store).validity.statements:
        if said.kind is ForceKind.ENDS and said.effective is not None:
            yield said.effective


def _told_lag(entry: RadarEntry, store: Store) -> ToldLag:
    """Return an entry of the radar in the form for a message, its clauses as addresses."""
    behind = [each.clause for each in entry.clauses if each.clause and each.pace is not Pace.MISSING]
    local = Outline(_document(entry.id, entry.version, store) if behind else None)
    return ToldLag(
        id=entry.id,
        version=entry.version,
        title=entry.title,
        basis=entry.basis,
        basis_title=entry.basis_title,
        change=entry.change,
        since=entry.since,
        behind=tuple(dict.fromkeys(local.place(clause).address for clause in behind)),
        lacking=sum(each.pace is Pace.MISSING for each in entry.clauses),
        astray=len(entry.references),
        unread=entry.unread,
    )


def _document(document_id: str, version: str, store: Store) -> Document:
    identity, record = store.at(None).resolve(f"{document_id}@{version}")
    return parse_stored(identity, record, store.text(document_id, record.version))
