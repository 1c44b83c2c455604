"""Marks of attachments that are files of their own, imprints over several lines, and rare lines of heads and tails."""

import pytest

from policydiff.parsing import parse_text

FORM = "一、填写说明\n申请人须如实填写姓名、住址。\n二、申请时间\n申请时间为每年3月。\n"


@pytest.mark.parametrize(
    ("head", "mark", "title", "reason"),
    [
        ("附件2\n某市技术改造项目申报表\n", "附件2", "某市技术改造项目申报表", "a mark on a line of its own"),
        ("（附件5）\n岗位需求一览表\n", "附件5", "岗位需求一览表", "in brackets"),
        ("【附件】\n网络直播营销自律公约\n", "附件", "网络直播营销自律公约", "in brackets without a number"),
        ("[附表2]\n收费项目清单\n", "附表2", "收费项目清单", "in square brackets"),
        ("附件：1\n重点任务分解表\n", "附件1", "重点任务分解表", "a colon before the number"),
        (
            "附件1：某区高层次人才认定申请书\n",
            "附件1",
            "某区高层次人才认定申请书",
            "a form of a name that no list holds",
        ),
        ("附表3：困难群众入户走访情况\n", "附表3", "困难群众入户走访情况", "the same for a table"),
        ("附件2 2024年公开招聘岗位表\n", "附件2", "2024年公开招聘岗位表", "a blank before a year"),
        (
            "附件一　某市不动产登记收费标准\n",
            "附件一",
            "某市不动产登记收费标准",
            "a blank behind a Chinese number",
        ),
        ("附录3　应急预案编制大纲和评审标准\n", "附录3", "应急预案编制大纲和评审标准", "an appendix"),
        ("附件3-1\n某区企业用地承诺书\n", "附件3-1", "某区企业用地承诺书", "a number of two parts"),
        ("附件2所列事项由市场监管部门负责办理\n", None, None, "a sentence that begins with an attachment"),
    ],
)
def test_an_attachment_in_a_file_of_its_own_has_mark_and_title(
    head: str, mark: str | None, title: str | None, reason: str
) -> None:
    document = parse_text(head + FORM)
    assert document.attached_as == mark, reason
    assert title is None or document.title == title, reason


RULE = "某市消防规则\n第一条 甲。\n第二条 本规则自2020年1月1日起施行。\n"
LAST = "本规则自2020年1月1日起施行。"


@pytest.mark.parametrize(
    ("imprint", "copied", "printed", "reason"),
    [
        ("抄送：市发展改革委、市财政局、市\n自然资源局。\n承办单位：消防科　电话：0571-12345678\n某市消防局办公室 2020年1月2日印发\n", 3, "2020-01-02", "who deals with it, with a telephone"),
        ("承办处室：法规处　联系电话：66668888\n某市消防局办公室　2020年1月2日印发\n", 0, "2020-01-02", "a division"),
        ("内部发送：局领导，各处室，存档（2）。\n某市消防局办公室\n2020年1月8日 印发 共印 35 份\n", 3, "2020-01-08", "number of copies on the line of the day"),
        ("某市消防局办公室 2020年1月8日印发（印50份）\n", 0, "2020-01-08", "the same in brackets"),
        ("抄送：市委办公室；\n省应急管理厅。\n存档。\n某市应急管理局办公室 2020年1月9日印发\n", 2, "2020-01-09", "a copy for the files"),
        ("印送：市政府领导，市政府秘书长，\n办公厅主任。\n某市政府办公厅文电处 2020年1月2日印发\n", 3, "2020-01-02", "copies within the office"),
        ("抄发：各区消防救援大队。\n某市消防救援支队办公室 2020年1月2日印发\n", 1, "2020-01-02", "another word for copies"),
        ("抄送：县委各部门，县人武部，县法院，\n县检察院，县公安局。\n县人大常委会办公室，县政协办公室。\n某县人民政府办公室　2020年1月6日印发\n", 7, "2020-01-06", "a second row behind a full stop"),
        ("抄送：市委各部门，市纪委监委。\n某市人民政府办公室　2020年1月6日印发\n", 2, "2020-01-06", "the printer behind a full stop is no copy"),
        ("报：省政府办公厅。\n送：市委办、市人大办，\n市政协办。\n某市消防支队办公室 2020年1月3日印发\n", 4, "2020-01-03", "two lists"),
    ],
)  # fmt: skip
def test_an_imprint_is_no_part_of_the_last_article(
    imprint: str, copied: int, printed: str, reason: str
) -> None:
    document = parse_text(RULE + imprint)
    assert [clause.text for clause in document.walk()][-1] == LAST, reason
    assert (len(document.copied_to), str(document.dates.printed)) == (copied, printed), reason


def test_who_organises_a_meeting_is_no_imprint() -> None:
    document = parse_text(
        "关于举办培训班的通知\n各单位：\n主办单位：市教育局\n承办单位：市电大\n协办单位：市图书馆\n特此通知。\n"
    )
    assert "承办单位：市电大" in [clause.text for clause in document.walk()]


NOTICE = "各市科技局：\n现通知如下。\n一、甲。\n二、乙。\n"
FIVE = (
    "云南省科学技术厅",
    "云南省发展和改革委员会",
    "云南省工业和信息化厅",
    "云南省财政厅",
    "国家税务总局云南省税务局",
)


@pytest.mark.parametrize(
    ("text", "field", "value", "reason"),
    [
        (f"关于加强管理的通知\n{NOTICE}{FIVE[0]}　　　{FIVE[1]}\n{FIVE[2]}　　　{FIVE[3]}\n{FIVE[4]}\n2024年1月26日\n", "issuing_bodies", FIVE, "two columns and the fifth alone"),
        (f"关于加强管理的通知\n{NOTICE}{FIVE[0]}\t{FIVE[1]}\n{FIVE[2]}\t{FIVE[3]}\n{FIVE[4]}\n2024年1月26日\n", "issuing_bodies", FIVE, "the same with tabs"),
        (f"关于加强管理的通知\n{NOTICE}{FIVE[0]}　　　{FIVE[1]}\n{FIVE[2]}　　　{FIVE[3]}\n2024年1月26日\n", "issuing_bodies", FIVE[:4], "columns that end at the day"),
        ("| 曲靖市教育局<br>曲靖市财政局 | 文件 |\n曲教发〔2024〕9号\n关于下达资金的通知\n各县：\n现下达。\n", "issuing_bodies", ("曲靖市教育局", "曲靖市财政局"), "two lines of one cell"),
        ("曲靖市教育局文件\n曲教发〔2023〕8号\n★\n曲靖市教育局　曲靖市财政局\n关于做好资助工作的意见\n" + NOTICE, "issuing_bodies", ("曲靖市教育局", "曲靖市财政局"), "the star of a Party paper's red line"),
        ("对第128号建议的答复\n昌交建〔2023〕41号（B）\n李明代表：\n现答复如下：\n一、甲\n昌市交通运输局\n2023年6月28日\n", "document_number", "昌交建〔2023〕41号", "class of an answer in brackets"),
        ("对第128号建议的答复\n昌交建〔2023〕41号（B1类）\n李明代表：\n现答复如下：\n一、甲\n", "addressees", ("李明代表",), "the same with a digit"),
        ("云南省人民政府办公厅关于延长有效期的通知\n各市：\n延长三年。\n云南省人民政府办公厅\n2023年12月25日\n（此件公开发布）\n云政办规〔2023〕19号\n", "document_number", "云政办规〔2023〕19号", "the number below the day"),
        ("曲政〔2022〕31号　　　　签发人：张三\n会签人：李四\n曲靖市人民政府关于调整的请示\n省人民政府：\n妥否，请批示。\n", "signers", ("张三", "李四"), "who signs too"),
        ("名　　稱：\t公寓大廈管理條例施行細則\n修正日期：\t民國 110 年 12 月 10 日\n第 1 條\n甲。\n第 2 條\n乙。\n", "title", "公寓大廈管理條例施行細則", "the label of Taiwan's database"),
    ],
)  # fmt: skip
def test_rare_lines_of_heads_and_tails(text: str, field: str, value: object, reason: str) -> None:
    document = parse_text(text)
    assert getattr(document, field) == value, reason
    assert not document.not_placed


def test_a_number_below_the_day_of_an_announcement_is_the_next_texts_own() -> None:
    document = parse_text(
        "某省检察院\n公告\n《某规定》已经通过，现予公布。\n某省检察院\n2019年2月26日\n某检发〔2019〕1号\n某规定\n第一条 甲。\n第二条 乙。\n"
    )
    assert (document.title, document.document_number) == ("某规定", "某检发〔2019〕1号")


@pytest.mark.parametrize(
    "month", ["二〇二三年元月", "二〇二三年五月", "二○二三年十二月", "2023年元月", "2023年5月"]
)
def test_a_month_alone_dates_a_signature_and_is_reported(month: str) -> None:
    document = parse_text(
        f"小百户村村规民约\n爱国家，爱集体。\n守法纪，讲道理。\n小百户村村民委员会\n{month}\n"
    )
    assert document.issuing_bodies == ("小百户村村民委员会",)
    assert [line.text for line in document.not_placed] == [month], "a day that is not printed is not invented"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("文件编号　YG-021　版本　第3版", "YG-021"),
        ("发电单位　某某局　等级　特急·明电　某防电〔2024〕3号", "某防电〔2024〕3号"),
        ("制度编号：ZH-HSE-2022-031", "ZH-HSE-2022-031"),
        ("编号：临2023-031号", "临2023-031号"),
        ("证券代码：600036　证券简称：某某银行　公告编号：2024-025", "2024-025"),
        ("受控状态：受控", None),
        ("发往：各县区政府", None),
        ("文号　名称　日期", None),  # the head of a table
        ("编号：第3版", None),
        ("合同编号：无", None),
    ],
)
def test_labels_and_values_above_a_title_are_no_part_of_it(line: str, number: str | None) -> None:
    document = parse_text(f"{line}\n某某医院医疗废物管理制度\n第一条 甲。\n第二条 乙。\n第三条 丙。")
    assert document.document_number == number
    assert document.title == "某某医院医疗废物管理制度" or line.startswith("文号")


def test_a_headline_that_looks_like_a_label_and_a_value_is_set_aside() -> None:
    document = parse_text("重磅：某市推出新政\n某某市停车办法\n第一条 甲。\n第二条 乙。\n第三条 丙。")
    assert [each.reason for each in document.not_placed] == ["headline"]


_CLOSED = "关于加强管理的通知\n各乡镇人民政府：\n现通知如下：\n一、加强检查。\n二、及时报告。\n某县水利局\n2024年4月8日\n"


@pytest.mark.parametrize(
    ("table", "copied", "printer", "reason"),
    [
        ("| 抄送：县委办，县政协办。 ||\n| 某县水利局办公室 | 2024年4月8日印发 |", 2, "某县水利局办公室", "two columns"),
        ("| 抄送：县委办。 |||\n| 某县水利局办公室 || 2024年4月8日印发 |", 1, "某县水利局办公室", "three"),
        ("| 主题词：水利　管理　通知 ||\n| 抄送：县委办。 ||\n| 某县水利局 | 2024年4月8日印 |", 1, "某县水利局", "with keywords"),
        ("| 某县水利局办公室 | 2024年4月8日印发 |", 0, "某县水利局办公室", "without copies"),
        ("|| 抄送：县委办，县人大办。 |\n| 某县水利局办公室 | 2024年4月8日印发 |", 2, "某县水利局办公室", "an empty cell in front"),
    ],
)  # fmt: skip
def test_an_imprint_set_as_a_table(table: str, copied: int, printer: str, reason: str) -> None:
    document = parse_text(_CLOSED + table)
    assert (len(document.copied_to), document.printed_by) == (copied, printer), reason
    assert str(document.dates.issued) == str(document.dates.printed) == "2024-04-08"
    assert document.issuing_bodies == ("某县水利局",)
    assert not [clause for clause in document.walk() if "抄送" in clause.text]


def test_a_row_with_words_beside_a_list_of_copies_stays_a_row() -> None:
    document = parse_text("某局收文登记\n一、登记如下：\n| 编号 | 去向 |\n| 1 | 抄送：县委办。 |\n")
    assert not document.copied_to
    assert "抄送：县委办。" in [*document.walk()][-1].text


@pytest.mark.parametrize(
    ("line", "number", "remark", "reason"),
    [
        ("某建函〔2024〕61号（A2）", "某建函〔2024〕61号", "（A2）", "the class of an answer"),
        ("某交函〔2023〕45号　　　（B）", "某交函〔2023〕45号", "（B）", "a class without a number"),
        ("某教函〔2022〕88号　A1类", "某教函〔2022〕88号", "A1类", "the class in words"),
        (
            "某水函〔2021〕7号 （C类同意公开）",
            "某水函〔2021〕7号",
            "（C类同意公开）",
            "with the leave to publish",
        ),
        ("2022年第9号（总第276号）", "公告2022年第9号", "（总第276号）", "the count over the years"),
        ("2023年第5号（总第303期）", "公告2023年第5号", "（总第303期）", "the same of issues"),
        (
            "某市监公〔2023〕5号（总第12号）",
            "某市监公〔2023〕5号",
            "（总第12号）",
            "behind a number in brackets",
        ),
        ("某建函〔2024〕61号", "某建函〔2024〕61号", None, "no remark"),
        ("某建函〔2024〕61号　特急", "某建函〔2024〕61号", None, "urgency is a field of its own"),
        ("某建函〔2024〕61号　签发人：安B", "某建函〔2024〕61号", None, "so is who signs"),
    ],
)
def test_the_remark_beside_a_number_is_kept(line: str, number: str, remark: str | None, reason: str) -> None:
    document = parse_text(
        f"某某局\n关于某事的公告\n{line}\n现将有关事项公告如下。\n一、甲。\n某某局\n2024年1月2日\n"
    )
    assert document.document_number == number, reason
    assert document.remarks == ((remark,) if remark else ()), reason


NOTICE = (
    "某省高级人民法院\n关于印发《{title}》的通知\n某高法〔2021〕8号\n各中级人民法院：\n"
    "现将《{title}》印发给你们，请参照执行。\n某省高级人民法院\n2021年4月2日\n{printed}\n一、甲如何处理？\n答：依法处理。\n"
)


@pytest.mark.parametrize(
    ("title", "printed", "carries", "reason"),
    [
        ("关于审理劳动争议案件若干问题的解答（五）", None, True, "answers are no kind of document"),
        ("侵权纠纷案件审理问答", None, True, "questions and answers"),
        ("企业所得税热点问题解答", None, True, "answers without 的"),
        ("民事审判工作座谈会综述", None, True, "a survey"),
        ("办案百问百答", None, True, "a name like no other"),
        ("环境资源典型案例", None, True, "cases"),
        ("关于审理某案的会议备忘", None, True, "a memorandum"),
        ("某市污染应急预案", "某市污染应急预案目录\n1.总则\n2.附则", True, "contents with the title"),
        ("侵权纠纷案件审理问答", "劳动纠纷案件审理问答", False, "the title of another text"),
        ("侵权纠纷案件审理问答", "关于侵权纠纷案件的说明情况", False, "a heading that is not announced"),
    ],
)
def test_a_text_below_its_notice_is_known_by_the_title_that_the_notice_gives(
    title: str, printed: str | None, carries: bool, reason: str
) -> None:
    document = parse_text(NOTICE.format(title=title, printed=printed or title))
    assert (document.title == title) is carries, reason
    assert (str(document.dates.issued) == "2021-04-02") is carries, reason
