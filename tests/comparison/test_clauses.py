"""Verdicts on clauses follow from the sentences."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydiff.comparison import compare_documents
from policydiff.comparison.clauses import clause_comparisons, coverage
from policydiff.comparison.sentences import band_of
from policydiff.model import (
    Band,
    Clause,
    ClauseKind,
    Coverage,
    Document,
    Relation,
    SentenceComparison,
    SentenceSource,
    Span,
)
from tests.comparison.documents import LOCAL, SUPERIOR, document


def _clause(clause_id: str, kind: ClauseKind, *children: Clause) -> Clause:
    return Clause(id=clause_id, kind=kind, text="建立制度。", span=Span(0, 5), children=children)


def _said(clause: str, score: float, *sources: tuple[str, float]) -> SentenceComparison:
    return SentenceComparison(
        clause=clause,
        text="建立制度。",
        relation=Relation.ADAPTED if score >= 0.5 else Relation.RELATED,
        score=score,
        band=band_of(score),
        sources=tuple(
            SentenceSource(clause=source, text="建立制度。", score=weight) for source, weight in sources
        ),
    )


SMALL = Document(
    clauses=(
        _clause(
            "chp_1",
            ClauseKind.CHAPTER,
            _clause("art_1", ClauseKind.ARTICLE, _clause("art_1__para_1", ClauseKind.PARAGRAPH)),
        ),
        _clause("chp_2", ClauseKind.CHAPTER, _clause("art_2", ClauseKind.ARTICLE)),
    )
)


@pytest.mark.parametrize(
    ("sentences", "statuses", "reason"),
    [
        ([], ["omitted"] * 5, "nothing said"),
        (
            [_said("x", 0.9, ("art_1__para_1", 0.8))],
            ["touched", "adopted", "adopted", "omitted", "omitted"],
            "an article is adopted by its paragraph; its chapter is only touched",
        ),
        (
            [_said("x", 0.25, ("art_2", 0.2))],
            ["omitted", "omitted", "omitted", "touched", "touched"],
            "what only may come from it touches it",
        ),
        (
            [_said("x", 0.9, ("art_2", 0.9), ("art_1", 0.01))],
            ["omitted", "omitted", "omitted", "touched", "adopted"],
            "a far second source is no claim",
        ),
        (
            [_said("x", 0.9, ("art_2", 0.9), ("art_1", 0.6))],
            ["touched", "adopted", "omitted", "touched", "adopted"],
            "a sentence fused from two articles adopts both",
        ),
        (
            [_said("x", 0.9, ("art_2", 0.9), ("art_1", 0.4))],
            ["omitted", "omitted", "omitted", "touched", "adopted"],
            "a second source that is none more likely than not",
        ),
        (
            [_said(name, 0.2, ("art_2", 0.2)) for name in ("x", "y")],
            ["omitted", "omitted", "omitted", "touched", "adopted"],
            "two weak claims: 1 - 0.8 x 0.8 = 0.36",
        ),
        (
            [_said("x", 0.2, ("art_1", 0.2), ("art_1__para_1", 0.6))],
            ["omitted", "omitted", "omitted", "omitted", "omitted"],
            "one sentence claims an article once, however many of its sentences",
        ),
        (
            [_said("x", 0.9, ("chp_2", 0.9))],
            ["omitted", "omitted", "omitted", "adopted", "omitted"],
            "a chapter is adopted by its heading, which says nothing of its articles",
        ),
    ],
)
def test_coverage(sentences: list[SentenceComparison], statuses: list[str], reason: str) -> None:
    assert [clause.status.value for clause in coverage(SMALL, sentences)] == statuses, reason


POLICY = Document(
    clauses=(
        _clause(
            "lvl_1",
            ClauseKind.LEVEL,
            _clause("lvl_1__lvl_1", ClauseKind.LEVEL, _clause("lvl_1__lvl_1__para_1", ClauseKind.PARAGRAPH)),
        ),
    )
)


@pytest.mark.parametrize(
    ("score", "statuses", "reason"),
    [
        (
            0.9,
            ["touched", "adopted", "adopted"],
            "the lowest level is its paragraphs; the one above has its own",
        ),
        (0.18, ["touched", "touched", "omitted"], "a measure of a policy is touched sooner than an article"),
        (0.1, ["omitted", "omitted", "omitted"], "nothing"),
    ],
)
def test_coverage_of_a_policy(score: float, statuses: list[str], reason: str) -> None:
    found = coverage(POLICY, [_said("x", score, ("lvl_1__lvl_1__para_1", score))])
    assert [clause.status.value for clause in found] == statuses, reason


def test_a_clause_scores_the_chance_that_any_sentence_comes_from_it() -> None:
    said = [_said("a", 0.5, ("art_2", 0.5)), _said("a", 0.4, ("art_2", 0.5)), _said("b", 0.1, ("art_2", 0.1))]
    covered = coverage(SMALL, said)[-1]
    assert covered.score == pytest.approx(1 - 0.5 * 0.6 * 0.9)
    assert covered.by == ("a",), "b alone says next to nothing"
    [weak] = [clause for clause in coverage(SMALL, said[2:] * 4) if clause.clause == "art_2"]
    assert (weak.status, weak.by) == (Coverage.ADOPTED, ("b",)), (
        "who makes the score is named, however weak each"
    )


def test_takers_are_named_surest_first() -> None:
    covered = coverage(SMALL, [_said("a", 0.6, ("art_2", 0.5)), _said("b", 0.9, ("art_2", 0.9))])
    assert covered[-1].by == ("b", "a")


def test_a_clause_is_as_its_sentences() -> None:
    verdicts = clause_comparisons(
        Document(), [_said("a", 0.9, ("art_2", 0.9)), _said("a", 0.1), _said("b", 0.01)]
    )
    assert [(found.clause, found.relation.value, found.score) for found in verdicts] == [
        ("a", "adapted", 0.5),
        ("b", "related", 0.01),
    ]
    assert verdicts[0].sources == ("art_2",)


@pytest.mark.parametrize(
    ("score", "band"),
    [(1.0, Band.SURE), (0.7, Band.SURE), (0.69, Band.POSSIBLE), (0.3, Band.POSSIBLE), (0.29, Band.UNLIKELY)],
)
def test_bands(score: float, band: Band) -> None:
    assert band_of(score) is band


def test_every_sentence_and_clause_is_there_once_and_spans_quote_equal_words() -> None:
    local, superior = document(LOCAL.format(line="第六条 鼓励社会力量举办社区食堂。")), document(SUPERIOR)
    comparison = compare_documents(local, superior)
    assert [covered.clause for covered in comparison.coverage] == [clause.id for clause in superior.walk()]
    summary = comparison.summary
    assert summary.sentences == len(comparison.sentences)
    assert summary.verbatim + summary.adapted + summary.related + summary.added == summary.sentences
    ids = {clause.id for clause in local.walk()}
    for found in comparison.sentences:
        assert found.clause in ids
        assert [source.score for source in found.sources] == sorted(
            (source.score for source in found.sources), reverse=True
        )
        for source in found.sources:
            for span in source.spans:
                assert 0 <= span.local_start < span.local_end <= len(found.text)
                assert 0 <= span.source_start < span.source_end <= len(source.text)
    assert comparison == compare_documents(local, superior)


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("第一条章、，。；（）()12%某市人民政府应当发展养老 \n"), max_size=120))
def test_any_two_texts_can_be_compared(text: str) -> None:
    comparison = compare_documents(document(text), document(SUPERIOR))
    assert all(0 <= found.score <= 1 for found in comparison.sentences)
    compare_documents(document(SUPERIOR), document(text))


def test_a_document_against_itself_is_verbatim() -> None:
    comparison = compare_documents(document(SUPERIOR), document(SUPERIOR))
    derived = [
        found for found in comparison.sentences if found.relation in {Relation.VERBATIM, Relation.ADAPTED}
    ]
    assert len(derived) >= 0.8 * len(comparison.sentences)
    assert {found.status for found in comparison.coverage} >= {Coverage.ADOPTED}
