"""Gates: rules on changes, waivers with a last day, and the findings as SARIF and JUnit.

A waiver accepts a finding until its last day; after this day the finding counts again. In a comparison of a local document with its
superior, rules on `effect` and `signal` examine every derived provision.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import ClassVar, Literal, TypeVar

from policydiff.model import Comparison, Direction, Effect, SentenceComparison, SignalType, Untold, Value
from policydiff.model.base import Record, Result, cells, counted, published
from policydiff.settings.settings import CheckSettings, Level, Rule, RuleKind, Waiver

_Kind = TypeVar("_Kind", SignalType, Direction, Effect)


class Finding(Value):
    """A finding of a check, with the words of the text that prove it."""

    rule: RuleKind
    """Rule of `policydiff.toml` that found the change."""
    level: Level
    """`error` fails the check, `warning` and `note` do not."""
    document: str
    """Document id, or the name of a file."""
    title: str | None
    version: str | None
    previous: str | None
    """Name of the version before; None for a first version or a file."""
    clause: str | None
    """Id of the clause concerned; None if the finding concerns the document."""
    label: str | None
    """Number of the clause as printed."""
    message: str
    old: str | None = None
    """Words or value of the earlier version (in a comparison: of the superior document); None for none."""
    new: str | None = None
    """Words or value of the later version (in a comparison: of the local document); None for none."""
    type: SignalType | None = None
    """Type of the signal found; None if the rule looks for no signal."""
    direction: Direction | None = None
    """Direction of the signal found; None if the rule looks for no signal."""
    weight: float | None = None
    """Weight of the signal found, from 0 to 1; None if the rule looks for no signal."""
    effect: Effect | None = None
    """Effect of the local provision compared with the superior's; None except for rules on effects."""
    untold: Untold | None = None
    """Reason why a local document could not be compared with its superior; nothing was examined then, and the check fails."""
    counts: Mapping[str, int] | None = None
    """Number of clauses by kind of change, for the rule `any_change`; None for a first version and for other rules."""
    waived_until: date | None = None
    """Last day of the waiver that accepts the finding; None without such a waiver."""
    waiver_reason: str | None = None
    """Reason stated by the waiver that accepts the finding; None without such a waiver."""
    expired_waiver: date | None = None
    """Last day of a matching waiver that has ended; None for none."""

    @property
    def fails(self) -> bool:
        """Whether the check fails because of this finding."""
        return self.level is Level.ERROR and self.waived_until is None


class CheckedChange(Value):
    """A change that was examined, with or without findings."""

    document: str
    """Id of the document in the store, or the path of the file that was checked."""
    title: str | None
    version: str | None
    previous: str | None
    """Name of the version before; None for a first version or a file."""
    findings: tuple[Finding, ...]
    """Findings of the rules, in reading order."""


class CheckReport(Result[Finding]):
    """The outcome of a check."""

    schema_id: Literal["policydiff/check/1"] = published("policydiff/check/1")
    checked: tuple[CheckedChange, ...]
    """The changes that were examined, with or without findings."""
    unused_waivers: tuple[str, ...] = ()
    """Waivers that matched no finding, as `rule document`."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in order."""
        return tuple(finding for change in self.checked for finding in change.findings)

    @property
    def fails(self) -> bool:
        """Whether any finding fails the check."""
        return any(finding.fails for finding in self.findings)

    _page_module: ClassVar[str | None] = "policydiff.checks.check_page"
    _list: ClassVar[str] = "findings"

    def _record(self, item: Finding) -> Record:
        told = cells(item, "document version previous rule level clause label message old new")
        return {**told, "waived": item.waived_until is not None, "fails": item.fails}

    def _told(self) -> str:
        return f"{counted(len(self.checked), 'change')} checked, {counted(len(self), 'finding')}"


def waive(
    findings: Iterable[Finding], waivers: tuple[Waiver, ...], today: date
) -> tuple[list[Finding], list[Waiver]]:
    """Return the findings marked with their matching waivers, and the waivers that matched no finding."""
    used: set[int] = set()
    marked = []
    for finding in findings:
        fitting = [place for place, waiver in enumerate(waivers) if _fits(waiver, finding)]
        used.update(fitting)
        running = [waivers[place] for place in fitting if today <= waivers[place].until]
        ended = [waivers[place] for place in fitting if today > waivers[place].until]
        if running:
            longest = max(running, key=lambda waiver: waiver.until)
            marked.append(
                finding.model_copy(update={"waived_until": longest.until, "waiver_reason": longest.reason})
            )
        elif ended:
            marked.append(
                finding.model_copy(update={"expired_waiver": max(waiver.until for waiver in ended)})
            )
        else:
            marked.append(finding)
    return marked, [waiver for place, waiver in enumerate(waivers) if place not in used]


def _fits(waiver: Waiver, finding: Finding) -> bool:
    return (
        waiver.rule is finding.rule
        and fnmatchcase(finding.document, waiver.document)
        and waiver.clause in {None, finding.clause, finding.label}
        and waiver.version in {None, finding.version}
        and _is_of(waiver.types, finding.type)
        and _is_of(waiver.directions, finding.direction)
        and _is_of(waiver.effects, finding.effect)
        and (finding.weight is None or finding.weight <= waiver.weight)
    )


def _is_of(accepted: tuple[_Kind, ...], found: _Kind | None) -> bool:
    """Return whether a waiver with these `accepted` kinds accepts the kind `found`; an empty tuple accepts all."""
    return not accepted or found in accepted


_ANSWERED = frozenset({RuleKind.EFFECT, RuleKind.SIGNAL, RuleKind.UNREAD})
"""Kinds of rules for comparisons; the other rules examine the change from one version to the next."""


def check_comparison(comparison: Comparison, settings: CheckSettings, today: date) -> CheckReport:
    """Return the findings of the rules in a comparison; without a rule on effects or signals, the rule `effect` is used.

    An effect that is only the likeliest (`effect_sure` is false) is a warning, whatever the level of its rule. If the two
    documents could not be compared, every rule has this as a finding, because a check must not pass unread texts.
    """
    document = comparison.local.id or comparison.local.file or ""
    rules = tuple(rule for rule in settings.rules if rule.on in _ANSWERED)
    if all(rule.on is RuleKind.UNREAD for rule in rules):
        rules = (Rule(on=RuleKind.EFFECT), *rules)
    found = [
        finding.model_copy(
            update={
                "document": document,
                "title": comparison.local.title,
                "version": comparison.local.version,
                "previous": comparison.superior.name,
            }
        )
        for rule in rules
        if any(fnmatchcase(document, pattern) for pattern in rule.documents)
        for finding in _findings(comparison, rule)
    ]
    waivers = tuple(waiver for waiver in settings.waivers if waiver.rule in _ANSWERED)
    findings, left = waive(found, waivers, today)
    checked = CheckedChange(
        document=document,
        title=comparison.local.title,
        version=comparison.local.version,
        previous=comparison.superior.name,
        findings=tuple(findings),
    )
    return CheckReport(
        checked=(checked,), unused_waivers=tuple(f"{waiver.rule.value} {waiver.document}" for waiver in left)
    )


def _findings(comparison: Comparison, rule: Rule) -> Iterator[Finding]:
    if rule.on is RuleKind.UNREAD:
        for part in dict.fromkeys((*comparison.local.unread, *comparison.superior.unread)):
            yield _finding(rule, rule.level, part, None, None)
        return
    if comparison.reading.untold is not None:
        told = f"the documents were not compared: {comparison.reading.untold.value}"
        finding = _finding(rule, Level.ERROR, told, None, None)
        yield finding.model_copy(update={"untold": comparison.reading.untold})
        return
    labels = {each.clause: each.label for each in comparison.clauses}
    for sentence in comparison.sentences:
        said = _effect(sentence, rule) if rule.on is RuleKind.EFFECT else _signals(sentence, rule)
        for finding in said:
            yield finding.model_copy(update={"clause": sentence.clause, "label": labels.get(sentence.clause)})


def _effect(sentence: SentenceComparison, rule: Rule) -> Iterator[Finding]:
    effect: Effect | None = sentence.effect
    if effect is None or effect not in rule.effects:
        return
    level = rule.level if sentence.effect_sure else min(rule.level, Level.WARNING, key=_LEVELS.index)
    source = sentence.sources[0].text if sentence.sources else None
    message = f"the superior's provision is {effect.value}" + ("" if sentence.effect_sure else " (not sure)")
    yield _finding(rule, level, message, source, sentence.text).model_copy(update={"effect": effect})


_LEVELS = (Level.NOTE, Level.WARNING, Level.ERROR)


def _signals(sentence: SentenceComparison, rule: Rule) -> Iterator[Finding]:
    for signal in sentence.signals:
        if rule.takes(signal):
            kind = signal.type.value.replace("_", " ")
            words = f"{kind} {signal.direction.value}: {signal.old or '—'} → {signal.new or '—'}"
            yield _finding(rule, rule.level, words, signal.old, signal.new).model_copy(
                update={"type": signal.type, "direction": signal.direction, "weight": signal.weight}
            )


def _finding(rule: Rule, level: Level, message: str, old: str | None, new: str | None) -> Finding:
    return Finding(
        rule=rule.on, level=level, document="", title=None, version=None, previous=None, clause=None, label=None,
        message=message, old=old, new=new,
    )  # fmt: skip
