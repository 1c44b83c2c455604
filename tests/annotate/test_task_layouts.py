"""Responsibilities and goals in the layouts of task lists and tables, and what a report tells was done before."""

import pytest

from policydiff.annotate import annotate
from policydiff.parsing import parse_text


def _bodies(text: str) -> list[tuple[str, str]]:
    found = annotate(parse_text(text), text).responsibilities
    return [("、".join(each.lead), "、".join(each.supporting)) for each in found]


def _targets(text: str) -> list[str]:
    found = annotate(parse_text(text), text).targets
    return [each.value + each.unit for each in found if each.kind.value == "target"]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        # Beside a column of those who lead, those merely responsible support.
        ("牵头单位\t责任单位", "区民政局\t各街道", ("区民政局", "各街道")),
        ("责任单位\t牵头单位", "各街道\t区民政局", ("区民政局", "各街道")),
        ("牵头部门\t落实部门", "市教育局\t市财政局、市人社局", ("市教育局", "市财政局、市人社局")),
        ("主办单位\t负责单位", "县水利局\t县财政局", ("县水利局", "县财政局")),
        ("牵头单位\t配合单位", "区民政局\t各街道", ("区民政局", "各街道")),
        # A row that leaves the leading column empty has the responsible ones alone.
        ("牵头单位\t责任单位", "\t各街道", ("各街道", "")),
        ("责任单位\t配合单位", "区民政局\t各街道", ("区民政局", "各街道")),
        # A heading that says who leads.
        ("责任部门（排第一位的为牵头部门）\t时限", "市商务局、市财政局\t年底", ("市商务局", "市财政局")),
        ("责任单位（列第一位的为牵头单位）\t备注", "市商务局、市财政局、市外办\t", ("市商务局", "市财政局、市外办")),
        ("责任单位（排首位的为牵头单位）\t备注", "市商务局\t", ("市商务局", "")),
        ("责任单位（科室）\t备注", "市商务局、市财政局\t", ("市商务局、市财政局", "")),
        # Labels of two duties.
        ("牵头负责单位\t备注", "市商务局、市财政局\t", ("市商务局、市财政局", "")),
        ("牵头责任单位\t协同配合单位", "市商务局\t市财政局", ("市商务局", "市财政局")),
    ],
)  # fmt: skip
def test_columns_of_bodies(header: str, row: str, expected: tuple[str, str]) -> None:
    assert _bodies(f"某市重点任务分解表\n序号\t任务\t{header}\n1\t推进改革\t{row}\n") == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # A note that ends the paragraph of its task, without brackets.
        ("1.募集见习岗位。责任单位：市人社局、市工商联", [("市人社局、市工商联", "")]),
        ("1.支持创业。牵头单位：市财政局；配合单位：市人社局。", [("市财政局", "市人社局")]),
        ("（一）支持创业。牵头单位：市财政局。配合单位：市人社局。", [("市财政局", "市人社局")]),
        ("1.支持创业；责任部门：市财政局", [("市财政局", "")]),
        ("1.支持创业。责任单位：市财政局；完成时限：2024年12月", [("市财政局", "")]),
        ("1.支持创业。牵头负责单位：市财政局。", [("市财政局", "")]),
        ("牵头负责单位：市财政局、市人社局。", [("市财政局、市人社局", "")]),
        # Words behind it, a label of something else, a name inside a sentence: no note.
        ("1.支持创业。责任单位：市财政局。各区要抓好落实。", []),
        ("1.支持创业。咨询电话：市财政局88888888", []),
        ("1.报送材料应注明责任单位：市财政局", []),
        ("1.支持创业，责任单位：市财政局", []),
    ],
)
def test_a_note_at_the_end_of_its_paragraph(line: str, expected: list[tuple[str, str]]) -> None:
    assert _bodies(f"某市就业工作任务清单\n一、就业\n{line}\n") == expected


@pytest.mark.parametrize(
    ("heading", "is_done"),
    [
        ("2023年工作回顾", True),
        ("过去五年工作回顾", True),
        ("过去一年的工作情况", True),
        ("2023年国民经济和社会发展计划执行情况", True),
        ("2023年预算执行情况", True),
        ("2023年工作开展情况", True),
        ("工作完成情况", True),
        ("2023年主要工作成效", True),
        ("上半年经济运行情况", True),
        ("“十三五”以来取得的成绩", True),
        ("2024年重点工作", False),
        ("2024年工作安排", False),
        ("总体要求和目标", False),
        ("加强政策落实情况督查", False),
        ("及时报送项目有关情况", False),
        ("重点任务", False),
    ],
)
def test_a_heading_above_what_was_done(heading: str, is_done: bool) -> None:
    text = f"政府工作报告\n——2024年1月10日在某市第十六届人民代表大会第四次会议上\n各位代表：\n一、{heading}\n（一）做强产业。新增规上企业46家。\n二、2024年工作打算\n新增规上企业50家。\n"
    assert _targets(text) == [*([] if is_done else ["46家"]), "50家"]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        # Without a day the heading's own year tells what is past; a later year below it is a goal.
        ("某区工作总结\n一、2023年工作回顾\n2023年，新增企业46家。到2025年，新增企业90家。\n", ["90家"]),
        ("某区2023年工作总结\n2023年新增企业46家。\n一、下一步打算\n新增企业50家。\n", ["50家"]),
        # The year of a meeting dates a report that bears no other day.
        (
            "某市工作报告\n2024年1月5日在某市第八届人民代表大会第三次会议上\n一、2024年工作安排\n2023年，新增企业46家，2024年新增企业50家。\n",
            ["50家"],
        ),
    ],
)
def test_years_of_what_was_done(front: str, expected: list[str]) -> None:
    assert _targets(front) == expected
