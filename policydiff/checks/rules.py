"""The rules of a gate: each looks at one change and says what in it must not pass unseen."""

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from policydiff.checks.findings import Finding
from policydiff.model import (
    Change,
    Direction,
    Document,
    RevisionDiff,
    Severity,
    Signal,
    SignalType,
)
from policydiff.settings import Rule, RuleKind
from policydiff.substance import OF_SUBSTANCE

_FIGURES = frozenset(
    {
        SignalType.PERCENTAGE, SignalType.AMOUNT, SignalType.NUMBER, SignalType.AREA, SignalType.PERIOD,
        SignalType.DEADLINE, SignalType.FREQUENCY,
    }
)  # fmt: skip
_REMOVALS = frozenset(
    {
        SignalType.ARTICLE_REMOVED, SignalType.PARAGRAPH_REMOVED, SignalType.ITEM_REMOVED, SignalType.TABLE_ROW_REMOVED,
        SignalType.PART_REMOVED,
    }
)  # fmt: skip
_DUTIES = frozenset({SignalType.DUTY, SignalType.PROHIBITION})
_NAMED = frozenset({SignalType.SCOPE, SignalType.BODY, SignalType.REFERENCE})
"""Types whose words may go while the rule they stand in stays: an attribute, one of several bodies, a citation."""
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
        for hit in _FINDERS[rule.on](subject, rule):
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


def _removed(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    """Yield what is gone: clauses, paragraphs, items, table rows, half-sentences, rights, conditions; each once."""
    for change in _changes(subject):
        told: set[str | None] = set()
        for signal in change.signals:
            # a half-sentence is gone whatever it laid down; a duty gone is told as one weakened
            lost = signal.new is None and signal.type not in _NAMED | _DUTIES
            gone = signal.type in _REMOVALS or lost
            if not gone or signal.weight < OF_SUBSTANCE or signal.old in told:
                continue
            told.add(signal.old)
            if signal.type is SignalType.ARTICLE_REMOVED:
                unit = change.old[0]
                message = f"clause {unit.label or unit.id} was removed"
                yield _Hit(message, unit.id, unit.label, old=unit.text)
                break
            name = signal.type.value.replace("_", " ").removesuffix(" removed")
            yield _place(change, f"{name} removed: {signal.old}", signal.old, None)


def _weakened(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    for change, signal in _signals(subject):
        if signal.type in _DUTIES and signal.direction is Direction.LOOSER and signal.weight >= OF_SUBSTANCE:
            words = f"a duty was weakened: {signal.old or '—'} → {signal.new or '—'}"
            yield _place(change, words, signal.old, signal.new)


def _targets(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    """Yield figures that changed, came or went in clauses that hold a target in the new version."""
    targeted = {target.clause for target in subject.new.targets}
    for change, signal in _signals(subject):
        if signal.type in _FIGURES and any(_under(unit.id, targeted) for unit in change.new):
            words = f"a target changed: {signal.old or '—'} → {signal.new or '—'}"
            yield _place(change, words, signal.old, signal.new)


def _signal(subject: Subject, rule: Rule) -> Iterator[_Hit]:
    """Yield the signals of the types, directions and weight a rule names."""
    for change, signal in _signals(subject):
        if signal.weight < rule.weight or (rule.types and signal.type not in rule.types):
            continue
        if rule.directions and signal.direction not in rule.directions:
            continue
        kind = signal.type.value.replace("_", " ")
        words = f"{kind} {signal.direction.value}: {signal.old or '—'} → {signal.new or '—'}"
        yield _place(change, words, signal.old, signal.new)


def _effect(_subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    """Yield nothing: a revision has no effect on a superior document (see `check_comparison`)."""
    yield from ()


def _under(unit: str, clauses: set[str]) -> bool:
    return any(clause == unit or clause.startswith(f"{unit}__") for clause in clauses)


def _any(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    if subject.diff is None:
        yield _Hit("a first version was recorded")
        return
    summary = subject.diff.summary
    kinds = ("modified", "added", "removed", "split", "merged", "moved", "renumbered")
    counts = {kind: getattr(summary, kind) for kind in kinds if getattr(summary, kind)}
    counted = ", ".join(f"{n} {kind}" for kind, n in counts.items())
    yield _Hit(f"the document changed: {counted or 'words beside the clauses'}", counts=counts)


def _diagnostics(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    for diagnostic in subject.new.diagnostics:
        if diagnostic.severity is not Severity.INFO:
            clause = subject.new.find(diagnostic.clause) if diagnostic.clause else None
            yield _Hit(diagnostic.message, diagnostic.clause, clause.label if clause else None)


def _signals(subject: Subject) -> Iterator[tuple[Change, Signal]]:
    for change in _changes(subject):
        for signal in change.signals:
            yield change, signal


def _place(change: Change, message: str, old: str | None, new: str | None) -> _Hit:
    unit = (change.new or change.old)[0] if change.new or change.old else None
    return _Hit(message, unit.id if unit else None, unit.label if unit else None, old, new)


def _changes(subject: Subject) -> tuple[Change, ...]:
    return subject.diff.changes if subject.diff else ()


_FINDERS: dict[RuleKind, Callable[[Subject, Rule], Iterator[_Hit]]] = {
    RuleKind.REMOVED_CLAUSE: _removed,
    RuleKind.DUTY_WEAKENED: _weakened,
    RuleKind.TARGET_CHANGED: _targets,
    RuleKind.SIGNAL: _signal,
    RuleKind.EFFECT: _effect,
    RuleKind.ANY_CHANGE: _any,
    RuleKind.PARSE_DIAGNOSTIC: _diagnostics,
}
