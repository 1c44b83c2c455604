"""Findings as JUnit XML, for merge request pages: one suite a change, one case a rule."""

import re

from lxml import etree

from policydiff.checks.findings import CheckedChange, CheckReport, Finding
from policydiff.settings import RuleKind

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: CheckReport) -> bytes:
    """Return the report; waived findings are skipped cases, warnings and notes go to the output of a passed one."""
    root = etree.Element("testsuites", name="policydiff check")
    for change in report.checked:
        _suite(root, change)
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _suite(root: "etree._Element", change: CheckedChange) -> None:
    name = f"{change.document}@{change.version}" if change.version else change.document
    suite = etree.SubElement(root, "testsuite", name=_clean(name))
    failures = skipped = 0
    for rule in RuleKind:
        case = etree.SubElement(suite, "testcase", classname=_clean(change.document), name=rule.value)
        found = [finding for finding in change.findings if finding.rule is rule]
        failing = [finding for finding in found if finding.fails]
        if failing:
            failures += 1
            node = etree.SubElement(case, "failure", message=_clean(failing[0].message), type=rule.value)
            node.text = _clean("\n".join(_line(finding) for finding in failing))
        elif found and all(finding.waived_until for finding in found):
            skipped += 1
            etree.SubElement(case, "skipped", message=_clean(f"waived: {found[0].waiver_reason}"))
        elif found:
            etree.SubElement(case, "system-out").text = _clean("\n".join(_line(finding) for finding in found))
    suite.set("tests", str(len(RuleKind)))
    suite.set("failures", str(failures))
    suite.set("skipped", str(skipped))


def _line(finding: Finding) -> str:
    where = finding.label or finding.clause or ""
    ended = f" (the waiver ended on {finding.expired_waiver})" if finding.expired_waiver else ""
    return f"{where} {finding.message}{ended}".strip()


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
