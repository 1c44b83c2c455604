"""Names of public bodies: writings, levels, systems and reforms."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.lexicon.bodies import (
    canonical_body,
    is_rename,
    renamed_on,
    same_system,
    system_of,
)

DATA = tomllib.loads(files("policydiff.lexicon").joinpath("bodies.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("区科委", "科委"),  # level stripped
        ("上海市科学技术委员会", "科委"),  # long form, place and level stripped
        ("市发改委", "发展改革委"),  # three writings in use at one time
        ("国家发展和改革委员会", "发展改革委"),
        ("市发展改革委", "发展改革委"),
        ("市科技局", "科技局"),  # another kind of office is not a mere writing
        ("市卫健委", "卫生健康委"),
        ("市卫生计生委", "卫生计生委"),  # a reform is not undone here
        ("国家税务总局", "税务局"),  # 总局 is a level
        ("上海市国家税务局", "国税局"),  # the office of before 2018
        ("上海海关", "海关"),  # a place without 市
        ("合肥海关", "海关"),
        ("上海银监局", "银监局"),
        ("中国证券监督管理委员会", "证监会"),
        ("市商务委(市粮食物资储备局)", "商务委"),  # a second name in brackets
        ("各县(市)区政府", "政府"),
        ("市高法院", "法院"),
        ("市委组织部", "组织部"),
        ("区 科 委", "科委"),  # blanks left by a page
        ("区科委等", "科委"),
        ("市北高新区管理委员会", "市北高新区管委会"),  # unknown: only the ending is contracted
        ("申康中心", "申康中心"),
        ("", ""),
    ],
)
def test_canonical_body(name: str, expected: str) -> None:
    assert canonical_body(name) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("市卫生计生委", "市卫生健康委", date(2018, 3, 1)),
        ("卫生部", "国家卫生健康委", date(2018, 3, 1)),  # in two steps
        ("市工商局", "区市场监管局", date(2018, 3, 1)),  # three became one
        ("市质量技监局", "市市场监管局", date(2018, 3, 1)),
        ("市食品药品监管局", "市市场监管局", date(2018, 3, 1)),
        ("工商行政管理部门", "市场监督管理部门", date(2018, 3, 1)),  # as statutes name them
        ("市规划国土资源局", "市规划资源局", date(2018, 3, 1)),
        ("上海保监局", "国家金融监督管理总局", date(2023, 3, 1)),
        ("市旅游局", "市文化和旅游局", date(2018, 3, 1)),
        ("市环保局", "市生态环境局", date(2018, 3, 1)),
        ("农业部", "农业农村部", date(2018, 3, 1)),
        ("国务院扶贫办", "农业农村部", date(2023, 3, 1)),
        ("市数据资源局", "市数据局", date(2023, 3, 1)),
        ("市民政局", "市民政局", None),  # unchanged
        ("市科委", "市科技局", None),  # one field: no reform
        ("市市场监管局", "市工商局", None),  # time does not run backwards
        ("市工商局", "市质监局", None),
        ("申康中心", "市卫生健康委", None),
    ],
)
def test_renames(old: str, new: str, expected: date | None) -> None:
    assert renamed_on(old, new) == expected
    assert is_rename(old, new) is (expected is not None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("区科委", "市科委", True),
        ("市科技局", "科技部", True),
        ("区卫生健康委", "市卫生计生委", True),  # across a reform
        ("区市场监管局", "市食品药品监管局", True),
        ("市工商局", "市食品药品监管局", False),  # merged only later
        ("申康中心", "申康中心", True),  # unknown, but the same
        ("申康中心", "市卫生健康委", False),
        ("区投资办", "市投促局", True),
        ("区商委", "市商务委员会", True),  # as districts shorten their own
        ("区建管委", "市住房和城乡建设管理委员会", True),
        ("区建设管理委", "市住房城乡建设管理委", True),
        ("区建交委", "市住房城乡建设管理委", True),
        ("区绿容局", "市绿化和市容管理局", True),
        ("区市场局", "市市场监督管理局", True),
        ("区建管委", "市绿化市容局", False),
        ("高新区建设管理委员会", "市住房城乡建设管理委", False),  # of an area, not of a field of work
        ("区商委", "市经济信息化委", False),
    ],
)
def test_same_system(one: str, other: str, *, expected: bool) -> None:
    assert same_system(one, other) is expected
    assert same_system(other, one) is expected


WRITINGS = [
    writing
    for entry in DATA["bodies"].values()
    for writing in [*entry.get("stems", []), *entry.get("forms", {})]
]
NAMES = st.lists(
    st.sampled_from(
        [*WRITINGS, *"省市区县全各国家委局部办厅", "部门", "委员会", "主管部门", "上海", "上海市", "国务院"]
    ),
    max_size=4,
).map("".join)


@settings(deadline=None)
@given(NAMES)
def test_canonical_names_are_stable_and_keep_the_system(name: str) -> None:
    canonical = canonical_body(name)
    if system_of(name) is not None:
        assert canonical_body(canonical) == canonical
        assert system_of(canonical) == system_of(name)


def test_data_are_sound() -> None:
    """No writing stands for two bodies, every rename names bodies that exist, and succession ends."""
    names = [*DATA["bodies"]]
    writings = [
        writing
        for entry in DATA["bodies"].values()
        for writing in [*entry.get("stems", []), *entry.get("forms", {})]
    ]
    assert sorted({writing for writing in writings if writings.count(writing) > 1}) == []
    assert [
        name for name, entry in DATA["bodies"].items() if "stems" in entry and name not in entry["stems"]
    ] == []
    followed: dict[str, str] = {}
    for rename in DATA["renames"]:
        assert rename["to"] in names
        for name in rename["from"]:
            assert name in names
            assert name not in followed
            followed[name] = rename["to"]
    for name in names:
        seen = {name}
        step = name
        while step in followed:
            step = followed[step]
            assert step not in seen
            seen.add(step)
