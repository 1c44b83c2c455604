"""From the cleaned words of a clause back to the extracted text."""

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.annotate.cited_titles import outer_brackets, split_outside_brackets
from policydiff.annotate.passages import Passage, Source, passages_of
from policydiff.model import Carrier, Clause, ClauseKind, Document, Span


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("加快建设", "建设", "建设"),
        ("加 快\n建\n\n设", "加快建设", "加 快\n建\n\n设"),  # blanks and line breaks of the page
        ("加快\n— 3 —\n建设", "加快建设", "加快\n— 3 —\n建设"),  # page furniture inside
        ("CRO 组织", "CRO 组织", "CRO 组织"),  # a blank that the words keep
        ("甲乙", "丙", None),
    ],
)
def test_locate(text: str, words: str, expected: str | None) -> None:
    places = Source(text).locate(words)
    assert (None if places is None else text[places[0] : places[-1] + 1]) == expected


def test_a_clause_is_looked_for_inside_its_span() -> None:
    text = "建设平台。\n建设平台。"
    passage = Passage("建设平台。", Source(text), "lvl_2", Span(6, 11))
    assert passage.span(0, 2) == Span(6, 8)


def test_words_that_are_not_in_the_text_have_the_span_of_their_clause() -> None:
    assert Passage("丙丁", Source("甲乙"), "lvl_1", Span(0, 2)).span(0, 1) == Span(0, 2)
    assert Passage("丙丁", Source("甲乙")).span(0, 1) == Span(0, 0)


def test_passages_stand_in_reading_order_and_leave_out_quoted_articles() -> None:
    quote = Clause(id="lvl_1__quote_1", kind=ClauseKind.QUOTE, text="第一条", span=Span(0, 3))
    inner = Clause(id="lvl_1__lvl_1", kind=ClauseKind.LEVEL, text="内", span=Span(4, 5))
    first = Clause(id="lvl_1", kind=ClauseKind.LEVEL, text="外", span=Span(3, 4), children=(quote, inner))
    last = Clause(id="lvl_2", kind=ClauseKind.LEVEL, text="后", span=Span(5, 6))
    document = Document(
        title="甲意见",
        carrier=Carrier(kind="印发", title="关于印发《甲意见》的通知", text="现印发给你们。\n请执行。"),
        clauses=(first, last),
    )
    found = list(passages_of(document, Source("第一条外内后")))
    assert [(passage.clause, passage.words) for passage, _ in found] == [
        ("", "关于印发《甲意见》的通知"),
        ("", "甲意见"),
        ("", "现印发给你们。"),
        ("", "请执行。"),
        ("lvl_1", "外"),
        ("lvl_1__lvl_1", "内"),
        ("lvl_2", "后"),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("甲（乙(丙)丁）戊（己）", ["（乙(丙)丁）", "（己）"]),
        ("甲（乙（丙）丁", ["（丙）"]),  # never closed
        ("甲）乙（丙）", ["（丙）"]),  # never opened
        ("甲(乙）", ["(乙）"]),  # widths mixed
    ],
)
def test_outer_brackets(words: str, expected: list[str]) -> None:
    assert [words[start:end] for start, end in outer_brackets(words)] == expected


def test_a_bracket_longer_than_allowed_hides_nothing() -> None:
    assert [bracket.start for bracket in outer_brackets("（甲（乙）丙丁）", longest=4)] == [2]


@settings(deadline=None)
@given(st.text(alphabet="（）()甲、，", max_size=60))
def test_splitting_loses_nothing_but_separators(words: str) -> None:
    kept = "".join(split_outside_brackets(words, "、，"))
    assert [character for character in kept if character not in "、，"] == [
        character for character in words if character not in "、，"
    ]


@settings(deadline=None)
@given(st.text(alphabet="甲乙丙 \n\u3000—3", max_size=40), st.data())
def test_places_point_at_the_same_characters(text: str, data: st.DataObject) -> None:
    solid = [index for index, character in enumerate(text) if not character.isspace()]
    if not solid:
        return
    first = data.draw(st.integers(0, len(solid) - 1))
    last = data.draw(st.integers(first, len(solid) - 1))
    words = "".join(text[index] for index in solid[first : last + 1])
    places = Source(text).locate(words)
    assert places is not None
    assert "".join(text[place] for place in places) == words
