"""The page of a check: what fails, what is waived, in the reader's language."""

from policydiff.checks.findings import CheckReport, Finding
from policydiff.report import Page, page_of
from policydiff.report.catalog import N_, Catalog
from policydiff.report.introduced_texts import notice
from policydiff.report.page import Column, Entry, Findings, Row, Table
from policydiff.report.runs import Cell, Mark, Run, badge, cell, shortened
from policydiff.report.to_csv import one_line
from policydiff.report.words import CHANGES, MOVED, RENUMBERED
from policydiff.settings import Level, RuleKind

RULES = {
    RuleKind.REMOVED_CLAUSE: N_("clause removed"),
    RuleKind.DUTY_WEAKENED: N_("duty weakened"),
    RuleKind.TARGET_CHANGED: N_("target changed"),
    RuleKind.SIGNAL: N_("change of substance"),
    RuleKind.EFFECT: N_("effect on the superior's provision"),
    RuleKind.ANY_CHANGE: N_("watched document changed"),
    RuleKind.PARSE_DIAGNOSTIC: N_("doubt about the reading"),
}
LEVELS = {Level.ERROR: N_("error"), Level.WARNING: N_("warning"), Level.NOTE: N_("note")}
_COUNTS = {**{kind.value: label for kind, label in CHANGES.items()}, "moved": MOVED, "renumbered": RENUMBERED}
_LONGEST = 120
"""Characters of a document's words in one line."""


@page_of.register
def check_page(report: CheckReport, say: Catalog) -> Page:
    """Return the report of a check: what fails first, then warnings and notes, what is waived last."""
    order = list(Level)
    ranked = sorted(report.findings, key=lambda one: (one.waived_until is not None, order.index(one.level)))
    title = say("Findings")
    return Page(
        name="check",
        title=title,
        sides=(),
        lead=_lead(report, say),
        findings=(
            Findings(
                "findings",
                title,
                tuple(_entry(one, say) for one in ranked),
                empty=say("Nothing was found."),
                shown=20,
            ),
            *_unused(report, say),
        ),
        tables=(_table(ranked, say),),
        main="check",
        notice=notice(say, judged=True),
    )


def _lead(report: CheckReport, say: Catalog) -> str:
    waived = sum(one.waived_until is not None for one in report.findings)
    fails = sum(one.fails for one in report.findings)
    return say(
        "{checked}; {fails}, {waived}.",
        checked=say.plural("{n} change was checked", "{n} changes were checked", len(report.checked)),
        fails=say.plural("{n} finding fails the check", "{n} findings fail the check", fails),
        waived=say.plural("{n} is waived", "{n} are waived", waived),
    )


def _unused(report: CheckReport, say: Catalog) -> tuple[Findings, ...]:
    if not report.unused_waivers:
        return ()
    return (
        Findings(
            "waivers",
            say("Waivers that fitted nothing"),
            tuple(Entry(cell(name)) for name in report.unused_waivers),
        ),
    )


def _state(finding: Finding, say: Catalog) -> str:
    if finding.waived_until:
        return say("waived until {date}", date=finding.waived_until.isoformat())
    return say(LEVELS[finding.level])


def _entry(finding: Finding, say: Catalog) -> Entry:
    kind = "waived" if finding.waived_until else finding.level.value
    return Entry(
        (
            badge(_state(finding, say), kind),
            Run(f" {say(RULES[finding.rule])}{say.colon}"),
            *_what(finding, say),
            *_ended(finding, say),
        ),
        _where(finding),
        kind=kind,
    )


def _where(finding: Finding) -> str:
    version = f"@{finding.version}" if finding.version else ""
    place = f" {finding.label or finding.clause}" if finding.clause else ""
    return f"{one_line(finding.title or finding.document, 60)} [{finding.document}{version}]{place}"


def _what(finding: Finding, say: Catalog) -> Cell:
    """Return what was found; the documents' own words say it where there are any."""
    match finding.rule:
        case RuleKind.REMOVED_CLAUSE:
            return shortened(cell(finding.old or "", Mark.DELETE), _LONGEST)
        case RuleKind.DUTY_WEAKENED | RuleKind.TARGET_CHANGED | RuleKind.SIGNAL | RuleKind.EFFECT:
            return (
                *shortened(cell(finding.old or "—", Mark.DELETE), _LONGEST),
                Run(" → "),
                *shortened(cell(finding.new or "—", Mark.INSERT), _LONGEST),
            )
        case RuleKind.ANY_CHANGE:
            return cell(_counted(finding, say))
        case _:
            return cell(finding.message)


def _counted(finding: Finding, say: Catalog) -> str:
    if finding.counts is None:
        return say("first version")
    counted = (f"{say(_COUNTS.get(kind, kind))} {n}" for kind, n in finding.counts.items())
    return say.joined(*counted) or say("no clause changed: only the layout, or words beside the clauses")


def _ended(finding: Finding, say: Catalog) -> Cell:
    if not finding.expired_waiver:
        return ()
    return cell(say(" (the waiver ended on {date})", date=finding.expired_waiver.isoformat()), Mark.MUTED)


def _table(findings: list[Finding], say: Catalog) -> Table:
    columns = (
        Column(say("Level"), 10),
        Column(say("Rule"), 12),
        Column(say("Document"), 26, is_text=True),
        Column(say("Clause"), 10),
        Column(say("What was found"), 42, is_text=True),
    )
    rows = tuple(
        Row(
            (
                cell(_state(one, say)),
                cell(say(RULES[one.rule])),
                cell(one.title or one.document),
                cell(one.label or one.clause or ""),
                (*_what(one, say), *_ended(one, say)),
            ),
            kind=one.level.value,
            weight=2,
        )
        for one in findings
    )
    return Table("check", say("Findings"), columns, rows, is_detail=True)
