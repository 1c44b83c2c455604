"""Checks changes in a store, or between two files, against rules; each rule examines one change and returns its findings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import NamedTuple

from policydiff.checks import CheckedChange, CheckReport, Finding, waive
from policydiff.collection.lookalikes import load_stored
from policydiff.collector import collecting_seldom
from policydiff.comparison.folding import is_chinese
from policydiff.errors import NotFoundError
from policydiff.intake import Loaded
from policydiff.lexicon.text_marks import first_words
from policydiff.model import Change, Direction, Document, RevisionDiff, Severity, Signal, SignalType
from policydiff.revision.diffing import diff_documents
from policydiff.settings.settings import CheckSettings, Rule, RuleKind
from policydiff.store import Moment, Snapshot, Store
from policydiff.substance.weighing import OF_SUBSTANCE

_FIGURES = frozenset(
    {
        SignalType.PERCENTAGE, SignalType.AMOUNT, SignalType.NUMBER, SignalType.AREA, SignalType.PERIOD,
        SignalType.DEADLINE, SignalType.FREQUENCY,
    }
)  # fmt: skip
_REMOVALS = frozenset(kind for kind in SignalType if kind.value.endswith("_removed"))
_ADDITIONS = frozenset(kind for kind in SignalType if kind.value.endswith("_added"))
_OF_WORDS = frozenset({SignalType.SCOPE, SignalType.PART_ADDED})
"""Types that only say that words changed or came, which is all that can be said in a language that is not read."""
_DUTIES = frozenset({SignalType.DUTY, SignalType.PROHIBITION})
_EASED = _DUTIES | {SignalType.SCOPE}
"""Types that ask for less if they become looser: the modal, or the manner of the duty."""
_PROVISIONS = frozenset(
    {
        SignalType.PERMISSION, SignalType.CONDITION, SignalType.EXCEPTION, SignalType.INSTRUMENT, SignalType.SANCTION,
        SignalType.DEFINITION,
    }
)  # fmt: skip
"""Parts of a provision that a clause may lose while it stays; a lost duty is found as weakened, a lost figure as changed."""
_QUOTED = 400
"""Most characters of a clause quoted in a finding, about one screen; the page of the change shows the whole."""


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
    signal: Signal | None = None


def _doubted(subject: Subject) -> Iterator[Finding]:
    """Yield the doubt whether the texts are versions of one document, whatever the rules, which assume two versions in the right order."""
    if subject.diff and subject.diff.doubt:
        yield _finding(Rule(on=RuleKind.PARSE_DIAGNOSTIC), subject, _Hit(subject.diff.doubt.told))


def apply_rules(subject: Subject, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    """Yield the findings of the rules in a change, rule by rule, in the order of the text."""
    for rule in rules:
        if not any(fnmatchcase(subject.document_id, pattern) for pattern in rule.documents):
            continue
        for hit in _FINDERS[rule.on](subject, rule):
            yield _finding(rule, subject, hit)


def _finding(rule: Rule, subject: Subject, hit: _Hit) -> Finding:
    of = hit.signal
    return Finding(
        rule=rule.on, level=rule.level, document=subject.document_id, title=subject.title, version=subject.version,
        previous=subject.previous, clause=hit.clause, label=hit.label, message=hit.message, old=_short(hit.old),
        new=_short(hit.new), counts=hit.counts, type=of and of.type, direction=of and of.direction, weight=of and of.weight,
    )  # fmt: skip


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= _QUOTED else first_words(text, _QUOTED - 1) + "…"


def _removed(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    """Yield the removed clauses, paragraphs, items, table rows and half-sentences, each once."""
    for change, signal in _gone(subject, _REMOVALS):
        if signal.type is SignalType.ARTICLE_REMOVED:
            unit = change.old[0]
            yield _Hit(
                f"clause {unit.label or unit.id} was removed",
                unit.id,
                unit.label,
                old=unit.text,
                signal=signal,
            )
            continue
        name = signal.type.value.replace("_", " ")
        yield _place(change, f"{name}: {signal.old}", signal)


def _lost(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    """Yield the rights, conditions, exceptions, instruments and sanctions that a clause lost while it stays.

    Replacement by a lesser one counts too: 批准 → 备案, 可以申请 → 不得申请, 吊销 → 警告.
    """
    for change, signal in _gone(subject, _PROVISIONS):
        yield _place(change, f"{signal.type.value} lost: {signal.old}", signal)
    for change, signal in _signals(subject):
        if signal.weight >= OF_SUBSTANCE and _is_lesser(signal):
            yield _place(change, f"{signal.type.value} lessened: {signal.old} → {signal.new}", signal)


_LESSER = {
    *(
        (kind, Direction.LOOSER)
        for kind in (SignalType.INSTRUMENT, SignalType.SANCTION, SignalType.CONDITION)
    ),
    *(
        (kind, Direction.STRICTER)
        for kind in (SignalType.PERMISSION, SignalType.EXCEPTION, SignalType.PROHIBITION)
    ),
}
"""Types and directions of signals that make a provision lesser: an instrument, sanction or condition became lighter, a right or exception
narrower. A ban takes away a right (可以 → 不得) or ends a support (鼓励 → 禁止)."""


def _is_lesser(signal: Signal) -> bool:
    by_choice = signal.old is None and signal.direction is Direction.LOOSER  # 罚款 → 罚款或者警告
    return bool(signal.new and (signal.old or by_choice)) and (signal.type, signal.direction) in _LESSER


def _gone(subject: Subject, kinds: frozenset[SignalType]) -> Iterator[tuple[Change, Signal]]:
    """Yield the signals of substance of these kinds whose words are gone; equal words of a change only once.

    Parts of a removed whole are not listed beside it.
    """
    for change in _changes(subject):
        whole = [each.old for each in change.signals if each.type in _REMOVALS and each.old]
        article = any(each.type is SignalType.ARTICLE_REMOVED for each in change.signals)
        told: set[str | None] = set()
        for signal in change.signals:
            if signal.type not in kinds or signal.new is not None or signal.weight < OF_SUBSTANCE:
                continue
            if (signal.type, signal.direction) in _NOTHING_LOST:
                continue
            if article and signal.type is not SignalType.ARTICLE_REMOVED:
                continue
            if signal.type not in _REMOVALS and any((signal.old or "") in words for words in whole):
                continue
            if signal.old not in told:
                told.add(signal.old)
                yield change, signal


_NOTHING_LOST = {(SignalType.SANCTION, Direction.STRICTER), (SignalType.EXCEPTION, Direction.WIDER)}
"""Removed words without loss of a provision: 警告或者罚款 → 罚款, or a limit of an exclusion, which covers more without it."""


def _weakened(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    """Yield duties that ask for less by modal, manner (书面, 立即, 全额) or a new exception, and provisions that cover less or have no order."""
    for change, signal in _signals(subject):
        # Duties are not read in other languages, so nobody can say whether a provision asks for less.
        whole = "\n".join(unit.text for unit in (*change.old, *change.new))
        unread = signal.type in _OF_WORDS and not is_chinese(whole)
        if signal.weight < OF_SUBSTANCE and not (unread and signal.type is SignalType.PART_ADDED):
            continue
        words = f"{signal.old or '—'} → {signal.new or '—'}"
        if unread:
            reason = f"words changed in a language of which duties are not read: {words}"
        elif signal.direction is Direction.LOOSER and (
            signal.type in _EASED or (signal.type is SignalType.EXCEPTION and signal.old is None)
        ):
            reason = f"a duty was weakened: {words}"
        elif _may_ask_for_less(signal):
            reason = f"a provision changed: {words}"
        else:
            continue
        yield _place(change, reason, signal)


def _may_ask_for_less(signal: Signal) -> bool:
    """Return whether a provision may ask for or grant less: another body, other words, fewer people, another condition.

    Parts and figures that came or went, and lost provisions, have rules of their own; 一律 before a ban has little weight.
    """
    if signal.type is SignalType.EXCEPTION and signal.direction is Direction.WIDER:
        return True
    lost = signal.type in _PROVISIONS and (signal.new is None or _is_lesser(signal))
    lighter = signal.type in _DUTIES and signal.weight == OF_SUBSTANCE
    if lost or lighter or signal.type in _FIGURES | _REMOVALS | _ADDITIONS:
        return False
    return signal.type is SignalType.CONDITION or signal.direction in (Direction.CHANGED, Direction.NARROWER)


def _targets(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    """Yield figures and deadlines that changed, came or went: all of substance, and all in a clause with a target.

    A changed price, fine or term must be found even if no target was read in its clause.
    """
    targeted = tuple(f"{target.clause}__" for target in subject.new.targets)
    for change, signal in _signals(subject):
        if signal.type not in _FIGURES:
            continue
        if signal.weight >= OF_SUBSTANCE or any(
            clause.startswith(f"{unit.id}__") for unit in change.new for clause in targeted
        ):
            words = f"a figure changed: {signal.old or '—'} → {signal.new or '—'}"
            yield _place(change, words, signal)


def _signal(subject: Subject, rule: Rule) -> Iterator[_Hit]:
    """Yield the signals with the types, directions and weight that a rule names."""
    for change, signal in _signals(subject):
        if not rule.takes(signal):
            continue
        kind = signal.type.value.replace("_", " ")
        words = f"{kind} {signal.direction.value}: {signal.old or '—'} → {signal.new or '—'}"
        yield _place(change, words, signal)


def _effect(_subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    """Yield nothing, because a revision has no effect on a superior document (see `check_comparison`)."""
    yield from ()


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


def _unread(subject: Subject, _rule: Rule) -> Iterator[_Hit]:
    before = subject.diff.old.unread if subject.diff else ()
    for message in dict.fromkeys((*before, *subject.new.reference.unread)):
        yield _Hit(message)


def _signals(subject: Subject) -> Iterator[tuple[Change, Signal]]:
    for change in _changes(subject):
        for signal in change.signals:
            yield change, signal


def _place(change: Change, message: str, signal: Signal) -> _Hit:
    unit = (change.new or change.old)[0] if change.new or change.old else None
    return _Hit(
        message,
        unit.id if unit else None,
        unit.label if unit else None,
        signal.old,
        signal.new,
        signal=signal,
    )


def _changes(subject: Subject) -> tuple[Change, ...]:
    return subject.diff.changes if subject.diff else ()


_FINDERS: dict[RuleKind, Callable[[Subject, Rule], Iterator[_Hit]]] = {
    RuleKind.REMOVED_CLAUSE: _removed,
    RuleKind.LOST_PROVISION: _lost,
    RuleKind.DUTY_WEAKENED: _weakened,
    RuleKind.TARGET_CHANGED: _targets,
    RuleKind.SIGNAL: _signal,
    RuleKind.EFFECT: _effect,
    RuleKind.ANY_CHANGE: _any,
    RuleKind.PARSE_DIAGNOSTIC: _diagnostics,
    RuleKind.UNREAD: _unread,
}


class Pair(NamedTuple):
    """A version, and the version before it; None for a first version."""

    old: Loaded | None
    new: Loaded


@collecting_seldom()
def check(pairs: Iterable[Pair], settings: CheckSettings, today: date) -> CheckReport:
    """Return the findings of the rules in these changes; `today` decides which waivers still hold."""
    checked = []
    unused = set(settings.waivers)
    for pair in pairs:
        new, old = pair.new, pair.old
        diff = None if old is None else diff_documents(old.document, new.document)
        subject = Subject(
            document_id=new.reference.id or new.reference.file or "",
            title=new.reference.title,
            version=new.reference.version,
            previous=old.reference.version if old else None,
            new=new.document,
            diff=diff,
        )
        found = (*_doubted(subject), *apply_rules(subject, settings.rules))
        findings, left = waive(found, settings.waivers, today)
        unused &= set(left)
        checked.append(
            CheckedChange(
                document=subject.document_id,
                title=subject.title,
                version=subject.version,
                previous=subject.previous,
                findings=tuple(findings),
            )
        )
    names = tuple(f"{waiver.rule.value} {waiver.document}" for waiver in settings.waivers if waiver in unused)
    return CheckReport(checked=tuple(checked), unused_waivers=names)


def newest_pairs(store: Store, document_ids: Iterable[str]) -> Iterator[Pair]:
    """Yield the newest version of each document with the one before it. Raises NotFoundError if a document does not exist."""
    for document_id in document_ids:
        names = [record.version for record in store.versions(document_id)]
        yield _pair(store, document_id, names[-1], names)


def pairs_since(store: Store, before: Snapshot) -> Iterator[Pair]:
    """Yield the versions recorded since `before`, by document and date, each with the version before it."""
    for identity in store.documents():
        known = {(record.recorded_at, record.source_sha256) for record in before.versions(identity.id)}
        records = store.versions(identity.id)
        names = [record.version for record in records]
        for record in records:
            if (record.recorded_at, record.source_sha256) not in known:
                yield _pair(store, identity.id, record.version, names)


def state_at(store: Store, since: str | Moment) -> Snapshot:
    """Return the store as it was at a time, or at a revision of its repository (`origin/main`, a commit).

    Raises NotFoundError if there is no such revision, UsageError if `since` does not have the form of one.
    """
    if isinstance(since, str):
        return store.at_revision(since)
    try:
        return store.at(since)
    except NotFoundError:
        return store.before_anything()


def _pair(store: Store, document_id: str, version: str, names: list[str]) -> Pair:
    place = names.index(version)
    old = load_stored(f"{document_id}@{names[place - 1]}", store) if place else None
    return Pair(old, load_stored(f"{document_id}@{version}", store))
