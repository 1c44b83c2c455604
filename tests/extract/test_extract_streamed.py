"""Pages whose parts arrive hidden and are put in their places by a script, and what stands around a text that no portal names."""

import pytest

from policydiff.extract import extract

LINES = (
    "第一条 为了加强停车场管理，制定本办法。",
    "第二条 经营者应当自开业之日起30日内备案。",
    "第三条 违反本办法的，处五百元以上二千元以下罚款。",
)
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
MENU = "<nav><ul><li><a href=/a/>要闻</a><li><a href=/b/>公开</a></ul></nav>"


def page(body: str, title: str = "停车场管理办法") -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()


def part(number: int, words: str, call: str) -> str:
    return f'<div hidden id="S:{number}">{words}</div><script>{call}</script>'


PLACE = '<!--$?--><template id="B:0"></template><p>正在加载，请稍候。</p><!--/$-->'
STREAMED = [
    (f"{MENU}<main>{PLACE}</main>" + part(0, TEXT, '$RC("B:0","S:0")'), "the whole text in one part"),
    (f"<main>{PLACE}</main>" + part(0, TEXT, "$RC('B:0','S:0')"), "single quotation marks"),
    (f"<main>{PLACE}</main>" + part(0, TEXT, 'function f(){};$RC("B:0", "S:0");'), "behind other words"),
    (
        '<main><!--$?--><template id="B:0"></template><!--/$--></main>' + part(0, TEXT, '$RC("B:0","S:0")'),
        "nothing shown meanwhile",
    ),
    (
        f"<main><p>{LINES[0]}</p>{PLACE}<p>{LINES[2]}</p></main>"
        + part(0, f"<p>{LINES[1]}</p>", '$RC("B:0","S:0")'),
        "in the middle of the text",
    ),
    (
        f"<main>{PLACE}</main>"
        + part(0, f'<p>{LINES[0]}</p><template id="P:1"></template><p>{LINES[2]}</p>', "")
        + part(1, f"<p>{LINES[1]}</p>", '$RS("S:1","P:1")')
        + '<script>$RC("B:0","S:0")</script>',
        "a part inside a part, named the other way round",
    ),
    (
        '<main class=wide><template id="B:0"></template></main><main class=narrow><template id="B:1"></template></main>'
        + part(0, TEXT, '$RC("B:0","S:0")')
        + part(1, TEXT, '$RC("B:1","S:1")'),
        "sent for wide and for narrow screens: shown once",
    ),
]


@pytest.mark.parametrize(("body", "reason"), STREAMED, ids=[row[1] for row in STREAMED])
def test_parts_are_put_in_their_places(body: str, reason: str) -> None:
    assert extract(page(body)).text.splitlines() == list(LINES), reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<main>{TEXT}</main>" + part(0, "<p>同意并继续。</p>", ""), "no call names it"),
        (f"<main>{TEXT}</main>" + part(0, "<p>同意并继续。</p>", '$RC("B:7","S:0")'), "its place is not there"),
        (f'<main>{TEXT}</main><p hidden id=S:0>同意并继续。</p><script>show("B:0","S:0")</script>', "another call"),
    ],
)  # fmt: skip
def test_what_no_script_puts_anywhere_stays_hidden(body: str, reason: str) -> None:
    assert extract(page(body)).text.splitlines() == list(LINES), reason


ART = (
    "<div aria-label=x>" + "".join(f"<span>{':=-. ' * 9}%%##**++..</span><br>" for _ in range(30)) + "</div>"
)
AROUND = [
    (f"<main>{MENU}<h1>停车场管理办法</h1>{TEXT}</main>", "停车场管理办法", "a menu above the heading inside the block"),
    (f"<main><div>{MENU}</div><div><h1>停车场管理办法</h1></div>{TEXT}</main>", "停车场管理办法", "boxes around both"),
    (f"<main>{TEXT}</main><footer>{ART}</footer>", LINES[0], "a drawing made of marks is no text"),
    (f"<main><p><a href=/old/>上一版</a>已废止，以本版为准，请遵照执行。</p><h1>停车场管理办法</h1>{TEXT}</main>", None, "a sentence with a link is no menu"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "first", "reason"), AROUND, ids=[row[2] for row in AROUND])
def test_menus_and_drawings_around_a_text(body: str, first: str | None, reason: str) -> None:
    lines = extract(page(body)).text.splitlines()
    assert lines[-3:] == list(LINES), reason
    assert lines[0] == (first or "上一版已废止，以本版为准，请遵照执行。"), reason


def test_without_a_declared_title_the_first_heading_begins_the_text() -> None:
    body = f"<div><div><h1>停车场管理办法</h1></div><div><h2>文件下载</h2><p>说明一句。</p></div><div><h2>正文</h2>{TEXT * 3}</div></div>"
    assert extract(page(body, "")).text.splitlines()[:3] == ["停车场管理办法", "文件下载", "说明一句。"]


def test_the_only_first_heading_inside_a_block_begins_it() -> None:
    body = f"<header><div class=title><a>某市</a>停车网</div><p>注册。</p></header><main><article><h1>停车场管理办法（试行）</h1>{TEXT * 3}</article></main>"
    assert extract(page(body, "某市停车网")).text.splitlines()[0] == "停车场管理办法（试行）"


def test_what_stands_elsewhere_on_the_page_is_listed() -> None:
    body = f"<div><div><p>本办法的解读由法规处负责，详见说明。</p></div><div><div><div>{TEXT * 3}</div><div>乙</div></div></div></div>"
    read = extract(page(body))
    assert "解读" not in read.text
    assert any(each.kind == "beside" and "解读" in each.text for each in read.left_out)


def test_days_in_wide_brackets_beside_links_are_words() -> None:
    rows = "".join(
        f"<li><a href=/{day}/>停车场备案公告第{day}号</a><span>[ &nbsp; 2026-08-{day} &nbsp; ]</span></li>"
        for day in range(10, 28)
    )
    foot = "<div><p>主办：某市人民政府</p></div>"
    read = extract(page(f"<div><ul>{rows}</ul></div>{foot}", "停车公告"))
    assert "某市人民政府" not in read.text
    assert [line.count("停车场备案") for line in read.text.splitlines()] == [1] * 18
