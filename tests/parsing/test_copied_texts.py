"""Texts copied from portals and data banks: articles run together, orders without their title, marks of data banks."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from benchmarks.accounting import unaccounted
from policydiff.model import ClauseKind, Document
from policydiff.parsing import parse_text, parse_with_rest


def articles(document: Document) -> list[str]:
    return [clause.label or "" for clause in document.walk() if clause.kind is ClauseKind.ARTICLE]


RUN_TOGETHER = [
    ("某公司章程\n第一章总则第一条为规范公司，制定本章程。第二条公司依法设立。第三条公司住所在某市。", ["第一条", "第二条", "第三条"], "all on one line"),
    ("第一条 甲。\n第二条 乙。第三条 丙。\n第四条 丁。", ["第一条", "第二条", "第三条", "第四条"], "one of several"),
    ("第一条 甲。\n第二条 乙。第三条规定的情形除外。\n第三条 丙。\n第四条 丁。", ["第一条", "第二条", "第三条", "第四条"], "a sentence that cites an article to come"),
    ("第一条 甲。\n第二条 乙。第五条的规定不适用。\n第三条 丙。", ["第一条", "第二条", "第三条"], "one that cites another"),
    ("第一条 甲。\n第二条 乙，第三条 丙。\n第四条 丁。", ["第一条", "第二条", "第四条"], "no sentence ends before it"),
    ("第一章 总则\n第一条 甲。\n第二条 乙。第二章 管理 第三条 丙。\n第四条 丁。", ["第一条", "第二条", "第三条", "第四条"], "with the heading of a chapter"),
    ("第一条 甲。\n第二条 乙。第一条、第三条同此。\n第三条 丙。", ["第一条", "第二条", "第三条"], "a list of articles"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "reason"), RUN_TOGETHER, ids=[row[2] for row in RUN_TOGETHER])
def test_articles_run_together(text: str, wanted: list[str], reason: str) -> None:
    assert articles(parse_text(text)) == wanted, reason


ORDER = "某条例\n国务院\n中华人民共和国国务院令\n第227号\n现发布《某条例》,自发布之日起施行。\n总理李鹏\n1997年8月3日\n"


def test_an_order_publishes_the_text_whose_title_stands_above_it() -> None:
    document = parse_text(f"{ORDER}第一章总则\n第一条为了规范，制定本条例。\n第二条本条例适用于机构。")
    assert (document.title, document.signers, str(document.dates.issued)) == (
        "某条例",
        ("李鹏",),
        "1997-08-03",
    )
    assert document.carrier is not None
    assert articles(document) == ["第一条", "第二条"]


def test_a_text_that_only_speaks_of_publishing_is_no_order() -> None:
    said = ORDER.replace("现发布《某条例》,自发布之日起施行", "本条例由国务院发布")
    assert parse_text(f"{said}第一章总则\n第一条为了规范，制定本条例。").carrier is None


def test_marks_of_data_banks_are_no_words() -> None:
    document = parse_text(
        "某市某条例\n【题注】（2001年4月29日某市人民代表大会通过）\n【章名】第一章 总则\n第一条 甲。\n第二条 乙。"
    )
    assert (str(document.dates.adopted), [clause.label for clause in document.clauses]) == (
        "2001-04-29",
        ["第一章"],
    )


NUMBERED = [
    ("某市政府办公室印发《甲意见》的通知（某办发〔2017〕2号）", "某办发〔2017〕2号", "behind the title"),
    ("关于甲的通知（2017年第2号）", None, "a count without its body"),
    ("关于甲的通知（试行）", None, "no number"),
]


@pytest.mark.parametrize(("title", "number", "reason"), NUMBERED, ids=[row[2] for row in NUMBERED])
def test_numbers_behind_titles(title: str, number: str | None, reason: str) -> None:
    document = parse_text(f"{title}\n各县人民政府：\n现就甲通知如下。\n一、乙。\n二、丙。")
    assert document.document_number == number, reason


PAGES = [
    ("欢迎访问某学院网站!\n某学院考试管理规定\n（某院字〔2017〕1号）\n", "a greeting above title and number"),
    ("转第\n页面宽度(px):\n某学院考试管理规定\n某学院考试管理规定\n", "menus above a title that stands twice"),
    ("规章制度\n某学院 考试管理规定\n更新时间:2017-10-10 浏览次数:\n某学院考试管理规定\n", "a column and the page's headline"),
    ("当前位置:首页\n> 规章制度\n某学院考试管理规定\n", "a path broken before its mark"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "reason"), PAGES, ids=[row[1] for row in PAGES])
def test_heads_below_the_lines_of_a_page(head: str, reason: str) -> None:
    document = parse_text(f"{head}第一条 为规范考试，制定本规定。\n第二条 本规定自印发之日起施行。")
    assert document.title is not None
    assert document.title.endswith("考试管理规定"), reason
    assert not document.title.startswith(("规章", "欢迎", "转第")), reason


def test_a_letter_without_a_title_has_no_head_below() -> None:
    text = "某某同志\n来信收到\n请按某某办法\n办理。\n一、甲。\n二、乙。"
    assert parse_text(text).title != "请按某某办法"


def test_a_title_whose_first_line_ends_in_the_word_of_letter_heads_is_whole() -> None:
    document = parse_text(
        "某某市政府办公厅关于全面推行行政规范性文件\n合法性审核机制的指导意见\n某政办发〔2018〕115号\n各区政府：\n现就甲提出如下意见。\n一、乙。\n二、丙。"
    )
    assert document.title == "某某市政府办公厅关于全面推行行政规范性文件合法性审核机制的指导意见"


def marks(document: Document) -> list[str]:
    return ["".join((clause.label or "").split()) for clause in document.walk() if clause.number is not None]


ODD_NUMBERS = [
    ("第 10 條 甲。\n第 10-1 條 乙。\n第 11 條 丙。", ["第10條", "第10-1條", "第11條"], "as Taiwan prints inserted articles"),
    ("第1条 甲。\n第1条の2 乙。\n第2条 丙。", ["第1条", "第1条の2", "第2条"], "as Japan prints them"),
    ("第五条 甲。\n第五条之一 乙。\n第六条 丙。", ["第五条", "第五条之一", "第六条"], "as the mainland prints them"),
    ("A.1 总则\nA.1.1 甲。\nA.1.2 乙：\n(a) 丙；\n(b) 丁。\nA.2 方法", ["A.1", "A.1.1", "A.1.2", "(a)", "(b)", "A.2"], "an annex of a standard"),
    ("A. 总则\n1. 甲\n2. 乙\nB. 方法\n1. 丙", ["A.", "1.", "2.", "B.", "1."], "a letter of its own"),
    ("目录\n第一条 目的\n第二条 范围\n第一条 目的\n为了规范，制定本办法。\n第二条 范围\n适用于本市。", ["第一条", "第二条"], "contents that name articles"),
    ("目  录\n第一章 总则......1\n第一条 目的......1\n第二章 附则......2\n第二条 施行......2\n第一章 总则\n第一条 目的 甲。\n第二章 附则\n第二条 施行 乙。", ["第一章", "第一条", "第二章", "第二条"], "contents with pages"),
    ("目录\n第一条 甲。\n第二条 乙。", ["第一条", "第二条"], "a heading 目录 above the articles themselves"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "reason"), ODD_NUMBERS, ids=[row[2] for row in ODD_NUMBERS])
def test_numbers_in_odd_forms(text: str, wanted: list[str], reason: str) -> None:
    assert marks(parse_text(f"某某办法\n{text}")) == wanted, reason


SOURCES = sorted(Path(__file__).parents[2].glob("corpus/**/text.txt"))[:6]


def _mutants(lines: list[str], place: int) -> dict[str, list[str]]:
    line = lines[place]
    half = len(line) // 2
    return {
        "a line left out": lines[:place] + lines[place + 1 :],
        "a line twice": lines[: place + 1] + lines[place:],
        "two lines joined": [*lines[:place], line + "".join(lines[place + 1 : place + 2]), *lines[place + 2 :]],
        "a line broken": [*lines[:place], line[:half], line[half:], *lines[place + 1 :]],
        "a line moved to the front": [line, *lines[:place], *lines[place + 1 :]],
        "full width": [each.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}) for each in lines],
        "furniture": [*lines[:place], "— 3 —", "打印本页 关闭窗口", "某某市人民政府文件", *lines[place:]],
        "marks": [*lines[:place], "【题注】", "> ", "附件1.", "抄送：", "目录", "| 甲 | 乙 |", "“", *lines[place:]],
        "backwards": lines[::-1],
    }  # fmt: skip


@pytest.mark.skipif(not SOURCES, reason="no texts beside the tests")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_real_texts_with_a_line_changed_lose_nothing(share: float) -> None:
    for source in SOURCES:
        lines = source.read_text(encoding="utf-8").splitlines()
        for name, mutant in _mutants(lines, int(share * (len(lines) - 1))).items():
            text = "\n".join(mutant)
            document, rest = parse_with_rest(text)
            assert unaccounted(text, document, rest) == [], (source.parent.name, name)


@pytest.mark.parametrize(
    ("line", "told", "why"),
    [
        ("相关部门应当配合，另有约定的不得遗漏", True, "half-sentences that the body does not hold"),
        ("附则", True, "a heading that the body lacks"),
        ("第三章之一 调解", True, "a chapter that the body lacks"),
        ("市、区人民政府，各部门 12", True, "the same, and the number of a page"),
        ("第二章 委员会……12", False, "points and a page behind a heading of the body"),
        ("第 二 章　委 员 会 PAGEREF _Toc25831 h 3", False, "the field by which Word reckons the page"),
        ("第二章 委员会 Ⅱ", False, "a Roman page"),
        ("委员会", False, "a heading of the body without its number"),
    ],
)
def test_a_line_among_the_contents_that_the_body_does_not_hold_is_reported(
    line: str, told: bool, why: str
) -> None:
    chapters = ["第一章 总则", "第二章 委员会", line, "第三章 程序"]
    body = ["第一章 总则", "第一条 甲事。", "第二章 委员会", "第二条 乙事。", "第三章 程序", "第三条 丙事。"]
    document = parse_text("\n".join(["某市仲裁条例", "目录", *chapters, *body]))
    assert any(each.reason == "unread" for each in document.not_placed) is told, why


_HEADINGS = ["总则", "委员会", "程序", "协议", "裁决", "附则"]


@given(
    st.lists(st.sampled_from(_HEADINGS), min_size=3, max_size=6, unique=True),
    st.text("甲乙丙丁办理事项，、 ", min_size=1, max_size=12).filter(str.strip),
    st.integers(1, 5),
)
def test_no_line_between_the_entries_of_the_contents_is_lost(
    headings: list[str], words: str, place: int
) -> None:
    chapters = [f"第{'一二三四五六'[index]}章 {heading}" for index, heading in enumerate(headings)]
    marked = f"癸{words}癸"
    body = [
        line for index, each in enumerate(chapters) for line in (each, f"第{'一二三四五六'[index]}条 做事。")
    ]
    text = "\n".join(["某市仲裁条例", "目录", *chapters[:place], marked, *chapters[place:], *body])
    document = parse_text(text)
    told = [each.text for each in document.not_placed] + [clause.text for clause in document.walk()]
    assert any("癸" in "".join(each.split()) for each in told)


PAGE = "教育部等三部门关于职业教育的若干意见_国务院部门文件_中国政府网"
PRINTED = [
    (f"2020/3/5 {PAGE}", "a slashed day"),
    (f"2020/3/5 上午10:20 {PAGE}", "with the half of the day"),
    (f"2020/3/5, 10:20 {PAGE}", "with the time"),
    (f"20/3/5 {PAGE}", "a year of two digits"),
    (f"3/5/2020, 10:20 AM {PAGE}", "as in English"),
    (f"2020-03-05 {PAGE}", "an ISO day"),
    (f"2020.3.5 {PAGE}", "a day with stops"),
    (f"2020年3月5日 {PAGE}", "a day in words, with a site"),
    (f"2020年3月5日 10:20 {PAGE}", "a day in words, with the time"),
    (f"2020/3/5      {PAGE}", "wide blanks"),
    (f"{PAGE} 2020/3/5", "the day behind"),
    (f"{PAGE} 1/3", "the page behind"),
    (f"{PAGE} https://www.gov.cn/a_1.htm", "the address behind"),
    (f"第 1 页 共 3 页 {PAGE}", "the page in front"),
    (f"2020/3/5 {PAGE}\nhttps://www.gov.cn/a_1.htm 1/3", "address and page below"),
    (f"https://www.gov.cn/a_1.htm 第1页 共3页\n{PAGE}", "address and page above"),
    (PAGE, "only the page's title with its site"),
    ("2020/3/5 某市通知公告 - 某市人民政府", "a list's name"),
    ("2020年3月5日 10:20 某局关于印发消防规定的通知_某局网站", "words of an event"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "reason"), PRINTED, ids=[row[1] for row in PRINTED])
def test_the_head_of_a_printed_page_is_no_part_of_the_title(head: str, reason: str) -> None:
    text = f"{head}\n某市人民政府关于加强职业教育的意见\n某政〔2020〕1号\n各区：\n一、总体要求\n提升。"
    document = parse_text(text)
    assert (document.title, document.issuing_bodies, document.document_number) == (
        "某市人民政府关于加强职业教育的意见",
        ("某市人民政府",),
        "某政〔2020〕1号",
    ), reason
    assert document.dates.published is None
    assert unaccounted(text, *parse_with_rest(text)) == []


TITLED = [
    ("2020/3/5 某市人民政府关于加强职业教育的意见", "某市人民政府关于加强职业教育的意见", "only the head bears the title"),
    ("2020/3/5 10:20 某市人民政府关于加强职业教育的意见_某市政府网", "某市人民政府关于加强职业教育的意见", "with a site"),
    ("2020年3月5日某市人民政府关于停水的通告", "2020年3月5日某市人民政府关于停水的通告", "a day in words opens a title"),
    ("2020年3月5日至6月5日某市禁渔通告", "2020年3月5日至6月5日某市禁渔通告", "a span of days"),
    ("某市人民政府关于2020年3月5日10:20停水的通告", "某市人民政府关于2020年3月5日10:20停水的通告", "day and time within"),
    ("某市2020/2021学年度教育工作方案", "某市2020/2021学年度教育工作方案", "a school year"),
    ("某市应急预案_2020版", "某市应急预案_2020版", "an edition is no site"),
    ("关于推进“互联网+”_试点的通知", "关于推进“互联网+”_试点的通知", "a low line within"),
    ("12345政务服务便民热线管理办法", "12345政务服务便民热线管理办法", "a number opens a title"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title", "reason"), TITLED, ids=[row[2] for row in TITLED])
def test_a_title_with_a_day_or_a_number_stays_whole(head: str, title: str, reason: str) -> None:
    assert parse_text(f"{head}\n某政〔2020〕1号\n各区：\n一、总体要求\n提升。").title == title, reason


def test_days_of_a_chronicle_are_its_own_words() -> None:
    text = "2020/3/5 某公司成立\n2020/4/1 10:20 获批\n2020/5/1 开业\n"
    document = parse_text(text)
    assert "2020/3/5某公司成立" in [clause.text for clause in document.walk()]
    assert unaccounted(text, *parse_with_rest(text)) == []
