"""Places that belong to a name before them, and not to this document."""

import pytest

from policydiff.annotate import annotate
from policydiff.model import Citation
from policydiff.parsing import parse_text


def _cited(words: str) -> list[tuple[str, list[str]]]:
    document = annotate(parse_text(words), words)
    return [(_name(citation), [place.text for place in citation.places]) for citation in document.citations]


def _name(citation: Citation) -> str:
    return citation.title or citation.document_number or citation.resolved or ""


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        # A book of a code before its articles.
        ("民法典总则编第一百八十八条、合同编第五百六十三条，均可适用。", [("民法典", ["第一百八十八条", "第五百六十三条"])]),
        ("依照民法典婚姻家庭编第一千零七十九条处理。", [("民法典", ["第一千零七十九条"])]),
        # Readings of the courts, rules and guidelines named without marks.
        ("适用民间借贷司法解释第二十五条确定利率。", [("民间借贷司法解释", ["第二十五条"])]),
        ("竞赛规程第七条由裁判长解释。", [("竞赛规程", ["第七条"])]),
        ("违反操作规程第三条的，停止作业。", [("操作规程", ["第三条"])]),
        # An order or a number without a normal form between a title and its place.
        ("参照执行《甲招标办法》（七部委30号令）第八条。", [("甲招标办法", ["第八条"])]),
        ("按照《甲办法》（国家计委令）第二条执行。", [("甲办法", ["第二条"])]),
        ("按照“沪建建管〔2020〕326号”文第二条执行。", [("沪建建管〔2020〕326号", ["第二条"])]),
        ("按照国发〔2015〕62号文件第三条执行。", [("国发〔2015〕62号", ["第三条"])]),
        # The rules of a law named just before.
        ("违反政府采购法第七十一条、其实施条例第六十八条的，依法处理。", [("政府采购法", ["第七十一条"]), ("中华人民共和国政府采购法实施条例", ["第六十八条"])]),
        # Taiwan.
        ("依土地法第三十四條之一第一項規定辦理者，應檢附切結書。", [("土地法", ["第三十四条之一第一項"])]),
        ("違反第十條第一項第二款規定者，處新臺幣三萬元罰鍰。", [("self", ["第十条第一項第二款"])]),
        # This document's own places stay its own.
        ("本解释第二条、第三条自公布之日起执行。", [("self", ["第二条", "第三条"])]),
        ("违反本制度第四条的，予以通报。", [("self", ["第四条"])]),
        ("有第三条规定的情形的，从重处罚。", [("self", ["第三条"])]),
        ("按照租赁合同第九条的约定支付租金。", []),
    ],
)  # fmt: skip
def test_a_place_belongs_to_the_name_before_it(words: str, cited: list[tuple[str, list[str]]]) -> None:
    assert _cited(words) == cited


@pytest.mark.parametrize(
    ("words", "article", "paragraph", "item"),
    [
        ("違反第十條第一項第二款規定者，處以罰鍰。", "10", "1", "2"),
        ("违反第十条第一款第二项规定的，处以罚款。", "10", "1", "2"),
        ("違反第十條第二款（三）項規定者，科罰金。", "10", "2", "3"),
        ("依前項規定辦理之。", None, "previous", None),
        ("依前條規定辦理之。", "previous", None, None),
    ],
)
def test_units_of_taiwan_and_macao(
    words: str, article: str | None, paragraph: str | None, item: str | None
) -> None:
    (citation,) = annotate(parse_text(words), words).citations
    place = citation.places[0]
    assert (place.article, place.paragraph, place.subparagraph) == (article, paragraph, item)
