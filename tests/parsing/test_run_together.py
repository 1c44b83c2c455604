"""Printed lines that an extractor or a portal runs together."""

import pytest

from policydiff import diff, parse
from policydiff.model import ChangeKind, ClauseKind
from policydiff.parsing import parse_text
from policydiff.parsing.run_together import lines_apart
from policydiff.parsing.source import lines_of

APART = {
    "title and addressees": (
        "青溪市人民政府办公室关于做好防汛工作的通知各区人民政府，市政府各部门：",
        ["青溪市人民政府办公室关于做好防汛工作的通知", "各区人民政府，市政府各部门："],
    ),
    "title with a title, one addressee": (
        "云湖市教育局关于印发《学籍管理办法》的通知云湖市第一中学：",
        ["云湖市教育局关于印发《学籍管理办法》的通知", "云湖市第一中学："],
    ),
    "words behind the title of a notice": ("根据市政府关于加强管理的通知要求，现将有关事项通知如下：", None),
    "spirit of a notice": ("省厅关于开展普查的通知精神，各单位要做到：", None),
    "attachment and day": ("附件：专项资金申报表2023年5月6日", ["附件：专项资金申报表", "2023年5月6日"]),
    "attachment, who signs, day": (
        "附件：岗位设置方案云湖市人力资源和社会保障局二〇二一年三月九日",
        ["附件：岗位设置方案", "云湖市人力资源和社会保障局二〇二一年三月九日"],
    ),
    "attachments, a body of the state": (
        "附件：1. 填报说明2. 代码国家统计局2019年2月1日",
        ["附件：1. 填报说明2. 代码", "国家统计局2019年2月1日"],
    ),
    "a day that belongs to the title of an attachment": ("附件：管理办法（2008年1月18日修订）", None),
    "a day to which an attachment counts": ("附件：在册人员统计截至2023年12月31日", None),
    "keywords and copies": (
        "主题词：农业 补贴 通知抄送：市委办公室。内部发送：各科室。",
        ["主题词：农业 补贴 通知", "抄送：市委办公室。", "内部发送：各科室。"],
    ),
    "disclosure and addressees": (
        "信息公开选项：依申请公开主 送：各县支行。",
        ["信息公开选项：依申请公开", "主 送：各县支行。"],
    ),
    "imprint behind a contact, page": (
        "（联系人：赵某　电话：5551234）青溪市财政局办公室　2016年4月8日印发— 3 —",
        ["（联系人：赵某　电话：5551234）", "青溪市财政局办公室　2016年4月8日印发", "— 3 —"],
    ),
    "a notice that hands on, with the day of the notice handed on": (
        "现将青溪市教育局2021年6月1日印发的《关于防汛的通知》转发给你们。",
        None,
    ),
    "printing told in a sentence": ("青溪市人民政府2020年3月3日印制《手册》，供各地使用。", None),
    "printing told of another body": ("青溪市财政局2022年7月1日印发通知，要求各地加强管理。", None),
    "an attachment with the day of its printing": ("附件：青溪市财政局2022年7月1日印发的通知", None),
    "an attachment with that day in brackets": ("附件：1.补贴办法（2019年3月1日印发）", None),
    "copies and the imprint": (
        "抄送：市委办公室。青溪市财政局办公室　2016年4月8日印发",
        ["抄送：市委办公室。", "青溪市财政局办公室　2016年4月8日印发"],
    ),
    "title of an annex behind the imprint": (
        "青溪市财政局办公室 2016年4月8日印发补贴资金管理办法（试行）",
        ["青溪市财政局办公室 2016年4月8日印发", "补贴资金管理办法（试行）"],
    ),
    "annex mark behind the imprint": (
        "青溪市财政局办公室 2016年4月8日印发附件1",
        ["青溪市财政局办公室 2016年4月8日印发", "附件1"],
    ),
    "who signs and the day": ("局长：王某某二○一二年七月五日", ["局长：王某某", "二○一二年七月五日"]),
    "names side by side and the day": (
        "青溪市财政局　　青溪市税务局2019年8月1日",
        ["青溪市财政局　　青溪市税务局", "2019年8月1日"],
    ),
    "one name and the day stay a signature": ("青溪市人民政府办公室　　2019年8月1日", None),
    "order and title": (
        "商务部 海关总署令〔2022〕第3号（货物进出口许可证管理办法）",
        ["商务部 海关总署令〔2022〕第3号", "（货物进出口许可证管理办法）"],
    ),
    "heading and first clause": (
        "二、优化流程（一）各单位压减材料。\n（二）各窗口延长服务时间。",
        ["二、优化流程", "（一）各单位压减材料。", "（二）各窗口延长服务时间。"],
    ),
    "a heading that cites": ("二、关于第三条第（一）项的适用\n（二）另有规定的除外。", None),
    "heading without a second clause below": ("二、优化流程（一）各单位压减材料。\n三、加强保障。", None),
    "heading and first point": (
        "（二）资金来源1. 财政拨款。\n2. 社会捐助。",
        ["（二）资金来源", "1. 财政拨款。", "2. 社会捐助。"],
    ),
    "items of one line": (
        "（三）有住所；（四）有人员；（五）法律规定的其他条件。",
        ["（三）有住所；", "（四）有人员；", "（五）法律规定的其他条件。"],
    ),
    "items with a sentence behind them": ("（一）有住所；（二）有人员。不符合的，不予登记。", None),
    "items in quotes": ("将第四条修改为：“（一）有住所；（二）有人员。”", None),
    "a gap in the items": ("（一）有住所；（三）有人员。", None),
}


@pytest.mark.parametrize("name", APART)
def test_lines_that_run_together_are_taken_apart_and_others_stay(name: str) -> None:
    text, wanted = APART[name]
    found = [line.raw for line in lines_apart(lines_of(text))]
    assert found == (wanted or text.split("\n"))


def test_places_of_lines_taken_apart_are_those_of_their_words() -> None:
    for text, _ in APART.values():
        for line in lines_apart(lines_of(text)):
            assert text[line.start : line.end] == line.raw


_FLAT = """青溪市燃气管理办法
第一章 总则第一条 为了加强燃气管理，制定本办法。
第二章 经营、使用和保护第二条 申请经营的，应当具备下列条件：（一）有气源；（二）有人员；（三）有资金。第三条 本办法自2024年1月1日起施行。"""
_PRINTED = """青溪市燃气管理办法
第一章 总则
第一条 为了加强燃气管理，制定本办法。
第二章 经营、使用和保护
第二条 申请经营的，应当具备下列条件：
（一）有气源；
（二）有人员；
（三）有资金。
第三条 本办法自2024年1月1日起施行。"""


def test_a_flat_text_of_a_portal_is_the_printed_one() -> None:
    flat, printed = (
        [(clause.kind, clause.label, clause.text) for clause in parse_text(text).walk()]
        for text in (_FLAT, _PRINTED)
    )
    assert flat == printed


def test_between_a_flat_text_and_the_printed_one_nothing_changes_and_a_changed_item_does() -> None:
    kinds = [each.kind for each in diff(parse(_FLAT), parse(_PRINTED)).changes]
    assert {*kinds} == {ChangeKind.UNCHANGED}
    changed = parse(_PRINTED.replace("有人员；", "有五名以上专业人员；"))
    told = [each for each in diff(parse(_FLAT), changed).changes if each.kind is not ChangeKind.UNCHANGED]
    assert [clause.label for each in told for clause in each.new] == ["第二条"]


@pytest.mark.parametrize(
    ("lines", "number", "issuers"),
    [
        (["中国人民银行公告", "（2009）第 4 号", "现公告如下。", "一、甲。", "二、乙。"], "中国人民银行公告〔2009〕4号", ["中国人民银行"]),
        (["国家能源局公告", "2023年第4号", "现公告如下。"], "国家能源局公告2023年第4号", ["国家能源局"]),
        (["石家庄市人民代表大会常务委员会公告", "（十五届第21号）", "现公告如下。"], "石家庄市人民代表大会常务委员会公告〔15届〕第21号", ["石家庄市人民代表大会常务委员会"]),
        (["某某省税务局", "通　告", "2024年第7号", "现通告如下。"], "某某省税务局通告2024年第7号", ["某某省税务局"]),
        (["河南省人民代表大会常务委员会公告", "〔十四届〕第七号", "现公告如下。"], "河南省人民代表大会常务委员会公告〔14届〕第7号", ["河南省人民代表大会常务委员会"]),
        (
            ["财政部 税务总局 海关总署 国家发展和改革委员会 中国证券监督管理委员会公告〔2021〕第13号", "现公告如下。"],
            "财政部税务总局海关总署国家发展和改革委员会中国证券监督管理委员会公告〔2021〕13号",
            ["财政部", "税务总局", "海关总署", "国家发展和改革委员会", "中国证券监督管理委员会"],
        ),
        (
            ["国家林业局令〔2016〕第9号（树种管理规定）", "《树种管理规定》已审议通过，现予公布。", "局长　赵某某", "2016年3月1日", "树种管理规定", "第一条 甲。", "第二条 乙。", "第三条 丙。"],
            "国家林业局令2016年第9号",
            ["国家林业局"],
        ),
    ],
)  # fmt: skip
def test_announcements_and_orders_by_year_and_number(
    lines: list[str], number: str, issuers: list[str]
) -> None:
    document = parse_text("\n".join(lines))
    assert document.document_number == number
    assert list(document.issuing_bodies) == issuers


def test_those_who_sign_by_office_and_name_in_columns() -> None:
    document = parse_text(
        "商务部 海关总署令〔2022〕第3号\n《货物管理办法》已经通过，现予公布。\n商务部 部长       王某某\n海关总署 署长       俞某某\n2022年3月1日\n"
        "货物管理办法\n第一条 甲。\n第二条 乙。\n第三条 丙。"
    )
    assert document.signers == ("王某某", "俞某某")
    assert [clause.kind for clause in document.walk()] == [ClauseKind.ARTICLE] * 3


@pytest.mark.parametrize(
    ("text", "articles", "reason"),
    [
        ("某某条例中华人民共和国国务院令第598号现公布《某某条例》，自2011年10月1日起施行。总理 温某二〇一一年六月二十四日某某条例第一条 为了管理，制定本条例。第二条 本条例适用于本市。第三条 本条例自公布之日起施行。", 3, "order, title and all articles on one line"),
        ("某某管理办法第一条　为加强管理，制定本办法。第二条　甲。第三条　乙。", 3, "title and articles"),
        ("某某规定（试行）第一条 为加强管理，制定本规定。第二条 甲。", 2, "a mark behind the title"),
        ("某某实施细则第1条 为加强管理，制定本细则。第2条 甲。第3条 乙。", 3, "digits"),
        ("某某管理办法\n第一条 为加强管理，制定本办法。第二条 甲。\n第三条 乙。", 3, "first article on its own line"),
        ("某某通知\n一、违反某某条例第一条 规定的，处罚款。第二条 另行规定。", 0, "a citation of a first article"),
        ("某某通知\n一、根据某某办法第一条 制定本通知。\n二、甲。", 0, "no second article on the line"),
        ("某某通知\n一、按照某某办法第一条和第二条执行。", 0, "no blank behind the numbers"),
        ("某某解读\n本办法第一条 说明了目的。\n第二条 说明了范围。", 0, "sentences on lines of their own"),
    ],
)  # fmt: skip
def test_a_whole_law_on_one_line_has_its_articles(text: str, articles: int, reason: str) -> None:
    found = [clause for clause in parse_text(text).walk() if clause.kind.value == "article" and clause.number]
    assert len(found) == articles or (articles == 0 and len(found) <= 1), reason
