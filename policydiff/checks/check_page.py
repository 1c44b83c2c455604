"""Findings of a check as a page for people, as SARIF 2.1.0 for code scanning, and as JUnit XML for merge requests."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from lxml import etree

from policydiff.checks import CheckedChange, CheckReport, Finding
from policydiff.errors import worded
from policydiff.lexicon.widths import in_xml
from policydiff.report import Page, page_of
from policydiff.report.catalog import N_, Catalog, catalog, sentence_told
from policydiff.report.document_page import clause_named, notice
from policydiff.report.page import TEXT, Entry, Field, Findings, Made, Table, tabled
from policydiff.report.runs import Cell, Mark, badge, cell, strung
from policydiff.report.to_text import one_line
from policydiff.report.words import CHANGES, EFFECTS, MOVED, RENUMBERED, UNTOLD
from policydiff.settings.settings import Level, RuleKind
from policydiff.version import __version__

RULES = {
    RuleKind.REMOVED_CLAUSE: N_("clause removed"),
    RuleKind.LOST_PROVISION: N_("provision lost"),
    RuleKind.DUTY_WEAKENED: N_("duty weakened"),
    RuleKind.TARGET_CHANGED: N_("figure changed"),
    RuleKind.SIGNAL: N_("change of substance"),
    RuleKind.EFFECT: N_("effect on the superior's provision"),
    RuleKind.ANY_CHANGE: N_("watched document changed"),
    RuleKind.PARSE_DIAGNOSTIC: N_("doubt about the reading"),
    RuleKind.UNREAD: N_("part not read"),
}
LEVELS = {Level.ERROR: N_("error"), Level.WARNING: N_("warning"), Level.NOTE: N_("note")}
_COUNTS = {**{kind.value: label for kind, label in CHANGES.items()}, "moved": MOVED, "renumbered": RENUMBERED}


@page_of.register
def check_page(report: CheckReport, say: Catalog) -> Page:
    """Return the report of a check: failing findings first, then warnings and notes, waived findings last."""
    order = list(Level)
    ranked = sorted(
        report.findings, key=lambda one: (one.waived_until is not None, order.index(one.level), _of(one))
    )
    return Page(
        name="check",
        title=say("Check of the changes"),
        sides=(),
        lead=say(
            "Pairs of texts checked: {checked}; findings that fail the check: {fails}, waived: {waived}.",
            checked=len(report.checked),
            fails=sum(one.fails for one in report.findings),
            waived=sum(one.waived_until is not None for one in report.findings),
        ),
        findings=_unused(report, say),
        tables=(_table(ranked, say),),
        main="check",
        notice=notice(say, judged=True),
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
        return say("waived until {date}", date=say.day(finding.waived_until))
    return say(LEVELS[finding.level])


def _of(finding: Finding) -> str:
    """Return the version that a finding is about: its title, and its name for opening it."""
    version = f"@{finding.version}" if finding.version else ""
    return f"{one_line(finding.title or finding.document, 60)} [{finding.document}{version}]"


def _what(finding: Finding, say: Catalog) -> Cell:
    """Return the finding in the documents' own words, if there are any."""
    match finding.rule:
        case RuleKind.ANY_CHANGE:
            return cell(_counted(finding, say))
        case RuleKind.PARSE_DIAGNOSTIC | RuleKind.UNREAD:
            return cell(sentence_told(finding.message, say.lang))
        case _:
            if finding.untold is not None:
                return cell(say(UNTOLD[finding.untold]))
            gone, new = cell(finding.old or "", Mark.DELETE), cell(finding.new or "", Mark.INSERT)
            words = strung((gone, new), " → ")
            return (
                words
                if finding.effect is None
                else strung(((badge(say(EFFECTS[finding.effect]), finding.effect.value),), words), " ")
            )


def _counted(finding: Finding, say: Catalog) -> str:
    if finding.counts is None:
        return say("first version")
    counted = (f"{say(_COUNTS.get(kind, kind))} {n}" for kind, n in finding.counts.items())
    return say.joined(*counted) or say(
        "no clause changed its words: only marks, layout, or what stands beside the clauses"
    )


def _ended(finding: Finding, say: Catalog) -> Cell:
    if not finding.expired_waiver:
        return ()
    return cell(say(" (the waiver ended on {date})", date=say.day(finding.expired_waiver)), Mark.MUTED)


def _table(findings: list[Finding], say: Catalog) -> Table:
    def level(one: Finding) -> Cell:
        return (badge(_state(one, say), "waived" if one.waived_until else one.level.value),)

    fields = (
        Field(say("Level"), 12, level),
        Field(say("Rule"), 14, lambda one: say(RULES[one.rule])),
        Field(
            say("Clause"),
            14,
            lambda one: one.clause and clause_named(one.clause, one.label, one.old or "", say),
        ),
        Field(say("What was found"), 60, lambda one: (*_what(one, say), *_ended(one, say)), TEXT),
    )
    made = Made(lambda one: level(one)[0].kind, group=_of, weight=2)
    return tabled("check", say("Findings"), findings, fields, made, empty=say("Nothing was found."))


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST_RESULTS = 5_000
"""Most results that GitHub shows."""


def left_out_of_sarif(report: CheckReport) -> str | None:
    """Return the sentence on the number of findings that a SARIF log leaves out; None if it holds all."""
    total = len(report.findings)
    if total <= _MOST_RESULTS:
        return None
    return worded(
        f"SARIF holds {_MOST_RESULTS} of {total} findings, those that fail first: code scanning shows no more"
    )


def to_sarif(
    report: CheckReport, *, prefix: str = "", paths: Mapping[tuple[str, str], str] | None = None
) -> str:
    """Return a SARIF log of the findings; if some are left out, failing ones come first and a notification states the number.

    `prefix` is the path of the store inside the repository, with a slash at its end; `paths` is the path of a text by
    document and version, for texts whose path does not follow from these names.
    """
    kinds = list(RuleKind)
    left_out = left_out_of_sarif(report)
    ordered = sorted(report.findings, key=lambda each: not each.fails) if left_out else report.findings
    results = [_result(finding, kinds, prefix, paths or {}) for finding in ordered[:_MOST_RESULTS]]
    notes = [{"level": "warning", "message": {"text": left_out}}] if left_out else []
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
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
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
    """Return a digest of the facts of a finding that stay the same in later runs and versions."""
    said = (finding.rule.value, finding.document, finding.clause, finding.old, finding.new)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


def to_junit(report: CheckReport) -> bytes:
    """Return the report as JUnit XML; waived findings are skipped cases, warnings and notes are output of passed cases."""
    root = etree.Element("testsuites", name="policydiff check")
    for change in report.checked:
        _suite(root, change)
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _suite(root: "etree._Element", change: CheckedChange) -> None:
    name = f"{change.document}@{change.version}" if change.version else change.document
    suite = etree.SubElement(root, "testsuite", name=in_xml(name))
    failures = skipped = 0
    for rule in RuleKind:
        case = etree.SubElement(suite, "testcase", classname=in_xml(change.document), name=rule.value)
        found = [finding for finding in change.findings if finding.rule is rule]
        failing = [finding for finding in found if finding.fails]
        if failing:
            failures += 1
            node = etree.SubElement(case, "failure", message=in_xml(failing[0].message), type=rule.value)
            node.text = in_xml("\n".join(_line(finding) for finding in failing))
        elif found and all(finding.waived_until for finding in found):
            skipped += 1
            etree.SubElement(case, "skipped", message=in_xml(f"waived: {found[0].waiver_reason}"))
        elif found:
            etree.SubElement(case, "system-out").text = in_xml("\n".join(_line(finding) for finding in found))
    suite.set("tests", str(len(RuleKind)))
    suite.set("failures", str(failures))
    suite.set("skipped", str(skipped))


def _line(finding: Finding) -> str:
    where = finding.label or finding.clause or ""
    ended = f" (the waiver ended on {finding.expired_waiver})" if finding.expired_waiver else ""
    return f"{where} {finding.message}{ended}".strip()
