"""Items and paragraphs that stand in another article now: told as moved, with the article, and neither as gone nor as new."""

import pytest

from policydiff import parse
from policydiff.model import Signal
from policydiff.revision.diffing import diff_documents

_HEAD = "某市登记办法\n"
_TAIL = "第三条　本办法自发布之日起施行。\n"


def _signals(old: tuple[str, str], new: tuple[str, str]) -> list[Signal]:
    texts = (f"{_HEAD}第一条　{one}\n第二条　{two}\n{_TAIL}" for one, two in (old, new))
    return [signal for change in diff_documents(*map(parse, texts)).changes for signal in change.signals]


_ASKED = "申请人应当提交下列材料：\n（一）申请书；\n（二）房屋权属证明"
_REFUSED = "有下列情形的，不予登记：\n（一）材料不全；\n（二）存在争议"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("被司法机关查封房屋的说明", "a paper asked for makes a case of refusal now"),
        ("身份证明复印件", "seven characters are known again"),
        ("住所使用证明", "six are, which is the least"),
        ("违反规划擅自搭建的", "a case"),
        ("法律、法规规定的其他情形", "the last item of a list"),
    ],
)
def test_an_item_that_went_to_another_article_is_told_as_moved(line: str, why: str) -> None:
    old = f"{_ASKED}；\n（三）{line}。", f"{_REFUSED}。"
    new = f"{_ASKED}。", f"{_REFUSED}；\n（三）{line}。"
    for before, after, places in ((old, new, ("二", "一")), (new, old, ("一", "二"))):
        found = [each for each in _signals(before, after) if each.type.value.startswith("item")]
        told = {(each.type.value, each.detail, each.direction.value, each.weight) for each in found}
        assert told == {
            ("item_removed", f"moved to 第{places[0]}条", "changed", 0.5),
            ("item_added", f"moved from 第{places[1]}条", "changed", 0.5),
        }, why


@pytest.mark.parametrize(
    "line",
    [
        "申请人应当在三十日内缴纳全部费用。",
        "登记费用由申请人承担，但另有约定的除外。",
        "登记机关不得收取押金。",
    ],
)
def test_a_paragraph_that_went_to_another_article_is_told_as_moved(line: str) -> None:
    old, new = (
        ("申请人应当提交申请书。\n" + line, "登记机关应当受理。"),
        ("申请人应当提交申请书。", "登记机关应当受理。\n" + line),
    )
    details = [(each.type.value, each.detail) for each in _signals(old, new)]
    assert details == [("paragraph_removed", "moved to 第二条"), ("paragraph_added", "moved from 第一条")]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("房屋平面图。", "房屋权属说明。", "another item came"),
        ("图纸。", "图纸。", "two characters stand in many lists: gone here, new there"),
    ],
)
def test_what_is_not_the_same_line_is_gone_and_new(old: str, new: str, why: str) -> None:
    found = _signals(
        (f"{_ASKED}；\n（三）{old}", f"{_REFUSED}。"), (f"{_ASKED}。", f"{_REFUSED}；\n（三）{new}")
    )
    assert found, why
    assert not [each.detail for each in found if (each.detail or "").startswith("moved")], why


def test_an_item_that_other_articles_have_too_did_not_move() -> None:
    old = f"{_ASKED}；\n（三）身份证明复印件。", f"{_REFUSED}；\n（三）身份证明复印件。"
    new = f"{_ASKED}。", f"{_REFUSED}；\n（三）身份证明复印件。"
    (found,) = _signals(old, new)
    assert found.type.value == "item_removed"
    assert found.detail == "condition"
