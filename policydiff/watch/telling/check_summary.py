"""A check in words: lines for a terminal, Markdown for a job summary, workflow annotations."""

from collections.abc import Iterator, Mapping

from policydiff.checks.findings import CheckReport, Finding
from policydiff.lexicon.labels import labels
from policydiff.settings import Level, RuleKind
from policydiff.watch.escape import markdown, plain, workflow_property, workflow_value

_MOST_ROWS = 500
_MOST_ANNOTATIONS = 10
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def check_lines(report: CheckReport, lang: str) -> Iterator[str]:
    """Yield findings as lines for a terminal."""
    say = labels(lang)
    yield f"{say['findings']}: {say['checked']} {len(report.checked)}, {sum(one.fails for one in report.findings)} ✗"
    for finding in report.findings:
        mark = (
            f"{say['waived']} {say['until'].format(date=finding.waived_until)}"
            if finding.waived_until
            else say[finding.level.value]
        )
        yield f"  {mark}: {_where(finding)} {say[finding.rule.value]}: {plain(_what(finding, say))}{_ended(finding, say)}"
    if not report.findings:
        yield f"  {say['no_findings']}"
    for name in report.unused_waivers:
        yield f"  {say['unused_waiver']}: {name}"


def check_markdown(report: CheckReport, lang: str) -> str:
    """Return findings as Markdown."""
    say = labels(lang)
    lines = [f"## {say['findings']}", "", f"{say['checked']} {len(report.checked)}", ""]
    if not report.findings:
        return "\n".join([*lines, say["no_findings"], ""])
    lines += ["| | | | |", "|---|---|---|---|"]
    for finding in report.findings[:_MOST_ROWS]:
        mark = say["waived"] if finding.waived_until else say[finding.level.value]
        row = (mark, say[finding.rule.value], _where(finding), f"{_what(finding, say)}{_ended(finding, say)}")
        lines.append("| " + " | ".join(markdown(cell, 400) for cell in row) + " |")
    left = len(report.findings) - _MOST_ROWS
    if left > 0:
        lines += ["", say["more"].format(count=left)]
    return "\n".join(lines) + "\n"


def check_annotations(report: CheckReport, lang: str) -> list[str]:
    """Return GitHub workflow commands for the findings that are not waived, the weightiest first."""
    say = labels(lang)
    weight = list(Level)
    open_ = [finding for finding in report.findings if not finding.waived_until]
    return [
        f"::{_COMMANDS[finding.level]} title={workflow_property(say[finding.rule.value])}::"
        + workflow_value(f"{_where(finding)} {_what(finding, say)}{_ended(finding, say)}")
        for finding in sorted(open_, key=lambda one: weight.index(one.level))[:_MOST_ANNOTATIONS]
    ]


def _where(finding: Finding) -> str:
    version = f"@{finding.version}" if finding.version else ""
    place = f" {finding.label or finding.clause}" if finding.clause else ""
    return f"{plain(finding.title or finding.document, 60)} [{finding.document}{version}]{place}"


def _what(finding: Finding, say: Mapping[str, str]) -> str:
    """Return what was found in the reader's language; the documents' own words say it where there are any."""
    match finding.rule:
        case RuleKind.REMOVED_CLAUSE:
            return finding.old or ""
        case RuleKind.DUTY_WEAKENED | RuleKind.TARGET_CHANGED | RuleKind.SIGNAL | RuleKind.EFFECT:
            return f"{finding.old or '—'} → {finding.new or '—'}"
        case RuleKind.ANY_CHANGE:
            if finding.counts is None:
                return say["first"]
            return ", ".join(f"{say[kind]} {n}" for kind, n in finding.counts.items()) or say["wording_only"]
        case RuleKind.PARSE_DIAGNOSTIC:
            return finding.message


def _ended(finding: Finding, say: Mapping[str, str]) -> str:
    return f" ({say['waiver_ended'].format(date=finding.expired_waiver)})" if finding.expired_waiver else ""
