"""What documents say of themselves."""

from datetime import date

import pytest

from policydiff.lexicon.areas import jurisdiction_of, level_of
from policydiff.model import Document
from policydiff.parsing import parse_text
from policydiff.parsing.kinds import document_type, qualifier


def _parsed(*lines: str) -> Document:
    return parse_text("\n".join(lines))


@pytest.mark.parametrize(
    ("title", "kind", "how_final"),
    [
        ("某区关于促进产业发展的实施意见", "意见", None),
        ("某市管理办法（试行）", "办法", "试行"),
        ("上海市暂行规定", "规定", "暂行"),
        ("行动方案（2018-2020年）", "方案", None),
        ("某某法（修订草案征求意见稿）", "法", "修订草案"),
        ("中华人民共和国刑法修正案（十二）", "修正案", None),
        ("最高人民法院关于某某问题的解释（二）", "解释", None),
        ("全国人大议事规则", "议事规则", None),
        ("提案的答复", "答复", None),
        ("某某", None, None),
    ],
)
def test_kind_of_document(title: str, kind: str | None, how_final: str | None) -> None:
    assert (document_type(title), qualifier(title)) == (kind, how_final)


@pytest.mark.parametrize(
    ("body", "year", "code"),
    [
        ("国务院办公厅", None, "000000"),
        ("国家市场监督管理总局", None, "000000"),
        ("最高人民法院", None, "000000"),
        ("上海市人民政府", None, "310000"),
        ("上海市静安区人民政府", 2021, "310106"),
        ("上海市闸北区人民政府", 2010, "310108"),  # merged into 静安区 in 2015
        ("上海市崇明县人民政府", 2010, "310230"),
        ("合肥市人民政府办公室", 2020, "340100"),
        ("广东省深圳市人民政府", None, "440300"),
        ("深圳市人民代表大会常务委员会", None, "440300"),
        ("浙江省杭州市余杭区人民政府", None, "330110"),
        ("内蒙古自治区人民政府", None, "150000"),
        ("重庆市人民政府", 1990, "510200"),  # a city of Sichuan until 1997
        ("重庆市人民政府", 2020, "500000"),
        ("普陀区人民政府", None, None),  # lies in Shanghai and in Zhoushan
        ("上海市普陀区商务委员会", None, "310107"),
        ("某某协会", None, None),
    ],
)
def test_jurisdictions(body: str, year: int | None, code: str | None) -> None:
    assert jurisdiction_of(body, year) == code


@pytest.mark.parametrize(
    ("body", "code", "level"),
    [
        ("国务院办公厅", "000000", "state"),
        ("上海市人民政府", "310000", "province"),
        ("合肥市人民政府办公室", "340100", "prefecture"),
        (
            "上海市静安区人民政府",
            "310106",
            "county",
        ),  # a district of a municipality has a code of county form
        ("仙桃市人民政府", "429004", "county"),  # a county-level city straight below its province
        ("上海市闵行区七宝镇人民政府", "310112", "township"),
        ("上海市静安区某某街道办事处", "310106", "township"),
        ("普陀区人民政府", None, "county"),  # which one is not told, its level is
        ("某某自治区人民政府", None, "province"),
        ("某某市人民政府", None, None),  # cities stand on three levels
        ("某某协会", None, None),
    ],
)
def test_levels(body: str, code: str | None, level: str | None) -> None:
    assert level_of(body, code) == level


def test_an_opinion_with_letter_head_and_imprint() -> None:
    document = _parsed(
        "000123", "机密★1年", "特急", "某某市人民政府文件", "某政发〔2021〕3号", "签发人：某某", "某某市人民政府关于加强", "某某工作的意见（试行）",
        "各区人民政府，市政府各委、办、局：", "为加强某某工作，提出以下意见：", "一、总体要求", "二、工作任务", "某某市人民政府", "2021年3月1日",
        "（此件公开发布）", "主题词：经济　管理　意见", "抄送：市委各部门，市人大办公室。", "某某市人民政府办公厅 2021年3月2日印发",
    )  # fmt: skip
    assert document.title == "某某市人民政府关于加强某某工作的意见（试行）"
    assert document.document_number == "某政发〔2021〕3号"
    assert document.issuing_bodies == ("某某市人民政府",)
    assert (document.document_type, document.qualifier) == ("意见", "试行")
    assert document.addressees == ("各区人民政府", "市政府各委、办、局")
    assert document.dates.issued == date(2021, 3, 1)
    assert document.copied_to == ("市委各部门", "市人大办公室")
    assert document.keywords == ("经济", "管理", "意见")
    assert document.disclosure == "公开发布"
    assert [clause.id for clause in document.walk()] == ["para_1", "lvl_1", "lvl_2"]


def test_a_joint_notice_names_all_who_signed() -> None:
    document = _parsed(
        "关于做好某某工作的通知",
        "各有关单位：",
        "现就做好某某工作通知如下。",
        "一、甲。",
        "二、乙。",
        "财政部　税务总局",
        "国家发展改革委",
        "2020年5月1日",
    )
    assert document.issuing_bodies == ("财政部", "税务总局", "国家发展改革委")


def test_an_order_carries_a_regulation() -> None:
    document = _parsed(
        "中华人民共和国国务院令", "第123号", "现公布《某某条例》，自2020年1月1日起施行。", "总理　　某某某", "2019年10月22日", "某某条例",
        "第一条　为了规范，制定本条例。", "第二条　甲。", "第三条　本条例自2020年1月1日起施行。",
    )  # fmt: skip
    assert document.title == "某某条例"
    assert document.document_number == "国令第123号"
    assert document.issuing_bodies == ("国务院",)
    assert document.carrier is not None
    assert (document.carrier.kind, document.carrier.title) == ("公布", "中华人民共和国国务院令第123号")
    assert (document.dates.issued, document.dates.effective) == (date(2019, 10, 22), date(2020, 1, 1))
    assert [clause.id for clause in document.clauses] == ["art_1", "art_2", "art_3"]


def test_a_reply_keeps_its_addressee_and_closing_words() -> None:
    document = _parsed("某办函〔2006〕82号", "对政协第4626号提案的答复", "某某某委员：", "您提出的提案收悉。现答复如下：", "一、甲。", "二、乙。", "感谢您的关心。", "某某市教育局", "二〇〇六年十月十八日")  # fmt: skip
    assert document.document_type == "答复"
    assert document.addressees == ("某某某委员",)
    assert document.dates.issued == date(2006, 10, 18)
    assert document.clauses[-1].text == "感谢您的关心。"


def test_event_lines_of_a_statute() -> None:
    document = _parsed(
        "# 某某条例", "1995年3月1日 上海市第十届人民代表大会常务委员会第十六次会议通过", "2010年5月2日 上海市第十三届人民代表大会常务委员会第二次会议修订",
        "2018年6月3日 上海市第十五届人民代表大会常务委员会第四次会议《关于修改〈某某条例〉的决定》修正", "2018年7月1日 施行", "第一条 甲。", "第二条 乙。", "第三条 丙。",
    )  # fmt: skip
    dates = document.dates
    assert document.issuing_bodies == ("上海市人民代表大会常务委员会",)
    assert (document.jurisdiction, document.level) == ("310000", "province")
    assert (dates.adopted, dates.amended, dates.effective) == (
        date(1995, 3, 1),
        date(2018, 6, 3),
        date(2018, 7, 1),
    )
    assert dates.computed == ()


@pytest.mark.parametrize(
    ("words", "effective", "expires", "computed"),
    [
        ("本办法自2021年1月1日起施行。", date(2021, 1, 1), None, ()),
        (
            "本办法自二〇二一年一月一日起施行，有效期至2025年12月31日。",
            date(2021, 1, 1),
            date(2025, 12, 31),
            (),
        ),
        ("本办法自印发之日起施行。", date(2020, 5, 6), None, ("effective",)),
        ("本办法自印发之日起施行，有效期5年。", date(2020, 5, 6), date(2025, 5, 5), ("effective", "expires")),
        (
            "本办法自发布之日起30日后施行，有效期两年。",
            date(2020, 6, 5),
            date(2022, 6, 4),
            ("effective", "expires"),
        ),
        ("本办法自2020年2月29日起施行，有效期为1年。", date(2020, 2, 29), date(2021, 2, 28), ("expires",)),
        ("2021年1月1日起施行的旧办法同时废止。", None, None, ()),  # another text's date
        ("本办法由市财政局负责解释。", None, None, ()),
    ],
)
def test_force_and_term(
    words: str, effective: date | None, expires: date | None, computed: tuple[str, ...]
) -> None:
    document = _parsed("某某办法", "一、甲。", f"二、{words}", "某某市人民政府", "2020年5月6日")
    dates = document.dates
    assert (dates.effective, dates.expires, dates.computed) == (effective, expires, computed)


def test_nothing_is_computed_from_an_unknown_date() -> None:
    assert (
        _parsed("某某办法", "一、甲。", "二、本办法自印发之日起施行，有效期5年。").dates.model_dump(
            exclude_defaults=True
        )
        == {}
    )


def test_what_the_page_declares_fills_gaps_and_overrules_nothing() -> None:
    declared = (
        ("发文字号", "国发〔2020〕1号"),
        ("发文机关", "国务院"),
        ("成文日期", "2020年01月02日"),
        ("标题", "某某通知"),
    )
    bare = parse_text("各部门：\n一、甲。\n二、乙。", declared=declared)
    assert (bare.document_number, bare.issuing_bodies, bare.dates.issued, bare.title) == (
        "国发〔2020〕1号", ("国务院",), date(2020, 1, 2), "某某通知",
    )  # fmt: skip
    full = parse_text(
        "某某市人民政府关于某某的意见\n某政发〔2021〕3号\n一、甲。\n某某市人民政府\n2021年3月1日",
        declared=declared,
    )
    assert (full.document_number, full.dates.issued) == ("某政发〔2021〕3号", date(2021, 3, 1))
    assert full.title == "某某市人民政府关于某某的意见"


def test_a_headline_of_the_page_is_set_aside_and_said_so() -> None:
    text = "重磅：某某市推出新政\n2019-06-18 浏览量：12\n某某市人民政府关于某某的意见\n各区人民政府：\n一、甲。\n二、乙。"
    document = parse_text(text)
    assert document.title == "某某市人民政府关于某某的意见"
    assert [text[slice(*entry.span)] for entry in document.diagnostics if entry.span] == [
        "重磅：某某市推出新政"
    ]


@pytest.mark.parametrize(
    "title",
    [
        "某某综合实验区农村发展局2016年夏季消防检查实施方案",  # as long as a line of running text, and without 关于
        "2016年全区治理“餐桌污染”实施“放心工程”工作方案",  # begins with a year
        "某某市粮食局工作要点",
    ],
)
def test_the_title_of_a_carried_text_follows_the_signature_of_the_notice(title: str) -> None:
    document = _parsed(
        "某农发〔2016〕244号",
        f"某某市农村发展局关于印发《{title}》的通知",
        "各乡镇人民政府：",
        f"现将《{title}》印发给你们，请认真贯彻执行。",
        "某某市农村发展局",
        "2016年6月10日",
        title,
        "根据区里召开的动员会精神，在统一部署下，结合我局实际，制定本方案。",
        "一、目标",
        "全面排查隐患。",
    )
    assert document.title == title
    assert document.dates.issued == date(2016, 6, 10)
    assert document.carrier is not None
    assert document.clauses[0].text.startswith("根据区里")


@pytest.mark.parametrize(
    ("signature", "bodies"),
    [
        (["某某高新区管委会"], ("某某高新区管委会",)),  # a short form of 管理委员会
        (["某某新区党工委", "某某新区管委会"], ("某某新区党工委", "某某新区管委会")),
    ],
)
def test_signatures_of_areas_with_a_committee_of_their_own(
    signature: list[str], bodies: tuple[str, ...]
) -> None:
    document = _parsed("关于加强甲工作的意见", "一、目标", "做好甲工作。", *signature, "2018年3月27日")
    assert document.issuing_bodies == bodies
    assert document.dates.issued == date(2018, 3, 27)


def test_bodies_that_a_title_parts_by_a_blank() -> None:
    document = _parsed("中共中央　国务院关于加强甲治理的意见", "一、目标", "做好甲工作。")
    assert document.issuing_bodies == ("中共中央", "国务院")


def test_run_in_headings_may_hold_a_bracket() -> None:
    document = _parsed(
        "关于甲的方案",
        "（一）部署阶段（5月30日前）。各单位要研究制订方案，抓好落实。",
        "（二）乡镇、村（居）职责。各乡镇要发挥作用，加强指导。",
    )
    assert [clause.heading for clause in document.clauses] == ["部署阶段（5月30日前）", "乡镇、村（居）职责"]


@pytest.mark.parametrize(
    "caption",
    [
        "2025年各区新增床位分解表（单位：张）",
        "各街道（镇）任务表(单位：座)",
        "2025-2026年各区床位表（单位：张）",
    ],
)
def test_a_colon_inside_a_bracket_ends_no_salutation(caption: str) -> None:
    document = parse_text(f"某市养老服务方案\n附件\n{caption}\n区县\t2025年\n甲区\t100\n")
    assert document.addressees == ()
    assert caption in [clause.text for clause in document.clauses]


def test_addressees_may_be_organizations() -> None:
    document = _parsed(
        "关于甲的通知", "各工作小组、各有关党组织：", "现通知如下。", "一、目标", "做好甲工作。"
    )
    assert document.addressees == ("各工作小组", "各有关党组织")


def test_an_item_may_begin_with_a_year() -> None:
    document = _parsed(
        "关于甲的方案", "1.开展检查。", "2.2022年12月5日前报送报告。", "3.5亿元以上的项目优先。"
    )
    assert [(clause.label, clause.text[:5]) for clause in document.clauses] == [
        ("1.", "开展检查。"),
        ("2.", "2022年"),
    ]


@pytest.mark.parametrize(
    "note",
    [
        "（区政府第12次常务会议2021年11月5日审议通过）",
        "（区政府第十二次常务会议2021年11月5日审议通过）",
        "（区政府常务会议2021年11月5日审议通过）",
        "(市第１０３次常务会议2021年11月5日通过)",
        "（某区人大常委会第7次会议2021年11月5日通过）",
        "（第3届理事会第2次会议2021年11月5日通过）",
        "（省政府第18届第4次常务会议2021年11月5日讨论通过）",
        "（村民会议2021年11月5日通过）",
        "（2021年11月5日区政府第12次常务会议审议通过）",
        "（经区政府第12次常务会议2021年11月5日审议通过）",
    ],
)
def test_a_session_counted_in_any_numerals_adopts_on_the_day_behind_it(note: str) -> None:
    text = f"某区教育事业发展规划\n{note}\n本规划分析形势。\n一、发展环境\n二、总体要求"
    assert parse_text(text).dates.adopted == date(2021, 11, 5)


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2024-05-06",
        "PubDate：2024-05-06",
        "上网日期：2024-05-08",
        "上网时间：2024年5月8日 09:00",
        "信息时间：2024-05-08",
        "信息发布时间：2024-05-08",
        "网站发布时间：2024/05/08",
        "发稿时间：2024-05-08 10:00",
        "发表时间：2024-05-08",
        "创建时间：2024-05-08",
        "添加时间：2024-05-08",
        "刊登日期：2024-05-08",
        "发布于 2024-05-08 10:00",
        "最后更新：2024-05-08",
    ],
)
def test_the_day_of_a_page_is_neither_the_day_of_the_text_nor_its_words(line: str) -> None:
    document = parse_text(f"青溪市关于防汛工作的通知\n{line}\n各区：\n请执行。\n青溪市人民政府")
    assert document.dates.issued is None
    assert document.addressees == ("各区",)
    assert [clause.text for clause in document.walk()] == ["请执行。"]


@pytest.mark.parametrize("line", ["会议时间：2024-05-08", "报名时间：2024-05-08", "施行日期：2024-05-08"])
def test_a_day_that_the_text_sets_stays_among_its_words_or_days(line: str) -> None:
    document = parse_text(f"青溪市关于防汛工作的通知\n各区：\n请执行。\n{line}\n请准时。\n青溪市人民政府")
    assert document.dates.effective is not None or any(line in clause.text for clause in document.walk())
