"""Links to other pages that end a block nobody named are no text; files, annexes and lists of links are."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from policydiff.extract.web.script_text import drawn
from policydiff.intake import read_bytes

TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "某市停车办法",
        "第一条　为了规范停车，保障通行，制定本办法。",
        "第二条　停车场应当公示收费标准，不得超过标准收费。",
        "第三条　本办法自公布之日起施行。",
    )
)
LINK = "<p><a href='{}'>{}</a></p>"


@pytest.mark.parametrize(
    ("tail", "kept", "reason"),
    [
        (LINK.format("/1.html", "甲通知") + LINK.format("/2.html", "乙通知"), "", "two links"),
        ("<p>相关：</p>" + LINK.format("/1.html", "甲通知"), "", "one link under a label"),
        (LINK.format("/1.html", "甲通知"), "甲通知", "one link alone may be the document's"),
        (LINK.format("/d.jsp?file=1", "申请表") * 2, "申请表", "an address with a query may be a file"),
        (LINK.format("/1.doc", "申请表") + LINK.format("/2.doc", "样表"), "样表", "files"),
        (
            "<p>附件：</p>" + LINK.format("/1.html", "清单一") + LINK.format("/2.html", "清单二"),
            "清单二",
            "annexes",
        ),
        ("<p>某市人民政府</p><p>2024年3月5日</p>", "2024年3月5日", "a signature"),
    ],
)
def test_links_to_other_pages_end_no_text(tail: str, kept: str, reason: str) -> None:
    page = f"<html><body><div class='c'>{TEXT}{tail}</div></body></html>"
    text = read_bytes(page.encode(), name="a.html").text
    assert text.splitlines()[-1].strip().endswith(kept or "第三条　本办法自公布之日起施行。"), reason


ROWS = "".join(
    f"<tr><td>{n}</td><td>某市第{n}号办法，2001年发布。</td><td>情况已变，不再适用。</td></tr>"
    for n in range(9)
)
TABLE = f"<table><tr><td>序号</td><td>名称</td><td>理由</td></tr>{ROWS}</table>"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<p>废止文件目录（第四批）</p>{TABLE}<p>某市人民政府</p>", "between title and signature"),
        (f"<p>废止文件目录（第四批）</p>{TABLE}", "below its title"),
        (f"<p>废止文件目录（第四批）</p><center>{TABLE}</center>", "centred as word processors write it"),
        (f"<p>废止文件目录（第四批）</p><div align=center>{TABLE}</div>", "centred as old portals write it"),
        (f"<p>废止文件目录（第四批）</p><div><div>{TABLE}</div></div>", "in boxes of a style"),
        (
            f"<div><h2>废止文件目录（第四批）</h2><div>{TABLE}</div></div><div>版权所有</div>",
            "inside a box of the page",
        ),
        (
            f"<h3>废止文件目录（第四批）</h3>{TABLE}<ul><li>注：以发布日期为准。</li></ul>",
            "between heading and note",
        ),
    ],
)
def test_a_table_is_read_with_the_paragraphs_beside_it(body: str, reason: str) -> None:
    lines = read_bytes(f"<html><body>{body}</body></html>".encode(), name="a.html").text.splitlines()
    assert lines[0] == "废止文件目录（第四批）", reason
    assert sum(line.startswith("|") for line in lines) == 10, reason


def test_a_table_in_its_own_part_of_a_page_is_read_without_the_others() -> None:
    page = f"<html><body><div>今日要闻，一览。</div><div>{TABLE}</div><div>版权所有</div></body></html>"
    assert "今日要闻" not in read_bytes(page.encode(), name="a.html").text


def test_a_list_of_links_is_the_document() -> None:
    links = "".join(LINK.format(f"/{n}.html", f"某市第{n}号文件") for n in range(8))
    page = f"<html><body><div class='c'><p>某市文件目录，共八件。</p>{links}</div></body></html>"
    assert "某市第7号文件" in read_bytes(page.encode(), name="a.html").text


def test_a_block_that_holds_its_title_takes_no_banner_for_its_heading() -> None:
    page = (
        "<html><head><title>某市停车办法</title></head><body><div><h2>本站使用的技术</h2><p>继续浏览即表示同意。</p></div>"
        f"<main><h1>某市停车办法</h1>{TEXT}</main></body></html>"
    )
    assert "本站使用的技术" not in read_bytes(page.encode(), name="a.html").text


@pytest.mark.parametrize(
    ("data", "shown", "reason"),
    [
        ('"status":"废止","content":"{}"', "<dt>status:</dt><dd>废止</dd>", "a fact beside the text"),
        (
            '"content":"{}","files":[{{"name":"表一","url":"/f/1.pdf"}}]',
            '<a href="/f/1.pdf">表一</a>',
            "a file",
        ),
        ('"count":12,"content":"{}"', "<dl></dl>", "a number is a counter or an identity"),
        ('"status":"有效","content":"短"', "", "no text"),
    ],
)
def test_what_a_script_would_draw(data: str, shown: str, reason: str) -> None:
    words = "一、申请人应当在三十日内提交材料，逾期不予受理；二、主管部门应当自受理之日起二十日内作出决定。三、本办法由市财政局负责解释，自公布之日起施行。"
    tree = LexborHTMLParser(f'<script type="application/json">{{"a":{{{data.format(words)}}}}}</script>')
    page = drawn(tree)
    assert (shown in page) if shown else page == "", reason
