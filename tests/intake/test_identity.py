"""When two texts are one document, two, or a case for a person: a table with the reason of each row."""

from datetime import date

import pytest

from policydiff.intake.identity import IN_COMMON, MUCH_IN_COMMON, Known, Sameness, judge, shared
from policydiff.intake.versions import prepare
from policydiff.parsing import parse_text

TODAY = date(2024, 3, 1)

HEALTH = [
    "推进社区卫生服务中心标准化建设，每个街道设一个中心。",
    "家庭医生签约率达到百分之四十。",
    "支持社会力量举办护理机构。",
]
PRICES = [
    "停车收费实行政府指导价，每小时不超过十元。",
    "景区门票价格每三年核定一次。",
    "教育收费目录由市发展改革委另行公布。",
]


def text(
    title: str, number: str | None, articles: list[str], *, issuer: str = "某某市人民政府", head: str = ""
) -> str:
    lines = [title, *([number] if number else []), *([head] if head else [])]
    lines += [f"第{numeral}条 {words}" for numeral, words in zip("一二三四五六", articles, strict=False)]
    lines += ["第九条 本办法自公布之日起施行。", issuer, "2021年5月6日"]
    return "\n".join(lines) + "\n"


def known(words: str) -> Known:
    intake = prepare(words.encode(), name="文件.txt", today=TODAY)
    return Known(intake.entry.identity, lambda: intake.document)


A = "某某市社区健康服务管理办法"
B = "某某市公共停车场收费管理办法"
CASES = [
    (text(A, "某府发〔2020〕1号", HEALTH), text(A, "某府发[2020]1号", HEALTH[:2]), "same", "number and title agree"),
    (text(A, "某府发〔2020〕1号", HEALTH), text(A, "某府发〔2023〕9号", PRICES), "other", "two numbers, nothing in common"),
    (text(A, "某府发〔2020〕1号", HEALTH), text(A, "某府发〔2023〕9号", HEALTH[:2]), "other", "two numbers, much in common"),
    (text(A, "某府发〔2020〕1号", HEALTH), text(f"{A}（2023年修订）", "某府发〔2023〕9号", HEALTH[:2]), "same", "it says that it revises"),
    (
        text(A, "某府发〔2020〕1号", HEALTH),
        text(A, "某府发〔2023〕9号", [*HEALTH[:2], "原办法（某府发〔2020〕1号）同时废止，以本办法为准。"]),
        "same",
        "it repeals the other by its number",
    ),
    (text(A, "某府发〔2020〕1号", HEALTH), text(B, "某府发〔2020〕2号", HEALTH), "other", "two numbers under two titles"),
    (text(A, "某府发〔2020〕1号", HEALTH), text(B, "某府发〔2020〕1号", PRICES), "doubt", "one number, two titles, two texts"),
    (text(A, "某府发〔2020〕1号", HEALTH), text(A, None, HEALTH), "same", "a copy that lost its number"),
    (text(A, "某府发〔2020〕1号", HEALTH), text(A, None, PRICES), "doubt", "one title, no clause in common"),
    (text(A, None, HEALTH), text(A, None, HEALTH[1:]), "same", "title and issuer agree, clauses in common"),
    (text(A, None, HEALTH), text(A, None, PRICES), "doubt", "texts without a clause in common are never an edit"),
    (text(A, None, HEALTH), text(B, None, HEALTH), "other", "two titles"),
    (text(A, None, HEALTH), text(A, None, HEALTH, issuer="某某省教育厅"), "other", "issuers contradict"),
    (text("公告", None, HEALTH), text("公告", None, PRICES), "other", "a generic title identifies nothing"),
    (text("公告", None, HEALTH), text("公告", None, HEALTH), "same", "the same words again"),
    (text("公告", None, HEALTH), text("公告", None, [*HEALTH[:2], PRICES[0]]), "doubt", "a generic title, much in common"),
    (text("通    知", "某府发〔2020〕1号", HEALTH), text("通知", "某府发〔2020〕3号", HEALTH), "other", "two numbers of their own"),
    (text(A, "国务院令第700号", HEALTH), text(B, "国务院令第700号", PRICES), "other", "one order amends many documents"),
    (text(A, "国务院令第700号", HEALTH), text(A, "国务院令第750号", HEALTH[:2]), "same", "an order's number is not its own"),
]  # fmt: skip


@pytest.mark.parametrize(("held", "own", "expected", "why"), CASES, ids=[case[3] for case in CASES])
def test_rules_of_identity(held: str, own: str, expected: str, why: str) -> None:
    assert judge(known(own), known(held)).sameness == expected
    assert judge(known(held), known(own)).sameness == expected, "the order in which they come does not matter"


MET = "2023年4月3日，县长主持召开会议，研究了有关问题。会议认为，今年以来各级各部门认真落实县委、县政府决策部署。"
FIRST, SECOND = "一、会议研究了污水处理厂建设事项。", "一、会议研究了春耕生产和水库加固事项。"
SERIES = [
    ("陆良县人民政府常务会议纪要", "〔2023〕5号", "〔2023〕6号", "other", "a number without letters is the issuer's"),
    ("陆良县人民政府常务会议纪要", "〔2023〕5号", "〔2023〕5号", "same", "the same number again"),
    ("陆良县人民政府常务会议纪要", "", "", "doubt", "minutes without a number share their formulas"),
    ("曲靖市人民政府专题会议纪要", "（2023）5号", "（2023）6号", "other", "round brackets"),
    ("云南大学校长办公会议纪要", "2024年第3期", "2024年第4期", "other", "two issues of a series"),
    ("麒麟区政府工作简报", "第3期", "第4期", "other", "a bulletin"),
    ("云南省气象局天气公报", "2024年第12号", "2024年第13号", "other", "two announcements of a series"),
    ("陆良县人民政府党组会议纪要", "", "", "doubt", "minutes of another meeting of the body"),
    ("曲靖市教育局通知", "", "", "doubt", "a body and a kind of paper"),
    ("某县污水处理厂建设问题会议纪要", "", "", "same", "minutes that name their matter are a document"),
    ("某市政务信息管理办法", "", "", "same", "a word of a series within a title"),
    ("某市人民政府工作规则", "某政发〔2020〕1号", "某政发〔2020〕1号", "same", "rules of work are no report of work"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "number", "other", "expected", "why"), SERIES)
def test_papers_of_a_series_are_not_versions_of_one_another(
    title: str, number: str, other: str, expected: str, why: str
) -> None:
    held = known(f"{title}\n{number}\n{MET}\n{FIRST}\n二、会议决定投资建设。\n")
    own = known(
        f"{title}\n{other}\n{MET}\n{SECOND if number != other or not number else FIRST}\n二、会议决定投资。\n"
    )
    assert judge(own, held).sameness == expected, why


def numbered(words: list[str]) -> str:
    return "\n".join(["某某办法", *(f"第{index}条 {each}" for index, each in enumerate(words, 1))])


def test_formulas_are_nothing_in_common() -> None:
    one, other = (parse_text(text(title, None, words)) for title, words in ((A, HEALTH), (B, PRICES)))
    found = shared(one, other)
    assert found is not None
    assert found < IN_COMMON


@pytest.mark.parametrize(("common", "told"), [(0, False), (1, True)])
def test_the_border_of_much_in_common(common: int, told: bool) -> None:
    """One clause of three is a third, above the border; none is below it."""
    assert 0 < MUCH_IN_COMMON < 1 / 3
    held = known(text(A, "某府发〔2020〕1号", HEALTH))
    own = known(text(A, "某府发〔2023〕9号", [*HEALTH[:common], *PRICES[common:]]))
    found = judge(own, held)
    assert (found.sameness, found.looks_alike) == (Sameness.OTHER, told)
