"""The rules of a gate: each looks at one change and says what in it must not pass unseen."""

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from policydiff.checks.findings import Finding
from policydiff.model import Change, ChangeKind, Document, RevisionDiff, Severity, SignalType
from policydiff.settings import Rule, RuleKind

_TARGETS = frozenset(
    {SignalType.TARGET, SignalType.PERCENTAGE, SignalType.AMOUNT, SignalType.NUMBER, SignalType.DEADLINE}
)
_QUOTED = 400


class Subject(NamedTuple):
    """A change to be checked."""

    document_id: str
    title: str | None
    version: str | None
    previous: str | None
    new: Document
    diff: RevisionDiff | None
    """None for a document's first version."""


class _Hit(NamedTuple):
    message: str
    clause: str | None = None
    label: str | None = None
    old: str | None = None
    new: str | None = None
    counts: Mapping[str, int] | None = None


def apply_rules(subject: Subject, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    """Yield what the rules find in a change, rule by rule, in the order of the text."""
    for rule in rules:
        if not any(fnmatchcase(subject.document_id, pattern) for pattern in rule.documents):
            continue
        for hit in _FINDERS[rule.on](subject):
            yield Finding(
                rule=rule.on,
                level=rule.level,
                document=subject.document_id,
                title=subject.title,
                version=subject.version,
                previous=subject.previous,
                clause=hit.clause,
                label=hit.label,
                message=hit.message,
                old=_short(hit.old),
                new=_short(hit.new),
                counts=hit.counts,
            )


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


def _removed(subject: Subject) -> Iterator[_Hit]:
    for change in _changes(subject):
        if change.kind is ChangeKind.REMOVED and change.old:
            unit = change.old[0]
            yield _Hit(f"clause {unit.label or unit.id} was removed", unit.id, unit.label, old=unit.text)


def _weakened(subject: Subject) -> Iterator[_Hit]:
    yield from _signalled(subject, frozenset({SignalType.DUTY_WEAKENED}), "a duty was weakened")


def _targets(subject: Subject) -> Iterator[_Hit]:
    """Yield figures that changed in clauses that hold a target in either version, and targets that came or went."""
    targeted = {target.clause for target in subject.new.targets}
    for change in _changes(subject):
        own = [signal for signal in change.signals if signal.type is SignalType.TARGET]
        near = any(_under(unit.id, targeted) for unit in change.new)
        wanted = own or ([signal for signal in change.signals if signal.type in _TARGETS] if near else [])
        for signal in wanted:
            yield _place(
                change, f"a target changed: {signal.old or '—'} → {signal.new or '—'}", signal.old, signal.new
            )


def _under(unit: str, clauses: set[str]) -> bool:
    return any(clause == unit or clause.startswith(f"{unit}__") for clause in clauses)


def _any(subject: Subject) -> Iterator[_Hit]:
    if subject.diff is None:
        yield _Hit("a first version was recorded")
        return
    summary = subject.diff.summary
    kinds = ("modified", "added", "removed", "split", "merged", "moved", "renumbered")
    counts = {kind: getattr(summary, kind) for kind in kinds if getattr(summary, kind)}
    counted = ", ".join(f"{n} {kind}" for kind, n in counts.items())
    yield _Hit(f"the document changed: {counted or 'words beside the clauses'}", counts=counts)


def _diagnostics(subject: Subject) -> Iterator[_Hit]:
    for diagnostic in subject.new.diagnostics:
        if diagnostic.severity is not Severity.INFO:
            clause = subject.new.find(diagnostic.clause) if diagnostic.clause else None
            yield _Hit(diagnostic.message, diagnostic.clause, clause.label if clause else None)


def _signalled(subject: Subject, types: frozenset[SignalType], message: str) -> Iterator[_Hit]:
    for change in _changes(subject):
        for signal in change.signals:
            if signal.type in types:
                words = f"{message}: {signal.old or '—'} → {signal.new or '—'}"
                yield _place(change, words, signal.old, signal.new)


def _place(change: Change, message: str, old: str | None, new: str | None) -> _Hit:
    unit = (change.new or change.old)[0] if change.new or change.old else None
    return _Hit(message, unit.id if unit else None, unit.label if unit else None, old, new)


def _changes(subject: Subject) -> tuple[Change, ...]:
    return subject.diff.changes if subject.diff else ()


_FINDERS: dict[RuleKind, Callable[[Subject], Iterator[_Hit]]] = {
    RuleKind.REMOVED_CLAUSE: _removed,
    RuleKind.DUTY_WEAKENED: _weakened,
    RuleKind.TARGET_CHANGED: _targets,
    RuleKind.ANY_CHANGE: _any,
    RuleKind.PARSE_DIAGNOSTIC: _diagnostics,
}
