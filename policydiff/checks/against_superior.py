"""Check a local document against the one it implements: rules on `effect` and on `signal` look at every derived provision."""

from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase

from policydiff.checks.findings import CheckedChange, CheckReport, Finding, waive
from policydiff.model import Comparison, Effect, SentenceComparison
from policydiff.settings import CheckSettings, Level, Rule, RuleKind

_ANSWERED = frozenset({RuleKind.EFFECT, RuleKind.SIGNAL})
"""Kinds of rules that a comparison can answer; the others look at the change from a version to the next."""


def check_comparison(comparison: Comparison, settings: CheckSettings, today: date) -> CheckReport:
    """Return what the rules find in a comparison; where no rule speaks of effects or signals, `effect` holds.

    An effect that is only the likeliest (`effect_sure` is false) is a warning, whatever the level of its rule. Where the
    two documents could not be compared, that is a finding of every rule: a gate does not pass on what was not read.
    """
    document = comparison.local.id or comparison.local.file or ""
    rules = tuple(rule for rule in settings.rules if rule.on in _ANSWERED) or (Rule(on=RuleKind.EFFECT),)
    found = [
        _placed(finding, comparison, document)
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
        checked=(checked,),
        unused_waivers=tuple(f"{waiver.rule.value} {waiver.document}" for waiver in left),
    )


def _placed(finding: Finding, comparison: Comparison, document: str) -> Finding:
    return finding.model_copy(
        update={
            "document": document,
            "title": comparison.local.title,
            "version": comparison.local.version,
            "previous": comparison.superior.name,
        }
    )


def _findings(comparison: Comparison, rule: Rule) -> Iterator[Finding]:
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
