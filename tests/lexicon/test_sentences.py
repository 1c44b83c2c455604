"""Where sentences end, and what a note of responsibility is."""

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.lexicon.text_marks import first_words, is_labelled_note, responsibility_notes, split_sentences
from policydiff.lexicon.widths import BLANKS


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙；丙！丁？戊", ["甲。", "乙；", "丙！", "丁？", "戊"]),
        ("他说：“好。”走了。", ["他说：“好。”", "走了。"]),  # the closing quote stays with its sentence
        ("见《甲；乙。丙》的规定。丁。", ["见《甲；乙。丙》的规定。", "丁。"]),  # never inside a title
        ("按《甲〈乙。〉办法》执行。", ["按《甲〈乙。〉办法》执行。"]),
        (
            "推进试点。（责任部门：区科委牵头；区民政局配合）",
            ["推进试点。（责任部门：区科委牵头；区民政局配合）"],  # the note stays with its measure
        ),
        ("推进试点。(责任单位:市发改委)。下一句。", ["推进试点。(责任单位:市发改委)。", "下一句。"]),
        (
            "推进试点（科技部牵头；财政部负责）。下一句。",
            ["推进试点（科技部牵头；财政部负责）。", "下一句。"],
        ),
        ("甲（注：一。二）乙。", ["甲（注：一。", "二）乙。"]),  # an ordinary bracket hides nothing
        (
            '设立"白名单"。"互联网+"模式。',
            ['设立"白名单"。', '"互联网+"模式。'],
        ),  # straight quotes: even is opening
        ("太好了！！", ["太好了！！"]),
        ("甲\n乙。", ["甲", "乙。"]),
        ("《甲。乙", ["《甲。", "乙"]),  # a title that never closes hides nothing
        (" 　", []),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert _sentences(text) == sentences


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from('甲乙。；！《》（）()“”"\n 责任部门：负责1a')))
def test_sentences_cover_every_character_in_order(text: str) -> None:
    spans = split_sentences(text)
    covered = set()
    for start, end in spans:
        assert start < end
        covered.update(range(start, end))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(index in covered for index, character in enumerate(text) if character not in BLANKS)


@pytest.mark.parametrize(
    "hostile", ["（" * 20000, '。"' * 20000, "《" * 20000, "（责任：" * 8000, "（甲负责）" * 8000]
)
def test_long_hostile_lines_are_split_all_the_same(hostile: str) -> None:
    assert "".join(_sentences(hostile)) == hostile


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("甲。（责任部门和单位：市科委、市教委等）", ["（责任部门和单位：市科委、市教委等）"]),
        (
            "甲(责任单位:市发改委牵头;相关县(市)区配合)",
            ["(责任单位:市发改委牵头;相关县(市)区配合)"],
        ),  # nested
        (
            "甲。（海关总署、财政部负责）",
            ["（海关总署、财政部负责）"],
        ),  # bare, as the State Council prints it
        ("甲（科技部牵头，教育部等按职责分工负责）。", ["（科技部牵头，教育部等按职责分工负责）"]),
        ("甲（不同剂型合并计算）乙（CRO）", []),
        ("甲（以下简称有关部门）", []),
        ("甲（注：略）", []),
    ],
)
def test_notes(text: str, notes: list[str]) -> None:
    assert [text[start:end] for start, end in responsibility_notes(text)] == notes


def test_labelled_notes_name_the_role_before_a_colon() -> None:
    assert is_labelled_note("责任部门:区科委")
    assert not is_labelled_note("财政部负责")


@pytest.mark.parametrize(
    ("text", "longest", "words", "why"),
    [
        ("具体项目由民政部门共同制定", 10, "具体项目由民政部门", "共同 would be cut in two"),
        ("具体项目由民政部门共同制定", 11, "具体项目由民政部门共同", "it ends at a word"),
        ("由民政部门会同公安机关办理", 6, "由民政部门", "会 of 会同"),
        ("由公安机关共同会同办理", 7, "由公安机关共同", "同 at the end of two words beside each other"),
        ("推进公共数据开放", 3, "推进", "公 of 公共"),
        ("处二十万元以上罚款", 3, "处", "a number is one word"),
        ("自2023年1月1日起施行", 4, "自", "a year"),
        ("不低于7.5%的部分", 5, "不低于", "a percentage"),
        ("依法追究刑事责任", 5, "依法追究", "刑 of 刑事"),
        ("负责任地经营管理", 6, "负责任地经营", "it ends at a word"),
        ("违反规定的", 5, "违反规定的", "it is short enough"),
        ("abcdefghijklmnopqrst", 6, "abcdef", "a word longer than the room"),
    ],
)
def test_the_first_words_are_whole(text: str, longest: int, words: str, why: str) -> None:
    assert first_words(text, longest) == words, why
