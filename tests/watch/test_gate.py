"""Rules, waivers, SARIF and JUnit."""

import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from lxml import etree

from policydiff.annotate import annotate
from policydiff.checks import CheckReport
from policydiff.checks.check_page import check_page, to_junit, to_sarif
from policydiff.checks.checking import Pair, check, state_at
from policydiff.errors import NotFoundError, UsageError
from policydiff.intake import Loaded
from policydiff.model import Reference
from policydiff.parsing import parse_text
from policydiff.report import RenderOptions, render
from policydiff.report.catalog import catalog
from policydiff.report.to_text import page_lines, workflow_commands
from policydiff.settings.settings import CheckSettings, Level, Rule, RuleKind, Waiver
from policydiff.store import Store
from watch.portal import policy_lines

TODAY = date(2026, 3, 1)
TITLE = "某市人民政府关于促进健康服务业发展的意见"
POINTS = [
    "加快发展健康服务业。到2025年，全市健康服务业增加值达到100亿元。",
    "支持社会办医。各区应当对符合条件的社会办医疗机构给予资助。",
    "完善人才政策。为高层次人才提供住房保障，解决子女入学问题。",
    "加强组织领导。由市卫生健康委牵头，各有关部门配合。",
]


def loaded(points: list[str], version: str, title: str = TITLE) -> Loaded:
    text = "\n".join(policy_lines(title, "某府发〔2024〕25号", points)) + "\n"
    document = annotate(parse_text(text), text)
    reference = Reference(id="city/health", version=version, title=document.title)
    return Loaded(document.known_as(reference, text), complete=True)


def report(
    points: list[str], *rules: RuleKind, waivers: tuple[Waiver, ...] = (), title: str = TITLE
) -> CheckReport:
    settings = CheckSettings(rules=tuple(Rule(on=rule) for rule in rules), waivers=waivers)
    return check([Pair(loaded(POINTS, "1", title), loaded(points, "2", title))], settings, TODAY)


REMOVED = [POINTS[0], POINTS[1], POINTS[3]]
WEAKENED = [POINTS[0], POINTS[1].replace("应当", "可以"), *POINTS[2:]]
RETARGETED = [POINTS[0].replace("100", "80"), *POINTS[1:]]


@pytest.mark.parametrize(
    ("points", "found"),
    [
        (POINTS, set()),
        (REMOVED, {RuleKind.REMOVED_CLAUSE, RuleKind.ANY_CHANGE}),
        (WEAKENED, {RuleKind.DUTY_WEAKENED, RuleKind.ANY_CHANGE}),
        (RETARGETED, {RuleKind.TARGET_CHANGED, RuleKind.ANY_CHANGE}),
        ([*POINTS, "建立监测机制。每年公布进展情况，接受社会监督。"], {RuleKind.ANY_CHANGE}),
    ],
    ids=["same", "removed", "weakened", "retargeted", "added"],
)
def test_each_rule_finds_its_own(points: list[str], found: set[RuleKind]) -> None:
    apart = {RuleKind.PARSE_DIAGNOSTIC, RuleKind.SIGNAL, RuleKind.EFFECT}
    rules = [rule for rule in RuleKind if rule not in apart]
    hits = {finding.rule for finding in report(points, *rules).findings}
    if points is POINTS:
        assert hits == {RuleKind.ANY_CHANGE}  # a version was recorded: words beside the clauses changed
    else:
        assert hits == found


def test_a_finding_leads_to_the_words() -> None:
    (finding,) = report(REMOVED, RuleKind.REMOVED_CLAUSE).findings
    assert (finding.label, finding.version, finding.previous) == ("三、", "2", "1")
    assert "住房保障" in (finding.old or "")
    assert finding.fails


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("经营者应当办理登记，并公示价格。", "经营者应当公示价格。", {"lost_provision"}),
        ("开办市场应当经批准。", "开办市场。", {"lost_provision"}),
        ("对处理决定不服的，可以申请行政复议。", "对处理决定应当执行。", {"lost_provision"}),
        ("逾期不改正的，处一万元罚款，并吊销许可证。", "逾期不改正的，处一万元罚款。", {"lost_provision"}),
        ("应当公开信息，涉及国家秘密的除外。", "应当公开信息。", {"lost_provision"}),
        ("小型企业缴纳费用，有困难的可以缓缴。", "小型企业缴纳费用。", {"lost_provision"}),
        ("申请人应当在十日内提交材料。", "申请人应当提交材料。", {"target_changed"}),
        ("申请人应当提交材料，并由民政部门指导。", "申请人应当提交材料。", {"removed_clause"}),
        ("由民政、财政部门负责。", "由民政部门负责。", set()),
        ("应当及时公示。", "应当公示。", set()),
    ],
)
def test_what_falls_away_is_found_by_the_rule_of_its_kind(old: str, new: str, found: set[str]) -> None:
    rules = (RuleKind.REMOVED_CLAUSE, RuleKind.LOST_PROVISION, RuleKind.TARGET_CHANGED)
    points = [*POINTS[:2], new, *POINTS[3:]]
    settings = CheckSettings(rules=tuple(Rule(on=rule) for rule in rules))
    pair = [Pair(loaded([*POINTS[:2], old, *POINTS[3:]], "1"), loaded(points, "2"))]
    assert {finding.rule.value for finding in check(pair, settings, TODAY).findings} == found


def test_rules_hold_for_the_documents_they_name_and_only_errors_fail() -> None:
    pair = [Pair(loaded(POINTS, "1"), loaded(REMOVED, "2"))]
    elsewhere = CheckSettings(rules=(Rule(on=RuleKind.REMOVED_CLAUSE, documents=("province/*",)),))
    assert check(pair, elsewhere, TODAY).findings == ()
    mild = CheckSettings(rules=(Rule(on=RuleKind.REMOVED_CLAUSE, level=Level.WARNING),))
    assert len(check(pair, mild, TODAY).findings) == 1
    assert not check(pair, mild, TODAY).fails


def test_a_first_version_has_nothing_to_be_held_against() -> None:
    settings = CheckSettings(rules=tuple(Rule(on=rule) for rule in RuleKind))
    first = check([Pair(None, loaded(POINTS, "1"))], settings, TODAY)
    assert {finding.rule for finding in first.findings} <= {RuleKind.ANY_CHANGE, RuleKind.PARSE_DIAGNOSTIC}


@pytest.mark.parametrize(
    ("more", "fails", "expired"),
    [
        ({}, False, False),
        ({"until": date(2026, 3, 1)}, False, False),  # the last day still counts
        ({"until": date(2026, 2, 28)}, True, True),
        ({"clause": "三、"}, False, False),
        ({"clause": "四、"}, True, False),
        ({"version": "2"}, False, False),
        ({"version": "9"}, True, False),
        ({"document": "city/*"}, False, False),
        ({"document": "province/health"}, True, False),
        ({"rule": RuleKind.DUTY_WEAKENED}, True, False),
    ],
)
def test_waivers_accept_what_they_name_until_their_day(
    more: dict[str, object], fails: bool, expired: bool
) -> None:
    fields = {
        "rule": RuleKind.REMOVED_CLAUSE,
        "document": "city/health",
        "until": date(2027, 1, 1),
        "reason": "agreed",
    }
    waiver = Waiver.model_validate(fields | more)
    found = report(REMOVED, RuleKind.REMOVED_CLAUSE, waivers=(waiver,))
    assert found.fails is fails
    assert (found.findings[0].expired_waiver is not None) is expired
    assert bool(found.unused_waivers) is (fails and not expired)


# What the standard requires of a log (SARIF 2.1.0 §3.13, 3.14, 3.19, 3.27, 3.29, 3.35) as far as it is used here.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {"rules": {"type": "array", "uniqueItems": True, "items": {"required": ["id"]}}},
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "items": {
                            "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"required": ["text"]},
                                "suppressions": {"items": {"required": ["kind"], "properties": {"kind": {"enum": ["inSource", "external"]}}}},
                                "locations": {"items": {"properties": {"physicalLocation": {"properties": {
                                    "artifactLocation": {"properties": {"uri": {"type": "string", "pattern": "^[^ \\\\]+$"}}},
                                    "region": {"properties": {"startLine": {"minimum": 1}}},
                                }}}}},
                            },
                        }
                    },
                },
            },
        },
    },
}  # fmt: skip


def test_sarif_names_place_rule_and_suppression() -> None:
    waiver = Waiver(
        rule=RuleKind.REMOVED_CLAUSE, document="*", until=date(2027, 1, 1), reason="agreed with the office"
    )
    log = json.loads(to_sarif(report(REMOVED, *RuleKind, waivers=(waiver,)), prefix="policies/"))
    Draft7Validator(SARIF).validate(log)
    run = log["runs"][0]
    removed = next(result for result in run["results"] if result["ruleId"] == "removed_clause")
    assert (
        removed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "policies/documents/city/health/2/text.txt"
    )
    assert "agreed with the office" in removed["suppressions"][0]["justification"]
    assert all(
        run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for result in run["results"]
    )


@pytest.mark.parametrize(
    ("held", "left", "why"),
    [(2, 0, "all findings fit"), (1, 1, "one too many: the one that fails is kept")],
)
def test_sarif_says_what_it_leaves_out(
    held: int, left: int, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiver = Waiver(rule=RuleKind.REMOVED_CLAUSE, document="*", until=date(2027, 1, 1), reason="agreed")
    both = report(REMOVED, RuleKind.REMOVED_CLAUSE, RuleKind.ANY_CHANGE, waivers=(waiver,))
    assert [each.fails for each in both.findings] == [False, True]
    monkeypatch.setattr(sys.modules["policydiff.checks.check_page"], "_MOST_RESULTS", held)
    log = json.loads(to_sarif(both))
    Draft7Validator(SARIF).validate(log)
    (run,) = log["runs"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert (len(run["results"]), len(notes)) == (held, left), why
    if left:
        assert f"{held} of 2" in notes[0]["message"]["text"]
        assert run["results"][0]["ruleId"] == next(each.rule.value for each in both.findings if each.fails)


def test_fingerprints_stay_and_tell_findings_apart() -> None:
    def prints(points: list[str]) -> list[str]:
        results = json.loads(to_sarif(report(points, *RuleKind)))["runs"][0]["results"]
        return [result["partialFingerprints"]["policydiff/1"] for result in results]

    assert prints(REMOVED) == prints(REMOVED)
    assert len(set(prints(WEAKENED))) == len(prints(WEAKENED))


def test_junit_counts_failures_and_skips_the_waived() -> None:
    waiver = Waiver(rule=RuleKind.REMOVED_CLAUSE, document="*", until=date(2027, 1, 1), reason="agreed")
    both = report(REMOVED, RuleKind.REMOVED_CLAUSE, RuleKind.ANY_CHANGE, waivers=(waiver,))
    root = etree.fromstring(to_junit(both))
    assert dict(root.attrib) == {"name": "policydiff check", "tests": "9", "failures": "1", "skipped": "1"}
    assert root.xpath("//testcase[failure]/@name") == ["any_change"]
    assert root.xpath("//testcase[skipped]/@name") == ["removed_clause"]


def told(found: CheckReport, form: str, lang: str) -> str:
    return str(render(found, form, lang=lang, options=RenderOptions(width=160)))


HOSTILE = "关于<script>alert(1)</script>|`a`\u202e[x](http://y)\x0b的意见"


def test_words_of_documents_are_shown_and_never_acted_upon() -> None:
    found = report(REMOVED, RuleKind.REMOVED_CLAUSE, title=HOSTILE)
    marked = told(found, "markdown", "zh")
    assert "<script>" not in marked
    assert not re.search(r"(?<!\\)\]\(http", marked)
    assert "\u202e" not in marked
    line = next(line for line in marked.splitlines() if "| 三 |" in line)
    assert line.startswith("| **错误** |")
    (annotation,) = workflow_commands(check_page(found, catalog("en")), catalog("en"))
    assert annotation.count("::") == 2
    assert "\n" not in annotation
    etree.fromstring(to_junit(found))
    assert "Pairs of texts checked: 1; findings that fail the check: 1" in told(found, "terminal", "en")


def test_findings_are_said_in_the_language_asked_for() -> None:
    waivers = (
        Waiver(rule=RuleKind.DUTY_WEAKENED, document="*", until=date(2020, 1, 1), reason="ended"),
        Waiver(rule=RuleKind.TARGET_CHANGED, document="none/*", until=date(2027, 1, 1), reason="unused"),
    )
    points = [RETARGETED[0], WEAKENED[1], POINTS[3]]
    rules = (RuleKind.REMOVED_CLAUSE, RuleKind.DUTY_WEAKENED, RuleKind.TARGET_CHANGED, RuleKind.ANY_CHANGE)
    found = report(points, *rules, waivers=waivers)
    ids = re.compile(r"city/health@2|target_changed none/\*")
    made = re.compile(r"本报告由 policydiff \S+|</?(?:ins|del|sub)>|<!-- -->")
    for form in ("terminal", "markdown"):
        said = made.sub("", told(found, form, "zh").replace("\\", ""))
        assert re.findall("[A-Za-z]+", ids.sub("", said)) == []
    lines = page_lines(check_page(found, catalog("zh")), catalog("zh"))
    for words in (
        "错误",
        "100亿元 → 80亿元",
        "豁免已于2020年1月1日到期",
        "删除 1",
        "未用到的豁免",
        POINTS[2][:8],
    ):
        assert words in lines
    assert "watched document changed: modified 2, removed 1" in page_lines(
        check_page(found, catalog("en")), catalog("en")
    )
    first = check(
        [Pair(None, loaded(POINTS, "1"))], CheckSettings(rules=(Rule(on=RuleKind.ANY_CHANGE),)), TODAY
    )
    assert "受关注文件有变化：首个版本" in page_lines(check_page(first, catalog("zh")), catalog("zh"))


def test_revisions_from_options_are_no_options_of_git(tmp_path: Path) -> None:
    with Store.init(tmp_path / "store") as store:
        for name in ("--output=x", "a\nb", "", "-x"):
            with pytest.raises(UsageError):
                state_at(store, name)
        with pytest.raises(NotFoundError):
            state_at(store, "nowhere")
        assert state_at(store, "HEAD").commit == store.commit
        assert state_at(store, date(2000, 1, 1)).document_ids() == []
