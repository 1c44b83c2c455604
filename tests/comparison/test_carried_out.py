"""A document that carries another out derives a share of its sentences from it, even where its words are its own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from policydiff.comparison.compare import carries_out, carries_out_alone, compare_documents
from policydiff.comparison.evidence import Candidate
from policydiff.comparison.probabilities import SURE, Judged, Scored, as_carried_out, falls_short
from policydiff.report import page_of
from policydiff.report.catalog import catalog
from tests.comparison.documents import document

STATUTE = (
    "某市生活垃圾管理条例\n第一条 为了加强生活垃圾管理，制定本条例。\n第二条 个人应当分类投放生活垃圾。\n"
)
POLICY = (
    "某市人民政府关于促进养老服务发展的若干意见\n某政发〔2018〕25号\n各区人民政府：\n为促进养老服务发展，提出如下意见。\n"
    "一、增加供给\n（一）增加床位。到2020年，增加床位1万张。\n"
)
SOURCE = Scored(Candidate(source=0, figures=(), runs=(), covered=0.0, source_covered=0.0), 0.1)


@pytest.mark.parametrize(
    ("sentence", "superior", "said", "reason"),
    [
        ("为贯彻落实《某市生活垃圾管理条例》，制定本方案。", STATUTE, True, "says so"),
        ("根据《某市生活垃圾管理条例》，制定本方案。", STATUTE, True, "its only basis"),
        ("根据《某市生活垃圾管理条例》和《某市容器标准》，制定本方案。", STATUTE, True, "its only statute"),
        (
            "根据《某市生活垃圾管理条例》《某市单位垃圾费管理办法》，制定本方案。",
            STATUTE,
            True,
            "an 办法 is no law",
        ),
        ("根据《某市生活垃圾管理条例》《某市市容条例》，制定本方案。", STATUTE, False, "one statute of two"),
        (
            "根据《固体废物污染环境防治法》《某市生活垃圾管理条例》，制定本方案。",
            STATUTE,
            False,
            "a law beside it",
        ),
        (
            "为贯彻落实《某市生活垃圾管理条例》，根据《循环经济促进法》，制定本方案。",
            STATUTE,
            True,
            "says so, whatever it rests on beside",
        ),
        ("根据《某市市容条例》，制定本方案。", STATUTE, False, "names another"),
        ("为了加强生活垃圾管理，制定本方案。", STATUTE, False, "names none"),
        ("违反《某市生活垃圾管理条例》的，依照其规定处罚。", STATUTE, False, "in passing"),
        ("根据《某市人民政府关于促进养老服务发展的若干意见》，制定本方案。", POLICY, True, "its only policy"),
        (
            "根据《老年人权益保障法》和《某市人民政府关于促进养老服务发展的若干意见》，制定本方案。",
            POLICY,
            True,
            "its only policy, beside a law",
        ),
        (
            "根据《某市人民政府关于促进养老服务发展的若干意见》《某市养老设施规划》，制定本方案。",
            POLICY,
            False,
            "one policy of two",
        ),
    ],
)
def test_who_carries_out_whom_is_read_from_citations(
    sentence: str, superior: str, said: bool, reason: str
) -> None:
    local = document(f"某区方案\n第一条 {sentence}\n第二条 本方案自公布之日起施行。\n")
    assert (carries_out(local, document(superior)) is not None) is said, reason


@pytest.mark.parametrize(
    ("named", "said", "reason"),
    [
        ("《某市促进就业三年行动方案》", True, "the text that the notice carries"),
        ("《某市人民政府关于印发某市促进就业三年行动方案的通知》", True, "the notice itself"),
        ("《关于印发某市促进就业三年行动方案的通知》", True, "the notice, its issuer left out"),
        ("《某市促进就业行动方案》", False, "another plan"),
        ("《某市人民政府关于印发某市促进创业三年行动方案的通知》", False, "another notice"),
    ],
)
def test_a_notice_is_named_by_the_text_it_carries(named: str, said: bool, reason: str) -> None:
    superior = (
        "某市人民政府关于印发某市促进就业三年行动方案的通知\n某政发〔2024〕9号\n各区人民政府：\n现将方案印发给你们。\n"
        "某市促进就业三年行动方案\n一、增加岗位。\n二、开展培训。\n"
    )
    local = document(f"某区清单\n为落实{named}，制定本清单。\n一、增加岗位。\n")
    assert (carries_out(local, document(superior)) is not None) is said, reason


def _raised(chances: Sequence[float]) -> list[float]:
    return [each.probability for each in as_carried_out([Judged(chance, (SOURCE,)) for chance in chances])]


@pytest.mark.parametrize(
    ("chances", "raised", "reason"),
    [
        ([0.1, 0.2, 0.3, 0.1], True, "words of its own throughout: 0.175 on the mean"),
        ([0.1, 0.1, 0.1, 0.89], True, "just below the share of 0.3"),
        ([0.1, 0.1, 0.1, 0.91], False, "just above it"),
        ([0.9, 0.8, 0.1, 0.1], False, "takes half"),
        ([], False, "nothing to judge"),
    ],
)
def test_only_low_documents_are_raised(chances: list[float], raised: bool, reason: str) -> None:
    found = _raised(chances)
    assert (found != chances) is raised, reason
    if raised:
        assert sum(found) == pytest.approx(0.3 * len(found), abs=0.2), reason


@pytest.mark.parametrize(
    ("chance", "raised_to", "reason"),
    [
        (0.20, 0.3, "needs little"),
        (0.09, 0.3, "needs just below 1.5"),
        (0.08, 0.244, "needs 1.6: so much is needed that it may take nothing"),
        (0.05, 0.067, "needs 2.1"),
        (0.04, 0.04, "needs 2.3: goes its own way"),
        (0.001, 0.001, "has nothing to do with it"),
    ],
)
def test_the_more_a_document_needs_the_less_it_is_trusted(
    chance: float, raised_to: float, reason: str
) -> None:
    assert _raised([chance] * 5) == pytest.approx([raised_to] * 5, abs=0.003), reason


@pytest.mark.parametrize(
    ("sentence", "superior", "own_way", "reason"),
    [
        ("为贯彻落实《某市生活垃圾管理条例》，制定本方案。", STATUTE, False, "says so"),
        ("根据《某市生活垃圾管理条例》，制定本方案。", STATUTE, True, "a statute may be named for its powers alone"),
        ("根据《某市人民政府关于促进养老服务发展的若干意见》，制定本方案。", POLICY, False, "a policy gives no powers"),
    ],
)  # fmt: skip
def test_who_says_that_it_carries_another_out_does_not_go_its_own_way(
    sentence: str, superior: str, own_way: bool, reason: str
) -> None:
    own = "".join(f"第{place}条 施工现场应当设置第{place}类围挡。\n" for place in "二三四五六七")
    found = compare_documents(document(f"某区方案\n第一条 {sentence}\n{own}"), document(superior))
    assert found.reading.apart is not own_way, reason
    lead = page_of(found, catalog("zh")).lead
    assert lead.startswith("两份文件措辞很少相同，是否承接须由人判断") is not own_way, (
        "the answer begins with the doubt"
    )


@pytest.mark.parametrize(
    ("chance", "raised_to", "reason"),
    [
        (0.30, 0.30, "takes what such documents take at the least, in its words"),
        (0.20, 0.30, "needs 0.54: few sentences, in the words of the superior"),
        (0.19, 0.50, "needs 0.60: words of its own"),
        (0.10, 0.50, "needs 1.35"),
        (0.045, 0.50, "needs 2.2"),
        (0.043, 0.168, "needs 2.26: the words tell nothing, and it keeps the raise of 1.5"),
        (0.001, 0.004, "has nothing to do with it"),
    ],
)
def test_half_of_a_document_that_rewrites_is_expected(chance: float, raised_to: float, reason: str) -> None:
    found = as_carried_out([Judged(chance, (SOURCE,))] * 5, own_way=False, rewritten=True)
    assert [each.probability for each in found] == pytest.approx([raised_to] * 5, abs=0.003), reason


@pytest.mark.parametrize(
    ("words", "alone", "reason"),
    [
        ("为贯彻落实《某市生活垃圾管理条例》，制定本方案。", True, "one"),
        ("为贯彻落实《某市生活垃圾管理条例》（以下简称《条例》），制定本方案。二、全面落实《条例》要求，推进《条例》实施。", True, "its short name is no other"),
        ("为贯彻落实《某市生活垃圾管理条例》，根据《循环经济促进法》，制定本方案。", True, "a basis beside it is not carried out"),
        ("根据《某市生活垃圾管理条例》，制定本方案。", True, "says of none that it carries it out"),
        ("为贯彻落实《某市生活垃圾管理条例》和《某市塑料污染治理方案》，制定本方案。", False, "two"),
        ("为贯彻落实《国家固体废物方案》《某市生活垃圾管理条例》《某市塑料污染治理方案》，制定本方案。", False, "three"),
    ],
)  # fmt: skip
def test_whether_one_text_alone_is_carried_out(words: str, alone: bool, reason: str) -> None:
    assert carries_out_alone(document(f"某区方案\n一、总则\n{words}\n")) is alone, reason


def test_a_document_that_says_it_carries_another_out_keeps_the_raise() -> None:
    raised = as_carried_out([Judged(0.05, (SOURCE,))] * 5, own_way=False)
    assert [each.probability for each in raised] == pytest.approx([0.191] * 5, abs=0.003)
    assert falls_short([each.probability for each in raised])
    assert not falls_short([0.29])


@pytest.mark.parametrize(
    ("sources", "raised", "reason"),
    [
        (range(20), range(20), "measure by measure"),
        ([*range(12), 3, 1, 4, 0, 5, 2, 9, 6], range(12), "the first twelve in order, then a part of its own"),
        ([0, 0, *range(1, 17), 16, 16], range(20), "some of its sources taken twice: the row may go through either"),
        (range(19, -1, -1), [], "in the order turned round: no row at all"),
        ([7] * 20, [], "all from one general duty: no order"),
        ([3, 1, 4, 0, 5, 9, 2, 6, 8, 7, 14, 12, 19, 16, 11, 18, 13, 17, 15, 10], [], "a random order may have a row of eight"),
        (range(4), [], "four of four sentences: 2√n is 4"),
        (range(5), range(5), "five of five: more than 2√n"),
    ],
)  # fmt: skip
def test_a_document_that_goes_through_the_superior_one_in_order_derives_more(
    sources: Sequence[int], raised: Sequence[int], reason: str
) -> None:
    def judged(places: Sequence[int]) -> list[float]:
        found = [Judged(0.03, (Scored(replace(SOURCE.candidate, source=place), 1.0),)) for place in places]
        return [each.probability for each in as_carried_out(found, own_way=False)]

    chances, plain = judged(sources), judged([0] * len(sources))
    assert {place for place, chance in enumerate(chances) if chance > plain[0] + 0.05} == {*raised}, reason
    assert all(chances[place] >= 0.5 for place in raised), reason
    assert max(chances) < SURE, reason


@pytest.mark.parametrize(
    ("sources", "raised", "reason"),
    [
        (range(20), True, "in order"),
        ([7] * 20, False, "from one general duty"),
        (range(19, -1, -1), False, "turned round"),
    ],
)
def test_a_document_that_rests_on_several_is_raised_where_it_is_in_order(
    sources: Sequence[int], raised: bool, reason: str
) -> None:
    found = [Judged(0.05, (Scored(replace(SOURCE.candidate, source=place), 1.0),)) for place in sources]
    assert (as_carried_out(found, alone=False) != found) is raised, reason


def test_a_sentence_without_any_source_stays_without() -> None:
    [judged, _] = as_carried_out([Judged(0.0, ()), Judged(0.1, (SOURCE,))])
    assert judged == Judged(0.0, ())


@given(st.lists(st.floats(0, 1), max_size=30))
def test_order_and_what_is_sure_stay(chances: list[float]) -> None:
    found = _raised(chances)
    assert [place for place, value in enumerate(found) if round(value, 4) >= SURE] == [
        place for place, value in enumerate(chances) if round(value, 4) >= SURE
    ]
    assert all(after >= before - 1e-4 for before, after in zip(chances, found, strict=True))
    ordered = sorted(range(len(chances)), key=chances.__getitem__)
    assert all(found[one] <= found[two] + 1e-9 for one, two in pairwise(ordered))


_WASTE = """某市生活垃圾管理条例
第一条 为了加强生活垃圾管理，改善人居环境，制定本条例。
第二条 教育部门应当将生活垃圾分类知识纳入幼儿园、中小学校教育内容，组织开展生活垃圾分类教育和实践活动。
第三条 大型生活垃圾处理设施运营单位应当设立公众开放日，接待社会公众参观。
第四条 市、区绿化市容部门应当按照规定推进可回收物回收服务点、中转站和集散场建设。
第五条 鼓励志愿服务组织和志愿者开展生活垃圾分类投放的宣传、示范活动。
"""
_IN_OWN_WORDS = """某区生活垃圾分类工作方案
{}制定本方案。
一、工作任务
（一）将生活垃圾分类知识融入各类学校课堂，引导学生从小做好垃圾分类。
（二）推动生活垃圾处理设施向公众开放，建成体验线路。
（三）各街镇设立可回收物惠民回收服务点和示范型中转站。
（四）建立联席会议制度，定期通报情况。
（五）优化考核细则，拨付奖励资金。
"""


@pytest.mark.parametrize(
    ("names", "raised", "reason"),
    [
        ("为贯彻落实《某市生活垃圾管理条例》，", True, "carries it out"),
        (
            "根据《某市生活垃圾管理条例》《某市市容条例》，",
            False,
            "rests on it and another",
        ),
        ("", False, "says nothing"),
    ],
)
def test_a_comparison_says_that_chances_were_raised(names: str, raised: bool, reason: str) -> None:
    found = compare_documents(document(_IN_OWN_WORDS.format(names)), document(_WASTE))
    silent = compare_documents(document(_IN_OWN_WORDS.format("为做好工作，")), document(_WASTE))
    assert found.reading.raised is raised, reason
    assert found.summary.sure == silent.summary.sure, "none becomes sure by it"
    assert (found.summary.estimated_share > silent.summary.estimated_share + 0.1) is raised, reason
