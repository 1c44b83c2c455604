"""A check in words: lines for a terminal, Markdown for a job summary, workflow annotations."""

from collections.abc import Iterator

from policydiff.track.config import Level
from policydiff.track.escape import markdown, plain, workflow_property, workflow_value
from policydiff.track.gate.findings import CheckReport, Finding
from policydiff.track.labels import labels

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
            else finding.level
        )
        yield f"  {mark}: {_where(finding)} {say[finding.rule.value]}: {plain(finding.message)}{_ended(finding)}"
    if not report.findings:
        yield f"  {say['no_findings']}"
    for name in report.unused_waivers:
        yield f"  waiver without use: {name}"


def check_markdown(report: CheckReport, lang: str) -> str:
    """Return findings as Markdown."""
    say = labels(lang)
    lines = [f"## {say['findings']}", "", f"{say['checked']} {len(report.checked)}", ""]
    if not report.findings:
        return "\n".join([*lines, say["no_findings"], ""])
    lines += ["| | | | |", "|---|---|---|---|"]
    for finding in report.findings[:_MOST_ROWS]:
        mark = say["waived"] if finding.waived_until else finding.level.value
        row = (mark, say[finding.rule.value], _where(finding), f"{finding.message}{_ended(finding)}")
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
        + workflow_value(f"{_where(finding)} {finding.message}{_ended(finding)}")
        for finding in sorted(open_, key=lambda one: weight.index(one.level))[:_MOST_ANNOTATIONS]
    ]


def _where(finding: Finding) -> str:
    version = f"@{finding.version}" if finding.version else ""
    place = f" {finding.label or finding.clause}" if finding.clause else ""
    return f"{plain(finding.title or finding.document, 60)} [{finding.document}{version}]{place}"


def _ended(finding: Finding) -> str:
    return f" (waiver ended {finding.expired_waiver})" if finding.expired_waiver else ""
