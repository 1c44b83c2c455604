"""Lines between a title and the text that are no part of the title: notes of acts in Chinese and in English, marks of schedules, labels."""

import pytest

from policydiff.parsing import parse_text

_TITLE = "某市户外广告设置规定"
_RULES = "第一条 为了规范设置，制定本规定。\n第二条 设置广告应当牢固。\n"


@pytest.mark.parametrize(
    ("note", "days", "reason"),
    [
        ("（2018年9月发布，2024年3月15日第五次校长办公会修订）", {"amended": "2024-03-15"}, "a month stands before the day"),
        ("（自2023年4月1日起执行）", {"effective": "2023-04-01"}, "a word stands before the day"),
        ("（自2023年4月1日起施行）", {"effective": "2023-04-01"}, "the same with another verb"),
        ("（某委员会第12次会议通过　2002年8月16日公布）", {"published": "2002-08-16"}, "the session stands before the day"),
        ("（教育部2014年10月11日核准　2023年6月2日修正）", {"amended": "2023-06-02"}, "the body stands before the day"),
        ("（市政府第3次常务会议审议通过，2020年5月1日发布）", {"published": "2020-05-01"}, "a numbered session"),
        ("（经2021年第一次股东大会通过，2022年6月30日第三次修订）", {"amended": "2022-06-30"}, "a year's count before the day"),
        ("（某府令〔2019〕3号，2019年7月1日公布，2021年12月31日修订）", {"amended": "2021-12-31"}, "a number before the day"),
        ("(2020年版，2020年11月5日印发)", {"published": "2020-11-05"}, "narrow brackets, an edition"),
        ("（试行版 2020年11月5日施行）", {"effective": "2020-11-05"}, "an edition on trial"),
        ("（试行）", {}, "a bracket without a day stays in the title"),
        ("（2021年修订）", {}, "and so does the year of an edition"),
        ("（2021—2025年）", {}, "and the years of a plan"),
    ],
)  # fmt: skip
def test_a_note_in_brackets_gives_days_and_no_title(note: str, days: dict[str, str], reason: str) -> None:
    document = parse_text(f"{_TITLE}\n{note}\n{_RULES}")
    assert document.title == (_TITLE if days else _TITLE + note), reason
    assert {name: str(getattr(document.dates, name)) for name in days} == days, reason
    assert not document.not_placed


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2003年8月28日市人民政府公布的《某市广告办法》同时废止。", "the older text ends, not this one"),
        ("2003年8月28日市人民政府公布的《某市广告办法》（市政府令第5号）自本规定施行之日起废止。", "its number behind it"),
        ("2003年8月28日公布的原《某市广告办法》同时失效。", "with 原 before the title"),
        ("二〇〇三年八月二十八日公布的《某市广告办法》不再适用。", "the day in words"),
        ("2019年5月1日某局印发的《某市救助办法》停止执行。", "printed, no more carried out"),
        ("2019年5月1日某局印发的《某市救助办法》继续有效。", "remains in force"),
        ("2016年1月1日起施行的《某市救助办法》与本规定不一致的，以本规定为准。", "the day in force of another text"),
        ("2020年6月1日市人大常委会通过的《某市容貌条例》规定的处罚，由区城管局实施。", "a penalty of another text"),
        ("1998年3月2日某市人民政府批准的《某市价格规定》不再执行。", "approved"),
        ("2021年1月1日实施的《某市广告标准》作为本规定附件。", "an annex"),
    ],
)  # fmt: skip
def test_a_sentence_on_another_text_is_no_act_of_this_one(line: str, reason: str) -> None:
    document = parse_text(f"{_TITLE}\n{line}\n{_RULES}")
    assert not document.acts, reason
    assert any(line in clause.text for clause in document.walk()), reason


@pytest.mark.parametrize(
    ("line", "kinds", "reason"),
    [
        ("2003年8月28日市人民政府公布", ["published"], "the text's own act"),
        ("根据2010年12月1日市人大常委会通过的《关于修改〈某市户外广告设置规定〉的决定》修正", ["amended"], "the decision amends it"),
        ("2010年12月1日市政府公布的《关于废止部分规章的决定》废止", ["expires"], "the decision ends it"),
        ("根据2015年4月2日公布施行的《某市行政许可条例》修改", ["amended", "effective"], "根据: another text changes it"),
        ("2018年3月1日经《某市人民政府关于宣布失效一批文件的决定》宣布失效", ["expires"], "without 的"),
    ],
)  # fmt: skip
def test_acts_that_name_another_text_stay_acts(line: str, kinds: list[str], reason: str) -> None:
    assert [act.kind for act in parse_text(f"{_TITLE}\n{line}\n{_RULES}").acts] == kinds, reason


_LAW = "Law of the People's Republic of China on Grain Security"
_ARTICLES = (
    "Article 1 This Law is enacted to secure the supply of grain.\nArticle 2 The state shall keep reserves.\n"
)


@pytest.mark.parametrize(
    ("note", "days", "reason"),
    [
        ("(Adopted at the 7th Session of the Standing Committee on December 29, 2023)", {"adopted": "2023-12-29"}, "month first"),
        ("(Adopted at the 7th Session of the Standing Committee on 29 December 2023)", {"adopted": "2023-12-29"}, "day first"),
        ("（Adopted by the Standing Committee on December 29, 2023）", {"adopted": "2023-12-29"}, "wide brackets"),
        ("[Passed on December 29, 2023; amended on May 1, 2025]", {"adopted": "2023-12-29", "amended": "2025-05-01"}, "square ones, two acts"),
        (
            "(Promulgated by Decree No. 717 of the State Council on May 28, 2019, effective July 1, 2019; revised on March 10, 2024)",
            {"published": "2019-05-28", "effective": "2019-07-01", "amended": "2024-03-10"},
            "three acts, a number with a point",
        ),
        (
            "(Adopted on September 5, 1990, amended for the first time in accordance with the Decision adopted on August 31, 1997, and for the second time amended on April 29, 2019)",
            {"adopted": "1990-09-05", "amended": "2019-04-29"},
            "two amendments",
        ),
        ("(Approved by the State Council on June 3, 1986 and promulgated on July 1, 1986)", {"published": "1986-07-01"}, "an approval"),
        ("(Adopted by the National People's Congress of the People's Republic of China on August 31, 2018)", {"adopted": "2018-08-31"}, "Republic is no act"),
        ("Order of the President No. 7\n(Adopted on August 31, 2018)", {"adopted": "2018-08-31"}, "an order on a line of its own"),
        ("Decree No. 717 of the State Council\nEffective July 1, 2019", {"effective": "2019-07-01"}, "a decree and its body"),
        ("August 31, 2018", {"issued": "2018-08-31"}, "a day alone"),
        ("Promulgation Date: July 31, 2023", {"published": "2023-07-31"}, "a label of two nouns"),
        ("Date of Issue: July 31, 2023", {"published": "2023-07-31"}, "a label and a day"),
        ("[Effective Date] September 1, 2023", {"effective": "2023-09-01"}, "a label in square brackets"),
        ("Effective as of September 1, 2023", {"effective": "2023-09-01"}, "a clause by itself"),
    ],
)  # fmt: skip
def test_a_note_in_english_gives_its_days(note: str, days: dict[str, str], reason: str) -> None:
    document = parse_text(f"{_LAW}\n{note}\n{_ARTICLES}")
    assert document.title == _LAW, reason
    found = {name: str(day) for name, day in document.dates if name != "computed" and day is not None}
    assert found == days, reason


@pytest.mark.parametrize(
    ("sentence", "day", "reason"),
    [
        ("This Law shall come into force as of June 1, 2024.", "2024-06-01", "this text"),
        ("These Measures shall come into force on June 1, 2024.", "2024-06-01", "measures are more than one"),
        ("These Provisions are effective from June 1, 2024.", "2024-06-01", "are effective"),
        ("These Regulations shall take effect on 1 June 2024.", "2024-06-01", "take effect, day first"),
        ("This Circular shall go into effect as of June 1, 2024.", "2024-06-01", "go into effect"),
        ("The Provisional Measures came into force on June 1, 2014.", "None", "another text"),
        ("Thesis works come into force on June 1, 2024.", "None", "a word that begins alike"),
    ],
)
def test_the_first_day_in_force_of_a_text_in_english(sentence: str, day: str, reason: str) -> None:
    document = parse_text(f"{_LAW}\n{_ARTICLES}Article 3 {sentence}\n")
    assert str(document.dates.effective) == day, reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("（第132章第55條）", "chapter and section"),
        ("（第34條）", "the section that a schedule belongs to"),
        ("[第5、8及12條]", "several sections in square brackets"),
        ("（略去制定語式條文——2017年第1號編輯修訂紀錄）", "a remark of the editor"),
    ],
)
def test_marks_of_an_ordinance_are_no_part_of_its_title(line: str, reason: str) -> None:
    document = parse_text(
        f"第486章\n《個人資料（私隱）條例》\n{line}\n1. 簡稱\n本條例可引稱為《個人資料（私隱）條例》。\n2. 釋義\n在本條例中，個人指任何人。\n"
    )
    assert document.title == "《個人資料（私隱）條例》", reason
    assert line in document.remarks, reason


@pytest.mark.parametrize(
    ("lines", "issuers", "number"),
    [
        ("发文部门某区人民政府办公室\n文号：某府办规〔2024〕2号", (), "某府办规〔2024〕2号"),
        (
            "发布机构：某区人民政府办公室\n文号：某府办规〔2024〕2号",
            ("某区人民政府办公室",),
            "某府办规〔2024〕2号",
        ),
        ("文件编号 Document No.: GCP-2022-03\n发文机关 Issued by: 某银行", ("某银行",), "GCP-2022-03"),
        ("Q/CSG-GZ2 1107-2023", (), "Q/CSG-GZ2 1107-2023"),
        ("Q/GDW 1799.1-2013", (), "Q/GDW 1799.1-2013"),
    ],
)
def test_a_label_is_no_part_of_an_issuer(lines: str, issuers: tuple[str, ...], number: str) -> None:
    document = parse_text(f"{lines}\n某区文化产业扶持办法\n{_RULES}")
    assert document.issuing_bodies == issuers
    assert document.document_number == number
    assert document.title == "某区文化产业扶持办法"


@pytest.mark.parametrize(
    ("lines", "title", "reason"),
    [
        (
            "某局关于启用文书的公告\n（二〇二二年第十一号）",
            "某局关于启用文书的公告",
            "a year in Chinese digits",
        ),
        ("某局关于启用文书的公告\n（2022年第11号）", "某局关于启用文书的公告", "in figures"),
        ("某市停车管理办法\n（版本：V2.0）", "某市停车管理办法", "a label in brackets"),
        ("对第0127号建议的答复\n（A类）", "对第0127号建议的答复", "the class of an answer"),
        ("某市停车管理办法\n（试行）", "某市停车管理办法（试行）", "a qualifier stays"),
    ],
)
def test_brackets_behind_a_title(lines: str, title: str, reason: str) -> None:
    assert parse_text(f"{lines}\n{_RULES}").title == title, reason


def test_the_bodies_above_an_order_all_issue_it() -> None:
    head = "国家市场监督管理总局\n国家药品监督管理局　令\n第 3 号\n《药品办法》已经通过，现予公布，自2022年12月1日起施行。\n总局局长　罗 文\n2022年8月3日\n药品办法\n"
    document = parse_text(head + _RULES)
    assert document.issuing_bodies == ("国家市场监督管理总局", "国家药品监督管理局")


def test_a_seal_for_another_body_is_no_part_of_the_name() -> None:
    text = "关于调整成员的通知\n各单位：\n现调整如下。\n某市质量强市工作领导小组办公室（某市市场监督管理局代章）\n2023年6月2日\n"
    document = parse_text(text)
    assert document.issuing_bodies == ("某市质量强市工作领导小组办公室",)
    assert "某市质量强市工作领导小组办公室（某市市场监督管理局代章）" in document.remarks
