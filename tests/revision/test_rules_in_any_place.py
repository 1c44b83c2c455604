"""A rule that changes is told wherever it stands: in a heading over items, a title, a notice, a table, an annex."""

import pytest

from policydiff import check, diff, parse

PLACES = {
    "notice": "请认真贯彻执行。",
    "preface": "为规范养老服务，提出如下意见。",
    "heading": "规范收费",
    "run-in": "规范价格",
    "items": "1.公示价格。\n2.签订合同。",
    "table": "| 项目 | 标准（元/月） |\n|---|---|\n| 床位费 | 500 |",
    "annex": "收费标准\n一、床位费每月500元。",
    "note": "注：以上标准含税。",
}
TEXT = """关于规范养老服务的实施意见
某政发〔2024〕1号

各镇人民政府：

现将《关于规范养老服务的实施意见》印发给你们，{notice}

某市人民政府
2024年1月5日

关于规范养老服务的实施意见

{preface}

一、总体要求
（一）坚持公益方向。
（二）坚持节约。

二、{heading}
（三）{run-in}。民政部门负责监督。
（四）加强指导。
{items}

{table}

附件：1.收费标准

附件1
{annex}

{note}
"""
ROWS = (
    ("heading", "严禁收取押金", "允许收取押金", "prohibition", "a heading over items rules too"),
    ("heading", "降低收费标准", "提高收费标准", "duty", "acts that undo each other"),
    ("heading", "取消年检", "恢复年检", "duty", "acts that undo each other"),
    ("heading", "每人补贴300元", "每人补贴200元", "amount", "a sum in a heading"),
    ("heading", "到2025年床位达到500张", "到2025年床位达到300张", "number", "a goal in a heading"),
    ("run-in", "严禁收取押金", "允许收取押金", "prohibition", "a run-in heading"),
    ("notice", "请认真贯彻执行。", "请参照执行。", "scope", "the text binds no more"),
    ("notice", "请于3月底前报送落实情况。", "请于6月底前报送落实情况。", "deadline", "a day in the notice"),
    ("preface", "到2025年，床位达到500张，提出如下意见。", "到2025年，床位达到300张，提出如下意见。", "number", "a goal"),
    ("items", "1.公示价格。\n2.签订合同。", "1.公示价格。\n2.可以不签订合同。", "exception", "an item"),
    ("table", "| 行为 | 处理 |\n|---|---|\n| 收取押金 | √ |", "| 行为 | 处理 |\n|---|---|\n| 收取押金 | × |", "scope", "a tick"),
    ("table", "| 项目 | 限值 |\n|---|---|\n| 浓度 | ≤60 |", "| 项目 | 限值 |\n|---|---|\n| 浓度 | ≥60 |", "number", "the other bound"),
    ("annex", "收费标准\n一、床位费每月500元。", "收费标准\n一、床位费每月800元。", "amount", "a sum in an annex"),
    ("annex", "禁止收费项目\n一、床位费。", "允许收费项目\n一、床位费。", "prohibition", "the title of an annex"),
    ("note", "注：以上标准含税。", "注：以上标准不含税。", "scope", "a note"),
)  # fmt: skip


def _text(place: str, words: str) -> str:
    return TEXT.format(**{**PLACES, place: words})


@pytest.mark.parametrize(("place", "old", "new", "kind", "why"), ROWS)
def test_a_rule_that_changes_is_told_in_any_place(
    place: str, old: str, new: str, kind: str, why: str
) -> None:
    before, after = (parse(_text(place, words)) for words in (old, new))
    signals = [signal for change in diff(before, after) for signal in change.signals]
    assert [signal.type.value for signal in signals if signal.weight >= 0.3] == [kind], why
    assert any(finding.fails for finding in check(before, after).findings), why


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("规范管理", "加强管理", "a heading put in another way"),
        ("强化组织领导", "加强组织领导", "a heading put in another way"),
        ("保障措施", "组织保障", "the name of a chapter of a policy"),
    ],
)
def test_a_heading_put_in_another_way_is_no_change_of_substance(old: str, new: str, why: str) -> None:
    before, after = (parse(_text("heading", words)) for words in (old, new))
    signals = [signal for change in diff(before, after) for signal in change.signals]
    assert all(signal.weight < 0.3 for signal in signals), why


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("关于禁止燃放烟花爆竹的通告", "关于允许燃放烟花爆竹的通告", ["prohibition"], "the title bans"),
        ("关于降低电价的通知", "关于提高电价的通知", ["duty"], "acts that undo each other"),
        ("2023年工作要点", "2024年工作要点", [], "the year of a yearly text"),
        ("某市养老服务办法（试行）", "某市养老服务办法", [], "a text on trial becomes one for good"),
    ],
)
def test_a_title_rules_by_its_modal_words_alone(old: str, new: str, told: list[str], why: str) -> None:
    body = "\n\n一、本市范围内按本文执行。\n二、本文自2024年1月1日起施行。\n"
    changes = diff(parse(old + body), parse(new + body))
    assert [signal.type.value for change in changes for signal in change.signals] == told, why


@pytest.mark.parametrize(
    "label", ["Section {}.", "SECTION {}", "Article {}.", "Part {}.", "Chapter {}.", "§ {}.", "{}."]
)
def test_a_duty_that_becomes_a_choice_is_told_under_any_label(label: str) -> None:
    def text(rule: str) -> str:
        one, two = (label.format(number) for number in (1, 2))
        return f"Residential Care Act\n\n{one} This Act applies to homes.\n\n{two} {rule}\n"

    before, after = (
        parse(text("No provider shall charge a deposit.")),
        parse(text("A provider may charge a deposit.")),
    )
    assert any(finding.fails for finding in check(before, after).findings)


FIGURES_FIRST = """
企业应当加强宣传教育，切实提高认识。|对首次上市的企业一次性奖励三百万元。|a sum before a general duty
各街镇要认真落实责任，形成工作合力。|对新建项目按投资额的百分之十给予补贴。|a share before a general duty
相关部门必须统筹推进，及时协调解决问题。|疗休养费用标准为每人每年800元。|a yearly sum before a general duty
"""


@pytest.mark.parametrize("row", FIGURES_FIRST.strip().splitlines())
def test_new_measures_of_a_policy_are_ranked_by_their_sums(row: str) -> None:
    """Every measure of a policy says 要; a client hears of the sums first, wherever they stand."""
    general, figure, why = row.split("|")
    head = "某区关于促进产业发展的实施意见\n\n一、工作目标\n\n到2025年，基本建成体系。\n\n"
    old = parse(f"{head}二、附则\n\n本意见自发布之日起施行。\n")
    new = parse(
        f"{head}二、加强引导\n\n{general}\n\n三、资金\n\n{figure}\n\n四、附则\n\n本意见自发布之日起施行。\n"
    )
    weights = {
        signal.new: signal.weight for change in diff(old, new) for signal in change.signals if signal.new
    }
    one, other = (
        next(weight for words, weight in weights.items() if words in text or text in words)
        for text in (general, figure)
    )
    assert one < other, why
