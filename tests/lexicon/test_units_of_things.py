"""Units by which houses, trees, lamps and cases are counted, and numbers of a house in an address, which count nothing."""

import pytest

from policydiff.lexicon.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("改造老旧住宅80幢", [80]),
        ("税收亿元楼达到三百栋", [300]),
        ("提供学位3万个", [30000]),
        ("新增停车泊位3000个", [3000]),
        ("种植行道树2万棵", [20000]),
        ("更换路灯500盏", [500]),
        ("吞吐量300万标箱", [3000000]),
        ("发放贷款200笔", [200]),
        ("小区12幢住宅完成改造", [12]),
        ("改造小区80幢房屋", [80]),
        ("地址：南京路88号3幢501室", []),
        ("新村12幢", []),
        ("工业园区5幢", []),
        ("3栋2单元", []),
        ("三例病例", []),
        ("第3例", []),
        ("第二幢", []),
    ],
)
def test_what_is_counted(text: str, values: list[int]) -> None:
    assert [int(found.low) for found in find_quantities(text)] == values
