"""A page that is not its whole document says so by a warning of a kind, with the links that lead to the rest."""

from typing import get_args

import pytest

from policydiff.extract import extract
from policydiff.extract.reading import RemarkKind
from policydiff.extract.sniff import bundle
from policydiff.model import WarningKind
from policydiff.report.catalog import sentence_told

TEXT = "".join(
    f"<p>第{number}条　为了加强管理，规范行为，制定本办法；违反的，依法处理。</p>"
    for number in "一二三四五六"
)
NOTICE = "<p>各区人民政府：</p><p>现将办法印发给你们，请认真贯彻执行。</p>"


def page(inside: str, head: str = "", text: str = TEXT) -> bytes:
    return f"<html><head><title>办法</title>{head}</head><body><div class=TRS_Editor>{text}</div>{inside}</body></html>".encode()


def found(data: bytes) -> list[tuple[str, str]]:
    kinds = {WarningKind.NEXT_PAGE, WarningKind.PREVIOUS_PAGE, WarningKind.ATTACHED_TEXT}
    return [(each.kind, each.links[0][1]) for each in extract(data).warnings if each.kind in kinds]


PAGES = [
    ("<a href=t_2.html>下一页</a>", "", [("next page", "t_2.html")], "the usual words"),
    ("<a href=t_2.html>下页&gt;&gt;</a>", "", [("next page", "t_2.html")], "short, with arrows"),
    ("<a href=t_2.html>【下一页】</a>", "", [("next page", "t_2.html")], "in brackets"),
    ("<a href=t_2.html>后一页</a>", "", [("next page", "t_2.html")], "another word"),
    ("<a href=t_2.html>Next &raquo;</a>", "", [("next page", "t_2.html")], "English"),
    ("<a href=t_2.html>下一頁</a>", "", [("next page", "t_2.html")], "traditional characters"),
    (
        "<a href=t.html>上一页</a><a href=t_3.html>下一页</a>",
        "",
        [("next page", "t_3.html"), ("previous page", "t.html")],
        "a page in the middle",
    ),
    ("<a href=t.html>&lt;&lt; 前一页</a>", "", [("previous page", "t.html")], "the last page"),
    ("", "<link rel=next href=t_2.html>", [("next page", "t_2.html")], "said in the head"),
    (
        '<script>createPageHTML(3, 0, "t20190605_1", "html");</script>',
        "",
        [("next page", "t20190605_1_1.html")],
        "links written by the script of a platform",
    ),
    (
        '<script>createPageHTML(3, 2, "t20190605_1", "shtml");</script>',
        "",
        [("previous page", "t20190605_1_1.shtml")],
        "the same on its last page",
    ),
    ('<script>createPageHTML(1, 0, "t20190605_1", "html");</script>', "", [], "the script of one page"),
    (
        "<p><b>1</b> <a href=t_2.html>2</a> <a href=t_3.html>3</a></p>",
        "",
        [("next page", "t_2.html")],
        "numbers of pages",
    ),
    (
        "<p><a href=t.html>1</a> <b>2</b> <a href=t_3.html>[3]</a> 共三十二页</p>",
        "",
        [("next page", "t_3.html")],
        "numbers, a word of five characters",
    ),
    (
        "<p><b>1</b> <a href=t_2.html>2</a> 一共有三十二页</p>",
        "",
        [],
        "numbers, a word of seven characters: a sentence",
    ),
    ("<p><a href=t.html>1</a> <a href=t_2.html>2</a> <b>3</b></p>", "", [], "numbers, on the last page"),
    ("<p><b>1</b> <a href='#'>2</a></p>", "", [], "numbers that lead nowhere"),
    ("<p><b>1</b> <a href=t_3.html>3</a></p>", "", [], "numbers that do not follow"),
    (
        "<p><b>1</b> <a href=t_2.html>2</a>" + " 。" * 97 + "</p>",
        "",
        [("next page", "t_2.html")],
        "numbers among 197 characters",
    ),
    ("<p><b>1</b> <a href=t_2.html>2</a>" + " 。" * 100 + "</p>", "", [], "numbers among 203 characters"),
    ("<a href=other.html>下一篇：关于其他事项的通知</a>", "", [], "the next article"),
    ("<a href=other.html>下一页是什么意思</a>", "", [], "a title that begins so"),
    ("<a href='javascript:next()'>下一页</a><a href='#'>下一页</a>", "", [], "links that lead nowhere"),
]


@pytest.mark.parametrize(("inside", "head", "expected", "reason"), PAGES, ids=[row[3] for row in PAGES])
def test_a_document_on_several_pages(
    inside: str, head: str, expected: list[tuple[str, str]], reason: str
) -> None:
    assert found(page(inside, head)) == expected


ATTACHED = [
    ("<a href=1.pdf>管理办法.pdf</a>", NOTICE, ["1.pdf"], "one text"),
    (
        "<a href=1.doc>附件1：实施方案</a><a href=2.xls>附件2：汇总表</a>",
        NOTICE,
        ["1.doc"],
        "a text and a form",
    ),
    ("<a href=1.ofd>点击下载</a>", NOTICE, ["1.ofd"], "the only file, whatever its name"),
    ("<a href=1.docx>申请表</a>", NOTICE, [], "a form alone"),
    ("<a href=1.pdf>管理办法.pdf</a>", TEXT * 3, [], "the page holds the text itself"),
    ("<a href=1.zip>附件</a>", NOTICE, [], "an archive"),
    (
        "<a href='/download?id=12'>管理办法.pdf</a>",
        NOTICE,
        ["/download?id=12"],
        "a file handed out by its number",
    ),
    ("<a href='/show?id=12'>管理办法</a>", NOTICE, [], "a page by its number"),
    (
        "<iframe src='/viewer.html?file=/u/a.pdf'></iframe>",
        NOTICE,
        ["/viewer.html?file=/u/a.pdf"],
        "a viewer in a frame",
    ),
    ("<iframe src='/viewer.html?file=/u/a.pdf'></iframe>", TEXT * 3, [], "a viewer beside a whole text"),
    ("<iframe src='/weather.html'></iframe>", NOTICE, [], "a frame of another thing"),
]


@pytest.mark.parametrize(("inside", "text", "expected", "reason"), ATTACHED, ids=[row[3] for row in ATTACHED])
def test_a_notice_whose_text_is_attached(inside: str, text: str, expected: list[str], reason: str) -> None:
    assert [target for _, target in found(page(inside, text=text))] == expected


PICTURES = [
    ("<img src=/u/2024/a.png>", 1, "a picture in the text"),
    ("<img src=/u/a.png width=100><img src=/u/b.png width=99>", 1, "one a hundred pixels wide, one of 99"),
    ("<img data-src=/u/a.jpg src=''>", 1, "one that a script loads"),
    ("<img src=/u/a.png><img src=/u/a.png>", 1, "one twice"),
    (
        "<img src=/images/qrcode.png><img src=/icon/pdf.png><img src=line.gif><img src='data:image/png;base64,AA'>",
        0,
        "decorations",
    ),
    ("<img alt=图>", 0, "none at all"),
]


@pytest.mark.parametrize(("inside", "count", "reason"), PICTURES, ids=[row[2] for row in PICTURES])
def test_pictures_in_the_document_are_named(inside: str, count: int, reason: str) -> None:
    told = [
        each.text
        for each in extract(page("", text=TEXT + f"<p>{inside}</p>")).warnings
        if "pictures" in each.text
    ]
    assert told == [f"pictures that are not read: {count}; text in them is missing"] * bool(count)


def test_pages_kept_together_are_one_document() -> None:
    first, second, third = (
        page("<a href=2.html>下一页</a>"),
        page("<a href=1.html>上一页</a><a href=3.html>下一页</a>"),
        page("<a href=2.html>上一页</a>"),
    )
    assert found(bundle([first, second, third])) == []
    assert found(bundle([second, third])) == [("previous page", "1.html")]
    assert found(bundle([first, second])) == [("next page", "3.html")]


def test_a_warning_knows_its_place_and_both_languages() -> None:
    data = "<p>各区：</p><p>现将办法印发给你们。附件：管理办法.pdf</p>"
    warning = next(
        each
        for each in extract(page("<a href=1.pdf>管理办法.pdf</a>", text=data)).warnings
        if each.kind == "attached text"
    )
    text = extract(page("<a href=1.pdf>管理办法.pdf</a>", text=data)).text
    assert warning.span is not None
    assert text[warning.span.start : warning.span.end] == "管理办法.pdf"
    assert sentence_told(warning.text, "zh") == "该网页只是通知，正文在附件中：管理办法.pdf 1.pdf"


def test_the_worker_knows_the_kinds_of_the_model() -> None:
    assert set(get_args(RemarkKind)) == {kind.value for kind in WarningKind}
