"""Waivers accept a finding until a day; after it the finding counts again, and says that a waiver has ended."""

from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase

from policydiff.checks.findings import Finding
from policydiff.settings import Waiver


def waive(
    findings: Iterable[Finding], waivers: tuple[Waiver, ...], today: date
) -> tuple[list[Finding], list[Waiver]]:
    """Return the findings with the waivers that fit marked on them, and the waivers that fitted nothing."""
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
    )
