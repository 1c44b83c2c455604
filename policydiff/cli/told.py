"""The lines in which the terminal tells results that are no reports: outcomes of recording, faults, sources, the watch."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from policydiff.model.result import Result, counted, shortened

if TYPE_CHECKING:
    from policydiff.api.recording import AddReport
    from policydiff.collection.importing import ImportSummary
    from policydiff.collection.relations import Standing
    from policydiff.model import RevisionBatch
    from policydiff.model.amended import AppliedAmendment
    from policydiff.store import AuditLog, Verification
    from policydiff.watch.health import Health
    from policydiff.watch.trial import AddedSources, SourceList


def told(result: Result) -> Iterator[str] | None:
    """Return the lines of a result, None where it has a report of its own."""
    lines = _LINES.get(type(result).__name__)
    return lines(result) if lines else None


def _added(result: "AddReport") -> Iterator[str]:
    for each in result:
        if each.outcome is None:
            number = f"  {each.document_number}" if each.document_number else ""
            yield f"{each.file or '-'}: {each.id}@{each.version}  {each.title}{number}"
        else:
            yield f"{each.file or '-'}: {each.id}@{each.version} {each.outcome.status.value}"


def _imported(result: "ImportSummary") -> Iterator[str]:
    yield (
        f"{result.added} added, {result.unchanged} unchanged, {len(result.refused)} refused, "
        f"{len(result.failed)} unreadable"
    )


def _audit(result: "AuditLog") -> Iterator[str]:
    for entry in result:
        action = entry.action.value if entry.action else "-"
        versions = " ".join(entry.versions)
        yield f"{entry.recorded_at:%Y-%m-%d %H:%M:%SZ}  {entry.commit[:10]}  {action:9}  {entry.id} {versions}"


def _standing(result: "Standing") -> Iterator[str]:
    store = result.store
    recorded = f"{store.recorded_at:%Y-%m-%d %H:%M}Z" if store.recorded_at else "-"
    yield store.folder
    held = f"{counted(store.documents, 'document')}, {counted(store.versions, 'version')}"
    yield f"{held}; last recorded {recorded}"
    for name in store.unrecorded:
        yield f"differs from what is recorded: {name}"
    for each in result:
        made = f"{each.id}@{each.version} was made under {each.superior}@{each.made_under}"
        yield f"{made}; now there is @{each.newest}"


def _faults(result: "Verification") -> Iterator[str]:
    for fault in result:
        yield f"{fault.kind.value}: {fault.message}"


def _pairs(result: "RevisionBatch") -> Iterator[str]:
    for each in result:
        yield f"{each.old} → {each.new}: {each.diff.summary.told() if each.diff else each.error}"


def _health(result: "Health") -> Iterator[str]:
    last = f"last run {result.last_run.run}" if result.last_run else "no run yet"
    held = f"{counted(result.sources, 'source')}, {counted(result.items, 'item')}"
    yield f"{held}, {len(result.late)} late, {last}"
    for late in result.late:
        seen = f"read {late.read_at:%Y-%m-%d %H:%M} UTC" if late.read_at else "never read"
        line = f"  late: {late.source}: {seen}, every {late.every_hours:g} h; {late.detail or ''}"
        yield line.rstrip("; ")
    for name in result.failing:
        yield f"  failing: {name}"
    for name in result.missing:
        yield f"  missing from the store: {name}"


def _added_sources(result: "AddedSources") -> Iterator[str]:
    for each in result:
        about = each.detail if each.outcome == "failed" else f"{each.title or ''} ({each.clauses})"
        yield f"{each.outcome}\t{each.name or each.failure or '-'}\t{each.url}\t{about or ''}".rstrip()
        for note in each.notes:
            yield f"  {note}"
    yield f"{counted(len(result), 'source')}, {len(result.failed)} failed"


def _sources(result: "SourceList") -> Iterator[str]:
    for source in result:
        paused = " (paused)" if source.paused else ""
        yield f"{source.name}\t{source.kind}\t{source.id or '-'}\t{source.origin}{paused}"


_SHOWN = 60
"""Characters of an article that a difference shows of each side."""


def told_amendment(result: "AppliedAmendment") -> Iterator[str]:
    """Yield one line for the outcome, and one for each order that was not carried out and each place in doubt."""
    elsewhere = f", {result.elsewhere} for other texts" if result.elsewhere else ""
    yield f"{result.outcome.value}: {counted(len(result.applied), 'instruction')} carried out, {len(result.unapplied)} not{elsewhere}"
    for each in result.unapplied:
        yield f"not carried out: {each.text} ({each.reason})"
    for each in result.doubts:
        yield f"in doubt: {each.text} ({each.reason})" if each.text else f"in doubt: {each.reason}"
    for difference in result.differences or ():
        made, published = shortened(difference.made, _SHOWN), shortened(difference.published, _SHOWN)
        yield f"no order accounts for article {difference.article or '-'}: ordered {made!r}, published {published!r}"
    for order in result.without_change or ():
        yield f"no change of the published text shows this order: {order.text}"


_LINES: dict[str, Callable[[Any], Iterator[str]]] = {
    "AddReport": _added,
    "AddedSources": _added_sources,
    "AuditLog": _audit,
    "Health": _health,
    "ImportSummary": _imported,
    "RevisionBatch": _pairs,
    "SourceList": _sources,
    "Standing": _standing,
    "Verification": _faults,
}
"""By the name of the class, so that telling one result does not load the rooms of all others."""
