"""What must not fool a comparison, each as one sentence among others in a small pair of documents."""

from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import pytest
from rapidfuzz.fuzz import ratio

from policydiff.comparison.compare import compare_documents
from policydiff.comparison.sentence_units import Unit, units_of
from policydiff.extract import extract
from policydiff.model import Band, Comparison, Document, Relation, SentenceComparison
from tests.comparison import local_variants
from tests.comparison.documents import LOCAL, SUPERIOR, document, sentence
from tests.comparison.local_variants import Variant

DERIVED = frozenset({Relation.VERBATIM, Relation.ADAPTED})

LINE = "第六条 任何单位和个人不得擅自改变养老服务设施的用途。"


@pytest.mark.parametrize(
    ("line", "words", "clause", "reason"),
    [
        (LINE, "擅自改变", "art_6", "word for word"),
        (
            "第六条 ﻿任何单位和个人不得擅自改变养老服务设施的用途．",
            "擅自改变",
            "art_6",
            "half and full width, marks of no width",
        ),
        (
            "第六条 鼓励社会力量举办老年大学、日间照料中心、社区食堂，为居家老年人提供助医、助行、助洁、助浴、助餐等服务。",
            "老年大学",
            "art_7",
            "a reordered list",
        ),
        (
            "第六条 对分散供养的特困老年人、独居的失能老年人家庭实施适老化改造，并给予最高不超过八千元的补贴。",
            "适老化改造",
            "art_8",
            "a number changed on purpose",
        ),
        (
            "第六条 区民政部门对分散供养的特困老年人、独居的失能老年人家庭实施适老化改造，给予补贴。（责任部门：区民政局、区财政局）",
            "适老化改造",
            "art_8",
            "a responsibility note behind the sentence",
        ),
        (
            "第六条 养老机构应当建立入院评估制度，根据老年人身体状况确定照料护理等级，并与老年人签订服务协议，明确双方的权利和义务。",
            "入院评估",
            "art_10",
            "one sentence fused from two",
        ),
        (
            "第六条 确需改变用途的，就近补建，规模和标准不低于原有设施。",
            "就近补建",
            "art_6",
            "said in another order",
        ),
    ],
)
def test_descent_is_seen_through(line: str, words: str, clause: str, reason: str) -> None:
    found = sentence(compare_documents(document(LOCAL.format(line=line)), document(SUPERIOR)), words)
    assert found.relation in DERIVED, reason
    assert clause in found.sources[0].clause.split("__"), reason


@pytest.mark.parametrize(
    ("line", "words", "reason"),
    [
        (
            "第六条 各级党组织应当以习近平新时代中国特色社会主义思想为指导，坚持党的领导。",
            "党组织",
            "formulas of ideology",
        ),
        ("第六条 市人民政府应当加强组织领导，完善工作机制。", "组织领导", "phrases of the genre"),
        (
            "第六条 按照《某省养老服务促进条例》开展旅游宣传。",
            "旅游宣传",
            "the title of the superior document is no wording of it",
        ),
        ("第六条 鼓励企业开展远洋捕捞和海水养殖，发展海洋经济。", "远洋捕捞", "another matter altogether"),
        ("第六条 （责任部门：区民政局、区卫生健康局、区住房城乡建设局）", "责任部门", "a note alone"),
    ],
)
def test_what_only_sounds_alike_is_not_adopted(line: str, words: str, reason: str) -> None:
    found = sentence(compare_documents(document(LOCAL.format(line=line)), document(SUPERIOR)), words)
    assert found.relation not in DERIVED, reason
    assert found.band is not Band.SURE, reason


def test_one_source_spread_over_two_sentences_is_named_by_both() -> None:
    local = document(
        LOCAL.format(
            line="第六条 鼓励社会力量举办社区食堂、日间照料中心、老年大学。鼓励为居家老年人提供助餐、助浴、助洁、助行、助医等服务。"
        )
    )
    comparison = compare_documents(local, document(SUPERIOR))
    for words in ("社区食堂", "助餐"):
        assert "art_7" in sentence(comparison, words).sources[0].clause


def test_the_same_topic_without_descent_gives_next_to_nothing() -> None:
    other = """某市老年教育实施意见
一、总体要求
坚持以人为本，推动老年教育与经济社会协调发展，不断满足老年人多样化学习需求。
二、重点任务
（一）扩大资源供给。支持高校开放课程，建设线上学习平台，开发适合老年人的课程和教材。
（二）提升师资水平。建立兼职教师队伍，开展志愿者培训，组织送教上门活动。
（三）丰富学习内容。围绕书法、摄影、戏曲、信息技术等开设特色班级。
三、保障措施
（一）加强组织领导。各区要把老年教育列入议事日程。
（二）强化经费投入。多渠道筹集资金，按规定落实学费减免。
"""
    comparison = compare_documents(document(other), document(SUPERIOR))
    assert comparison.summary.sure == 0
    assert comparison.summary.estimated_share < 0.1


def test_institutions_renamed_by_a_reform_are_the_same_bodies() -> None:
    superior = document(
        "某市健康意见\n一、加强监管\n建立联合监管机制。（牵头部门：市卫生计生委、市科委）\n二、发展产业\n发展健康保险产品，完善健康保险服务。\n"
    )
    local = document(
        "某区健康意见\n一、加强监管\n建立联合监管机制。（责任部门：区卫生健康委、区科委）\n二、发展产业\n发展健康保险产品，完善健康保险服务。\n"
    )
    comparison = compare_documents(local, superior)
    pairs = [pair for found in comparison.responsibilities for pair in found.counterparts]
    assert ("区卫生健康委", "市卫生计生委") in pairs
    assert ("区科委", "市科委") in pairs


# --- the same over pages of the State Council, rewritten as a district would, between sentences of other pages ---

PAGES = ("001", "003", "007", "009", "015", "034", "037", "041", "047", "057")
"""Opinions, plans, a programme, rules of procedure, an emergency plan; of 2004 to 2019, with and without articles."""
_LONG = 30
_MOST = 15
"""Sentences of a page that are rewritten, spread over it."""


@cache
def _page(folder: Path, name: str) -> Document:
    path = folder / "govcn" / f"{name}.html"
    return document(extract(path.read_bytes(), name=path.name).text)


def _taken(page: Document) -> list[Unit]:
    """Return the sentences that say something."""
    return [
        unit
        for unit in units_of(page)
        if len(unit.folded.text) >= _LONG and unit.text.endswith(("。", "；")) and "\n" not in unit.text
    ]


def _compared(folder: Path, number: int, written: list[str]) -> Comparison:
    """Compare a page with a district's text that holds `written`, between sentences of a page on another matter."""
    other = _page(folder, PAGES[(number + 3) % len(PAGES)])
    foreign = (unit.text for unit in units_of(other) if len(unit.text) >= _LONG and unit.text.endswith("。"))
    lines = ["某市某区关于加强有关工作的实施意见", "各街道办事处，区政府各部门：", "一、主要任务"]
    for place, sentence_written in enumerate(written):
        if place % 4 == 0:
            lines.append("".join(islice(foreign, 2)))
        lines.append(sentence_written)
    return compare_documents(document("\n".join(lines)), _page(folder, PAGES[number]))


def _found(comparison: Comparison, words: str) -> SentenceComparison:
    """Return the local sentence that is likest to `words`."""
    return max(comparison.sentences, key=lambda found: ratio(found.text, words))


@pytest.mark.parametrize(
    ("variant", "least", "reason"),
    [
        (local_variants.localised, 0.97, "国家 becomes 本区, 各省、自治区、直辖市 becomes 各街道、镇"),
        (
            local_variants.carried_by_local_bodies,
            0.9,
            "发展改革委 becomes 区发展改革委, 工商总局 区市场监管局",
        ),
        (local_variants.reordered, 0.95, "the members of a list in another order"),
        (local_variants.in_other_widths, 0.97, "punctuation and figures half width for full"),
        (local_variants.with_other_numbers, 0.95, "years and figures of its own"),
        (local_variants.with_a_note, 0.97, "who is responsible, behind the sentence"),
        (local_variants.after_a_citation, 0.97, "the title and number of a cited document before it"),
        (local_variants.after_a_formula, 0.97, "formulas of ideology before it"),
        (local_variants.cut_short, 0.95, "the last clause left out"),
    ],
)
def test_local_writings_are_seen_through(
    shared_data: Path, variant: Variant, least: float, reason: str
) -> None:
    derived = right = total = foreign = mistaken = 0
    for number, name in enumerate(PAGES[::2]):
        written = [(text, unit) for unit in _taken(_page(shared_data, name)) if (text := variant(unit.text))]
        written = written[:: 1 + len(written) // _MOST]
        comparison = _compared(shared_data, 2 * number, [text for text, _ in written])
        own = [(_found(comparison, text), unit) for text, unit in written]
        total += len(own)
        derived += sum(found.relation in DERIVED for found, _ in own)
        right += sum(found.sources[0].clause == unit.clause for found, unit in own)
        texts = {found.text for found, _ in own}
        others = [found for found in comparison.sentences if found.text not in texts and found.sources]
        foreign += len(others)
        mistaken += sum(found.band is Band.SURE for found in others)
    assert total >= 8
    assert derived >= least * total, f"{reason}: {derived} of {total} derived"
    assert right >= least * total, f"{reason}: {right} of {total} from the right clause"
    assert mistaken <= 0.08 * foreign, f"{mistaken} of {foreign} foreign sentences counted as adopted"


def test_two_sentences_fused_into_one_name_both(shared_data: Path) -> None:
    both = total = 0
    for number, name in enumerate(PAGES[:5]):
        units = _taken(_page(shared_data, name))[::3][:16]
        pairs = [(one, other) for one, other in list(pairwise(units))[::2] if one.clause != other.clause]
        written = [f"{one.text[:-1]}，{other.text}" for one, other in pairs]
        comparison = _compared(shared_data, number, written)
        for (one, other), words in zip(pairs, written, strict=True):
            named = {source.clause for source in _found(comparison, words).sources[:3]}
            both += {one.clause, other.clause} <= named
            total += 1
    assert total >= 15
    assert both >= 0.9 * total, f"{both} of {total}"


def test_one_sentence_spread_over_two_is_named_by_both(shared_data: Path) -> None:
    right = total = 0
    for number, name in enumerate(PAGES[:5]):
        cut = [
            (unit, parts)
            for unit in _taken(_page(shared_data, name))[::3]
            if (parts := local_variants.halves(unit.text))
        ]
        comparison = _compared(shared_data, number, ["".join(parts) for _, parts in cut])
        for unit, parts in cut:
            for words in parts:
                found = _found(comparison, words)
                right += found.relation in DERIVED and found.sources[0].clause == unit.clause
                total += 1
    assert total >= 40
    assert right >= 0.95 * total, f"{right} of {total}"


def test_pages_on_other_matters_give_next_to_nothing(shared_data: Path) -> None:
    derived = total = 0
    for name, other in pairwise(PAGES):
        comparison = compare_documents(_page(shared_data, name), _page(shared_data, other))
        derived += sum(found.relation in DERIVED for found in comparison.sentences)
        total += len(comparison.sentences)
    assert derived <= 0.02 * total, f"{derived} of {total}"
