"""Whole documents: what must hold of any, and what a reader finds in the founding five."""

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.annotate import annotate
from policydiff.model import Clause, ClauseKind, Document, Span, TargetKind
from policydiff.parsing import parse_text

PIECES = st.sampled_from(
    [
        "《",
        "》",
        "〈",
        "〉",
        "（",
        "）",
        "(",
        ")",
        "〔2018〕25号",
        "[2018]",
        "国发",
        "沪府发",
        "根据",
        "贯彻落实",
        "同时废止",
        "以下简称",
        "本意见",
        "该办法",
        "前款",
        "第五条",
        "第三款",
        "责任部门：",
        "牵头单位：",
        "国务院关于甲工作的意见",
        "、26号",
        "第5号令",
        "责任分工",
        "区农发局",
        "要",
        "至少",
        "不满",
        "负责",
        "牵头",
        "配合",
        "按职责分工负责",
        "会同",
        "等",
        "、",
        "，",
        "。",
        "；",
        "：",
        "\n",
        "到2025年",
        "2020年底前",
        "“十四五”期间",
        "10",
        "1-2",
        "家",
        "亿元",
        "%",
        "百分之",
        "五",
        "培育一家",
        "二十万元",
        "点",
        "万",
        "达到",
        "力争",
        "不超过",
        "以上",
        "左右",
        "给予",
        "奖励",
        "的",
        "市科委",
        "区商务委",
        "财政部",
        "和",
        "及",
        "一、",
        "（一）",
        "1.",
        "第一条",
        "\t",
        "指标",
        "单位",
        "\u3000",
        "\u200b",
        "1995年",
        "列第一位者为牵头单位，下同",
        "通知",
        "印发",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_any_text_is_annotated_and_every_fact_points_into_it(text: str) -> None:
    document = annotate(parse_text(text), text)
    ids = {clause.id for clause in document.walk()}
    facts = [*document.targets, *document.responsibilities]
    assert all(fact.clause in ids for fact in facts)
    assert all(citation.clause in ids | {""} for citation in document.citations)
    for fact in [*facts, *document.citations]:
        assert 0 <= fact.span.start < fact.span.end <= len(text)
    for responsibility in document.responsibilities:
        assert responsibility.lead or responsibility.supporting
        assert all(body.strip() for body in responsibility.lead + responsibility.supporting)


@settings(deadline=None)
@given(TEXTS)
def test_annotating_again_changes_nothing(text: str) -> None:
    document = annotate(parse_text(text), text)
    assert annotate(document, text) == document


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_text_that_is_not_the_documents_does_no_harm(text: str, other: str) -> None:
    document = parse_text(text)
    found = annotate(document, other)
    assert found.clauses == document.clauses
    assert len(found.targets) == len(annotate(document, text).targets)


def test_nothing_but_the_facts_changes() -> None:
    text = "一、目标\n到2025年，规模达到100亿元。（责任部门：市科委）"
    document = parse_text(text)
    found = annotate(document, text)
    assert found.model_copy(update={"citations": (), "targets": (), "responsibilities": ()}) == document


HOSTILE = {
    "opened titles": "《" * 6_000,
    "nested titles": "《甲〈乙" * 4_000,
    "opened brackets": "（责任部门：" * 6_000,
    "nested brackets": "（" * 10_000 + "财政部负责" + "）" * 10_000,
    "one long list": "（责任部门：" + "市科委、" * 12_000 + "）",
    "digits": "1" * 40_000,
    "ranges": "1-" * 20_000 + "家",
    "percentages": "百分之" * 6_000,
    "codes": "发" * 40_000 + "〔2018〕25号",
    "verbs": "根据" * 20_000 + "《甲》",
    "years": "到2025年" * 8_000,
    "articles": "《甲》" + "第五条、" * 10_000,
    "many quantities": "培育1家、" * 3_000 + "企业",
    "titles without marks": "根据国务院关于" * 10_000 + "的意见",
    "names before numbers": "发展规划" * 8_000 + "（国发〔2018〕25号）",
    "further numbers": "国发〔2018〕25号" + "、26号" * 12_000,
    "decrees": "财政部" * 12_000 + "第5号令",
    "blanks": "到 " * 20_000 + "2025年达到7%",
    "roles": "（" + "甲局牵头，" * 8_000 + "）",
}


HANG = 60.0
"""Seconds of processor time."""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_clauses_end(text: str) -> None:
    """Four times these texts take a second or two; a quadratic rule would take minutes. The bound only tells a hang."""
    words = text * 4
    document = Document(
        clauses=(Clause(id="lvl_1", kind=ClauseKind.LEVEL, text=words, span=Span(0, len(words))),)
    )
    started = time.process_time()
    annotate(document, words)
    assert time.process_time() - started < HANG


def read(data: Path, name: str) -> Document:
    text = (data / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    return annotate(parse_text(text), text)


@pytest.mark.parametrize(
    ("name", "citations", "targets", "thresholds", "support", "notes"),
    [
        ("jingan-life-health-2021", 7, 5, 0, 0, 20),
        ("shanghai-health-services-2018", 2, 3, 5, 3, 50),
        ("shanghai-biomedicine-2018", 2, 3, 1, 8, 22),
        ("hefei-big-health-2020", 3, 8, 0, 0, 12),
        ("putuo-cppcc-reply-2021", 6, 1, 0, 0, 0),  # its experts and members are counted, not aimed at
    ],
)
def test_the_founding_documents(
    shared_data: Path, name: str, *, citations: int, targets: int, thresholds: int, support: int, notes: int
) -> None:
    document = read(shared_data, name)
    kinds = Counter(target.kind for target in document.targets)
    assert len([citation for citation in document.citations if citation.title]) == citations
    assert (kinds[TargetKind.TARGET], kinds[TargetKind.THRESHOLD], kinds[TargetKind.SUPPORT]) == (
        targets,
        thresholds,
        support,
    )
    assert len(document.responsibilities) == notes


def test_notes_bind_the_measures_they_close(shared_data: Path) -> None:
    document = read(shared_data, "jingan-life-health-2021")
    bound = [note.clause for note in document.responsibilities]
    assert len(set(bound)) == len(bound)
    for note in document.responsibilities:
        clause = document.find(note.clause)
        assert clause is not None
        assert clause.kind is ClauseKind.MEASURE
        assert clause.text.endswith(note.text)


def test_what_a_local_policy_says_of_its_superiors(shared_data: Path) -> None:
    document = read(shared_data, "jingan-life-health-2021")
    numbered = [
        (item.document_number, item.relation.value) for item in document.citations if item.document_number
    ]
    assert numbered == [("沪府办规〔2021〕5号", "implements"), ("沪府发〔2018〕25号", "implements")]


def test_the_deadline_of_a_lead_governs_the_members_of_its_enumeration() -> None:
    text = "一、目标\n到2025年，各项任务全面完成。一是建成50所学校；二是规模达到100亿元。\n还要新增10家企业。"
    found = annotate(parse_text(text), text)
    assert [(target.clause, target.value, target.deadline) for target in found.targets] == [
        ("lvl_1__para_1__item_1", "50", "2025"),
        ("lvl_1__para_1__item_2", "100", "2025"),
        ("lvl_1__para_2", "10", None),
    ]
