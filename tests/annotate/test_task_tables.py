"""Goals of task lists and tables: works told by what they cover, areas with a row each, years and terms in headings."""

import pytest

from policydiff.annotate import annotate
from policydiff.parsing import parse_text


def _targets(text: str) -> list[str]:
    found = annotate(parse_text(text), text).targets
    return [
        f"{each.metric} {each.value}{each.unit} {each.deadline or '-'}" + (f" {each.qualifier}" * bool(each.qualifier))
        for each in found
        if each.kind.value == "target"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # A work and what it covers, to the end of its part; what is listed with it.
        ("改造老旧小区10万平方米。", ["改造老旧小区 10万平方米 2025"]),
        ("整治河道20公里，清淤5万立方米。", ["整治河道 20公里 2025", "清淤 5万立方米 2025"]),
        ("铺设燃气管网15公里、供水管网8.5公里。", ["铺设燃气管网 15公里 2025", "供水管网 8.5公里 2025"]),
        ("完成造林1200亩和森林抚育3000亩。", ["造林 1200亩 2025", "森林抚育 3000亩 2025"]),
        ("新增绿地面积20公顷以上。", ["新增绿地面积 20公顷 2025 以上"]),
        ("腾退低效用地500亩。", ["腾退低效用地 500亩 2025"]),
        ("淘汰落后产能30万吨。", ["淘汰落后产能 30万吨 2025"]),
        ("新建公园5座，新增养老床位500张。", ["新建公园 5座 2025", "新增养老床位 500张 2025"]),
        ("建成充电桩200个、光伏装机10万千瓦。", ["充电桩 200个 2025", "光伏装机 10万千瓦 2025"]),
        # Things that are exchanged, set up, marked out or bought.
        ("更换路灯800盏。", ["更换路灯 800盏 2025"]),
        ("安装充电桩200个，划设停车位2000个。", ["安装充电桩 200个 2025", "划设停车位 2000个 2025"]),
        ("购置救护车10辆、更新环卫车20辆。", ["购置救护车 10辆 2025", "更新环卫车 20辆 2025"]),
        ("修缮文物建筑15处。", ["修缮文物建筑 15处 2025"]),
        ("每季度更新1次信息。", []),
        ("采购2个以上品牌的，应当报批。", []),
        ("安装2台以上电梯的，给予补贴。", []),
        ("更换3次以上的，取消资格。", []),
        ("开展3次以上的，列入黑名单。", []),
        ("已更换路灯800盏。", []),
        ("已新建公厕20座，已培训学员300人。", []),
        # The size of a thing, its place, what applies from a size on, and what has been done are no goals.
        ("建设项目占地面积20亩。", []),
        ("新建道路红线宽度12米。", []),
        ("种植间距3米。", []),
        ("项目建设规模5000平方米。", []),
        ("建设用地100亩。", []),
        ("改造面积超过500平方米的，应当报批。", []),
        ("拆除高度3米以上的围墙。", []),
        ("治理距离河岸50米范围内的污染源。", []),
        ("已整治河道20公里。", []),
        ("去年改造老旧小区8万平方米。", []),
        ("全区整治了河道20公里。", []),
    ],
)
def test_works_of_a_yearly_list(words: str, expected: list[str]) -> None:
    assert _targets(f"某区2025年工作要点\n一、{words}\n二、加强组织领导。\n") == expected


def test_a_statute_sets_no_goals_by_works() -> None:
    assert (
        _targets("某市更新办法\n第一条 改造老旧小区10万平方米，应当报批。\n第二条 新建道路20公里。\n") == []
    )


@pytest.mark.parametrize(
    ("title", "deadline"),
    [
        ("某市2025年城建重点任务分解表", "2025"),
        ("2025年度民生实事项目", "2025"),
        ("某区2025年工作要点", "2025"),
        # A stretch of years and a title without a year set no term.
        ("某区2023-2025年工作要点", "-"),
        ("某区城建工作要点", "-"),
    ],
)
def test_the_year_of_a_title(title: str, deadline: str) -> None:
    assert _targets(f"{title}\n一、整治河道20公里。\n二、加强组织领导。\n") == [f"整治河道 20公里 {deadline}"]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("某区2024年工作总结", "（一）整治河道20公里。\n（二）新建学校3所。", []),
        ("某区2023年重点任务完成情况", "（一）整治河道20公里。\n（二）新建学校3所。", []),
        ("某局关于某事落实情况的报告", "（一）改造老旧小区10万平方米。\n（二）帮扶企业20家。", []),
        ("某区2024年工作总结", "（一）整治河道20公里。\n（二）到2026年，建成学校5所。", ["学校 5所 2026"]),  # a goal by its own term
        (
            "某区工作总结",
            "（一）整治河道20公里。\n二、下一步打算\n（一）新建学校4所。\n（二）整治15公里河道。",
            ["新建学校 4所 -", "整治河道 15公里 -"],
        ),
        ("某区2024年工作总结和2025年工作计划", "（一）整治河道20公里。\n（二）种植500亩油茶。", ["整治河道 20公里 -", "种植油茶 500亩 -"]),
        ("政府工作报告", "（一）整治河道20公里。\n（二）扩建3公里道路。", ["整治河道 20公里 -", "扩建道路 3公里 -"]),  # half of it is of what comes
    ],
)  # fmt: skip
def test_what_a_report_tells_was_done_is_no_goal(title: str, body: str, expected: list[str]) -> None:
    assert _targets(f"{title}\n一、主要工作\n{body}\n") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("整治20公里河道。", ["整治河道 20公里 2025"]),
        ("改造10万平方米老旧小区，惠及居民。", ["改造老旧小区 10万平方米 2025"]),
        ("新建3公里雨水管网，清淤15公里排水管。", ["新建雨水管网 3公里 2025", "清淤排水管 15公里 2025"]),
        ("提升改造120公里农村公路。", ["提升改造农村公路 120公里 2025"]),
        ("完成20公里河道整治；", ["完成河道整治 20公里 2025"]),
        ("种植500亩“红美人”柑橘。", ["种植“红美人”柑橘 500亩 2025"]),
        ("新增普惠小微贷款5亿元。", ["新增普惠小微贷款 5亿元 2025"]),
        ("完成固定资产投资20亿元。", ["固定资产投资 20亿元 2025"]),
        # The thing is described, or it is none; a part that goes on; what was done, and places.
        ("全长20公里的河道由水务局管理。", []),
        ("整治20公里范围内的排污口。", []),
        ("拆除3米高围墙。", []),
        ("建成后可供20万平方米建筑供热。", []),
        ("改造500平方米以上的厂房。", []),
        ("已整治20公里河道。", []),
        ("位于河道20公里处。", []),
        ("新建道路5公里处设站。", []),
    ],
)
def test_a_work_may_name_its_thing_behind_the_number(words: str, expected: list[str]) -> None:
    assert _targets(f"某区2025年工作要点\n一、{words}\n二、加强组织领导。\n") == expected


def test_a_column_of_terms_is_nearer_than_the_title() -> None:
    text = (
        "某市2025年城建重点任务分解表\n序号\t任务内容\t责任单位\t完成时限\n"
        "1\t改造老旧小区10万平方米\t市住建局\t2025年10月底\n2\t新建公园5座\t市绿化局\t2026年6月底\n3\t拆除违法建筑3万平方米\t各区\t全年\n"
    )
    assert _targets(text) == [
        "改造老旧小区 10万平方米 2025-10",
        "新建公园 5座 2026-06",
        "拆除违法建筑 3万平方米 2025",
    ]


def test_a_row_with_a_term_makes_goals_of_deeds_of_any_name() -> None:
    rows = "| 序号 | 任务 | 责任单位 | 完成时限 |\n| 1 | 封填自备井300眼 | 市水利局 | 2025年底 |\n| 2 | 抽检样品40批次 | 市局 | 2025年底 |\n"
    assert _targets(f"某市任务分工表\n{rows}") == ["封填自备井 300眼 2025", "抽检样品 40批次 2025"]


def test_a_column_of_goals_is_named_by_the_row() -> None:
    text = (
        "某区2025年民生实事项目\n序号\t项目名称\t目标任务\t牵头单位\n"
        "1\t老旧小区改造\t改造10万平方米\t区房管局\n2\t养老床位\t500张\t区民政局\n3\t食堂\t建成3家\t区民政局\n4\t公园\t开工\t区绿化局\n"
    )
    assert _targets(text) == ["老旧小区改造 10万平方米 2025", "养老床位 500张 2025", "食堂 3家 2025"]


@pytest.mark.parametrize(
    "caption", ["各区新增养老床位任务表\n单位：张", "2025—2026年各区新增养老床位分解表（单位：张）", "全市新增养老床位任务分解表（张）"]
)  # fmt: skip
def test_areas_by_years(caption: str) -> None:
    text = f"某市养老服务方案\n附件\n{caption}\n区县\t2025年\t2026年\n甲区\t100\t≥120\n乙区\t80\t-\n合计\t180\t210\n"
    assert _targets(text) == [
        "甲区新增养老床位 100张 2025",
        "甲区新增养老床位 120张 2026 ≥",
        "乙区新增养老床位 80张 2025",
        "新增养老床位 180张 2025",
        "新增养老床位 210张 2026",
    ]


def test_areas_by_years_without_a_unit_are_not_read() -> None:
    assert _targets("某市统计\n区县\t2025年\t2026年\n甲区\t100\t120\n") == []


def test_areas_by_tasks() -> None:
    text = "2025年各街镇重点任务目标表\n街镇\t新建公园（座）\t整治河道（公里）\t常住人口（万人）\n甲镇\t2\t5.5\t10\n乙街道\t1\t-\t8\n合计\t3\t5.5\t18\n"
    assert _targets(text) == [
        "甲镇新建公园 2座 2025",
        "甲镇整治河道 5.5公里 2025",
        "乙街道新建公园 1座 2025",
        "新建公园 3座 2025",
        "整治河道 5.5公里 2025",
    ]


def test_a_column_of_a_year_gone_by_says_where_an_indicator_stood() -> None:
    text = "某市规划\n某市人民政府\n2021年5月1日\n主要指标\n指标名称\t单位\t2020年\t2025年\n绿化覆盖率\t%\t40\t43\n"
    assert _targets(text)[-1:] == ["绿化覆盖率 43% 2025"]


def test_a_list_of_things_has_no_goals() -> None:
    assert _targets("设备清单\n项目\t数量\t单位\n电脑\t20\t台\n管线\t30米\t根\n") == []


@pytest.mark.parametrize(
    ("heading", "cells", "bodies"),
    [
        ("责任单位", ["市住建局", "同上"], [("市住建局",), ("市住建局",)]),
        ("责任单位", ["市住建局", "〃", "市民政局", "同上。"], [("市住建局",), ("市住建局",), ("市民政局",), ("市民政局",)]),
        ("责任单位", ["市住建局负责", "市民政局、各区政府分别负责"], [("市住建局",), ("市民政局", "各区政府")]),
        ("责任分工", ["市住建局牵头，市财政局配合", "市民政局负责"], [("市住建局", "/", "市财政局"), ("市民政局",)]),
        ("责任单位（牵头单位列首位）", ["市住建局、市财政局", "市民政局"], [("市住建局", "/", "市财政局"), ("市民政局",)]),
        ("责任单位（牵头单位排第一）", ["市住建局、市财政局"], [("市住建局", "/", "市财政局")]),
        ("责任单位（排第一位的为牵头单位）", ["市住建局、市财政局"], [("市住建局", "/", "市财政局")]),
        ("责任单位（按部门排列）", ["市住建局、市财政局"], [("市住建局", "市财政局")]),
        ("责任单位及分工", ["市住建局（牵头）、市财政局", "市水务局负责，各区配合"], [("市住建局", "/", "市财政局"), ("市水务局", "/", "各区")]),
        ("工作责任单位", ["市住建局"], [("市住建局",)]),
        ("工作单位", ["某区人民法院", "某区检察院"], []),
        ("责任单位", ["同上级部门负责", "市民政局"], [("同上级部门",), ("市民政局",)]),
    ],
)  # fmt: skip
def test_cells_of_bodies(heading: str, cells: list[str], bodies: list[tuple[str, ...]]) -> None:
    rows = "\n".join(f"| 任务{place} | {cell} |" for place, cell in enumerate(cells))
    text = f"某市工作分工方案\n| 任务 | {heading} |\n| --- | --- |\n{rows}\n"
    found = annotate(parse_text(text), text).responsibilities
    assert [(*each.lead, *(("/", *each.supporting) if each.supporting else ())) for each in found] == bodies


def test_a_value_belongs_to_its_indicator_and_not_to_the_group() -> None:
    text = (
        "某市养老规划\n| 类别 | 指标 | 2025年 |\n| --- | --- | --- |\n"
        "| 养老 | 护理型床位占比（%） | 58 |\n| 养老 | 社区食堂（家） | 60 |\n"
    )
    assert _targets(text) == ["护理型床位占比（%） 58% 2025", "社区食堂（家） 60家 2025"]
