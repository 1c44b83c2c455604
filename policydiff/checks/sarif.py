"""Findings for other programs: as SARIF 2.1.0 for code scanning pages, and as JUnit XML for merge request pages."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from policydiff.checks.check_page import RULES
from policydiff.checks.findings import CheckedChange, CheckReport, Finding
from policydiff.report.catalog import catalog
from policydiff.settings import Level, RuleKind
from policydiff.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST_RESULTS = 5_000
"""GitHub shows no more."""


def to_sarif(
    report: CheckReport, *, prefix: str = "", paths: Mapping[tuple[str, str], str] | None = None
) -> str:
    """Return a SARIF log.

    Args:
        report: The findings.
        prefix: The store's path inside the repository, with a slash at its end.
        paths: Path of the text in the store, by document and version, where it does not follow from these names.
    """
    kinds = list(RuleKind)
    results = [_result(finding, kinds, prefix, paths or {}) for finding in report.findings[:_MOST_RESULTS]]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "policydiff",
                        "semanticVersion": __version__,
                        "rules": [_rule(kind) for kind in kinds],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(kind: RuleKind) -> dict[str, Any]:
    english = RULES[kind]
    return {
        "id": kind.value,
        "name": "".join(part.capitalize() for part in kind.value.split("_")),
        "shortDescription": {"text": english},
        "fullDescription": {"text": f"{english} ({catalog('zh')(english)})"},
        "defaultConfiguration": {"level": Level.ERROR.value},
    }


def _result(
    finding: Finding, kinds: list[RuleKind], prefix: str, paths: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    message = finding.message
    if finding.expired_waiver:
        message += f" (the waiver ended on {finding.expired_waiver})"
    result: dict[str, Any] = {
        "ruleId": finding.rule.value,
        "ruleIndex": kinds.index(finding.rule),
        "level": finding.level.value,
        "message": {"text": f"{finding.title or finding.document}: {message}"},
        "locations": [_location(finding, prefix, paths)],
        "partialFingerprints": {"policydiff/1": fingerprint(finding)},
    }
    if finding.waived_until:
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": f"{finding.waiver_reason} (until {finding.waived_until})",
            }
        ]
    return result


def _location(finding: Finding, prefix: str, paths: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    path = finding.document
    if finding.version:
        usual = f"documents/{finding.document}/{finding.version}/text.txt"
        path = prefix + paths.get((finding.document, finding.version), usual)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": path.replace(" ", "%20")},
            "region": {"startLine": 1},
        }
    }
    if finding.clause:
        location["logicalLocations"] = [
            {
                "name": finding.label or finding.clause,
                "fullyQualifiedName": f"{finding.document}#{finding.clause}",
            }
        ]
    return location


def fingerprint(finding: Finding) -> str:
    """Return what stays the same of a finding through runs and later versions."""
    said = (finding.rule.value, finding.document, finding.clause, finding.old, finding.new)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


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
