"""Fingerprints: the same everywhere, and shared by sentences that share a long enough run."""

import pytest
from hypothesis import given, strategies as st

from policydiff.collection.packed_clauses import pack, unpack_some
from policydiff.reuse.grams import (
    GRAM,
    LOW_MASK,
    WINDOW,
    Bucket,
    all_grams,
    areas_of,
    gram_words,
    pack_lists,
    sentences_in,
    winnowed,
    winnowed_document,
    winnowed_sentences,
)

WORDS = st.text(alphabet="养老服务机构应当建立健全管理制度规定", min_size=0, max_size=40)


def test_fingerprints_are_the_same_on_every_machine() -> None:
    assert sorted(all_grams("养老服务机构")) == [274008276638, 1097823050331]


@given(
    WORDS,
    WORDS,
    st.text(alphabet="鼓励支持社会力量兴办", min_size=GRAM + WINDOW - 1, max_size=20),
    WORDS,
    WORDS,
)
def test_a_shared_run_of_seven_characters_shares_a_fingerprint(
    before: str, behind: str, run: str, other: str, rest: str
) -> None:
    assert winnowed(before + run + behind) & winnowed(other + run + rest)


@given(WORDS)
def test_what_is_kept_is_some_of_all(words: str) -> None:
    assert winnowed(words) <= all_grams(words)
    assert bool(winnowed(words)) == (len(words) >= GRAM)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "市人民政府应当加强领导，统筹规划。",
            "省人民政府应当加强领导,统筹规划",
            "governments and punctuation",
        ),
        ("本市建立养老服务制度。", "本省建立养老服务制度。", "the own area"),
        ("上海市建立养老服务制度。", "本市建立养老服务制度。", "the name of the own area"),
        ("根据《某法》制定预案。", "根据《另一部法律》制定预案。", "titles of cited documents"),
        ("补助１０％的费用。", "补助10%的费用。", "full and half width"),
        ("本条例所称养老服务", "本办法所称养老服务", "the name of the kind of document"),
        ("养 老 服 务", "养老服务", "blanks that a page put in"),
        ("国家建立制度", "本市建立制度", "state and city"),
        ("县级以上地方各级人民政府及其有关部门制定规划", "国务院制定规划", "levels of government"),
        ("第三方机构评估", "第三方机构评估。", "a word that looks like a number stays"),
    ],
)
def test_words_that_differ_by_place_or_print_alone_are_the_same(one: str, other: str, why: str) -> None:
    areas = areas_of("上海市养老服务条例", ("上海市人民代表大会",))
    assert gram_words(one, areas) == gram_words(other, areas), why


@pytest.mark.parametrize(
    ("one", "other"),
    [("补助10%的费用", "补助20%的费用"), ("应当建立制度", "可以建立制度"), ("三十日内办结", "六十日内办结")],
)
def test_words_of_substance_stay_apart(one: str, other: str) -> None:
    assert gram_words(one) != gram_words(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三条 甲。乙；丙", [" 甲。", "乙；", "丙"]),
        ("（一）甲。", ["甲。"]),
        ("1.5倍补助", ["1.5倍补助"]),
        ("", []),
    ],
)
def test_sentences_lose_the_number_of_their_clause(text: str, expected: list[str]) -> None:
    assert sentences_in(text) == expected


@given(
    st.dictionaries(
        st.integers(0, LOW_MASK), st.sets(st.integers(0, 2**30), min_size=1, max_size=300).map(sorted)
    )
)
def test_a_packed_bucket_comes_back(lists: dict[int, list[int]]) -> None:
    bucket = Bucket(pack_lists(lists))
    assert {low: list(numbers) for low, numbers in bucket.lists()} == lists
    for low, numbers in lists.items():
        assert list(bucket.holders(low) or ()) == numbers
        assert bucket.holders(low, longest=len(numbers) - 1) is None
        assert bucket.holders(low, longest=len(numbers)) is not None


@pytest.mark.parametrize("size", [0, 1, 255, 256, 300])
def test_a_list_of_any_length_comes_back(size: int) -> None:
    bucket = Bucket(pack_lists({3: range(size), 7: [5]} if size else {7: [5]}))
    assert list(bucket.holders(3) or ()) == list(range(size))
    assert list(bucket.holders(7) or ()) == [5]


@given(st.lists(WORDS, max_size=6))
def test_sentences_counted_at_once_are_those_counted_alone(sentences: list[str]) -> None:
    def run(words: str) -> int:
        (gram,) = all_grams(words)
        return gram

    for words, kept in zip(sentences, winnowed_sentences(sentences), strict=True):
        runs = [run(words[place : place + GRAM]) for place in range(len(words) - GRAM + 1)]
        windows = [runs[place : place + WINDOW] for place in range(max(1, len(runs) - WINDOW + 1))]
        assert kept == {min(window) for window in windows if window}


def test_marks_of_any_kind_inside_a_text_part_no_sentence() -> None:
    text = "养老机构\x1e应当建立制度，\x1e并公布；老年人\U00020000可以查询。"
    sentences = sentences_in(text)
    (clause,) = winnowed_document([text], ())
    assert clause == [winnowed(gram_words(each)) for each in sentences]


@pytest.mark.parametrize(
    "clauses",
    [
        [("art_1", "第一条", "一。"), ("art_2", None, '二"],["三。'), ("art_3", "", "")],
        [("art_1", None, 'x"],['), ("art_2", None, "]]")],  # looks like what stands between two clauses
        [("a", None, "")],
    ],
)
def test_some_clauses_are_read_as_all_are(clauses: list[tuple[str, str | None, str]]) -> None:
    packed = pack(clauses)
    for place in range(len(clauses)):
        assert unpack_some(packed, [place], len(clauses)) == {place: clauses[place]}
