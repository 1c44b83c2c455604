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
        # A stretch of years, a report of what has been and a title without a year set no term.
        ("某区2023-2025年工作要点", "-"),
        ("某区2023年重点任务完成情况", "-"),
        ("某区城建工作要点", "-"),
    ],
)
def test_the_year_of_a_title(title: str, deadline: str) -> None:
    assert _targets(f"{title}\n一、整治河道20公里。\n二、加强组织领导。\n") == [f"整治河道 20公里 {deadline}"]


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
