"""A document that names another as its basis, or as what it carries out, says that it descends from it."""

import pytest

from policydiff.comparison.compare import compare_documents, rests_on
from policydiff.model import Untold
from tests.comparison.documents import document

LAW = "中华人民共和国安全生产法\n第一条 为了加强安全生产工作，制定本法。\n第二条 生产经营单位应当设置安全管理机构。\n"
OPINION = (
    "某省人民政府关于促进养老服务发展的若干意见\n某政发〔2018〕25号\n各市人民政府：\n为促进养老服务发展，提出如下意见。\n"
    "一、增加供给\n（一）增加床位。到2020年，增加床位1万张。\n"
)


@pytest.mark.parametrize(
    ("sentence", "superior", "said", "reason"),
    [
        ("根据《中华人民共和国安全生产法》，制定本条例。", LAW, True, "a basis by its full title"),
        ("根据《安全生产法》，制定本条例。", LAW, True, "by the title as it is usually cited"),
        ("根据《某省安全生产法实施办法》，制定本条例。", LAW, False, "a title that only holds the other"),
        ("根据《消防法》，制定本条例。", LAW, False, "another basis"),
        ("违反《安全生产法》的，依照其规定处罚。", LAW, False, "a mention in passing"),
        (
            "为贯彻落实《关于养老的意见》（某政发〔2018〕25号），制定本条例。",
            OPINION,
            True,
            "a number alone agrees",
        ),
        (
            "为贯彻落实《某省人民政府关于促进养老服务发展的若干意见》，制定本条例。",
            OPINION,
            True,
            "a title without a number",
        ),
        ("为了促进养老服务发展，制定本条例。", OPINION, False, "the topic alone"),
    ],
)
def test_descent_is_read_from_citations(sentence: str, superior: str, said: bool, reason: str) -> None:
    local = document(f"某市条例\n第一条 {sentence}\n第二条 本条例自公布之日起施行。\n")
    assert rests_on(local, document(superior)) is said, reason


def test_a_document_that_names_its_superior_needs_less_to_show_what_it_took() -> None:
    """The same sentence among many of its own: the bar against strangers is not raised as far."""
    own = "\n".join(
        f"第{number}条 本市鼓励第{number}号园区发展特色种植和乡村旅游。" for number in "三四五六七八九"
    )
    body = f"第二条 企业应当设置安全管理机构，并报告负责人名单。\n{own}\n"
    silent = document(f"某市条例\n第一条 为了发展经济，制定本条例。\n{body}")
    saying = document(f"某市条例\n第一条 根据《安全生产法》，制定本条例。\n{body}")
    scores = [
        next(
            each.score
            for each in compare_documents(local, document(LAW)).sentences
            if "安全管理" in each.text
        )
        for local in (silent, saying)
    ]
    assert scores[1] > scores[0]


_PLAN = "某区方案\n一、任务\n建设照明设施。\n"
_RULES = "某市办法\n第一条 应当建设照明设施。\n第二条 不得擅自拆除照明设施。\n"
_ENGLISH = (
    "Lighting Ordinance\n\nArticle 1. The owner of a building shall switch off the lighting at 22:00.\n"
    "Article 2. The authority shall supervise the lighting of the city.\n"
)
_TABLE = "某区任务分解表\n\n序号|任务|单位\n1|建设照明设施|区绿化市容局\n2|拆除照明设施|区城管局\n"


@pytest.mark.parametrize(
    ("local", "superior", "reason_untold", "reason"),
    [
        (_PLAN, _RULES, None, "two texts"),
        (_ENGLISH, _RULES, Untold.LANGUAGES, "no word can be shared"),
        (_PLAN, _ENGLISH, Untold.LANGUAGES, "the other way"),
        (_ENGLISH, _ENGLISH, None, "one language, not measured"),
        ("某區辦法\n第一條 應當建設照明設施。\n", _RULES, Untold.SCRIPTS, "應當 shares nothing with 应当"),
        (_RULES, "某市辦法\n第一條 應當建設照明設施。\n", Untold.SCRIPTS, "the other way"),
        (
            "某區辦法\n第一條 應當建設照明設施。\n",
            "某市辦法\n第一條 不得拆除照明設施。\n",
            None,
            "both in one script",
        ),
        (_TABLE, _RULES, Untold.LOCAL, "rows are compared with rows alone"),
        (_RULES, _TABLE, Untold.SUPERIOR, "the same above"),
        ("某区办法\n", _RULES, Untold.LOCAL, "a title alone"),
        (_RULES, "某市办法\n", Untold.SUPERIOR, "the same above"),
        (_TABLE + "一、要求\n各部门应当落实。\n", _RULES, None, "one sentence beside the rows"),
    ],
)
def test_what_cannot_be_told_is_said(
    local: str, superior: str, reason_untold: Untold | None, reason: str
) -> None:
    found = compare_documents(document(local), document(superior))
    assert found.reading.untold is reason_untold, reason
    page = found.to_text(lang="zh")
    assert ("无法判断承接情况" in page) is (reason_untold is not None), reason
    assert ("未见承接" in page) is (reason_untold is None), "no count that looks certain"


def test_sentences_outside_the_measures_are_told() -> None:
    """An annex of lines behind a copy is no measure, and nothing of the superior document."""
    annex = "附件\n设施清单\n1. 一号灯杆高八米，由甲公司维护。\n2. 二号灯杆高九米，由乙公司维护。\n"
    found = compare_documents(document(_RULES.replace("某市", "某区") + annex), document(_RULES))
    assert found.summary.own_measures.outside == 2
    assert "另有 2 句在举措之外" in found.to_text(lang="zh")
    assert compare_documents(document(_RULES), document(_RULES)).summary.own_measures.outside == 0
