"""Places in lists, each written out in full."""

import pytest

from policydiff.annotate import annotate
from policydiff.annotate.cited_titles import places_at
from policydiff.annotate.references import annexes_in
from policydiff.model import Citation, Place
from policydiff.parsing import parse_text


def _text(place: Place) -> str:
    return place.text if place.until is None else f"{place.text}→{place.until.text}"


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("第六十五条第一款、第六十六条或者第六十九条", ["第六十五条第一款", "第六十六条", "第六十九条"]),
        ("第三条、第五条第二款的规定", ["第三条", "第五条第二款"]),
        ("第七条、八条的规定", ["第七条", "第八条"]),
        ("第二十七条、二十八条所列行为", ["第二十七条", "第二十八条"]),
        ("第三十九条、四十条、四十一条解除合同", ["第三十九条", "第四十条", "第四十一条"]),
        ("第六十四条、六十七条第三款之规定", ["第六十四条", "第六十七条第三款"]),
        ("第十条至十二条", ["第十条→第十二条"]),
        ("第三条至第五条、七条。", ["第三条→第五条", "第七条"]),
        ("第十条和十一条，处罚款", ["第十条", "第十一条"]),
        ("第64条、65条的规定", ["第64条", "第65条"]),
        ("第三條、五條規定", ["第三条", "第五条"]),
        ("第二条、三条线路", ["第二条"]),
        ("第三条、六条措施", ["第三条"]),
        ("第三条、两条的规定", ["第三条"]),
        ("第十二条、八条的规定", ["第十二条"]),
        ("第三条—第五条", ["第三条→第五条"]),
        ("第三条至第五条、第八条", ["第三条→第五条", "第八条"]),
        ("第一条第（一）、（三）项", ["第一条第一项", "第一条第三项"]),  # ordinal and unit left out
        ("第一条第一至三项", ["第一条第一项→第一条第三项"]),
        ("第十七条第一款第六项至第十项规定", ["第十七条第一款第六项→第十七条第一款第十项"]),
        (
            "第一条第（一）项和第（三）项",
            ["第一条第一项", "第一条第三项"],
        ),  # the article goes on for the second
        ("第十七条第一款（一）项", ["第十七条第一款第一项"]),
        ("第四章第三节", ["第四章第三节"]),
        ("第二编第三章", ["第二编第三章"]),
        ("第一百三十四条之一、第一百三十五条", ["第一百三十四条之一", "第一百三十五条"]),
        ("第三、四款", ["第三款", "第四款"]),
        ("第三条，第五条；第七条以及第九条与第十条", ["第三条", "第五条", "第七条", "第九条", "第十条"]),
        ("第十二条第2项", ["第十二条第2项"]),
        ("第十八條第二項", ["第十八条第二項"]),  # Taiwan: 項 is a paragraph, 款 its item
        ("第十條第一項第二款、第三款", ["第十条第一項第二款", "第十条第一項第三款"]),
        ("第四百六十五條第一款（二）項", ["第四百六十五条第一款第二项"]),  # Macao: items stand in brackets
        ("总则编第一百八十八条、合同编第五百六十三条", ["第一百八十八条", "第五百六十三条"]),
        ("第4.2条", ["第4.2条"]),  # rules of enterprises
        ("第三名", []),
        ("第14(1)條", ["第14条第1款"]),  # Hong Kong: paragraph, item and point in brackets
        ("第 14（1）（a） 條", ["第14条第1款第a项"]),
        ("第3A(2)条", ["第3A条第2款"]),
        ("第14(1)及(2)條", ["第14条第1款", "第14条第2款"]),
        ("第14(1)及15條", ["第14条第1款", "第15条"]),
        ("第26(1)(a)或(b)條", ["第26条第1款第a项", "第26条第1款第b项"]),
        ("第10(1)(a)(i)及(b)條", ["第10条第1款第a项第i目", "第10条第1款第b项"]),
        ("第10(1)(a)(i)至(iii)條", ["第10条第1款第a项第i目→第10条第1款第a项第iii目"]),
        ("第8(2)(h)或(i)條", ["第8条第2款第h项", "第8条第2款第i项"]),  # a letter behind h, no roman number
        ("第(1)(a)或(2)款", ["第1款第a项", "第2款"]),
        ("第8(3)條(a)段", ["第8条第3款第a项"]),
        ("第31D至31F條", ["第31D条→第31F条"]),
        ("第XIVA部及第336條", ["第XIVA部", "第336条"]),
        ("第84-1條第2項", ["第84条之1第2項"]),  # Taiwan: an article put in behind article 84
        ("第84-86條", ["第84条→第86条"]),
        ("第四百零一條第一款a）項及b）項", ["第四百零一条第一款第a项", "第四百零一条第一款第b项"]),  # Macao
        ("第2部门", []),
    ],
)
def test_lists_of_places(words: str, places: list[str]) -> None:
    found = places_at(words, 0)
    assert [_text(place) for place in (found.places if found else ())] == places


def test_numbers_in_digits() -> None:
    found = places_at("第一百三十四条之一第二款第（三）项", 0)
    assert found is not None
    (place,) = found.places
    assert (place.article, place.paragraph, place.subparagraph) == ("134-1", "2", "3")


def test_annexes() -> None:
    found = [_text(place) for one in annexes_in("详见附件2和附表一，附件3至5") for place in one.places]
    assert found == ["附件2", "附表一", "附件3→附件5"]


def _cites(*lines: str) -> list[tuple[str | None, tuple[str, ...], str | None]]:
    text = "\n".join(lines)
    document = annotate(parse_text(text), text)
    return [
        (each.title or each.document_number, tuple(map(_text, each.places)), each.resolved)
        for each in _of_sentence(document.citations)
    ]


def _of_sentence(citations: tuple[Citation, ...]) -> list[Citation]:
    return list(citations)


_STATE = "中华人民共和国"


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("依照刑法第一百三十四条之一的规定处罚。", [("刑法", ("第一百三十四条之一",), f"{_STATE}刑法")]),
        ("适用民法典第一百八十八条。", [("民法典", ("第一百八十八条",), f"{_STATE}民法典")]),
        ("按照中华人民共和国行政处罚法第三十三条办理。", [(f"{_STATE}行政处罚法", ("第三十三条",), None)]),
        (
            "依照企业所得税法及其实施条例执行。",
            [("企业所得税法", (), f"{_STATE}企业所得税法"), ("企业所得税法实施条例", (), None)],
        ),
        ("公司法人和民事诉讼法律文书由其保管。", []),  # other words that a law's name begins
        ("宪法宣誓由主席团组织。", []),
        ("根据宪法，制定本法。", [("宪法", (), f"{_STATE}宪法")]),
        (
            "根据《中华人民共和国水法》（以下简称水法）制定。违反水法第六十五条的，处罚。",
            [(f"{_STATE}水法", (), None), ("水法", ("第六十五条",), f"{_STATE}水法")],
        ),
        (
            "依照《行政许可法》第四十二条和该法第四十五条办理。",
            [("行政许可法", ("第四十二条",), None), (None, ("第四十五条",), "行政许可法")],
        ),
        (
            "依照《行政许可法》第四十二条以及同法第四十五条办理。",
            [("行政许可法", ("第四十二条",), None), (None, ("第四十五条",), "行政许可法")],
        ),
        (
            "根据《某省供水条例》制定。前述条例第九条不适用。",
            [("某省供水条例", (), None), (None, ("第九条",), "某省供水条例")],
        ),
        (
            "根据《某省供水条例》（以下简称《条例》）制定，按照《条例》第八条执行。",
            [("某省供水条例", (), None), ("条例", ("第八条",), "某省供水条例")],
        ),
        ("违反第八条、第九条第二款规定的，处罚。", [(None, ("第八条", "第九条第二款"), "self")]),
        ("实施前款第一项、第三项行为的，处罚。", [(None, ("前款第一项", "前款第三项"), "self")]),
        ("依据本条第一款第二项处理。", [(None, ("第一款第二项",), "self")]),
        ("完成第一项任务和第三项工程。", []),  # things that are counted
        ("按照附件2和附表一执行。", [(None, ("附件2", "附表一"), "self")]),
        ("根据赔偿法第二十六条办理。", [("赔偿法", ("第二十六条",), None)]),  # neither listed nor introduced
        ("依照养老机构管理办法的规定处罚。", [("养老机构管理办法", (), None)]),  # governed by a verb
        ("履行医疗器械监督管理条例和本办法规定的义务。", [("医疗器械监督管理条例", (), None)]),
        ("按照有关管理办法的规定执行。", []),  # no text by name
        ("按照谁主管谁负责的管理办法执行。", []),
        ("制定养老机构管理办法。", []),  # nothing cites it
        ("水质应当符合GB 5749—2022的要求。", [("GB 5749-2022", (), None)]),
        ("执行《声环境质量标准》（GB 3096-2008）。", [("声环境质量标准", (), None)]),
    ],
)
def test_documents_named_without_marks(
    sentence: str, cited: list[tuple[str | None, tuple[str, ...], str | None]]
) -> None:
    assert _cites("某某市管理办法", f"第一条 {sentence}", "第二条 甲。", "第三条 乙。") == cited


def test_a_standard_numbers_the_title_before_it() -> None:
    text = "某某市管理办法\n第一条 执行《声环境质量标准》（GB 3096—2008）。\n第二条 甲。\n第三条 乙。"
    (citation,) = annotate(parse_text(text), text).citations
    assert citation.document_number == "GB 3096-2008"


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("乙方违反本合同第六条第2款、第八条的，甲方可以解除。", [("self", None, ["第六条第2款", "第八条"])]),
        ("违反本协议第5条的，承担责任。", [("self", None, ["第5条"])]),
        ("甲方依照双方合同第五条的约定付款。", []),
        ("保证金按本规则附件2第三条计算。", [("self", None, ["附件2第三条"])]),
        ("名单见附表一。", [("self", None, ["附表一"])]),
        ("按照该办法第七条办理。", []),
        ("該條例第9(1)(b)條不適用。", []),
        ("除本條例第5(2)條另有規定外，任何人不得經營。", [("self", None, ["第5条第2款"])]),
        ("就第3A(2)條而言，該人須當作已遵從規定。", [("self", None, ["第3A条第2款"])]),
        ("《稅務條例》（第112章）第14(1)條適用。", [("稅務條例", "第112章", ["第14条第1款"])]),
        ("《僱傭條例》(第57章)第6條適用。", [("僱傭條例", "第57章", ["第6条"])]),
        ("根據第487章第6條提出的索償。", [(None, "第487章", ["第6条"])]),
        ("根據第3/2016號法律第五條的規定。", [(None, "第3/2016號法律", ["第五条"])]),
        ("經第38/2011號行政法規第三條修改。", [(None, "第38/2011號行政法規", ["第三条"])]),
        ("由第71/92/M號法令第十一條規範。", [(None, "第71/92/M號法令", ["第十一条"])]),
        (
            "第11/2009號法律《打擊電腦犯罪法》第四條適用。",
            [("打擊電腦犯罪法", "第11/2009號法律", ["第四条"])],
        ),
        ("按照第三章第六条的规定办理。", [("self", None, ["第三章第六条"])]),
        ("前述规定第九条另有要求。", []),
        (
            "参照《政府采购法实施条例》第七十三条和财政部令第94号第十四条处理。",
            [("政府采购法实施条例", None, ["第七十三条"]), (None, "财政部令第94号", ["第十四条"])],
        ),
        (
            "依照《统计法》第四十一条第一款及国家统计局令第9号第二条处理。",
            [("统计法", None, ["第四十一条第一款"]), (None, "国家统计局令第9号", ["第二条"])],
        ),
        (
            "依照浙江省实施《中华人民共和国献血法》办法第七条处理。",
            [("浙江省实施《中华人民共和国献血法》办法", None, ["第七条"])],
        ),
        (
            "违反河南省实施《土地管理法》办法的规定，依照该办法第五条处罚。",
            [
                ("河南省实施《土地管理法》办法", None, []),
                ("河南省实施《土地管理法》办法", None, ["第五条"]),
            ],
        ),
        (
            "根据《水法》和青岛市实施《水法》若干规定，制定本细则。",
            [("水法", None, []), ("青岛市实施《水法》若干规定", None, [])],
        ),
        ("浙江省实施《献血法》办法", [("献血法", None, [])]),
        ("为实施《献血法》办法由省政府另定。", [("献血法", None, [])]),
        ("管理区实施《献血法》办法要实。", [("献血法", None, [])]),
        ("浙江省实施《献血法》办法多样。", [("献血法", None, [])]),
        ("国家发展和改革委员会令第16号第五条废止。", [(None, "国家发展和改革委员会令第16号", ["第五条"])]),
    ],
)
def test_places_belong_to_the_text_that_is_named_beside_them(
    words: str, cited: list[tuple[str | None, str | None, list[str]]]
) -> None:
    document = annotate(parse_text(words), words)
    assert [
        (each.title or each.resolved, each.document_number, [place.text for place in each.places])
        for each in document.citations
    ] == cited
