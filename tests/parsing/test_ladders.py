"""Ladders of levels, read from the document: which mark stands below which."""

import pytest

from policydiff.model import Document
from policydiff.parsing import parse_text


def _depths(document: Document) -> list[tuple[str, int]]:
    return [
        (clause.label or "", clause.id.count("__")) for clause in document.walk() if clause.number is not None
    ]


@pytest.mark.parametrize(
    "ladder",
    [
        "一、 （一） 1. （1） ①",
        "一、 （一） 1. 2. （二） 1. 二、 （一）",
        "1. （一） （二） 2. （一）",
        "（一） 1. 2. （二） 1.",
        "一、 ① 1. 2. ② 1. 2. 二、 ① 1.",
        "一、 ⑴ ① ② ⑵ ①",
        "一、 ㈠ 1. 2. ㈡ 1. 二、 ㈠",
        "一、 A. 1. 2. B. 1. 二、 A. 1.",
        "一、 a. 1. 2. b. 1.",
        "A. 1. （1） （2） 2. B. 1.",
        "A. （一） 1. 2. （二） 1. B. （一）",
        "I. A. 1. 2. B. II. A. III. IV.",
        "Ⅰ. （一） 1. Ⅱ. （一）",
        "甲、 一、 （一） 二、 乙、 一、",
        "壹、 一、 （一） 贰、 一、",
        "第一、 （一） （二） 第二、 （一）",
        "一、 1. A. B. 2. A.",
        "一、 （一） 1. a. i. ii. b. 2.",
    ],
)
def test_ladders(ladder: str) -> None:
    """The depth of each family is its place among the families in the order in which they first appear."""
    marks = ladder.split()
    document = parse_text(
        "\n".join(["某某市工作方案", *(f"{mark}某项工作内容{index}" for index, mark in enumerate(marks))])
    )
    families = {mark: _family(mark) for mark in marks}
    order = list(dict.fromkeys(families[mark] for mark in marks))
    assert _depths(document) == [(mark, order.index(families[mark])) for mark in marks]


def _family(mark: str) -> str:
    if mark.strip(".") in ("I", "II", "III", "IV"):
        return "I."
    if mark.strip(".") in ("i", "ii"):
        return "i."
    for family in ("一二三四", "123456", "①②③", "⑴⑵", "㈠㈡", "Ⅰ Ⅱ", "甲乙", "壹贰", "ABCD", "abcd"):
        if any(character in family for character in mark):
            return f"{family}{'（' in mark}{'第' in mark}"
    raise ValueError(mark)


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["甲、乙双方应当履行合同。", "丙方协助。"], []),  # parties, and no list
        (["第一、要认真学习。"], []),  # alone it numbers nothing
        (["G. 某项", "H. 某项", "I. 某项", "J. 某项"], ["G.", "H.", "I.", "J."]),  # the letter I among letters
        (["I. 某项", "II. 某项", "III. 某项"], ["I.", "II.", "III."]),
        (["（i）某项", "（ii）某项"], ["（i）", "（ii）"]),
        (["第一條 甲。", "第二條 乙。", "第三條之一 丙。"], ["第一條", "第二條", "第三條之一"]),  # Hong Kong and Taiwan print
    ],
)  # fmt: skip
def test_marks(lines: list[str], labels: list[str]) -> None:
    document = parse_text("\n".join(["某某市工作方案", *lines]))
    assert [clause.label for clause in document.walk() if clause.number is not None] == labels


def test_marks_of_one_character_are_read_as_the_edition_with_brackets() -> None:
    printed = ["一、总体要求", "㈠工作目标", "1.完成整理", "2.完成移交", "㈡工作原则"]
    plain = [line.replace("㈠", "（一）").replace("㈡", "（二）") for line in printed]
    one, other = (parse_text("\n".join(["某某市工作方案", *lines])) for lines in (printed, plain))
    assert [clause.id for clause in one.walk()] == [clause.id for clause in other.walk()]


@pytest.mark.parametrize(
    "ladder",
    [
        ["1. ", "2. ", ">2.1 ", ">2.2 "],  # the first entry has no parts of its own
        ["1. ", "2. ", ">2.1 ", "3. ", ">3.1 ", ">3.2 "],
        ["1、", "2、", ">2.1 ", "3、"],
        ["1. ", ">1.1 ", ">1.2 ", "2. ", "3. ", ">3.1 "],
        ["一、", ">1. ", ">2. ", ">>2.1 ", "二、", ">1. ", ">>1.1 "],
        ["1.1 ", ">1. ", ">2. ", "2.1 ", ">1. ", ">2. "],  # points below numbers of two parts
        ["1.1 ", ">（1）", ">（2）", "2.1 ", ">（1）", ">（2）"],
        ["1.1 ", ">1. ", ">2. ", "1.2 ", ">1. "],
        ["2.1 ", ">1. ", ">2. ", ">3. ", "3.1 ", ">1. "],  # 3.1 follows point 3 and does not stand below it
        ["1 ", "2 ", ">2.1 ", ">2.2 ", "3 "],
    ],
)
def test_numbers_of_two_parts_stand_below_their_first_part(ladder: list[str]) -> None:
    lines = [f"{mark.strip('>')}某项工作内容" for mark in ladder]
    document = parse_text("\n".join(["某某市工作方案", *lines]))
    wanted = [(mark.strip("> "), mark.count(">")) for mark in ladder]
    assert [(label.strip(), depth) for label, depth in _depths(document)] == wanted


def test_numbers_of_three_parts_stand_below_two_under_an_article() -> None:
    lines = ["服务合同", "第一条　内容", "1.1　甲。", "第二条　费用", "2.1　总价。", "2.1.1　首付。", "2.1.2　尾款。", "2.2　税费。", "第三条　丙。"]  # fmt: skip
    document = parse_text("\n".join(lines))
    second = next(clause for clause in document.walk() if clause.number == "2")
    assert [each.number for each in second.children] == ["2.1", "2.2"]
    assert [each.number for each in second.children[0].children] == ["2.1.1", "2.1.2"]


def test_a_roman_number_and_a_blank_head_the_points_below_them() -> None:
    document = parse_text("考务规程\nⅠ 考前准备\n1. 考场布置\n2. 试卷押运\nⅡ　考试实施\n1. 入场\nⅢ 考后工作")
    assert _depths(document) == [("Ⅰ", 0), ("1.", 1), ("2.", 1), ("Ⅱ", 0), ("1.", 1), ("Ⅲ", 0)]


def test_a_class_named_by_a_roman_number_is_no_label() -> None:
    document = parse_text("应急预案\n一、分级\nⅠ 级响应由市长启动。\nⅡ 级响应由副市长启动。\n二、附则")
    assert [clause.label for clause in document.walk() if clause.label] == ["一、", "二、"]


@pytest.mark.parametrize(("families", "levels"), [(3, 3), (40, 40), (41, 41), (42, 41), (3_000, 41)])
def test_each_family_met_below_another_is_a_level_up_to_forty_one(families: int, levels: int) -> None:
    lines = (
        f"{chr(0x6000 + family)}务{number}：办理第{family}件事情。"
        for family in range(families)
        for number in "一二"
    )
    level = parse_text("\n".join(["某市工作方案", *lines])).clauses
    depth = 0
    while level:
        depth, level = depth + 1, tuple(child for clause in level for child in clause.children)
    assert depth == levels
