"""Pages of portals: the block, its lines, the facts beside it."""

import pytest

from policydiff.errors import UnreadableInputError
from policydiff.extract import Limits, extract
from policydiff.extract.web.portal import portals
from policydiff.lexicon.furniture import page_labels

ENGLISH = "A holder of a licence shall keep a register of vessels, crews and catches, and shall show it to an officer."
BODY = "为了加快发展，制定本办法。各区人民政府要认真贯彻执行，落实责任；重大问题及时报告。"


def page(content: str, *, head: str = "", around: str = "") -> bytes:
    menu = "".join(f'<li><a href="/{i}">导航栏目{i}</a></li>' for i in range(30))
    return f"<html><head>{head}</head><body><ul>{menu}</ul>{around}{content}<div>主办单位</div></body></html>".encode()


LINES = [
    (f"<p>甲</p><p>{BODY}</p>", ["甲", BODY], "paragraphs"),
    (f"甲<br>　　{BODY}<br/><br>乙", ["甲", BODY, "乙"], "line breaks part paragraphs"),
    (
        f"<p><span>国务院</span><b>办公厅</b></p>{BODY}",
        ["国务院办公厅", BODY],
        "inline elements do not part words",
    ),
    (f"<p>市 &nbsp; 长</p>{BODY}", ["市 \xa0 长", BODY], "blanks fold, printed spaces stay"),
    (f"<p>面积<sup>2</sup></p>{BODY}", ["面积²", BODY], "a raised digit stays in its line, and stays raised"),
    (
        f"<script>x</script><style>y</style><p hidden>z</p><p style='display: none'>w</p>{BODY}",
        [BODY],
        "what none sees",
    ),
    (f"<!-- 注 --><p>{BODY}</p>", [BODY], "comments"),
    (f"<ol><li>甲</li><li>乙</li></ol>{BODY}", ["1. 甲", "2. 乙", BODY], "numbers a browser prints"),
    (f"<ol start=3><li>甲</li></ol>{BODY}", ["3. 甲", BODY], "a list that goes on"),
    (
        f"<ol><li>一、甲</li><li>（二）乙</li></ol>{BODY}",
        ["一、甲", "（二）乙", BODY],
        "numbers already typed",
    ),
    (f"<ul><li>甲</li></ul>{BODY}", ["甲", BODY], "bullets are no words"),
    (
        f"<table><tr><th>序号</th><th>任务</th></tr><tr><td>1</td><td><p>建设</p><p>平台</p></td></tr></table>{BODY}",
        ["| 序号 | 任务 |", "| 1 | 建设<br>平台 |", BODY],
        "a row is a line",
    ),
    (f"<table><tr><td><p>甲</p><p>{BODY}</p></td></tr></table>", ["甲", BODY], "one cell lays out the page"),
    (
        f"<table><tr><td>{'<p>' + BODY + '</p>'}{f'<p>{BODY}</p>' * 30}</td><td>旁</td></tr></table>",
        [BODY] * 31 + ["旁"],
        "a cell that holds the document lays it out",
    ),
    (f"<ne-p>甲</ne-p><ne-p>乙</ne-p>{BODY}", ["甲", "乙", BODY], "a site's own elements in a row are lines"),
    (f"<ne-p>甲</ne-p>\n  <ne-p class=x>乙</ne-p>{BODY}", ["甲", "乙", BODY], "with blanks between"),
    (
        f"<p>甲<x-term>乙</x-term>、<x-term>丙</x-term>丁</p>{BODY}",
        ["甲乙、丙丁", BODY],
        "within words they are words",
    ),
    (f"<p>a<mjx-mi>b</mjx-mi><mjx-mi>c</mjx-mi></p>{BODY}", ["abc", BODY], "signs of a formula"),
    (f"<pre>甲\n乙</pre>{BODY}", ["甲", "乙", BODY], "typed lines"),
    (f"<pre><code>甲\n乙</code></pre>{BODY}", ["甲", "乙", BODY], "typed lines in an element inside"),
    (
        f"<div style='white-space:pre-wrap'>甲\n乙</div>{BODY}",
        ["甲", "乙", BODY],
        "line breaks kept by a style",
    ),
    (
        f"<p><span style='white-space: pre-line'>甲\n乙</span></p>{BODY}",
        ["甲", "乙", BODY],
        "and inside a line",
    ),
    (f"<p style='white-space: nowrap'>甲\n乙</p>{BODY}", ["甲乙", BODY], "a style that folds line breaks"),
    (
        f"<pre>甲<p style='white-space:normal'>乙\n丙</p></pre>{BODY}",
        ["甲", "乙丙", BODY],
        "folded again inside",
    ),
    (f"<ol type=A><li>甲</li><li>乙</li></ol>{BODY}", ["A. 甲", "B. 乙", BODY], "letters"),
    (f"<ol type=i><li>甲</li><li>乙</li></ol>{BODY}", ["i. 甲", "ii. 乙", BODY], "Roman numbers"),
    (
        f"<ol style='list-style-type: simp-chinese-informal'><li>甲</li><li>乙</li></ol>{BODY}",
        ["一、甲", "二、乙", BODY],
        "Chinese numbers that a style asks for",
    ),
    (
        f"<ol style='list-style: inside cjk-heavenly-stem'><li>甲方</li></ol>{BODY}",
        ["甲、甲方", BODY],
        "stems",
    ),
    (
        f"<ul style='list-style-type:decimal'><li>甲</li></ul>{BODY}",
        ["1. 甲", BODY],
        "numbers of a list of bullets",
    ),
    (f"<ol style='list-style:none'><li>甲</li></ol>{BODY}", ["甲", BODY], "numbers taken away"),
    (
        f"<ol><li value=5>甲</li><li>乙</li></ol>{BODY}",
        ["5. 甲", "6. 乙", BODY],
        "an item with a number of its own",
    ),
    (f"<ol reversed><li>甲</li><li>乙</li></ol>{BODY}", ["2. 甲", "1. 乙", BODY], "numbers that go down"),
    (
        f"<table><caption>收费表</caption><tr><td>项</td><td>元</td></tr><tr><td>甲</td><td>1</td></tr></table>{BODY}",
        ["收费表", "| 项 | 元 |", "| 甲 | 1 |", BODY],
        "the title that a table holds",
    ),
    (f"<p>姓名：<input value=张三></p>{BODY}", ["姓名：张三", BODY], "a form filled in"),
    (
        f"<p><input type=checkbox checked>甲 <input type=radio>乙</p>{BODY}",
        ["☑甲 □乙", BODY],
        "boxes ticked and not",
    ),
    (f"<p>类别<select><option>一<option selected>二</select></p>{BODY}", ["类别二", BODY], "what was chosen"),
    (f"<p>事由<textarea>搬迁</textarea></p>{BODY}", ["事由搬迁", BODY], "what was written"),
    (f"<p><input value=请输入关键字><input type=submit value=提交></p>{BODY}", [BODY], "buttons and prompts"),
    (f"<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>{BODY}", ["漢" + BODY], "how a character is read"),
    (f"<style>.x{{display:none}}</style><p class=x>甲</p><p>{BODY}</p>", [BODY], "what a style sheet hides"),
    (
        f"<style>@media print{{.x{{display:none}}}}</style><p class=x>甲</p><p>{BODY}</p>",
        ["甲", BODY],
        "what it hides in print only",
    ),
    (
        f"<style>.y{{display:none}}</style><div class=y><p>{BODY}</p><p>{BODY}</p></div>",
        [BODY, BODY],
        "what hides the page until a script shows it",
    ),
    (
        f"<p>{ENGLISH}</p><p>{ENGLISH}</p><div style='opacity:0'><p>We use cookies, as others do.</p></div>",
        [ENGLISH, ENGLISH],
        "a dialog that a script may show",
    ),
    (f"<div class=share>分享</div><p>{BODY}</p>", [BODY], "buttons inside the block"),
]


@pytest.mark.parametrize(("content", "lines", "reason"), LINES, ids=[row[2] for row in LINES])
def test_lines_of_a_block(content: str, lines: list[str], reason: str) -> None:
    found = extract(page(f"<div class='TRS_Editor'>{content}</div>"))
    assert found.text.splitlines() == lines
    assert found.warnings == ()


def test_an_english_page_hidden_until_a_script_shows_it_is_read() -> None:
    """Its sentences are counted by their own marks: the dialog that shows is not the document."""
    dialog = "<div><p>We use cookies, as others do, and keep them. You may refuse, or accept, all of them.</p></div>"
    hidden = "<div style='opacity:0'>" + f"<p>{ENGLISH}</p>" * 4 + "</div><script>a = [1, 2, 3, 4];</script>"
    found = extract(page(dialog + hidden))
    assert found.text.splitlines() == [ENGLISH] * 4
    assert any("until a script shows it" in warning.text for warning in found.warnings)


FACTS = [
    (
        "<table><tr><td>索 引 号：</td><td>000/2019</td><td>发文字号：</td><td>国发〔2019〕5号</td></tr></table>",
        "cells",
    ),
    (
        "<table><tr><th>索引号</th><td>000/2019</td></tr><tr><th>发文字号</th><td>国发〔2019〕5号</td></tr></table>",
        "heads",
    ),
    (
        "<ul><li><b>索引号：</b><span>000/2019</span></li><li>【发文字号】：国发〔2019〕5号</li></ul>",
        "list items",
    ),
    ("<dl><dt>索引号：</dt><dd>000/2019</dd><dt>发文字号：</dt><dd>国发〔2019〕5号</dd></dl>", "definitions"),
    ("<p>索引号: 000/2019 &nbsp; 发文字号: 国发〔2019〕5号</p>", "two in one line"),
]


@pytest.mark.parametrize(("around", "reason"), FACTS, ids=[row[1] for row in FACTS])
def test_information_tables_of_every_shape(around: str, reason: str) -> None:
    found = extract(page(f"<div id=UCAP-CONTENT><p>{BODY}</p></div>", around=around))
    assert found.metadata == (("索引号", "000/2019"), ("发文字号", "国发〔2019〕5号"))
    assert found.text == f"{BODY}\n"


def test_an_empty_cell_is_a_fact_not_stated() -> None:
    table = (
        "<table><tr><td>有效性：</td><td></td></tr><tr><td>发布日期：</td><td>2019年1月1日</td></tr></table>"
    )
    found = extract(page(f"<div id=UCAP-CONTENT><p>{BODY}</p></div>", around=table))
    assert found.metadata == (("发布日期", "2019年1月1日"),)


STATED = [
    ("<p>通知</p><p>国办发〔2019〕6号</p>", "国办发〔2019〕6号", "a line of its own"),
    (
        "<p>中华人民共和国国务院令</p><p>第707号</p>",
        "国令第707号",
        "an order over two lines",
    ),
    ("<p>根据国办发〔2019〕6号文件精神，</p>", None, "a citation is not the document's own number"),
    ("<p>第707号提案</p>", None, "a proposal's number"),
]


@pytest.mark.parametrize(("head", "number", "reason"), STATED, ids=[row[2] for row in STATED])
def test_the_number_at_the_head_of_the_document(head: str, number: str | None, reason: str) -> None:
    found = extract(page(f"<div id=zoom>{head}<p>{BODY}</p></div>"))
    assert dict(found.metadata).get("发文字号") == number


TITLES = [
    ("<title>产业发展办法_某某市人民政府</title>", "产业发展办法", "without the site's name"),
    ("<title>产业发展办法</title>", "产业发展办法", "as it is"),
    (
        "<title>某某市人民政府门户网站</title>",
        "产业发展办法",
        "the site's name alone is no title: the heading above the text is",
    ),
    (
        '<title>x</title><meta name="ArticleTitle" content="产业发展办法">',
        "产业发展办法",
        "the tag made for it",
    ),
]


@pytest.mark.parametrize(("head", "title", "reason"), TITLES, ids=[row[2] for row in TITLES])
def test_titles(head: str, title: str | None, reason: str) -> None:
    found = extract(page(f"<h1>产业发展<br>办法</h1><div id=zoom>{BODY}</div>", head=head))
    assert found.title == title


def test_attachments_are_listed_and_not_fetched() -> None:
    content = f'<div id=zoom>{BODY}<a href="./P02.docx">附件1</a><a href="b.PDF?x=1">附件2</a><a href="/c">栏目</a></div>'
    assert extract(page(content)).links == (("附件1", "./P02.docx"), ("附件2", "b.PDF?x=1"))


def test_an_unknown_layout_gives_the_densest_block() -> None:
    found = extract(page(f"<div class=q><div class=z><p>办法</p>{f'<p>{BODY}</p>' * 5}</div></div>"))
    assert found.text.splitlines() == ["办法", *[BODY] * 5]
    assert [each.text for each in found.warnings] == [
        "no known content block: the densest block of the page was taken"
    ]


REFUSED = [
    (
        "<html><body><script>render()</script></body></html>",
        "filled in by a script",
        "a page made by a script",
    ),
    ("<html><body>" + "<div>" * 5000 + BODY, "nested more than 250 deep", "nested beyond reason"),
]


@pytest.mark.parametrize(("markup", "message", "reason"), REFUSED, ids=[row[2] for row in REFUSED])
def test_pages_that_are_refused(markup: str, message: str, reason: str) -> None:
    with pytest.raises(UnreadableInputError, match=message):
        extract(markup.encode())


def test_mhtml_gives_its_page() -> None:
    part = f"<html><body><div id=zoom><p>{BODY}</p></div></body></html>"
    data = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{part}\n--B\nContent-Type: image/png\n\nx\n--B--\n"
    )
    found = extract(data.encode(), limits=Limits())
    assert (found.text, found.media_type) == (f"{BODY}\n", "multipart/related")


@pytest.mark.parametrize("selector", portals().content)
def test_the_element_that_a_portal_marks_holds_the_text(selector: str) -> None:
    if "=" in selector:
        attribute = selector.strip("[]")
    else:
        attribute = f"{'id' if selector[0] == '#' else 'class'}={selector[1:]}"
    found = extract(page(f"<div {attribute}><p>{BODY}</p></div>"))
    assert found.text == f"{BODY}\n"
    assert found.warnings == (), "no word of a block that was guessed"
    unmarked = extract(page(f"<div><p>{BODY}</p></div>"))
    assert any("no known content block" in each.text for each in unmarked.warnings)


def test_the_portals_file_is_sound() -> None:
    data = portals()
    for words in data:
        assert words, "no list is empty"
        assert len(set(words)) == len(words), "no word stands twice"
    assert all(label == "".join(label.split()) for label in page_labels())
    assert set(data.titles) <= {*page_labels(), *data.meta}


FRAMES = [
    ("<iframe src='/att/a.pdf'></iframe>", "attached text", "a file shown in a frame"),
    ("<object data='b.docx'></object>", "attached text", "a file as an object"),
    ("<embed src='c.ofd'>", "attached text", "a file embedded"),
    ("<iframe src='content?id=3'></iframe>", "unread", "another page"),
    ("<iframe src='/share/weibo.html'></iframe>", None, "a button for sharing"),
    ("<iframe src='about:blank'></iframe>", None, "an empty frame"),
    ("<embed src='a.mp4'>", None, "a film"),
]


@pytest.mark.parametrize(("frame", "kind", "reason"), FRAMES, ids=[row[2] for row in FRAMES])
def test_what_a_frame_shows_is_announced(frame: str, kind: str | None, reason: str) -> None:
    found = extract(page(f"<div class='TRS_Editor'>{frame}<p>{BODY}</p></div>"))
    told = [each for each in found.warnings if "frame" in each.text]
    assert [(each.kind.value, each.links[0][1] in frame) for each in told] == ([(kind, True)] if kind else [])


_PROVISIONS = (
    "第一条 为了规范停车，制定本办法。",
    "第二条 收费标准见下表，按照小时计算，由管理单位收取。",
    "第三条 本办法自2021年5月1日起施行。",
)
_FEES = "<table><tr><td>类别</td><td>元</td></tr><tr><td>小型车</td><td>5</td></tr></table>"


@pytest.mark.parametrize(
    ("block", "last"),
    [
        ("<pre>{lines}</pre>{fees}", "| 小型车 | 5 |"),
        ("<p>{broken}</p>{fees}", "| 小型车 | 5 |"),
        ("<blockquote>{broken}</blockquote>{fees}", "| 小型车 | 5 |"),
        ("<pre>{lines}</pre><pre>附件\n小型车5元</pre>", "小型车5元"),
        ("<ul><li>{broken}</li><li>附件：小型车5元</li></ul>", "附件：小型车5元"),
        ("<p>{broken}</p><p>附件：小型车5元</p>", "附件：小型车5元"),
        ("<pre>{lines}</pre><p><a href='/a'>上一篇</a></p>", _PROVISIONS[-1]),
        ("<pre>{lines}</pre><div style='display:none'>附件：小型车5元</div>", _PROVISIONS[-1]),
        ("<pre>{lines}</pre>", _PROVISIONS[-1]),
        ("<div style='white-space: pre-line'>{lines}</div>", _PROVISIONS[-1]),
        ("<div style='white-space: pre-wrap'><div>{lines}</div></div>", _PROVISIONS[-1]),
    ],
)
def test_words_that_follow_one_long_passage_are_read(block: str, last: str) -> None:
    """Where nobody names the block, the passage with nearly all words is not the whole document; its lines stay lines."""
    body = block.format(lines="\n".join(_PROVISIONS), broken="<br>".join(_PROVISIONS), fees=_FEES)
    page = f"<html><body><div><a href='/'>首页</a></div><div>{body}</div><div><a href='/x'>更多</a></div></body></html>"
    lines = extract(page.encode()).text.splitlines()
    assert lines[0] == _PROVISIONS[0]
    assert lines[1] == _PROVISIONS[1]
    assert lines[-1] == last


def test_what_stands_beside_a_block_that_nobody_named_is_listed() -> None:
    """A table beside the block may belong to the document: it is left out, and said so."""
    body = f"<div>{'<br>'.join(_PROVISIONS)}</div>{_FEES}<div><a href='/x'>上一篇</a></div>"
    found = extract(f"<html><body><div>{body}</div></body></html>".encode())
    assert [(each.kind, each.text) for each in found.left_out] == [
        ("beside", "| 类别 | 元 |"),
        ("beside", "| 小型车 | 5 |"),
    ]
