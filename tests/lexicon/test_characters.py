"""Widths, blanks and numerals."""

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.lexicon.numerals import circled, clause_number, to_chinese, to_int
from policydiff.lexicon.widths import BLANKS, despace, despace_with_offsets, fold

_NO_BLANKS = str.maketrans("", "", BLANKS)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("沪府发［２０１８］２５号", "沪府发(2018)25号"),  # full-width digits and brackets
        ("沪府规〔2021〕5号【试行】", "沪府规(2021)5号(试行)"),  # every bracket form becomes one
        ("“甲”『乙』‘丙’", '"甲""乙"\'丙\''),  # quotes
        ("2018—2020年～2025－2030", "2018-2020年~2025-2030"),  # dashes of years
        ("《甲〈乙〉》", "《甲《乙》》"),  # inner titles
        ("甲，乙；丙：丁（一）", "甲,乙;丙:丁(一)"),
        ("①½㎡Ⅱ", "①½㎡Ⅱ"),  # compatibility characters stay: NFKC would change their length or meaning
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text())
def test_fold_keeps_the_length_and_is_stable(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "despaced"),
    [
        ("到 2023 年, 占比", "到2023年,占比"),  # blanks around digits, after a half-width comma
        ("(责任部门: 区科 委)", "(责任部门:区科委)"),
        ("国 务 院", "国务院"),
        ("Open  Data 平台", "Open Data平台"),  # Latin words stay apart
        ("CRO (合同研究组织)", "CRO(合同研究组织)"),
        ("3 5", "3 5"),  # two numbers are not made one
        ("机\n制", "机制"),  # a word broken at the end of a page
        ("ICH, GCP标准", "ICH, GCP标准"),  # a Latin list
        ("健\u200b康\u3000中国", "健康中国"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_despace(text: str, despaced: str) -> None:
    assert despace(text) == despaced


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("甲乙 \n\t\u3000aB1.,，。\u200b")))
def test_despace_removes_blanks_alone_and_knows_where_the_rest_stood(text: str) -> None:
    kept, offsets = despace_with_offsets(text)
    assert kept.translate(_NO_BLANKS) == text.translate(_NO_BLANKS)
    if offsets is None:
        assert kept == text
    else:
        assert len(offsets) == len(kept)
        assert all(
            text[place] == character or character == " "
            for place, character in zip(offsets, kept, strict=True)
        )
        assert offsets == sorted(set(offsets))


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("一百一十", 110), ("一千二百六十", 1260),
        ("二〇二一", 2021), ("二○○四", 2004), ("一九九六", 1996), ("廿一", 21), ("卅", 30), ("两", 2), ("12", 12),
        ("１２", 12), ("三万", 30000), ("一亿二千万", 120000000), ("〇", 0),
        ("三重", None), ("", None), ("条", None), ("一" * 40, None),
    ],
)  # fmt: skip
def test_to_int(numeral: str, value: int | None) -> None:
    assert to_int(numeral) == value


@settings(deadline=None)
@given(st.integers(0, 9999))
def test_numerals_come_back(value: int) -> None:
    assert to_int(to_chinese(value)) == value


def test_numbers_of_clauses_have_four_digits_at_most() -> None:
    with pytest.raises(ValueError, match="10000"):
        to_chinese(10000)


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("第十二条", "12"), ("第十二条之一", "12-1"), ("第一百三十三条之二", "133-2"), ("（三）", "3"), ("(3)", "3"),
        ("1.", "1"), ("二、", "2"), ("①", "1"), ("⑴", "1"), ("第三编", "3"), ("第 5 条", "5"),
        ("条", None), ("甲", None), ("", None),
    ],
)  # fmt: skip
def test_clause_number(label: str, number: str | None) -> None:
    assert clause_number(label) == number


def test_circled_numbers() -> None:
    assert [circled(character) for character in "①⑳㉑㊱⑴⒈㈠㊀❶"] == [1, 20, 21, 36, 1, 1, 1, 1, 1]
    assert circled("甲") is None
