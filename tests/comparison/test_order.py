"""A document that names another as its basis, or as what it carries out, says that it descends from it."""

import pytest

from policydiff.comparison import compare_documents
from policydiff.comparison.compare import rests_on
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
