"""Texts named without 《》 behind a verb, by their number or a short form, and places and annexes behind a title."""

import pytest

from policydiff.annotate import annotate
from policydiff.model import Citation
from policydiff.parsing import parse_text


def _cited(words: str) -> list[Citation]:
    text = f"某局通知\n{words}\n"
    return list(annotate(parse_text(text), text).citations)


def _names(words: str) -> list[str | None]:
    return [each.title or each.document_number or each.resolved for each in _cited(words)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("依据道路交通安全法、某省城市管理条例和有关规定，制定本办法。", ["道路交通安全法", "某省城市管理条例"]),
        ("根据河北省节约用水条例和唐山市水资源管理办法，制定本细则。", ["河北省节约用水条例", "唐山市水资源管理办法"]),
        ("违反财政违法行为处罚处分条例的，依法追究责任。", ["财政违法行为处罚处分条例"]),
        ("违反城市市容和环境卫生管理条例的，由主管部门处罚。", ["城市市容和环境卫生管理条例"]),
        ("按照突发事件应对法、地质灾害防治条例及有关预案，制定本预案。", ["突发事件应对法", "地质灾害防治条例"]),
        ("根据广东省物业管理条例、佛山市历史建筑保护条例等法规，制定本指引。", ["广东省物业管理条例", "佛山市历史建筑保护条例"]),
        ("依据《某省供水条例》和某市供水管理办法，制定本细则。", ["某省供水条例", "某市供水管理办法"]),
        ("贯彻落实养老服务条例精神，依照社会救助暂行办法办理。", ["社会救助暂行办法"]),
        # Drafts, amendments, forms without a name, and verbs that make a text: none is cited.
        ("按照工作安排，起草条例和办法。", []),
        ("依照市政府关于制定某条例的要求，抓好落实。", []),
        ("按照职责分工，制定养老服务条例。", []),
        ("根据本条例和有关办法，制定细则。", []),
        ("会议听取了修改某条例的说明。", []),
    ],
)  # fmt: skip
def test_a_text_named_behind_a_verb_or_beside_another(words: str, names: list[str]) -> None:
    assert _names(words) == names


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("按《建筑设计防火规范》（GB 50016-2014）第5.5.8条和附录A设置。", ["第5.5.8条", "附录A"]),
        ("检测按HJ 535-2009附录B规定。", ["附录B"]),
        ("执行《某办法》第三条、附件2。", ["第三条", "附件2"]),
        ("执行《某办法》第三条和本条例附件2。", ["第三条"]),
        ("《民法典》第三编第二分编第十一章另有规定的除外。", ["第三编第二分编第十一章"]),
        ("《民法典》第二编第十一章另有规定的除外。", ["第二编第十一章"]),
        ("当事人对《仲裁法》第五十八条所列情形负举证责任，第一款第（四）项除外。", ["第五十八条"]),
    ],
)
def test_places_and_annexes_behind_a_title(words: str, places: list[str]) -> None:
    assert [place.text for place in _cited(words)[0].places] == places


def test_a_paragraph_with_its_item_needs_no_words_behind_it() -> None:
    found = _cited("当事人对《仲裁法》第五十八条所列情形负举证责任，第一款第（四）项除外。")
    assert [(each.resolved or each.title, each.article) for each in found][1:] == [
        ("仲裁法", "第一款第（四）项")
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("《关于促进发展的意见》（中发〔2023〕14号，以下简称14号文件）印发后，落实14号文件第三条要求。", ["关于促进发展的意见", "14号文件"]),
        ("《关于深化改革的意见》（中发〔2009〕6号，以下简称6号文）第十二条有效，6号文第五条已落实。", ["关于深化改革的意见", "6号文"]),
        ("《医疗机构管理条例》及其实施细则另有规定的，从其规定。", ["医疗机构管理条例", "医疗机构管理条例实施细则"]),
        ("原市政发〔2016〕31号同时废止。", ["市政发〔2016〕31号"]),
        # The text itself is not cited, other texts behind 本 are.
        ("经村民会议讨论通过，制定本《村规民约》，请遵守。", []),
        ("依据日本《民法典》第709条判断。", ["民法典"]),
        # 该办法 stands for a text named before, never for one named later.
        ("该办法第四条未规定的，参照《行政单位资产管理暂行办法》。", ["行政单位资产管理暂行办法"]),
        ("《行政单位资产管理暂行办法》已修订，该办法第四条未变。", ["行政单位资产管理暂行办法", "行政单位资产管理暂行办法"]),
    ],
)  # fmt: skip
def test_short_names_and_the_text_itself(words: str, names: list[str]) -> None:
    assert _names(words) == names


def test_a_place_in_this_named_text_is_its_own() -> None:
    assert [
        (each.resolved, each.article) for each in _cited("依据本《办法》第九条第二款，费用由市财政承担。")
    ] == [("self", "第九条第二款")]


@pytest.mark.parametrize(
    ("own", "words", "resolved"),
    [
        ("滨州市物业管理条例", "根据《物业管理条例》《山东省物业管理条例》，制定本条例。", None),
        ("滨州市燃气管理办法", "根据《燃气管理办法》，制定本细则。", None),
        ("滨州市燃气管理办法", "违反《管理办法》规定的，责令改正。", "self"),
        ("滨州市燃气管理办法", "《办法》由主管部门解释。", "self"),
        ("关于加快养老服务的实施意见", "《实施意见》由民政局解释。", "self"),
    ],
)
def test_a_short_title_is_the_text_itself_where_it_names_a_form_alone(
    own: str, words: str, resolved: str | None
) -> None:
    text = f"{own}\n第一条　{words}\n第二条　甲。\n第三条　乙。\n"
    assert annotate(parse_text(text), text).citations[0].resolved == resolved
