"""What is counted: values of one measure beside each other, paired by it; bodies in short; and labelled places without words."""

from pathlib import Path

import pytest

from benchmarks import substance
from benchmarks.training.gold import GoldSentence, LabelledPair
from policydiff.model import Genre, SignalType
from policydiff.substance.signalling import signals_between

VALUES = (
    ("建成10个示范片区、50个示范村。", "建成2个示范片区、10个示范村。", ["10个 2个", "50个 10个"], "the ten are not the same ten"),
    ("配备3名医生、5名护士。", "配备5名医生、3名护士。", ["3名 5名", "5名 3名"], "the same two figures, exchanged"),
    ("配备医生3名、护士5名。", "配备医生5名、护士3名。", ["3名 5名", "5名 3名"], "what is counted stands ahead"),
    ("分别不低于13%和8%。", "分别不低于8%和13%。", ["13% 8%", "8% 13%"], "respectively: the order counts"),
    ("建成10个示范片区、50个示范村。", "建成50个示范村、10个示范片区。", [], "the order of the list alone"),
    ("建成10个示范片区、50个示范村。", "建成10个示范片区、30个示范村。", ["50个 30个"], "one of two"),
    ("补助10万元、5万元、1万元。", "补助8万元、5万元、1万元。", ["10万元 8万元"], "of three steps the first"),
    ("培训500人次、走访200户。", "培训500人次、走访100户。", ["200户 100户"], "of unlike units one"),
    ("新建20公里绿道、3座公园。", "新建20公里绿道、5座公园。", ["3座 5座"], "of unlike measures one"),
    ("对一等奖奖励10万元，二等奖奖励5万元。", "对一等奖奖励5万元，二等奖奖励10万元。", ["10万元 5万元", "5万元 10万元"], "in unlike parts"),
)  # fmt: skip


SUMS = (
    ("标准为2690元。", "标准从2690元调整为2740元。", ["higher 2690元 2740元"], "the value that is left behind is the old one"),
    ("标准从2690元调整为2740元。", "标准为2740元。", ["changed 2690元 None"], "the old value is told no more"),
    ("标准由200元提高到300元。", "标准由300元提高到400元。", ["higher 200元 300元", "higher 300元 400元"], "each with its like"),
    ("补贴每月增加20元。", "补贴每月增加30元。", ["higher 20元 30元"], "two steps"),
    ("学费每生每年12000元。", "学费每生每年15000元。", ["higher 每生每年12000元 每生每年15000元"], "a pupil in a year"),
    ("学费每生每学年12000元。", "学费12000元/生·学年。", [], "one rate in two writings"),
    ("按每床位1万元补贴。", "按1万元/床补贴。", [], "one rate in two writings"),
    ("按每标箱50元补贴。", "按40元/标箱补贴。", ["lower 每标箱50元 40元/标箱"], "a container"),
    ("按500元/人月补贴。", "按每人每月500元补贴。", [], "two units without a sign between them"),
    ("按2万元/班/年补贴。", "按每班每年3万元补贴。", ["higher 2万元/班/年 每班每年3万元"], "a class"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told", "reason"), SUMS)
def test_sums_are_paired_by_their_part_in_the_change(
    old: str, new: str, told: list[str], reason: str
) -> None:
    found = signals_between(old, new, genre=Genre.POLICY)
    amounts = [each for each in found if each.type is SignalType.AMOUNT]
    assert [f"{each.direction} {each.old} {each.new}" for each in amounts] == told, reason


def test_a_step_takes_no_place_of_a_level() -> None:
    """提高20元 is not what 143元 became."""
    old, new = "最低标准为每人每月143元。", "最低标准提高20元，达到163元。"
    amounts = [
        each for each in signals_between(old, new, genre=Genre.POLICY) if each.type is SignalType.AMOUNT
    ]
    assert all(not (each.old and each.new and "20元" in each.new) for each in amounts)
    assert any(each.new and "163元" in each.new for each in amounts)


@pytest.mark.parametrize(("old", "new", "told", "reason"), VALUES)
def test_values_are_paired_by_what_they_count(old: str, new: str, told: list[str], reason: str) -> None:
    found = [f"{each.old} {each.new}" for each in signals_between(old, new, genre=Genre.POLICY)]
    assert found == told, reason


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("报区人大常委会备案。", "报区人民代表大会常务委员会备案。", True),
        ("全国人大常委会批准。", "全国人民代表大会常务委员会批准。", True),
        ("市场监管领域各相关部门应当公开。", "市场监管领域各有关部门应当公开。", True),
        ("市人大常委会批准。", "区人民代表大会常务委员会批准。", False),
        ("市人大批准。", "市人大常委会批准。", False),
    ],
)
def test_bodies_in_short_are_the_bodies(old: str, new: str, same: bool) -> None:
    assert (not signals_between(old, new, genre=Genre.STATUTE)) is same


def test_a_labelled_place_that_the_gold_has_not_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pairs.tsv").write_text(
        "pair\tplace\tlabel\twhy\n"
        "here\t0-9\tsame\tits sentence\n"
        "here\t1-9\tsame\tthe sentence begins before it\n"
        "there\t0-9\tsame\ta pair of which the texts are not at hand\n",
        "utf-8",
    )
    sentence = GoldSentence((0, 8), ("ADAPTED",), ((0, 8),))
    pair = LabelledPair("here", "镇政府应当公开。", "区政府应当公开。", "here", (sentence,), {})
    monkeypatch.setattr(substance, "EFFECTS", tmp_path)
    monkeypatch.setattr(substance, "labelled_pairs", lambda: [pair])
    missing: list[str] = []
    assert [each[:4] for each in substance.later_pairs(missing)] == [
        ("here", "same", "区政府应当公开。", "镇政府应当公开。")
    ]
    assert missing == ["here 1-9", "there 0-9"]


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("浓度≤60毫克/升。", "浓度≥60毫克/升。", ["number/changed"], "a ceiling becomes a floor"),
        (
            "浓度＜5毫克。",
            "浓度＞5毫克。",
            ["number/changed"],
            "full-width signs, brackets of titles elsewhere",
        ),
        (
            "面积＞500平方米的应当备案。",
            "面积≥500平方米的应当备案。",
            ["number/changed"],
            "the bound itself is in",
        ),
        ("误差±5毫米。", "误差5毫米。", ["number/changed"], "one way only"),
        ("温度不低于-5℃。", "温度不低于5℃。", ["number/changed"], "above zero"),
        ("收取押金 | √", "收取押金 | ×", ["scope/changed"], "a tick and a cross"),
        ("☑ 允许收取押金", "☐ 允许收取押金", ["scope/changed"], "a box that is ticked no more"),
        ("收取押金 | —", "收取押金 | √", ["scope/changed"], "an empty cell"),
        ("评定为★★★★★。", "评定为★★★★。", ["number/lower"], "a star less"),
        ("价格↑", "价格↓", ["number/changed"], "the other way"),
        ("收取押金 | ✓", "收取押金 | √", [], "one tick in two writings"),
        ("浓度≦60毫克。", "浓度≤60毫克。", [], "one sign in two writings"),
        ("按＜某某办法＞执行。", "按《某某办法》执行。", [], "brackets of a title"),
        ("互联网+教育。", "互联网＋教育。", [], "full width"),
        ("- 教师5名。", "教师5名。", [], "a bullet"),
        ("－10℃至40℃。", "10℃至40℃。", ["number/changed"], "below zero, at the head of a line"),
        ("增速-5%。", "增速5%。", ["number/changed"], "a fall and a rise"),
        (
            "比例5%-10%。每年检查一次。",
            "比例5%～10%。每年检查两次。",
            ["frequency/higher"],
            "a range in two writings",
        ),
        (
            "期限2020-2025年。每年检查一次。",
            "期限2020—2025年。每年检查两次。",
            ["frequency/higher"],
            "years in two writings",
        ),
    ],
)
def test_signs_that_say_something_else_are_told(old: str, new: str, told: list[str], why: str) -> None:
    found = signals_between(old, new, genre=Genre.POLICY)
    assert [f"{each.type}/{each.direction}" for each in found] == told, why
