"""Bodies and goals in forms, in tables of departments and their duties, and in rows whose task begins with a verb."""

import pytest

from policydiff.annotate import annotate
from policydiff.model import Document
from policydiff.parsing import parse_text


def _read(rows: str, title: str = "某市重点任务表") -> Document:
    text = f"{title}\n" + "\n".join(f"| {' | '.join(row.split(','))} |" for row in rows.split(";")) + "\n"
    return annotate(parse_text(text), text)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Labels beside their bodies: the rows of one form are one task.
        ("牵头单位,市水务局;配合单位,市财政局", ["市水务局；市财政局"]),
        ("项目名称,某桥;责任单位,市交通局;完成时限,2026年", ["市交通局；"]),
        ("牵头单位,市城管局,配合单位,市水务局", ["市城管局；市水务局"]),
        ("编号,3,主办单位,县水利局;协办单位,县财政局、县林业局,联系人,王某", ["县水利局；县财政局、县林业局"]),
        # Headings above their bodies stay headings.
        ("牵头单位,配合单位;市水务局,市财政局", ["市水务局；市财政局"]),
        ("牵头单位,完成时限;市水务局,2026年", ["市水务局；"]),
        ("任务,责任单位,所属街道;甲,市水务局,江南街道", ["市水务局；"]),
        ("任务,责任单位,主管局;甲,某公司,市水务局", ["某公司；"]),
        # Persons, an empty form, an employer: no body has a task.
        ("责任单位,;联系人,", []),
        ("牵头单位,,配合单位,;联系人,,电话,", []),
        ("姓名,王某;工作单位,市财政局", []),
        # A row below headings that names only those who help is no part of the row above it.
        ("任务,牵头单位,配合单位;甲,市水务局,;乙,,市财政局", ["市水务局；", "；市财政局"]),
        # Departments beside their duties.
        ("部门,主要职责;市城管局,负责监管", ["市城管局；"]),
        ("序号,成员单位,工作职责;1,市公安局,维护秩序", ["市公安局；"]),
        ("姓名,单位,职务;王某,市财政局,科长", []),
        ("项目,单位,标准;停车,次,5元", []),
        ("岗位,主要职责;主任,主持工作", []),
        # A name over two lines of its cell is one name; two lines with a name each are two.
        ("任务,责任单位;甲,市资源<br>规划局", ["市资源规划局；"]),
        ("任务,责任单位;甲,市财政局<br>市教育局", ["市财政局、市教育局；"]),
        ("任务,责任单位;甲,团市委（牵头）市财政局各区政府", ["团市委；市财政局、各区政府"]),
        ("任务,责任单位;甲,市委各部门", ["市委各部门；"]),
        # Headings broken over lines.
        ("序<br>号,任<br>务,牵头<br>单位;1,甲,市水务局", ["市水务局；"]),
    ],
)  # fmt: skip
def test_bodies(rows: str, expected: list[str]) -> None:
    found = _read(rows).responsibilities
    assert [f"{'、'.join(each.lead)}；{'、'.join(each.supporting)}" for each in found] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # The number at the end of a task, in a table that names who does it.
        ("任务,责任单位;封堵排污口8个,县水利局", ["8个"]),
        ("任务,责任单位;组织联合检查4次,镇应急办", ["4次"]),
        ("任务,责任单位;排查危房500栋，建立台账,市住建局", ["500栋"]),
        # Facts, conditions and tables that name nobody.
        ("任务,责任单位;涉及企业39家,市住建局", []),
        ("任务,责任单位;全市共有危房500栋,市住建局", []),
        ("任务,责任单位;已排查危房500栋,市住建局", []),
        ("任务,责任单位;检查10人以上场所,市住建局", []),
        ("内容,备注;排查危房500栋,无", []),
        # The last of several levels of indicators names what is measured.
        ("一级指标,二级指标,目标值;创新,研发投入强度,3.2%", ["3.2%"]),
        ("规划指标体系,2035年;耕地保有量（公顷）,127.18", ["127.18公顷"]),
        ("指标,2035年目标;惠民演出,不少于500场", ["500场"]),
        ("指标,2035年目标;惠民演出,不低于500场", ["500场"]),
        ("指标,2035年目标;惠民演出,-", []),
        # Goals by area with the unit in the heading; a heading without a unit gives none.
        ("区,任务数（套）;东区,800", ["800套"]),
        ("区,面积（亩）;东区,800", []),
        ("区,任务数;东区,800", []),
    ],
)
def test_goals(rows: str, expected: list[str]) -> None:
    found = _read(rows, "2035年某房屋任务分解表" if rows.startswith("区") else "某市重点任务表").targets
    assert [each.value + each.unit for each in found if each.kind.value == "target"] == expected
