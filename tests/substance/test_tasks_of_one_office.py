"""A task that became another task, while the office that has it bears another name on either side."""

import pytest

from policydiff.model import Effect, Genre
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.vocabulary import is_other_task
from policydiff.substance.weighing import OF_SUBSTANCE

_UNCHANGED = {Effect.SAME, Effect.LOCALISED}
_ANOTHER_TASK = [
    ("教育行政部门应当制定标准。", "教育局应当执行标准。", "the short name of an office"),
    ("教育行政部门应当制定标准。", "教育局应当开展标准。", "a filler in the place of a verb"),
    ("教育局应当建立台账。", "教育局应当负责台账。", "one name, two verbs of style"),
    ("教育行政部门应当建立台账。", "教育局应当负责台账。", "the same with two names"),
    ("水行政主管部门应当建立取水台账。", "水务局应当使用取水台账。", "one system of offices"),
    ("交通运输主管部门应当制订应急预案。", "交通运输局应当执行应急预案。", "主管 of the one"),
    ("公安机关应当制定办法。", "公安局应当执行办法。", "organ and bureau"),
    ("卫生健康委员会应当建立名录。", "卫健委应当负责名录。", "an abbreviation"),
    ("教育行政部门应当执行规划。", "教育局应当制定规划。", "the way back"),
    ("民政部门应当完善制度。", "民政局应当执行制度。", "to better and to carry out"),
    ("教育行政部门会同民政部门制定标准。", "教育局会同民政局执行标准。", "two offices"),
    ("教育行政部门应当建立档案，并向社会公布。", "教育局应当负责档案，并向社会公布。", "a second task stays"),
]
_OF_A_DISTRICT = [
    ("区人民政府教育主管部门应当建立台账。", "区教育局应当负责台账。", "an office with its government"),
    ("县级以上人民政府教育主管部门应当完善制度。", "区教育局应当执行制度。", "a level"),
    ("县级以上地方人民政府水行政主管部门应当制定方案。", "静安区水务局应当执行方案。", "a place"),
    (
        "交通运输主管部门负责编制公共交通专项规划。",
        "区交通运输局负责实施公共交通专项规划。",
        "编制 is a word of content",
    ),
    ("教育行政部门会同民政部门制定标准。", "区教育局会同区民政局执行标准。", "two offices of a district"),
    (
        "绿化市容部门应当会同有关部门编制设置规划。",
        "区绿化市容局应当编制设置规划。",
        "nobody is asked any more",
    ),
]
_ONE_TASK = [
    ("教育行政部门应当制定标准。", "教育局应当制订标准。", "another writing"),
    ("教育行政部门负责制定标准。", "教育局制定标准。", "负责 before a verb says nothing more"),
    ("教育行政部门应当建立台账。", "教育局应当建立健全台账。", "a verb of the same kind"),
    ("教育行政部门应当完善制度。", "教育局应当健全制度。", "the same"),
    ("水行政主管部门应当开展检查。", "水务局应当组织检查。", "both carry out"),
    ("水行政主管部门应当开展检查。", "水务局应当进行检查。", "the same"),
    ("公安机关应当实施检查。", "公安局负责检查。", "the same"),
    ("公安机关应当建立台账。", "公安部门应当建立台账。", "the name alone"),
    ("县级以上人民政府民政部门应当建立档案。", "民政局应当建立档案。", "government and level"),
]


@pytest.mark.parametrize(("old", "new", "why"), _ANOTHER_TASK)
def test_another_task_is_told(old: str, new: str, why: str) -> None:
    assert any(each.weight >= OF_SUBSTANCE for each in signals_between(old, new, genre=Genre.STATUTE)), why
    assert judge_effect(old, new).effect not in _UNCHANGED, why


@pytest.mark.parametrize(("superior", "local", "why"), _OF_A_DISTRICT)
def test_another_task_of_a_district_office_is_told(superior: str, local: str, why: str) -> None:
    assert judge_effect(superior, local).effect not in _UNCHANGED, why


@pytest.mark.parametrize(("old", "new", "why"), _ONE_TASK)
def test_one_task_in_other_words_is_none(old: str, new: str, why: str) -> None:
    assert not any(each.weight >= OF_SUBSTANCE for each in signals_between(old, new, genre=Genre.POLICY)), why
    assert judge_effect(old, new).effect in _UNCHANGED, why


def test_the_words_are_shown_as_printed() -> None:
    (found,) = signals_between("教育行政部门应当制定标准。", "教育局应当执行标准。", genre=Genre.STATUTE)
    assert (found.old, found.new) == ("制定", "执行")
    assert found.new_span is not None
    assert "教育局应当执行标准。"[slice(*found.new_span)] == "执行"


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [("建立", "负责", True), ("组织实施", "制定", True), ("建立", "建立健全", False), ("", "负责", False), ("实施", "开展", False)],
)  # fmt: skip
def test_verbs_of_two_kinds(old: str, new: str, differs: bool) -> None:
    assert is_other_task(old, new) is differs
