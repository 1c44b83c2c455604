"""What a recorded change means: the diff against the previous version, and the comparisons it touches."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from policydiff.collection.loaded import Loaded
from policydiff.comparison import compare_documents
from policydiff.model import Change, ChangeKind
from policydiff.model.result import Record, Result, counted
from policydiff.notify import Concern, DocumentChange, ToldChange, ToldFact
from policydiff.report import ComparisonReport, RevisionReport
from policydiff.revision import diff_documents
from policydiff.settings import Configuration
from policydiff.watch.archive import Archive
from policydiff.watch.ledger import Entry
from policydiff.watch.run import RunResult

_MOST_COMPARISONS = 20
_MOST_SIGNALS = 50
_MOST_CLAUSES = 20
"""Clauses told of one document, the weightiest; the report has all."""
_LONGEST_TEXT = 1_000
"""Characters of each side of a clause in a message."""


class Examined(NamedTuple):
    """A change with the full results it was summed up from."""

    change: DocumentChange
    revision: RevisionReport | None
    comparisons: tuple[ComparisonReport, ...]


class RunReport(Result):
    """A run as it is reported: what was checked, what failed, what changed."""

    schema_id: Literal["policydiff/run/1"] = Field(default="policydiff/run/1", alias="schema")
    result: RunResult
    """What was checked, and with what outcome."""
    changes: tuple[DocumentChange, ...]
    """The versions that were recorded, in the order of the run."""

    _thing: ClassVar[str] = "change"

    def _items(self) -> tuple[DocumentChange, ...]:
        return self.changes

    def _record(self, item: DocumentChange) -> Record:
        return {
            "source": item.source,
            "item": item.item,
            "document": item.reference.name,
            "title": item.reference.title,
            "previous": item.previous,
            "url": item.url,
            "changes": item.summary.told() if item.summary else None,
            "signals": len(item.signals),
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
    revision = None
    if old is not None:
        diff = diff_documents(
            old.document, new.document, old_reference=old.reference, new_reference=new.reference
        )
        revision = RevisionReport(diff=diff, old=old.document, new=new.document)
    concerns, comparisons = _concerns(entry, new, old, archive, configuration)
    changes = revision.diff.changes if revision else ()
    signals = [signal for change in (revision.diff.changes if revision else ()) for signal in change.signals]
    change = DocumentChange(
        source=entry.source,
        item=entry.item,
        url=entry.url,
        reference=new.reference,
        previous=entry.previous,
        summary=revision.diff.summary if revision else None,
        signals=tuple(signals[:_MOST_SIGNALS]),
        concerns=tuple(concerns),
        clauses=told_clauses(changes),
        facts=tuple(
            ToldFact(label=fact.label, old=fact.old, new=fact.new)
            for fact in (archive.facts(document_id, entry.previous, version) if entry.previous else ())
        ),
    )
    return Examined(change, revision, tuple(comparisons))


def told_clauses(changes: Iterable[Change]) -> tuple[ToldChange, ...]:
    """Return the clauses that changed, the weightiest first, with both texts."""
    told = [
        ToldChange(
            label=next((unit.label for unit in (*change.new, *change.old) if unit.label), None),
            kind=change.kind,
            old="\n".join(unit.text for unit in change.old)[:_LONGEST_TEXT] or None,
            new="\n".join(unit.text for unit in change.new)[:_LONGEST_TEXT] or None,
            signals=change.signals,
            weight=change.weight,
        )
        for change in changes
        if change.kind is not ChangeKind.UNCHANGED
    ]
    return tuple(sorted(told, key=lambda each: -each.weight)[:_MOST_CLAUSES])


def _concerns(
    entry: Entry, new: Loaded, old: Loaded | None, archive: Archive, configuration: Configuration
) -> tuple[list[Concern], list[ComparisonReport]]:
    document_id = entry.document or ""
    source = configuration.source(entry.source)
    superiors = [*(source.superiors if source else ()), *archive.superiors(document_id)]
    locals_ = [
        *(one.id for one in configuration.sources if one.id and document_id in one.superiors),
        *archive.locals(document_id),
    ]
    concerns, comparisons = [], []
    for is_superior, other_id in _distinct(document_id, superiors, locals_)[:_MOST_COMPARISONS]:
        newest = archive.newest(other_id)
        if newest is None:
            continue
        other = archive.read(other_id, newest.version)
        after = _compare(new, other) if is_superior else _compare(other, new)
        before = None
        if old is not None:
            before = _compare(old, other) if is_superior else _compare(other, old)
        concerns.append(
            Concern(
                role="superior" if is_superior else "local",
                other=other.reference,
                before=before.comparison.summary if before else None,
                after=after.comparison.summary,
            )
        )
        comparisons.append(after)
    return concerns, comparisons


def _distinct(document_id: str, superiors: Iterable[str], locals_: Iterable[str]) -> list[tuple[bool, str]]:
    pairs = [(True, other) for other in superiors] + [(False, other) for other in locals_]
    return [pair for pair in dict.fromkeys(pairs) if pair[1] != document_id]


def _compare(local: Loaded, superior: Loaded) -> ComparisonReport:
    comparison = compare_documents(
        local.document,
        superior.document,
        local_reference=local.reference,
        superior_reference=superior.reference,
    )
    return ComparisonReport(comparison=comparison, local=local.document, superior=superior.document)
