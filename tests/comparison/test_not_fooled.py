"""What must not fool a comparison, each as one sentence among others in a small pair of documents."""

import pytest

from policydiff.comparison import compare_documents
from policydiff.model import Band, Relation
from tests.comparison.documents import LOCAL, SUPERIOR, document, sentence

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
