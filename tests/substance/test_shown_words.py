"""What a reader is shown of a signal: whole words that say something, brackets in pairs, and no joints at their ends."""

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import policydiff
from policydiff.lexicon.text_marks import cut_known_words, cut_words
from policydiff.model import Direction, Genre, Signal, SignalType, Span, WordingOp
from policydiff.substance.shown_words import in_whole_words
from policydiff.substance.signalling import signals_between

_SHOWN = [
    ("行政机关应当公开。", (2, 4), "行政机关", "the ending of a body alone"),
    ("保护措施由旗人民政府制定。", (5, 6), "旗人民政府", "one character, and the word behind it"),
    ("应当会同街道办事处推进。", (3, 4), "会同", "half a word"),
    ("不得收取押金和保证金。", (6, 7), "和保证金", "a joint that differs, with what it joins"),
    ("给予补助和优待。", (4, 7), "优待", "a joint before a word that differs"),
    ("通知法定代表人以及委托人。", (2, 9), "法定代表人", "a joint behind a word that differs"),
    ("依照《食品安全法》处罚。", (2, 6), "《食品安全法》", "half of a pair of brackets"),
    ("市（区）民政部门负责。", (2, 5), "市（区）民政部门", "brackets and a name cut in two"),
    ("县级以上人民政府负责。", (2, 4), "县级以上", "a bound alone"),
    ("处五千元罚款。", (1, 3), "五千元", "a figure without its unit"),
    ("逾期不改正的，处罚。", (2, 3), "不改正", "a negation alone"),
    ("应当对困境儿童服务好。", (9, 10), "服务好", "the last word of its half-sentence, and the one before it"),
    ("机构不得收费。", (2, 4), "不得", "a whole word stays"),
    ("收费标准、收费方式应当公示。", (0, 4), "收费标准", "whole words stay"),
    ("补贴按月发放。", (3, 4), "按月", "one character behind the word that leads up to it"),
    ("检查逐户开展。", (3, 4), "逐户", "the same"),
    ("应当为每名护理员投保。", (4, 5), "每名", "one of each, with the word that says so"),
    ("应当于每年3月31日前报送。", (6, 8), "3月31日", "a day in digits is one word"),
    ("其所在地区发展改革委负责。", (1, 4), "所在地", "a name behind a word that the segmenter glued to it"),
]  # fmt: skip


def _signal(text: str, place: tuple[int, int], kind: SignalType = SignalType.SCOPE) -> Signal:
    return Signal(
        type=kind, direction=Direction.CHANGED, old=text[slice(*place)], new=None, old_span=Span(*place)
    )


@pytest.mark.parametrize(("text", "place", "shown", "why"), _SHOWN)
def test_words_are_widened(text: str, place: tuple[int, int], shown: str, why: str) -> None:
    (found,) = in_whole_words([_signal(text, place)], text, "")
    assert (found.old, found.old_span and text[slice(*found.old_span)]) == (shown, shown), why


def test_both_sides_are_widened_by_the_same_words() -> None:
    old, new = "承运人负连带责任。", "承运人承担连带责任。"
    signal = Signal(type=SignalType.SCOPE, old="负", new="承担", old_span=Span(3, 4), new_span=Span(3, 5))
    (found,) = in_whole_words([signal], old, new)
    assert (found.old, found.new) == ("负连带责任", "承担连带责任")


_VERBS_OF_FILLERS = [
    (
        "教育行政部门应当建立信息系统。",
        "教育局使用信息系统。",
        "使用",
        "使 and 用 are fillers, and the verb is none",
    ),
    ("教育行政部门应当完善信息系统。", "教育局应用信息系统。", "应用", "the same"),
    ("教育行政部门应当建立备用电源。", "教育局起用备用电源。", "起用", "the same"),
    ("卫生行政部门应当健全疫情信息。", "卫生局上报疫情信息。", "上报", "a report"),
    ("应急行政部门应当完善突发事件预案。", "应急局应对突发事件预案。", "应对", "a response"),
    (
        "教育行政部门应当建立信息系统。",
        "教育局就在建立信息系统。",
        None,
        "two fillers that the segmenter glues together",
    ),
    ("教育行政部门应当建立信息系统。", "教育局建立信息系统。", None, "a task without 应当"),
]


@pytest.mark.parametrize(("old", "new", "verb", "why"), _VERBS_OF_FILLERS)
def test_a_verb_of_two_fillers_is_told(old: str, new: str, verb: str | None, why: str) -> None:
    assert [found.new for found in signals_between(old, new, genre=Genre.POLICY)] == [verb][
        : verb is not None
    ], why


_BETWEEN = [
    ("施工单位承担修复费用。", "建设单位承担修复费用。", "施工单位", "建设单位", "one side is a single word of the dictionary"),
    ("用人单位支付报酬。", "用工单位支付报酬。", "用人单位", "用工单位", "the same, one character differs"),
    ("建设工程应当验收。", "装修工程应当验收。", "建设工程", "装修工程", "the end of a thing"),
    ("饲养烈性犬应当登记。", "饲养犬只应当登记。", "烈性", "犬只", "a suffix belongs to the word before it"),
    ("禁止规模养殖。", "禁止规模化养殖。", None, "规模化", "another suffix"),
    ("支持示范园区。", "支持示范性园区。", "示范园区", "示范性园区", "a third"),
    ("建设科技型企业库。", "建设科技企业库。", "科技型", None, "and gone"),
    ("生产企业承担处置费用。", "销售企业承担处置费用。", "生产", "销售", "neither side is one word with its end"),
    ("未经老人或者其监护人同意，不得公开。", "未经老人及其监护人同意，不得公开。", "或者其监护人", "及其监护人", "the joint is what differs"),
    ("在建筑物或者其他设施上张贴。", "在建筑物及其他设施上张贴。", "或者其他", "及其他", "the same before 其他"),
    ("机构应当为每名护理员投保。", "机构应当为护理员投保。", "每名", None, "one of each"),
    ("自筹资金不少于总投资的50%。", "自筹资金不超过总投资的50%。", "不少于总投资的50%", "不超过总投资的50%", "a bound before the whole of a share"),
    ("由区发展改革委负责解释。", "由区发展改革委会同财政部门负责解释。", None, "财政部门", "委 before 会同 ends a name"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "before", "after", "why"), _BETWEEN)
def test_words_that_differ_are_shown(
    old: str, new: str, before: str | None, after: str | None, why: str
) -> None:
    found = [(each.old, each.new) for each in signals_between(old, new, genre=Genre.STATUTE)]
    assert (before, after) in found, why


_BESIDE = [
    ("可以根据本法制定实施办法。", "可以根据本法，结合本行政区域的实际情况，制定实施办法。", "制定实施办法", "words put in before an act"),
    ("可再生能源利用设施应当同步设计、同步施工、同步验收。", "建设可再生能源利用设施，应当同步设计、同步施工、同步验收。", "可再生能源利用设施", "a subject that became a half-sentence"),
    ("应当遵守宪法、法律、法规和国家的政策，办事公道。", "应当遵守宪法、法律、法规，遵守党和国家的政策，办事公道。", "国家的政策", "an object that got its own verb"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words", "why"), _BESIDE)
def test_words_that_went_to_the_half_sentence_beside_are_not_told_as_gone(
    old: str, new: str, words: str, why: str
) -> None:
    for sides in ((old, new), (new, old)):
        told = signals_between(*sides, genre=Genre.STATUTE)
        assert not [each for each in told if words in (each.old, each.new)], why


def test_a_modal_of_one_character_is_shown_with_its_verb() -> None:
    text = "要加强指导。"
    (found,) = in_whole_words([_signal(text, (0, 1), SignalType.DUTY)], text, "")
    assert found.old == "要加强指导"


_TEXT = "（一）县级以上人民政府、旗人民政府应当会同“有关部门”和《食品安全法》规定的机构，每月十日前公示；逾期不改的，处五千元罚款。"


@given(st.integers(0, len(_TEXT) - 1), st.integers(1, 12))
def test_widening_keeps_what_differs_and_pairs_brackets(start: int, length: int) -> None:
    end = min(len(_TEXT), start + length)
    (found,) = in_whole_words([_signal(_TEXT, (start, end))], _TEXT, "")
    assert found.old_span is not None
    assert found.old == _TEXT[slice(*found.old_span)] != ""
    for pair in ("（）", "“”", "《》"):
        assert found.old.count(pair[0]) == found.old.count(pair[1])
    if _TEXT[start:end] != "、":  # the joint alone is what differs: it is shown with the words behind it
        (again,) = in_whole_words([found], _TEXT, "")
        assert again == found, "what was widened stays"


def test_real_revisions_show_whole_words(shared_data: Path) -> None:
    """No piece is one character, or begins or ends inside a word of its half-sentence."""
    for folder in sorted((shared_data / "revisions").iterdir()):
        files = sorted(folder.glob("old.*")) + sorted(folder.glob("new.*"))
        if len(files) != 2:
            continue
        for change in policydiff.diff(*files).changes:
            sides = [
                "".join(each.text for each in change.wording if each.op in (WordingOp.EQUAL, op))
                for op in (WordingOp.DELETE, WordingOp.INSERT)
            ]
            for signal in signals_between(*sides, genre=Genre.STATUTE):
                for text, span in zip(sides, (signal.old_span, signal.new_span), strict=True):
                    if span is not None:
                        _assert_whole(text, span)


def _assert_whole(text: str, span: Span) -> None:
    words = text[slice(*span)]
    if any(mark in words for mark in "，,。；;：:！？\n"):
        return
    assert len(words) > 1 or words.isdigit() or words in "（）", words
    left = max(text.rfind(mark, 0, span.start) for mark in "，,。；;：:！？\n") + 1
    right = min(
        (place for mark in "，,。；;：:！？\n" if (place := text.find(mark, span.end)) >= 0),
        default=len(text),
    )
    stretch = text[left:right]
    left += len(stretch) - len(stretch.lstrip())
    bounds = set(accumulate(map(len, cut_known_words(text[left:right])), initial=left))
    assert span.start in bounds or text[span.start - 1 : span.start] in "（）、. ", (words, stretch)
    assert span.end in bounds, (words, stretch)


@pytest.mark.parametrize("lead", range(12))
def test_a_long_quote_ends_at_a_word(lead: int) -> None:
    words = "甲" * lead + "具体项目和收费标准由民政部门会同发展改革部门共同制定并向社会公布" * 3
    (found,) = [
        each.new
        for each in signals_between("收费应当公开。", f"收费应当公开。\n{words}。", genre=Genre.STATUTE)
        if each.type is SignalType.PARAGRAPH_ADDED
    ]
    assert found is not None
    assert found.endswith("…")
    shown = found.removesuffix("…")
    assert words.startswith(shown)
    assert len(shown) in set(accumulate(map(len, cut_words(words))))
