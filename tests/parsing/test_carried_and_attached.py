"""Notices that carry a text without its title, pages of collections, lists of files, days that a page declares."""

from datetime import date

import pytest

from policydiff.model import Document
from policydiff.parsing import parse_text

_TEXT = "第一条 甲。⏎第二条 乙。⏎第三条 丙。"


def _parsed(text: str, *, title: str | None = None, declared: tuple[tuple[str, str], ...] = ()) -> Document:
    return parse_text(text.replace("⏎", "\n"), declared_title=title, declared=declared)


@pytest.mark.parametrize(
    ("head", "declared", "title", "issuers"),
    [
        # The names of those who issue it stand above 关于印发, and what the notice carries follows without its title.
        ("甲市教育局 甲市财政局⏎关于印发甲市校车管理办法的通知⏎各学校：⏎《甲市校车管理办法》已经同意，现印发实施。⏎甲市教育局⏎甲市财政局⏎2023年8月9日", None, "甲市校车管理办法", ("甲市教育局", "甲市财政局")),
        ("甲区科技局 甲区人社局 中共甲区委统战部⏎关于印发甲区青年创业办法的通知⏎区属各单位：⏎《甲区青年创业办法》已经区政府同意，现印发实施。⏎甲区科技局⏎甲区人社局⏎中共甲区委统战部⏎2023年8月9日", "甲区青年创业办法", "甲区青年创业办法", ("甲区科技局", "甲区人社局", "中共甲区委统战部")),
        ("甲局关于印发《甲局采购规定》的通知⏎各处室：⏎现将《甲局采购规定》印发给你们，请遵照执行。⏎甲局⏎2023年8月9日", None, "甲局采购规定", ("甲局",)),
        ("甲厅关于发布甲省水价办法的公告⏎现予公布。⏎甲厅⏎2023年8月9日", None, "甲省水价办法", ("甲厅",)),
        ("甲县人民政府关于颁发甲县奖励办法的通知⏎各乡镇：⏎现予颁发。⏎甲县人民政府⏎2023年8月9日", None, "甲县奖励办法", ("甲县人民政府",)),
    ],
)  # fmt: skip
def test_a_text_without_its_title_has_the_name_that_its_notice_gives(
    head: str, declared: str | None, title: str, issuers: tuple[str, ...]
) -> None:
    document = _parsed(f"{head}⏎{_TEXT}", title=declared)
    assert document.title == title
    assert document.issuing_bodies == issuers
    assert document.dates.issued == date(2023, 8, 9)
    assert document.carrier is not None


@pytest.mark.parametrize("sent", ["复函", "批复", "答复"])
def test_a_reply_is_no_carrier_of_the_report_it_encloses(sent: str) -> None:
    document = _parsed(
        f"某办公厅关于某县险情问题的{sent}⏎某办函〔2004〕80号⏎某省人民政府：⏎你省请示收悉。经同意，现将有关意见转复你省。⏎"
        "附件：某县险情调研报告⏎某办公厅⏎2004年11月4日⏎附件⏎某县险情调研报告⏎一、基本情况⏎甲。⏎二、处理情况⏎乙。"
    )
    assert document.title == f"某办公厅关于某县险情问题的{sent}"
    assert document.carrier is None


def test_the_headline_of_a_page_is_the_title_of_a_notice_without_one() -> None:
    notice = "某区教育局关于印发《2026年某区幼儿园招生工作方案》的通知"
    document = _parsed(
        "各幼儿园：⏎《2026年某区幼儿园招生工作方案》已经审议通过，现印发给你们，请遵照执行。⏎某区教育局⏎2026年4月20日⏎"
        "2026年某区幼儿园招生工作方案⏎一、招生原则⏎甲。⏎二、招生程序⏎乙。",
        title=notice,
    )
    assert document.title == "2026年某区幼儿园招生工作方案"
    assert document.carrier is not None
    assert document.carrier.title == notice


@pytest.mark.parametrize(
    ("head", "title", "issuers"),
    [
        ("第一篇⏎学籍与教学管理⏎某某理工大学学生学籍管理规定（修订）⏎第一章 入学", "某某理工大学学生学籍管理规定（修订）", ("某某理工大学",)),
        ("第四篇 素质拓展⏎某某理工大学学生社团管理条例⏎为规范社团管理，制定本条例。⏎第一章 总则", "某某理工大学学生社团管理条例", ("某某理工大学",)),
        ("某某第一人民医院处方管理办法", "某某第一人民医院处方管理办法", ("某某第一人民医院",)),
        ("某某能源集团有限公司招标管理办法", "某某能源集团有限公司招标管理办法", ("某某能源集团有限公司",)),
        # The bodies that a rule is about give it not.
        ("某某市中小学校幼儿园规划建设条例", "某某市中小学校幼儿园规划建设条例", ()),
        ("普通高等学校学生管理规定", "普通高等学校学生管理规定", ()),
        ("外商投资股份有限公司登记办法", "外商投资股份有限公司登记办法", ()),
        ("某某大学与某某学院合作办法", "某某大学与某某学院合作办法", ()),
        ("某某市医院安全秩序管理规定", "某某市医院安全秩序管理规定", ()),
    ],
)  # fmt: skip
def test_rules_of_schools_and_companies(head: str, title: str, issuers: tuple[str, ...]) -> None:
    document = _parsed(f"{head}⏎{_TEXT}")
    assert document.title == title
    assert document.issuing_bodies == issuers


_BODY = "关于报送材料的通知⏎各单位：⏎现就有关事项通知如下。⏎一、报送材料。⏎二、按时报送。⏎教育科联系电话：010-38622512⏎"


@pytest.mark.parametrize(
    ("printed", "titles"),
    [
        ("附件：附件1 2026年小学招生计划表.xls⏎附件2 2026年初中招生计划.xls⏎附件3 民办学校招生计划.xlsx", ["2026年小学招生计划表.xls", "2026年初中招生计划.xls", "民办学校招生计划.xlsx"]),
        ("附件1 甲表.xls⏎附件2 乙表.pdf", ["甲表.xls", "乙表.pdf"]),
        ("附件：⏎附件1.甲表.docx⏎附件2.乙表.docx", ["甲表.docx", "乙表.docx"]),
        ("附件1.docx⏎附件2.docx", ["附件1.docx", "附件2.docx"]),
        ("附件一 甲表.wps⏎附件二 乙表.zip", ["甲表.wps", "乙表.zip"]),
        ("详见附件1甲表.xls", []),
        ("附件1 甲表如下⏎附件2 乙表如下", []),
    ],
)  # fmt: skip
def test_files_listed_at_the_end_are_attachments(printed: str, titles: list[str]) -> None:
    document = _parsed(_BODY + printed)
    assert [each.title for each in document.attachments] == titles
    assert "教育科联系电话：010-38622512" in [clause.text for clause in document.walk()]


@pytest.mark.parametrize(
    ("last", "declared", "effective", "expires", "computed"),
    [
        # Counted from the words only: what the page declares goes before it.
        ("本办法自印发之日起施行，有效期5年。", (("施行日期", "2019-10-16"), ("失效日期", "2023-06-01")), date(2019, 10, 16), date(2023, 6, 1), ()),
        ("本办法自印发之日起施行，有效期5年。", (), date(2019, 10, 9), date(2024, 10, 8), ("effective", "expires")),
        ("本办法自印发之日起施行。", (("失效日期", "2024-10-15"),), date(2019, 10, 9), date(2024, 10, 15), ("effective",)),
        # Printed in the text: it goes before what the page declares.
        ("本办法自2019年11月1日起施行，有效期至2024年10月31日。", (("施行日期", "2019-10-16"), ("失效日期", "2023-06-01")), date(2019, 11, 1), date(2024, 10, 31), ()),
        ("本通知规定的最低生活保障标准、孤儿养育标准均从2019年1月1日起执行。", (("施行日期", "2019-06-01"),), date(2019, 6, 1), None, ()),
        ("本通知自2019年1月1日起执行。", (("施行日期", "2019-06-01"),), date(2019, 1, 1), None, ()),
    ],
)  # fmt: skip
def test_days_of_force_that_the_page_declares(
    last: str,
    declared: tuple[tuple[str, str], ...],
    effective: date,
    expires: date | None,
    computed: tuple[str, ...],
) -> None:
    document = _parsed(
        f"某局关于某事的通知⏎各单位：⏎一、甲。⏎二、{last}⏎某局⏎2019年10月9日", declared=declared
    )
    assert document.dates.effective == effective
    assert document.dates.expires == expires
    assert document.dates.computed == computed


def test_an_article_may_open_with_a_quotation() -> None:
    """The line above it lacks its mark, and the annex counts its articles anew."""
    above = "第四条 作品竞赛的宗旨是崇尚科学、勤奋学习、勇于实践、锐意创新、迎接挑战"
    document = _parsed(
        f"某校竞赛办法⏎第一条 甲。⏎第二条 乙。⏎第三条 丙。⏎{above}⏎第五条 “某某”作品分为三类。⏎第六条 丁。"
    )
    assert [clause.label for clause in document.walk() if clause.kind == "article"] == [
        "第一条",
        "第二条",
        "第三条",
        "第四条",
        "第五条",
        "第六条",
    ]
    broken = _parsed(
        "某校竞赛办法⏎第一条 甲。⏎第二条 乙。⏎第三条 丙。⏎第四条 将本办法所称的作品竞赛一词改为创业计划竞赛并且增加⏎第五条“某某”作品分为三类。⏎第六条 丁。"
    )
    assert "第五条" not in [clause.label for clause in broken.walk()]
