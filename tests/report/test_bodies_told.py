"""The table of bodies is the list of bodies of the JSON form: named in a note or in a sentence, each with its clauses."""

import pytest

from policydiff import parse
from policydiff.comparison.compare import compare_documents
from policydiff.report import page_of
from policydiff.report.catalog import catalog
from policydiff.report.runs import plain

CITY = """上海市产业办法
一、主要任务
1.集聚总部。市商务委负责引导总部企业集聚，市规划资源局会同市住房城乡建设管理委落实用地。
2.支持办医。由市卫生健康委、市财政局支持社会办医。
"""
SAID = [
    (
        "区规划资源局会同区建设管理委落实用地。",
        {"区规划资源局": "1", "区建设管理委": "1"},
        "one body with another",
    ),
    ("由区商务委牵头，区财政局配合。", {"区商务委": "1", "区财政局": "1"}, "roles told in a sentence"),
    ("支持总部。（责任部门：区商务委、区财政局）", {"区商务委": "1", "区财政局": "1"}, "a note"),
    (
        "支持总部。（牵头单位：区商务委；配合单位：区财政局）",
        {"区商务委": "1", "区财政局": "1"},
        "a note with roles",
    ),
    (
        "区市场监管局应当自受理之日起5日内答复。",
        {"区市场监管局": "1"},
        "a body that the superior document lacks",
    ),
    (
        "区发展改革委、区科委和区经委共同研究。",
        {"区发展改革委": "1", "区科委": "1"},
        "several bodies of one sentence",
    ),
    ("报区政府批准后，区房管局组织实施。", {"区房管局": "1"}, "a body behind another step"),
    ("各部门应当积极配合。", {}, "bodies in general are none"),
    ("完善工作机制和部门协调。", {}, "a mechanism is no body"),
    ("区商务委定期评估，区商务委公布结果。", {"区商务委": "1"}, "one body named twice has one row"),
]


@pytest.mark.parametrize(("words", "expected", "reason"), SAID)
def test_each_body_has_its_row(words: str, expected: dict[str, str], reason: str) -> None:
    local = parse(f"某区实施意见\n一、主要任务\n1.{words}\n")
    result = compare_documents(local, parse(CITY)).made_from(local, parse(CITY))
    tables = {table.name: table for table in page_of(result, catalog("zh")).tables}
    rows = tables["bodies"].rows
    assert len(rows) == len(result.bodies)
    named = {plain(row.cells[0]): plain(row.cells[1]) for row in rows if plain(row.cells[0]) != "—"}
    assert set(expected) <= set(named), reason
    if not expected:
        assert not named, reason
    assert all("1" in named[name] for name in expected), reason


def test_led_and_supported_are_told_by_notes() -> None:
    local = parse(
        "某区意见\n一、任务\n1.支持总部。（牵头单位：区商务委；配合单位：区财政局）\n2.区商务委每年评估。\n"
    )
    bodies = {each.local: each for each in compare_documents(local, parse(CITY)).bodies if each.local}
    assert (len(bodies["区商务委"].local_clauses), len(bodies["区商务委"].led)) == (2, 1)
    assert (len(bodies["区财政局"].led), len(bodies["区财政局"].supported)) == (0, 1)
