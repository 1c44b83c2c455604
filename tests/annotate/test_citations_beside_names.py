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
        ("按照法释〔2020〕25号解释第三条第二款执行。", [("法释〔2020〕25号", ["第三条第二款"])]),
        ("按照财政部财税〔2016〕36号规定第二条执行。", [("财税〔2016〕36号", ["第二条"])]),
        ("落实国办发〔2022〕10号和省政府令第337号。", [("国办发〔2022〕10号", []), ("省政府令第337号", [])]),
        # A judicial interpretation of a law, the law alone in 《》; and a thing that is counted, or a third party, is no place.
        ("依照《公司法》司法解释（三）第十八条处理。", [("《公司法》司法解释（三）", ["第十八条"])]),
        ("依照《民法典》婚姻家庭编解释（一）第五条处理。", [("《民法典》婚姻家庭编解释（一）", ["第五条"])]),
        ("采取合理的方法第三方不得干预。", []),
        # 与 and 和 inside a name, and between two; a standard of a series, by its number.
        ("依照国有土地上房屋征收与补偿条例第八条处理。", [("国有土地上房屋征收与补偿条例", ["第八条"])]),
        ("根据城市市容和环境卫生管理条例第三十四条。", [("城市市容和环境卫生管理条例", ["第三十四条"])]),
        ("违反农药管理条例和种子条例第五条的，处罚款。", [("农药管理条例", []), ("种子条例", ["第五条"])]),
        ("依大學法第十九條及教師法第十四條規定訂定之。", [("大學法", ["第十九条"]), ("教師法", ["第十四条"])]),
        ("公安机关和城管部门依照养犬管理条例第三条处罚。", [("养犬管理条例", ["第三条"])]),
        ("参照企业会计准则第14号第五条确认。", [("企业会计准则第14号", ["第五条"])]),
        ("按照既定的办法第一步完成摸底。", []),
        ("依照公司法第十四条处理。", [("公司法", ["第十四条"])]),
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
        ("应依68号文件第七条的规定执行。", []),
        ("按照68号通知第二条办理。", []),
        # An interpretation by its whole name, without marks; the body before it belongs to the name.
        (
            "参照最高人民法院关于审理某类案件适用法律问题的解释第二十条的规定处理。",
            [("最高人民法院关于审理某类案件适用法律问题的解释", ["第二十条"])],
        ),
        ("违反省政府关于禁止采砂的决定第三条的，予以处罚。", [("省政府关于禁止采砂的决定", ["第三条"])]),
        ("依照国务院关于某事的通知第5条办理。", [("国务院关于某事的通知", ["第5条"])]),
        ("适用于本市关于补贴的规定，不适用第三条。", [("self", ["第三条"])]),
        # 按 governs a name and stands in none.
        ("合格者按奖励办法第三条领取奖金。", [("奖励办法", ["第三条"])]),
        ("按照职工奖励办法第三条领取奖金。", [("职工奖励办法", ["第三条"])]),
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


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        # A subject before the name of a national law makes the name of another law, in either writing.
        ("依環境教育法第十九條規定辦理。", [("環境教育法", ["第十九条"])]),
        ("根据环境教育法的规定，开展宣传。", [("环境教育法", [])]),
        ("依義務教育法第三條辦理。", [("義務教育法", ["第三条"])]),
        ("依照城市环境保护法第九条执行。", [("城市环境保护法", ["第九条"])]),
        ("按照家庭教育法第三条执行。", [("家庭教育法", ["第三条"])]),
        ("根据特殊教育法实施细则第三条办理。", [("特殊教育法实施细则", ["第三条"])]),
        # So does a country; the field of law that it names without a place is no document.
        ("参照德国民法典第八百二十三条。", [("德国民法典", ["第八百二十三条"])]),
        ("参照日本刑法第二十条。", [("日本刑法", ["第二十条"])]),
        ("研究国际刑法的发展。", []),
        # National laws whose own names are the longer ones.
        ("违反义务教育法第二条的，依法处理。", [("义务教育法", ["第二条"])]),
        ("依照海洋环境保护法第九条执行。", [("海洋环境保护法", ["第九条"])]),
        ("依照可再生能源法第三条执行。", [("可再生能源法", ["第三条"])]),
        # Verbs, and whoever keeps or breaks the law, are no subjects of it.
        ("违反教育法第二条的，依法处理。", [("教育法", ["第二条"])]),
        ("学校贯彻教育法第三条。", [("教育法", ["第三条"])]),
        ("企业劳动法执行情况应当公开。", [("劳动法", [])]),
        ("依照中华人民共和国环境保护法第九条执行。", [("中华人民共和国环境保护法", ["第九条"])]),
    ],
)  # fmt: skip
def test_a_law_named_inside_the_name_of_another(words: str, cited: list[tuple[str, list[str]]]) -> None:
    assert _cited(words) == cited
    for citation in annotate(parse_text(words), words).citations:
        resolved = (citation.resolved or "").removeprefix("中华人民共和国")
        assert resolved in ("", cited[0][0])


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("《某意见》第三部分第（二）项所列任务由区教育局负责。", [("某意见", ["第三部分第二项"])]),
        ("《某意见》（国发〔2020〕3号）第二部分第（一）、（三）项", [("某意见", ["第二部分第一项", "第二部分第三项"])]),
        ("按照《某规划》第四部分的要求推进。", [("某规划", ["第四部分"])]),
        ("按照《某规划》第四部分第二节执行。", [("某规划", ["第四部分第二节"])]),
        ("对照《某文件》第一、二部分，逐项落实。", [("某文件", ["第一部分", "第二部分"])]),
        ("对照本意见第二部分第（三）项，逐项落实。", [("self", ["第二部分第三项"])]),
        ("落实《某方案》第二部分第一条第3项。", [("某方案", ["第二部分第一条第3项"])]),
        ("按照国发〔2015〕62号文件第三部分执行。", [("国发〔2015〕62号", ["第三部分"])]),
        ("依照民法典第三编第二条执行。", [("民法典", ["第三编第二条"])]),
        ("按照《某规划》部分要求推进。", [("某规划", [])]),
    ],
)  # fmt: skip
def test_parts_of_a_policy(words: str, cited: list[tuple[str, list[str]]]) -> None:
    assert _cited(words) == cited


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        # The places of an annex, behind a number, a title or this text: they are no places of this text itself.
        ("按财税〔2016〕36号附件3第一条第（十四）项免税。", [("财税〔2016〕36号", ["附件3第一条第十四项"])]),
        ("按照《某办法》附件2第三条计算。", [("某办法", ["附件2第三条"])]),
        ("按照《某办法》（某府发〔2020〕3号）附件1第二部分执行。", [("某办法", ["附件1第二部分"])]),
        ("按《某规范》附录A第2章检测。", [("某规范", ["附录A第2章"])]),
        ("根据本办法第三条和附件2办理。", [("self", ["第三条", "附件2"])]),
        ("见附件2第三方评估表。", [("self", ["附件2"])]),
        ("附件3第一联由企业留存。", [("self", ["附件3"])]),
        ("按《某办法》附件1、附件3第二条办理。", [("某办法", ["附件1", "附件3第二条"])]),
        # The charters of the party and of the league by the names that everybody uses.
        ("党组应当依照《某条例》第十五条和党章第四十八条的规定讨论。", [("某条例", ["第十五条"]), ("党章", ["第四十八条"])]),
        ("团章第三条规定的义务，团员应当履行。", [("团章", ["第三条"])]),
        ("学习党章第一章。", [("党章", ["第一章"])]),
        ("依照党章党规处理，学习党章总纲。", []),
        # Words of an article quoted before its item.
        ("宪法第六十七条“行使下列职权”中第六项修改为“监督工作”；", [("宪法", ["第六十七条第六项"])]),
        ("将本办法第五条“有下列情形的”中的第（二）项删去。", [("self", ["第五条第二项"])]),
        ("本办法第五条所称“主管部门”，包括第一项规定的机构。", [("self", ["第五条"]), ("self", ["第一项"])]),
        # Places of papers and of annexes without a number are none of this text, however many there are.
        ("公司章程第五十六条、第五十七条的修改须经表决。", []),
        ("违反合同第八条和第九条的，违反本办法第三条的，依法处理。", [("self", ["第三条"])]),
        ("符合该通知附件第一条的企业，按季拨付。", []),
        ("《保安服务合同》第九条约定的违约金过高。", []),
        ("依照《劳动合同法》第九条、《某合同管理办法》第三条处理。", [("劳动合同法", ["第九条"]), ("某合同管理办法", ["第三条"])]),
        # A text called after the order that published it; two orders, the kind behind the number of one.
        ("国务院令第594号公布的条例第三十条与本条例第三十条不一致。", [("国令第594号", ["第三十条"]), ("self", ["第三十条"])]),
        ("执行市府发〔2020〕3号印发的办法第四条。", [("市府发〔2020〕3号", ["第四条"])]),
        ("执行财政部2023年第5号公告和商务部令第6号。", [("财政部公告2023年第5号", []), ("商务部令第6号", [])]),
        ("执行财政部第5号令、商务部令第6号。", [("财政部令第5号", []), ("商务部令第6号", [])]),
        # Standards of groups and of enterprises; a verb before the body of an announcement.
        ("符合T/CAS 115-2015的要求。", [("T/CAS 115-2015", [])]),
        ("限额按Q/GDW 1799.1-2013第5.2条执行。", [("Q/GDW 1799.1-2013", ["第5.2条"])]),
        ("列入国家发展改革委2024年第7号公告的设备免税。", [("国家发展改革委公告2024年第7号", [])]),
        ("属于财政部公告2020年第10号所列产品的，退税。", [("财政部公告2020年第10号", [])]),
    ],
)  # fmt: skip
def test_places_of_annexes_and_names_that_everybody_uses(
    words: str, cited: list[tuple[str, list[str]]]
) -> None:
    assert _cited(words) == cited
