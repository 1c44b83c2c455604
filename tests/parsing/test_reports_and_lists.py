"""Heads of reports to a congress, of lists and tables, of explanations, and facts that a table states above a text."""

import pytest

from policydiff.extract import extract
from policydiff.model import Document
from policydiff.parsing import parse_text

_BODY = "各位代表：\n现在向大会报告工作，请予审议。\n一、工作回顾\n甲。\n二、工作安排\n乙。\n"


def _read(text: str, name: str = "a.txt") -> Document:
    found = extract(text.encode(), name=name)
    return parse_text(found.text, declared=found.metadata, declared_title=found.title, blocks=found.blocks)


@pytest.mark.parametrize(
    ("head", "title", "issuers", "day"),
    [
        # The meeting behind dashes, without them, in brackets; the speaker as head of a government, of an area, of an office.
        ("政府工作报告\n——2024年1月10日在青阳市第十六届人民代表大会第四次会议上\n青阳市市长　宋立新", "政府工作报告", ["青阳市人民政府"], "2024-01-10"),
        ("政府工作报告\n2023年2月15日在云岭县第十八届人民代表大会第三次会议上\n县人民政府县长　杨万里", "政府工作报告", ["云岭县人民政府"], "2023-02-15"),
        ("政府工作报告\n（2023年2月15日在云岭县第十八届人民代表大会第三次会议上）\n县长　杨万里", "政府工作报告", ["云岭县人民政府"], "2023-02-15"),
        ("政府工作报告\n—2022年1月5日在云岭县第十七届人民代表大会第一次会议上\n代县长　杨万里", "政府工作报告", ["云岭县人民政府"], "2022-01-05"),
        ("政府工作报告\n——2022年1月5日在某省第十四届人民代表大会第一次会议上\n某省人民政府省长　王某某", "政府工作报告", ["某省人民政府"], "2022-01-05"),
        ("关于桂川市2023年预算执行情况和\n2024年预算草案的报告\n（2024年1月22日在桂川市第六届人民代表大会第五次会议上）\n桂川市财政局局长　莫文彬", "关于桂川市2023年预算执行情况和2024年预算草案的报告", ["桂川市财政局"], "2024-01-22"),
        ("江城市人民检察院工作报告\n——2022年1月20日在江城市第十五届人民代表大会第一次会议上\n江城市人民检察院检察长　段小龙", "江城市人民检察院工作报告", ["江城市人民检察院"], "2022-01-20"),
        # A name alone, and a meeting told in a sentence, say nothing of an issuer.
        ("政府工作报告\n——2024年1月10日在青阳市第十六届人民代表大会第四次会议上\n宋立新", "政府工作报告", [], "2024-01-10"),
    ],
)  # fmt: skip
def test_a_report_to_a_congress(head: str, title: str, issuers: list[str], day: str) -> None:
    found = _read(f"{head}\n{_BODY}")
    assert (found.title, list(found.issuing_bodies), [str(act.day) for act in found.acts]) == (title, issuers, [day])  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        "省教育厅有关负责人就《关于加强心理健康工作的意见》答记者问",
        "关于《某市燃气管理办法》的政策解读",
        "《某市燃气管理办法》解读",
        "市民政局关于《某市养老服务条例》的解读",
        "《关于办理赌博刑事案件若干问题的解释》的理解与适用",
        "《某市燃气管理办法》政策问答",
        "某区创建国家卫生城市任务分解",
    ],
)
def test_kinds_of_explanations_end_a_title(title: str) -> None:
    assert _read(f"{title}\n近日，市政府印发了文件，现将有关情况介绍如下。\n主要内容。\n").title == title


@pytest.mark.parametrize("line", ["政策解读", "部门解读", "热点问答", "请专家解读\n请群众提问"])
def test_the_bare_word_is_no_title(line: str) -> None:
    assert _read(f"{line}\n云湖市供水条例\n第一条 甲。\n第二条 乙。\n").title == "云湖市供水条例"


_LISTS = "附件1\n废止的文件目录\n（共2件）\n1.关于甲的通知（某政〔2010〕5号）\n2.关于乙的通知（某政〔2011〕6号）\n附件2\n宣布失效的文件目录\n（共1件）\n1.关于丙的意见（某政〔2012〕7号）\n"


@pytest.mark.parametrize(
    ("title", "is_own"),
    [
        ("某县人民政府关于公布规范性文件清理结果的决定", True),
        ("某县人民政府关于公布废止和宣布失效文件的通知", True),
        ("某县人民政府关于废止和宣布失效部分文件的决定", True),
        ("某县人民政府关于公布废止的文件目录的通知", False),
    ],
)
def test_a_decision_with_lists_is_the_document(title: str, *, is_own: bool) -> None:
    found = _read(
        f"{title}\n某政〔2022〕18号\n各乡镇人民政府：\n现予公布。\n附件：1.废止的文件目录\n2.宣布失效的文件目录\n某县人民政府\n2022年9月20日\n{_LISTS}"
    )
    assert (found.title == title) is is_own
    assert [each.title for each in found.attachments] == ["废止的文件目录", "宣布失效的文件目录"]


_NOTICE = "某县人民政府办公室关于印发《某县民宿管理办法》的通知\n各乡镇人民政府，县政府各部门：\n现印发给你们，请遵照执行。\n某县人民政府办公室\n2023年8月21日\n某县民宿管理办法\n第一条 甲。\n第二条 乙。\n"


@pytest.mark.parametrize(
    "table",
    [
        "| 索引号 | 11330122/2023-00456 | 组配分类 | 规范性文件 |\n| 发布机构 | 县政府办公室 | 成文日期 | 2023-08-21 |\n| 文号 | 某政办规〔2023〕3号 | 有效性 | 有效 |",
        "索 引 号\t000/2023\t主题分类\t旅游\n文　　号\t某政办规〔2023〕3号\t成文日期\t2023年8月21日",
        "发文字号\t某政办规〔2023〕3号",
        "公文种类\t通知\t发文字号\t某政办规〔2023〕3号\n发布日期\t2023-08-22\t服务对象\t公民",
    ],
)
def test_a_table_without_colons_states_facts_above_a_text(table: str) -> None:
    found = _read(f"{table}\n{_NOTICE}")
    assert found.title == "某县民宿管理办法"
    assert found.document_number == "某政办规〔2023〕3号"
    assert found.addressees == ("各乡镇人民政府", "县政府各部门")


@pytest.mark.parametrize(
    "table",
    [
        "名称\t文号\t发布日期\n关于甲的通知\t某政〔2010〕5号\t2010年1月1日",  # a header, and a row below it
        "名称\t某项目\t地点\t某处",  # of a thing, and not of the document
        "名称\t某许可\t有效期\t5年\n法院\t某院\t实施时间\t6月",
        "姓名\t张三\t性别\t男",  # no label of a page
        "序号\t文号\t备注\n1\t某政〔2010〕5号\t废止",
    ],
)
def test_a_table_of_its_own_stays_in_the_body(table: str) -> None:
    rows = [clause.text for clause in _read(f"某县文件目录\n{table}\n").walk() if clause.kind.value == "row"]
    assert rows == table.split("\n")


@pytest.mark.parametrize(
    "remark", ["A类\n同意公开", "A类　同意公开", "（B类）", "类别：A　公开方式：全文公开", "C", "同意公开"]
)
def test_the_class_of_an_answer_is_no_title(remark: str) -> None:
    found = _read(
        f"某市财政局\n某财函〔2021〕47号\n{remark}\n对市政协第5086号提案的答复\n周明委员：\n提案收悉，现答复如下：\n一、甲。\n二、乙。\n某市财政局\n2021年5月27日\n"
    )
    assert (found.title, found.document_number) == ("对市政协第5086号提案的答复", "某财函〔2021〕47号")
    assert found.addressees == ("周明委员",)


def test_a_class_inside_a_text_is_its_heading() -> None:
    found = _read("某市企业分类目录\n一、信用\nA类\n甲公司\nB类\n乙公司\n")
    assert [clause.text for clause in found.walk()] == ["信用", "A类", "甲公司", "B类", "乙公司"]


@pytest.mark.parametrize(
    ("series", "title"),
    [
        ("专题会议纪要\n第23期", "研究大桥建设有关问题的会议纪要"),
        ("市政府工作会议纪要\n〔2022〕23号", "协调推进老旧小区改造会议纪要"),
        ("专题会议纪要\n〔2022〕23号", "关于研究大桥建设的会议纪要"),
    ],
)
def test_the_matter_of_minutes_is_their_title(series: str, title: str) -> None:
    text = f"{series}\n中共某市委办公室　某市人民政府办公室　2022年8月16日\n{title}\n8月12日，市长主持召开会议。现纪要如下：\n一、甲。\n二、乙。\n"
    found = _read(text)
    assert (found.title, found.issuing_bodies) == (title, ("中共某市委办公室", "某市人民政府办公室"))


def test_a_heading_beside_a_known_block_names_the_document() -> None:
    page = "<html><head><title>通知公告</title></head><body><h1>{}</h1><p>发布时间：2023-12-04</p><div class='wp_articlecontent'><p>各学院：</p><p>现通知如下：</p><p>一、时间</p><p>二、要求</p></div></body></html>"
    assert _read(page.format("关于做好期末考试工作的通知"), "a.html").title == "关于做好期末考试工作的通知"


_PAGED = "{head}\n云湖市民宿管理办法\n第一条 为规范民宿管理，制定本办法。经营者应当\n{again}\n依法经营。\n第二条 甲。\n{again}\n第三条 乙。\n"


@pytest.mark.parametrize(
    ("head", "again"),
    [
        ("2024/5/6 09:12 云湖市民宿管理办法_云湖市政府网", "2024/5/6 09:12 云湖市民宿管理办法_云湖市政府网"),
        ("2024/5/6 云湖市民宿管理办法_云湖市政府网 1/3", "2024/5/6 云湖市民宿管理办法_云湖市政府网 2/3"),
        ("2024/5/6 09:12 云湖市民宿管理办法 https://www.yh.gov.cn/a.html 1/3", "2024/5/6 09:12 云湖市民宿管理办法 https://www.yh.gov.cn/a.html 2/3"),
        ("云湖市民宿管理办法_云湖市政府网", "云湖市民宿管理办法_云湖市政府网"),
    ],
)  # fmt: skip
def test_the_head_of_a_printed_page_stands_again(head: str, again: str) -> None:
    found = _read(_PAGED.format(head=head, again=again))
    assert found.title == "云湖市民宿管理办法"
    words = "".join(clause.text for clause in found.walk())
    assert words == "为规范民宿管理，制定本办法。经营者应当依法经营。甲。乙。"


@pytest.mark.parametrize("line", ["2024/5/6 09:12 云湖市旅游条例_云湖市政府网", "云湖市民宿管理办法"])
def test_another_line_inside_a_printed_page_stays(line: str) -> None:
    found = _read(
        f"2024/5/6 09:12 云湖市民宿管理办法_云湖市政府网\n云湖市民宿管理办法\n第一条 甲。\n{line}\n第二条 乙。\n"
    )
    kept = [*(clause.text for clause in found.walk()), *(entry.text for entry in found.not_placed)]
    assert any(line.rsplit(maxsplit=1)[-1] in words for words in kept)
