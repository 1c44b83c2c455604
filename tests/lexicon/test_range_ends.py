"""Ranges of which one end alone bears the unit or the scale."""

from decimal import Decimal

import pytest

from policydiff.lexicon.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("处五千以上一万元以下的罚款", [5000, 10000]),
        ("处二万以上二十万元以下的罚款", [20000, 200000]),
        ("处三十以上五十万元以下的罚款", [300000, 500000]),
        ("处5000以上1万元以下的罚款", [5000, 10000]),
        ("处五千以上、一万元以下的罚款", [5000, 10000]),
        ("处五万元以上二十万以下的罚款", [50000, 200000]),
        ("处1万元以上5万以下的罚款", [10000, 50000]),
        ("处五十元以上二百以下的罚款", [50, 200]),
        ("三以上五日以下", [3, 5]),
        ("由三人以上五以下组成", [3, 5]),
        ("5以上10%以下", [5, 10]),
        ("百分之五以上十以下", [5, 10]),
        ("违法所得一以上三倍以下", [1, 3]),
        ("由县级以上一万元以下", [10000]),
        ("第三以上五日以下", [5]),
        ("三分之一以上五以下", [Decimal(100) / 3]),
        ("处十以上五元以下", [5]),
    ],
)
def test_the_end_without_a_unit_takes_that_of_the_other(text: str, ends: list[Decimal | int]) -> None:
    """It is given in the same unit, on the side of the other that its word says; else it is no number."""
    assert [round(each.low, 6) for each in find_quantities(text)] == [round(Decimal(end), 6) for end in ends]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("五到十万元", 50_000, 100_000),
        ("三百至五百万元", 3_000_000, 5_000_000),
        ("1-2万元", 10_000, 20_000),
        ("500—1000万元", 5_000_000, 10_000_000),
        ("五十至一百万元", 500_000, 1_000_000),
        ("五千至一万元", 5_000, 10_000),
        ("8千-1万元", 8_000, 10_000),
        ("5000至1万元", 5_000, 10_000),
        ("九千至一亿元", 90_000_000, 100_000_000),
        ("一千至五千元", 1_000, 5_000),
        ("三至五日", 3, 5),
        ("10—20%", 10, 20),
    ],
)
def test_the_lower_end_takes_the_scale_with_which_it_stays_below_the_upper(
    text: str, low: int, high: int
) -> None:
    """五千至一万元 begins at five thousand, 五到十万元 at fifty thousand."""
    (found,) = find_quantities(text)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    "words",
    [
        "推动长三角生物医药产业集群", "融入长三角。", "珠三角地区", "长江三角洲一体化", "闽南金三角", "清理三角债", "三角地块",
        "直角三角形", "五角星", "八角亭",
    ],
)  # fmt: skip
def test_corners_are_no_money(words: str) -> None:
    assert not list(find_quantities(words))


@pytest.mark.parametrize(
    "words", ["每度电三角钱", "收费五角。", "五角以上", "每张3角", "加收两角的，应当退还"]
)
def test_tenths_of_a_yuan_are_money(words: str) -> None:
    assert [found.unit for found in find_quantities(words)] == ["元"]


_SHARES = [
    ("补助不超过实际投资额的30%", "-", "the whole between the bound and the share"),
    ("自筹资金不少于总投资的50%", "+", "a floor"),
    ("最高不得超过设备购置款的三分之一", "-", "a fraction"),
    ("超过注册资本的20%", ">", "the bound itself excluded"),
    ("低于最低工资标准的80%", "<", "最低 belongs to the wage"),
    ("不得超过本单位在编人员总数的20%", "-", "a long whole"),
    ("不高于市场价格的九成", "-", "tenths"),
    ("超过部分的50%由企业承担", "", "the excess is the whole, and its share is fixed"),
    ("不低于本企业主营业务年度总收入的20%", "+", "a whole of twelve characters"),
    ("不低于本级企业主营业务年度总收入的20%", "", "thirteen: more than a whole has"),
    ("超过实际投资额，按照总额的20%", "", "a comma ends what is bounded"),
    ("年满六十周岁的20%", "", "an age bounds no share"),
    ("不少于总人数的五人", "", "a number of persons is no share"),
    ("不低于每人每月800元", "+", "what the sum is counted for, twice"),
    ("最高为每亩300元", "-", "为 between the bound and what the sum is counted for"),
    ("总额最高为500万元", "-", "为 alone"),
    ("至少配备专职保安员二名", "+", "an act and its object of eight characters"),
    ("至少配备专职消防安全员二名", "", "nine: more than an act and its object have"),
    ("最高给予单个项目50万元", "-", "what is given, and to whom"),
    ("最低生活保障标准提高50元", "", "最低 belongs to the standard"),
    ("企业至少建立安全制度和三项台账", "", "the figure belongs to the second member of a list"),
    ("至少应当在入口设置标志二处", "", "the duty is what is least, with more beside it"),
    ("不超过两次后每次50元", "", "the bound is of the other figure"),
]


@pytest.mark.parametrize(("text", "bound", "why"), _SHARES)
def test_a_bound_before_the_whole_of_a_share(text: str, bound: str, why: str) -> None:
    assert list(find_quantities(text))[-1].bound == bound, why


_CYCLES = [
    ("每年开展不少于两次检查", "每年开展两次检查", True, "a number of times is the least of them"),
    (
        "标准每两年至少调整一次",
        "标准每两年调整一次",
        True,
        "the verb between bound and number is none of the value",
    ),
    ("每月召开一次会议", "每月至少召开一次会议", True, "a meeting"),
    ("每月召开一次会议", "每月召开两次会议", False, "twice"),
    ("每年最多申报两次", "每年申报两次", False, "a ceiling"),
    ("每年最多申报两次", "每年至少申报两次", False, "a ceiling and a floor"),
]


@pytest.mark.parametrize(("one", "other", "same", "why"), _CYCLES)
def test_times_in_a_cycle(one: str, other: str, same: bool, why: str) -> None:
    sides = [[each.key for each in find_quantities(text)] for text in (one, other)]
    assert (sides[0] == sides[1]) is same, why
