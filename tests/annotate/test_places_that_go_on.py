"""Places without a name that go on with the text cited before in the sentence, in texts that have no articles themselves."""

import pytest

from policydiff.annotate import annotate
from policydiff.parsing import parse_text


def _cited(words: str) -> list[tuple[str | None, str | None]]:
    text = f"某局答复\n{words}\n"
    found = annotate(parse_text(text), text).citations
    return [(each.resolved or each.title, each.article) for each in found]


_LAW = "中华人民共和国药品管理法"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("适用药品管理法第一百一十六条错误，应适用第一百一十七条。", [(_LAW, "第一百一十六条"), (_LAW, "第一百一十七条")]),
        ("药品管理法第三条作了定义，第九条作了要求；第十条未作规定。", [(_LAW, "第三条"), (_LAW, "第九条"), (_LAW, "第十条")]),
        ("《某省条例》第三条规定了收费，该条例第四条规定了减免，第五条规定了返还。", [("某省条例", "第三条"), ("某省条例", "第四条"), ("某省条例", "第五条")]),
        # A place of its own, a new sentence, a law named without a place, the previous article: no going on.
        ("适用药品管理法第三条的，不适用本办法第五条。", [(_LAW, "第三条"), ("self", "第五条")]),
        ("适用药品管理法第三条。另见第五条规定。", [(_LAW, "第三条"), ("self", "第五条")]),
        ("适用药品管理法第三条，与前款规定一致。", [(_LAW, "第三条"), ("self", "前款")]),
        ("依照药品管理法办理，另有第五条规定的除外。", [("self", "第五条")]),
        ("违反本办法第三条的，按照第五条处理。", [("self", "第三条"), ("self", "第五条")]),
    ],
)  # fmt: skip
def test_a_bare_place_goes_on(words: str, expected: list[tuple[str, str]]) -> None:
    assert [found for found in _cited(words) if found[1]] == expected


def test_an_article_of_a_statute_cites_its_own() -> None:
    text = "某市办法\n第一条 为加强管理，制定本办法。\n第二条 违反药品管理法第三条的，依照第五条处理。\n第三条 甲。\n"
    found = annotate(parse_text(text), text).citations
    assert [each.resolved for each in found if each.article == "第五条"] == ["self"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("《关于小微企业税费的公告》（2023年第12号）第三条停止执行。", "公告2023年第12号"),
        ("符合财政部、税务总局公告2023年第12号第五条条件的企业。", "财政部税务总局公告2023年第12号"),
        ("《关于开展检查的通知》（2023年第12号）印发。", None),
        ("《建筑设计防火规范》GB 50016-2014（2018年版）第5.5.8条。", "GB 50016-2014"),
    ],
)
def test_numbers_beside_announcements_and_standards(words: str, number: str | None) -> None:
    text = f"某局答复\n{words}\n"
    first = annotate(parse_text(text), text).citations[0]
    assert first.document_number == number
    assert "第5.5.8条" not in words or first.article == "第5.5.8条"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("《某市条例》已经施行，其第四十一条授权市政府制定细则。", [("某市条例", "第四十一条")]),
        ("药品管理法和《某省条例》均有规定，其第八条第二款作了定义。", [("某省条例", "第八条第二款")]),
        ("国发〔2020〕1号和《某市办法》施行后，其第九条不再适用。", [("某市办法", "第九条")]),
        ("依照本办法及其第三条办理。", [("self", "第三条")]),
        # No document before it, another word that ends in 其, words between: it means no document named.
        ("其第三条规定的期限为十日。", []),
        ("尤其第三条规定的期限应当遵守。", [("self", "第三条")]),
        ("与其第三条规定相比，期限更短。", [("self", "第三条")]),
        ("《某市条例》施行后，其他第三条规定的事项不变。", [("self", "第三条")]),
    ],
)
def test_its_place_is_that_of_the_document_named_last(words: str, expected: list[tuple[str, str]]) -> None:
    assert [found for found in _cited(words) if found[1]] == expected


def test_its_place_in_a_statute_is_not_the_statutes_own() -> None:
    text = (
        "某市办法\n第一条 甲。\n第二条 《某省条例》施行后，其第五条由市政府解释。\n第三条 依照第一条办理。\n"
    )
    found = annotate(parse_text(text), text).citations
    assert [(each.resolved, each.article) for each in found if each.article] == [
        ("某省条例", "第五条"),
        ("self", "第一条"),
    ]
