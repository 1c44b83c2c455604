"""Heads and tails as offices print them: titles over several lines, carriers, notes of dates, imprints, compilations."""

import json
from datetime import date
from typing import Any

import pytest

from benchmarks.heads import unread_lines
from benchmarks.written_heads import GOLD, differences, read_head
from policydiff.model import ActKind, ClauseKind, Document
from policydiff.parsing import parse_text
from policydiff.parsing.fixed_lines import names_in

_BODY = "第一条 甲。⏎第二条 乙。⏎第三条 丙。"


def _parsed(text: str) -> Document:
    return parse_text(text.replace("⏎", "\n"))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某某法院⏎关于执行《中华人民共和国某某法》⏎确定名称的补充规定（三）", "某某法院关于执行《中华人民共和国某某法》确定名称的补充规定（三）"),
        ("某某法院⏎关于适用《某某法》⏎若干问题的解释（一）⏎某释〔2020〕22号", "某某法院关于适用《某某法》若干问题的解释（一）"),
        ("某某省教育厅关于开展《某某法》⏎宣传活动的通知", "某某省教育厅关于开展《某某法》宣传活动的通知"),
        ("某某市人民法院关于某某法院⏎在互联网公布文书的规定⏎某法〔2016〕19号", "某某市人民法院关于某某法院在互联网公布文书的规定"),
        ("某某省某某实施细则⏎（试行）", "某某省某某实施细则（试行）"),
        ("某某市城市规划⏎管理办法", "某某市城市规划管理办法"),  # 规划 is a kind of document too, and ends nothing here
        ("某某法院关于赔偿委员会适用质证程序⏎审理赔偿案件的规定", "某某法院关于赔偿委员会适用质证程序审理赔偿案件的规定"),
        ("关于内地与香港特别行政区法院⏎就某某案件相互委托取证的安排", "关于内地与香港特别行政区法院就某某案件相互委托取证的安排"),
        ("某某市管理办法⏎（2020年1月2日某某市人民政府令第5号公布）", "某某市管理办法"),
    ],
)  # fmt: skip
def test_titles_run_to_their_kind(head: str, title: str) -> None:
    document = _parsed(f"{head}⏎{_BODY}")
    assert document.title == title
    assert document.not_placed == ()
    assert not any("关于" in body for body in document.issuing_bodies)


_NOTICE = "某某市人民政府⏎公    告⏎《某某市某某管理办法》已于2014年4月11日由某某市人民政府第十二次常务会议通过，现予公布，自公布之日起施行。"


@pytest.mark.parametrize(
    "carrier",
    [
        f"{_NOTICE}⏎某某市人民政府⏎2014年4月17日⏎某某市某某管理办法⏎某政发〔2014〕1号",
        f"{_NOTICE}⏎某某市人民政府⏎2014年4月17日⏎某某市人民政府⏎某政发〔2014〕1号⏎某某市某某管理办法",
        f"{_NOTICE}⏎2014年4月17日⏎某某市某某管理办法⏎（2014年4月11日某某市人民政府第十二次常务会议通过）⏎某政发〔2014〕1号",
        f"{_NOTICE}⏎某 某 市 人 民 政 府⏎2014年4月17日⏎某政发〔2014〕1号⏎某某市某某管理办法",
    ],
    ids=[
        "number below the title",
        "issuer and number above it",
        "number below the note",
        "number behind the day",
    ],
)
def test_an_announcement_is_unwrapped(carrier: str) -> None:
    document = _parsed(f"{carrier}⏎{_BODY}")
    assert (document.title, document.document_number) == ("某某市某某管理办法", "某政发〔2014〕1号")
    assert document.carrier is not None
    assert (document.carrier.kind, document.carrier.title) == ("公布", "公告")
    assert (document.dates.adopted, document.dates.issued) == (date(2014, 4, 11), date(2014, 4, 17))
    assert [clause.kind for clause in document.clauses] == [ClauseKind.ARTICLE] * 3
    assert document.not_placed == ()


def test_an_order_between_title_and_contents() -> None:
    document = _parsed(
        "中华人民共和国某某法⏎（2015年12月27日全国人民代表大会常务委员会第十八次会议通过）⏎中华人民共和国主席令⏎第三十七号⏎"
        "《中华人民共和国某某法》已由全国人民代表大会常务委员会第十八次会议于2015年12月27日通过，现予公布，自2016年3月1日起施行。⏎"
        "中华人民共和国主席　某某某⏎2015年12月27日⏎目录⏎第一章　总则⏎第二章　附则⏎第一章　总则⏎第一条 甲。⏎第二章　附则⏎第二条 乙。"
    )
    assert document.title == "中华人民共和国某某法"
    assert document.dates.effective == date(2016, 3, 1)


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("1994年8月29日 法发〔1994〕21号 高检会〔1994〕37号", ("法发〔1994〕21号", "高检会〔1994〕37号")),
        ("某政发〔2021〕3号 签发人：某某某", ("某政发〔2021〕3号",)),
        ("法（经）发〔1986〕30号", ("法（经）发〔1986〕30号",)),
        ("〔81〕法民字第2号", ("法民字〔1981〕2号",)),
        ("1993年4月16日 法复〔1993〕3号", ("法复〔1993〕3号",)),
    ],
)
def test_numbers_beside_other_facts(line: str, numbers: tuple[str, ...]) -> None:
    document = _parsed(f"某某法院关于某某问题的批复⏎{line}⏎某某省法院：⏎{_BODY}")
    assert (document.document_number, *document.other_numbers) == numbers
    assert document.not_placed == ()


@pytest.mark.parametrize(
    ("head", "title", "number"),
    [
        ("某某局关于发布清单的公告（2022年第111号）", "某某局关于发布清单的公告", "公告2022年第111号"),
        ("某某局关于发布某某领域首批⏎禁止清单的公告(2023年第5号)", "某某局关于发布某某领域首批禁止清单的公告", "公告2023年第5号"),
        ("某某局关于发布清单的公告⏎2022年第111号", "某某局关于发布清单的公告", "公告2022年第111号"),
        ("某某局公告2022年第111号⏎关于发布清单的公告", "关于发布清单的公告", "某某局公告2022年第111号"),
        ("某某局关于某某事项的通告（2022年第3号）", "某某局关于某某事项的通告（2022年第3号）", None),
    ],
)  # fmt: skip
def test_the_count_of_an_announcement_stands_behind_its_title(
    head: str, title: str, number: str | None
) -> None:
    document = _parsed(f"{head}⏎{_BODY}")
    assert (document.title, document.document_number) == (title, number)


def test_those_who_sign_in_a_column_are_no_piece_of_the_title() -> None:
    head = "某某县政府文件⏎某政〔2020〕31号　　签发人：沈建国⏎　　　　　　　　　钱 某⏎　　　　　　　　　欧阳文华⏎关于解决资金的请示"
    document = _parsed(f"{head}⏎市人民政府：⏎{_BODY}")
    assert (document.title, document.signers) == ("关于解决资金的请示", ("沈建国", "钱某", "欧阳文华"))
    assert document.not_placed == ()
    below = _parsed(f"某政〔2020〕31号 签发人：沈建国⏎通知⏎市人民政府：⏎{_BODY}")
    assert (below.title, below.signers) == ("通知", ("沈建国",))


def test_a_note_of_dates_gives_all_its_acts() -> None:
    document = _parsed(
        "某某市管理条例⏎（2001年8月7日某某市人民代表大会常务委员会第六次会议通过，根据2019年12月30日某某市人民代表大会常务委员会第十次会议通过的⏎"
        f"《关于修改〈某某市管理条例〉⏎等五件条例的决定》修正）⏎{_BODY}"
    )
    assert [(act.kind, act.day.year) for act in document.acts] == [
        (ActKind.ADOPTED, 2001),
        (ActKind.AMENDED, 2019),
    ]
    assert document.acts[1].by == "关于修改〈某某市管理条例〉等五件条例的决定"
    assert (document.dates.adopted, document.dates.amended) == (date(2001, 8, 7), date(2019, 12, 30))


@pytest.mark.parametrize(
    ("note", "dates"),
    [
        ("（2018年3月2日甲法院第1次会议、2018年5月9日乙检察院第2次会议通过，自2018年6月1日起施行）", {"adopted": "2018-05-09", "effective": "2018-06-01"}),
        ("（甲法院审判委员会第1237次会议通过　2002年8月16日公告公布　自2002年8月23日起施行）", {"published": "2002-08-16", "effective": "2002-08-23"}),
        ("（1982年12月4日某某会议通过　1982年12月4日公布施行）", {"adopted": "1982-12-04", "published": "1982-12-04", "effective": "1982-12-04"}),
        ("（2018年9月6日国务院第23次常务会议修订通过）", {"amended": "2018-09-06"}),
    ],
)  # fmt: skip
def test_dates_of_notes(note: str, dates: dict[str, str]) -> None:
    document = _parsed(f"某某规定⏎{note}⏎{_BODY}")
    assert {name: str(day) for name, day in document.dates if day and name != "computed"} == dates


def test_an_imprint_over_several_lines() -> None:
    document = _parsed(
        "某某规则⏎第一条 甲。⏎第二条 本规则自2019年12月30日起施行。⏎主送：各省、自治区、直辖市人民检察院，某某军事检察院，某某⏎生产建设兵团人民检察院。⏎"
        "抄送：甲机关，乙委，丙院，丁部，⏎戊部，己部；⏎本院领导同志、检委会专职委员；⏎机关各内设机构、各直属事业单位。⏎某某检察院办公厅                    2019年12月30日印发"
    )
    assert document.clauses[-1].text == "本规则自2019年12月30日起施行。"
    assert document.addressees == (
        "各省、自治区、直辖市人民检察院",
        "某某军事检察院",
        "某某生产建设兵团人民检察院",
    )
    assert document.copied_to[:3] == ("甲机关", "乙委", "丙院")
    assert len(document.copied_to) == 8
    assert (document.printed_by, document.dates.printed) == ("某某检察院办公厅", date(2019, 12, 30))
    assert document.not_placed == ()


@pytest.mark.parametrize(
    ("head", "title", "mark"),
    [
        ("附件1⏎某某补贴申请表", "某某补贴申请表", "附件1"),
        ("附件3：⏎2018年某某计划⏎项目申请表", "2018年某某计划项目申请表", "附件3"),
        ("附件二⏎某某工作任务分工表", "某某工作任务分工表", "附件二"),
        ("附件1-2⏎某某名录管理要求⏎申报指引", "某某名录管理要求申报指引", "附件1-2"),
        ("附件2—1：⏎某某工作任务分工表", "某某工作任务分工表", "附件2—1"),
    ],
)
def test_a_file_that_is_an_attachment_has_its_title(head: str, title: str, mark: str) -> None:
    document = _parsed(f"{head}⏎一、申请人须填写姓名。⏎二、申请时间为每年3月。")
    assert (document.title, document.attached_as) == (title, mark)
    assert [clause.id for clause in document.clauses] == ["lvl_1", "lvl_2"]


def test_attachments_announced_are_held_against_those_present() -> None:
    document = _parsed(
        "某某市人民政府关于做好某某工作的通知⏎各区人民政府：⏎现就某某工作通知如下。⏎一、甲。⏎二、乙。⏎附件：1.某某任务分工表⏎2.某某名单⏎"
        "某某市人民政府⏎2020年3月1日⏎附件1⏎某某任务分工表⏎一、丙。⏎二、丁。"
    )
    assert [(each.label, each.title, each.present) for each in document.attachments] == [
        ("附件1", "某某任务分工表", True),
        ("附件2", "某某名单", False),
    ]
    assert any("某某名单" in entry.message for entry in document.diagnostics)


_WORK = "甲办法⏎（2017年2月4日）⏎第一章 总则⏎第一条 甲一。⏎第二条 甲二。⏎第三条 甲三自发布之日起施行。"


@pytest.mark.parametrize(
    "second",
    [
        "乙办法⏎（2002年6月25日某某令第12号发布 根据2010年12月13日《某决定》修正）⏎第一章总则⏎第一条为积极预防，制定本办法。⏎第二条在学校实施的教育教学活动中，适用本办法。⏎第三条学生应当遵守规章。",
        "乙办法⏎第一条 为积极预防，制定本办法。⏎第二条 适用本办法。⏎第三条 学生应当遵守规章。",
        "某某学校⏎2019年3月1日⏎乙管理规定⏎第一条 为积极预防，制定本规定。⏎第二条 适用本规定。⏎第三条 学生应当遵守规章。",
    ],
    ids=["without blanks", "with blanks", "below a signature"],
)  # fmt: skip
def test_a_compilation_becomes_works(second: str) -> None:
    document = _parsed(f"{_WORK}⏎{second}")
    (work,) = [clause for clause in document.clauses if clause.kind is ClauseKind.ANNEX]
    assert work.heading is not None
    assert work.heading.startswith("乙")
    articles = [clause.label for clause in document.walk() if clause.kind is ClauseKind.ARTICLE]
    assert articles == ["第一条", "第二条", "第三条"] * 2


def test_lines_that_look_like_articles_are_told() -> None:
    document = _parsed("某某汇编⏎一、甲。⏎二、乙。⏎第七条学生应当甲。⏎第九条学生应当乙。")
    assert "lines that look like articles and were not read as articles: 2" in [
        entry.message for entry in document.diagnostics
    ]


def test_a_line_of_the_page_above_the_title_is_no_piece_of_it() -> None:
    document = _parsed(f"首页 政务公开⏎某某市管理办法⏎{_BODY}")
    assert document.title == "某某市管理办法"
    assert [(entry.reason, entry.text) for entry in document.not_placed] == [("headline", "首页政务公开")]
    assert (
        _parsed(f"上海市⏎浦东新区管理办法⏎{_BODY}").title == "上海市浦东新区管理办法"
    )  # a place belongs to it


def test_what_no_rule_places_is_reported() -> None:
    document = _parsed(
        f"首页 政务公开⏎某某市管理办法⏎某某委员会⏎{_BODY}⏎版权所有 某某市人民政府 沪ICP备05006290号-1"
    )
    assert [entry.reason for entry in document.not_placed][-1] == "page footer"


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("关于“机关发出《通知书》时，应当将有关材料移送某某机关”问题的批复", "（2018年5月7日某某会议⏎第二次会议通过）"),
        ("关于“夜间作业，不得超过十时”如何理解的复函", "某函〔2018〕3号"),
        ("关于对《甲办法》、《乙办法，试行》有关问题的答复", "（2018年5月7日某某会议⏎第二次会议通过）"),
        ("关于停车收费问题的通知", "（2018年5月7日某某会议⏎第二次会议通过）"),
    ],
)  # fmt: skip
def test_a_whole_title_does_not_run_into_what_stands_below(title: str, below: str) -> None:
    document = _parsed(f"某某市人民检察院⏎{title}⏎{below}⏎某某区人民检察院：⏎经研究，批复如下：⏎应当移送。")
    assert document.title is not None
    assert document.title.endswith(title)


def test_a_title_that_fills_the_width_of_the_page_ends_before_its_number() -> None:
    """The page breaks lines at thirty-six half characters, and so does the title."""
    wrapped = "⏎".join(
        ["为了依法惩治犯罪，保障人民生命财产安全", "根据有关规定并结合审判实践情况，现决定"] * 4
    )
    document = _parsed(
        "某某市高级人民法院⏎关于修改《某某市高级人民法院关于审理、⏎制造买卖运输某某类爆炸物品等刑事案件⏎"
        f"具体应用法律的若干问题的解释》的决定⏎某释〔2009〕18号⏎{wrapped}如下。⏎第一条 甲。⏎第二条 乙。"
    )
    assert document.document_number == "某释〔2009〕18号"
    assert document.title is not None
    assert document.title.endswith("若干问题的解释》的决定")


@pytest.mark.parametrize(
    ("line", "secrecy", "urgency"),
    [
        ("密级：机密", "机密", None),
        ("紧急程度：特急", None, "特急"),
        ("缓急程度：加急", None, "加急"),
        ("机密★1年", "机密★1年", None),
        ("秘密　平急", "秘密", "平急"),
        ("秘密等级：秘密★3年", "秘密★3年", None),
    ],
)
def test_secrecy_and_urgency(line: str, secrecy: str | None, urgency: str | None) -> None:
    document = _parsed(f"{line}⏎某某市人民政府文件⏎某政发〔2021〕3号⏎关于停车的通知⏎各区：⏎一、甲。⏎二、乙。")
    assert (document.secrecy, document.urgency) == (secrecy, urgency)
    assert document.not_placed == ()


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("某省发展和改革委员会 某省财政厅 文件", "某省发展和改革委员会 某省财政厅"),  # a blank
        ("某省发展和改革委员会\u3000\u3000某省财政厅文件", "某省发展和改革委员会 某省财政厅"),  # wide blanks
        ("某省发展和改革委员会、某省财政厅文件", "某省发展和改革委员会 某省财政厅"),
        ("某省发展和改革委员会某省财政厅文件", "某省发展和改革委员会 某省财政厅"),  # run together
        ("某省发展和改革委员会\t某省财政厅\t文件", "某省发展和改革委员会 某省财政厅"),  # tabs
        ("某省发展和改革委员会⏎某省财政厅⏎文件", "某省发展和改革委员会 某省财政厅"),  # line breaks
        ("某省发展和改革委员会⏎某省财政厅文件⏎某省教育厅", "某省发展和改革委员会 某省财政厅 某省教育厅"),  # 文件 in the middle
        ("| 某省发展和改革委员会 | 文件 |⏎| 某省财政厅 | ^^ |", "某省发展和改革委员会 某省财政厅"),  # set as a table
        ("财政部国家税务总局文件", "财政部 国家税务总局"),
        ("人力资源和社会保障部 财政部文件", "人力资源和社会保障部 财政部"),
        ("中共某市委员会某市人民政府文件", "中共某市委员会 某市人民政府"),
        ("某市人民政府办公厅文件", "某市人民政府办公厅"),  # one office
        ("国务院国有资产监督管理委员会文件", "国务院国有资产监督管理委员会"),
        ("某 市 人 民 政 府 文 件", "某市人民政府"),  # spaced out
    ],
)  # fmt: skip
def test_joint_issuers_of_a_letter_head(printed: str, names: str) -> None:
    document = _parsed(
        f"{printed}⏎某发改〔2023〕5号⏎关于做好某某工作的通知⏎各市发展改革委、财政局：⏎一、甲。⏎二、乙。"
    )
    assert list(document.issuing_bodies) == names.split()
    assert (document.document_number, document.title) == ("某发改〔2023〕5号", "关于做好某某工作的通知")
    assert document.not_placed == ()
    assert [clause.text for clause in document.clauses] == ["甲。", "乙。"]


_LISTED = [("附件1", "收费标准表"), ("附件2", "申请表")]


@pytest.mark.parametrize(
    ("listed", "attachments"),
    [
        ("附件：1.收费标准表⏎2.申请表", _LISTED),
        ("附件：⏎1.收费标准表⏎2.申请表", _LISTED),
        ("附件：1.收费标准表　　2.申请表", _LISTED),  # in one line
        ("附件 1.收费标准表⏎ 2.申请表", _LISTED),  # a blank for the colon
        ("附件1：收费标准表⏎附件2：申请表", _LISTED),
        ("附件：（1）收费标准表⏎（2）申请表", _LISTED),
        ("附件：收费标准表", [("附件", "收费标准表")]),
        ("| 附件： | 1.收费标准表 |⏎|  | 2.申请表 |", _LISTED),  # set as a table
        ("附件：1．收费标准表⏎2．申请表", _LISTED),
        ("附：1.收费标准表⏎2.申请表", _LISTED),
    ],
)
@pytest.mark.parametrize("below", [True, False], ids=["below the signature", "above it"])
def test_a_list_of_attachments_is_no_clause(
    listed: str, attachments: list[tuple[str, str]], *, below: bool
) -> None:
    signed = "某省财政厅⏎2023年5月6日"
    tail = f"{signed}⏎{listed}" if below else f"{listed}⏎{signed}"
    document = _parsed(f"关于做好某某工作的通知⏎某发改〔2023〕5号⏎各市发展改革委：⏎一、甲。⏎二、乙。⏎{tail}")
    assert [(each.label, each.title) for each in document.attachments] == attachments
    assert not any(each.present for each in document.attachments)
    assert [clause.text for clause in document.walk()] == ["甲。", "乙。"]
    assert (document.issuing_bodies, document.dates.issued) == (("某省财政厅",), date(2023, 5, 6))
    assert document.not_placed == ()


def test_a_list_below_the_signature_stands_before_the_attachments() -> None:
    document = _parsed(
        "关于做好某某工作的通知⏎一、甲。⏎二、乙。⏎某省财政厅⏎2023年5月6日⏎附件：1.收费标准表⏎2.申请表⏎附件1⏎收费标准表⏎"
        "一、每次五元。⏎附件2⏎申请表⏎姓名"
    )
    assert [(each.title, each.present) for each in document.attachments] == [
        ("收费标准表", True),
        ("申请表", True),
    ]
    assert [clause.text for clause in document.clauses] == ["甲。", "乙。", "收费标准表", "申请表"]


_WORKS = ["学生违纪处分办法", "学籍管理规定"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某大学学生手册", "某大学学生手册"),
        ("某大学学生手册（2023版）", "某大学学生手册（2023版）"),
        ("某大学⏎规章制度汇编", "某大学规章制度汇编"),
        ("某大学规章制度汇编⏎目录⏎学生违纪处分办法⏎学籍管理规定", "某大学规章制度汇编"),
        ("某大学制度选编（第二版）", "某大学制度选编（第二版）"),
    ],
)
def test_a_collection_has_a_title_of_its_own(head: str, title: str) -> None:
    document = _parsed(
        f"{head}⏎学生违纪处分办法⏎第一条 甲。⏎第二条 乙。⏎学籍管理规定⏎第一条 丙。⏎第二条 丁。"
    )
    assert document.title == title
    assert [clause.text for clause in document.clauses] == _WORKS
    assert [[child.text for child in clause.children] for clause in document.clauses] == [
        ["甲。", "乙。"],
        ["丙。", "丁。"],
    ]
    assert document.not_placed == ()


@pytest.mark.parametrize("title", ["某市手册管理办法", "安全生产手册", "某公司制度汇编管理规定"])
def test_a_regulation_named_like_a_collection_is_one_text(title: str) -> None:
    document = _parsed(f"{title}⏎{_BODY}")
    assert document.title == title
    assert [clause.kind for clause in document.clauses] == [ClauseKind.ARTICLE] * 3


@pytest.mark.parametrize(("lines", "whole"), [(8, True), (9, False)])
def test_a_title_has_at_most_eight_lines(lines: int, whole: bool) -> None:
    """Real titles are broken over eight lines at most; a longer run of short lines is prose."""
    words = "关于加强城市公共设施养护管理工作并完善各项配套制度和监督考核办法以及信息公开与社会监督机制建设有关事项的通知"
    width = -(-len(words) // lines)
    broken = [words[start : start + width] for start in range(0, len(words), width)]
    assert len(broken) == lines
    document = _parsed("⏎".join([*broken, "各区高度重视此项工作", "一、总则", "加强领导。"]))
    assert (document.title == words) is whole


@pytest.mark.parametrize(
    ("head", "title", "number", "issuer", "day"),
    [
        ("臺北市停車管理自治條例⏎中華民國一百一十二年五月一日臺北市政府府法綜字第1123000000號令", "臺北市停車管理自治條例", "府法綜字第1123000000號", "臺北市政府", "2023-05-01"),
        ("臺北市停車管理自治條例⏎中華民國112年5月1日臺北市政府府法綜字第1123000000號令制定公布全文三條", "臺北市停車管理自治條例", "府法綜字第1123000000號", "臺北市政府", "2023-05-01"),
        ("某某管理辦法⏎中華民國一百十年十二月三日內政部台內營字第1100805123號令訂定發布全文三條", "某某管理辦法", "台內營字第1100805123號", "內政部", "2021-12-03"),
        ("某某設置要點⏎中華民國九十九年七月八日行政院院臺法字第0991234567號函", "某某設置要點", "院臺法字第0991234567號", "行政院", "2010-07-08"),
        ("某某施行細則⏎中華民國八十五年六月五日總統華總一義字第8500123450號令公布", "某某施行細則", "華總一義字第8500123450號", "總統", "1996-06-05"),
    ],
)  # fmt: skip
def test_heads_of_taiwan(head: str, title: str, number: str, issuer: str, day: str) -> None:
    document = _parsed(f"{head}⏎第一條 甲。⏎第二條 乙。⏎第三條 丙。")
    assert (document.title, document.document_number) == (title, number)
    assert document.issuing_bodies == (issuer,)
    assert day in {str(act.day) for act in document.acts}
    assert [clause.kind for clause in document.clauses] == [ClauseKind.ARTICLE] * 3
    assert document.not_placed == ()


_KNOWN_MISSES: tuple[str, ...] = (
    "第486章 《個人資料（私隱）條例》",
    "欢迎来到泸州市中医医院",
    "岳阳市国资委2022年度部门决算公开",
    "通知要求，各地区各部门在执行《条例》中的重要情况和建议，要及时报告党中央、国务院。",
    "主任之窗",
    "一九七六年至一九九三年公佈的若干法律及法令的適應化及整合",
    "第90/2023號行政命令",
    "第 1 章 - 释义及通则条例",
    "淄川区第十九届人民代表大会第二次会议",
    "广汉大学学生违纪处分办法",
    "(二○○八年一月二十二日 静府办发[2008]2号)",
    "意见反馈 手机随时随地看行情",
    "平政发〔2021〕8 号 平原县人民政府 2021-04-02",
    "案由：关于加快推进老旧小区加装电梯的议案",
    "招标人：云湖区交通运输局",
    "Shang Zi Han [2023] No. 45",
    "Measures for the Supervision of Bonded Warehouses",
    "林文学　杨永清　麻锦亮　吴光荣",
    "甬海检刑诉〔2022〕587号",
    "1　常熟市征地补偿和被征地农民社会保障实施细则　常政发规字〔2021〕2号",
    "（2024年版，共计3项）",
    "[Issue Date] July 31, 2023",
    "Order of the President of the People's Republic of China",
    "Decree of the State Council of the People's Republic of China",
    "地址：100006臺北市中正區中華路一段83號",
    "portal attachment, twenty-second",
    "township, twenty-fourth",
    "letter, twenty-fourth",
    "minutes, twenty-third",
    "standards, twenty-fourth",
    "教育局通告第8/2024號",
    "portal hospital site, twenty-fourth",
    "court, twenty-fourth",
    "English notice, twenty-fifth",
    "real bank 高检, twenty-fifth",
    "Hong Kong circular, twenty-fifth",
    "real bank 宿迁, twenty-fifth",
    "real OA 胶州, twenty-fifth",
    "real bank 京政办发, twenty-fifth",
)
"""Lines or the kind by which a text of the gold is known that is not read right."""
_WRITTEN = json.loads(GOLD.read_text(encoding="utf-8"))["heads"]


@pytest.mark.parametrize(
    "row",
    [row for row in _WRITTEN if not set(_KNOWN_MISSES) & {row["kind"], *row.get("text", ())}],
    ids=lambda row: row["kind"],
)
def test_heads_that_offices_print(row: dict[str, Any]) -> None:
    document, text = read_head(row)
    assert dict(differences(row["wanted"], document)) == {}
    assert [*unread_lines(text, document)] == []


@pytest.mark.parametrize(
    ("lines", "title", "reason"),
    [
        ("甲市停车管理办法⏎和平区道路管理规定", "甲市停车管理办法", "和平 is a place: another title"),
        ("甲市停车管理办法⏎和乙市道路管理规定的评估报告", "甲市停车管理办法和乙市道路管理规定的评估报告", "和 goes on"),
        ("甲市停车管理办法⏎（试行）的通知", "甲市停车管理办法（试行）的通知", "a bracket with 的 goes on"),
        ("甲市停车管理办法⏎（试行）", "甲市停车管理办法（试行）", "a bracket ends the title"),
    ],
)  # fmt: skip
def test_a_line_that_goes_on_with_the_title(lines: str, title: str, reason: str) -> None:
    assert _parsed(f"{lines}⏎{_BODY}").title == title, reason


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("各区人民政府，市政府各委、办、局", ("各区人民政府", "市政府各委、办、局")),
        ("各学院、各部门", ("各学院", "各部门")),
        ("安徽省人民政府、自然资源部", ("安徽省人民政府", "自然资源部")),
        ("各县、区人民政府", ("各县、区人民政府",)),
        ("各有关单位、部门", ("各有关单位、部门",)),
    ],
)
def test_addressees_are_parted_where_each_is_whole(words: str, names: tuple[str, ...]) -> None:
    assert names_in(words) == names


@pytest.mark.parametrize(
    ("lines", "title", "clauses", "reason"),
    [
        ("文件编号：甲-1⏎某公司考勤办法⏎第一条 甲。⏎第二条 乙。⏎第三条 丙。", "某公司考勤办法", 3, "a label and its value above the title"),
        ("某公司考勤办法⏎第一条 甲。⏎版本号：二⏎第二条 乙。⏎第三条 丙。", "某公司考勤办法", 5, "the same line inside the text is text"),
        ("某市停车办法⏎一 总则⏎甲。⏎二 附则⏎乙。", "某市停车办法", 4, "bare numbers in a row number the text"),
        ("某市停车办法⏎一 总则⏎甲。⏎三 附则⏎乙。", "某市停车办法", 4, "a number left out: no ladder, but nothing is lost"),
        ("关于授予甲、⏎乙称号的决定⏎第一条 甲。⏎第二条 乙。⏎第三条 丙。", "关于授予甲、乙称号的决定", 3, "a line that ends in 、 goes on"),
        ("某某有限公司⏎印章管理制度⏎第一条 甲。⏎第二条 乙。⏎第三条 丙。", "某某有限公司印章管理制度", 3, "the company's name heads its rules"),
        ("某市教育局⏎学生宿舍管理办法⏎第一条 甲。⏎第二条 乙。⏎第三条 丙。", "学生宿舍管理办法", 3, "an office's name above a title is the letter head"),
        ("1.0 总则⏎甲。⏎1.1 目的⏎乙。⏎2.0 附则⏎丙。", None, 6, "1.0 stands above 1.1"),
        ("主页|文件|留言|联系我们⏎某县清洁规定⏎第一条 甲。⏎第二条 乙。⏎第三条 丙。", "某县清洁规定", 3, "a menu above the title"),
        ("首页｜要闻｜政务⏎某县清洁规定⏎第一条 甲。⏎第二条 乙。⏎第三条 丙。", "某县清洁规定", 3, "with wide bars"),
        ("《2023年某某（修訂）條例草案》⏎本條例草案旨在⏎第1條 甲。⏎第2條 乙。⏎第3條 丙。", "《2023年某某（修訂）條例草案》", 4, "a bill's title is whole"),
        ("某某股份有限公司⏎管理标准⏎Q/AB G 208—2022⏎安检服务规范⏎1 范围⏎甲。⏎2 术语⏎乙。", "安检服务规范", 4, "the kind of a company's standard is its cover"),
    ],
)  # fmt: skip
def test_lines_beside_the_title(lines: str, title: str | None, clauses: int, reason: str) -> None:
    document = _parsed(lines)
    assert document.title == title, reason
    assert sum(1 for _ in document.walk()) == clauses, reason
    assert [*unread_lines(lines.replace("⏎", "\n"), document)] == [], reason


@pytest.mark.parametrize(
    ("line", "signer"),
    [
        ("市长　周 明", ("周明",)),
        ("教育部部长　李 平", ("李平",)),
        ("部长：李 小 鹏", ("李小鹏",)),
        ("市长艾力更·依明", ("艾力更·依明",)),
        ("外国籍船舶航行长江水域管理规定", ()),
        ("银行行长", ()),
    ],
)
def test_who_signs_by_name(line: str, signer: tuple[str, ...]) -> None:
    document = _parsed(f"某市人民政府关于某事的决定⏎一、甲。⏎二、乙。⏎{line}⏎2023年5月6日")
    assert document.signers == signer


@pytest.mark.parametrize(
    ("title", "attached", "reason"),
    [
        (
            "关于印发《甲办法》和《乙办法》的通知",
            ["甲办法", "乙办法"],
            "two named: neither is the document alone",
        ),
        ("关于印发《甲办法》《乙办法》的通知", ["甲办法", "乙办法"], "side by side without 和"),
        ("关于印发《甲办法》的通知", ["乙办法"], "one named: it is the document"),
    ],
)
def test_a_notice_that_carries_several_texts(title: str, attached: list[str], reason: str) -> None:
    document = _parsed(
        f"{title}⏎各区：⏎现印发给你们，请遵照执行。⏎某市财政局⏎2023年5月6日⏎附件1⏎甲办法⏎第一条 甲。⏎第二条 乙。⏎"
        "附件2⏎乙办法⏎第一条 丙。⏎第二条 丁。"
    )
    assert [clause.text for clause in document.clauses if clause.kind is ClauseKind.ANNEX] == attached, reason
    assert document.title == (title if len(attached) > 1 else "甲办法"), reason
    assert sum(clause.kind is ClauseKind.ARTICLE for clause in document.walk()) == 4


@pytest.mark.parametrize("last", ["请示问题的批复", "以上人员管理的规定", "专此事项的通知"])
def test_a_line_of_a_title_that_begins_like_a_courtesy_is_one(last: str) -> None:
    text = (
        "中华人民共和国最高人民法院\n公 告\n最高人民法院《关于仲裁裁决司法审查案件"
        + last
        + "》已于2015年6月23日通过，现予公布。\n"
        "2015年7月15日\n最高人民法院\n关于仲裁裁决司法审查案件\n"
        + last
        + "\n法释〔2015〕15号\n各级人民法院：\n一、由其管辖。\n二、应予受理。\n"
    )
    document = parse_text(text)
    assert document.title is not None
    assert document.title.endswith(f"关于仲裁裁决司法审查案件{last}")
    assert document.document_number == "法释〔2015〕15号"
