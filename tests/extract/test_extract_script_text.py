"""A text that stands only in the data of a script."""

import json

import pytest

from policydiff.errors import UnreadableInputError
from policydiff.intake import read_bytes
from policydiff.model import ReadingRules

LINES = (
    "第一条 为了加强停车场管理，制定本办法。",
    "第二条 经营者应当自开业之日起30日内备案。",
    "第三条 违反本办法的，处500元以上2000元以下罚款。",
    "第四条 本办法自2024年1月1日起施行。",
)
MARKED = "".join(f"<p>{line}</p>" for line in LINES)
PLAIN = "\n".join(LINES)


def page(script: str, body: str = "<div id='app'></div>") -> bytes:
    return f"<html><head><meta charset='utf-8'><title>详情</title></head><body>{body}{script}</body></html>".encode()


def data(value: object, *, ascii_only: bool = False) -> str:
    return json.dumps(value, ensure_ascii=ascii_only)


@pytest.mark.parametrize(
    "script",
    [
        f"<script type='application/json'>{data({'title': '停车办法', 'content': MARKED})}</script>",
        f"<script id='__NEXT_DATA__' type='application/json'>{data({'props': {'doc': {'docTitle': '停车办法', 'html': MARKED}}}, ascii_only=True)}</script>",
        f"<script type='application/ld+json'>{data({'@type': 'Article', 'headline': '停车办法', 'articleBody': PLAIN})}</script>",
        # No JSON as a whole: a function that an application calls.
        f'<script>window.__NUXT__=(function(a){{return {{data:[{{"title":"停车办法","content":{data(MARKED)}}}],s:a}}}}(null));</script>',
        f"<script>window.__INITIAL_STATE__ = {data({'title': '停车办法', 'content': MARKED})};</script>",
        f"<script>var pageData = {data({'title': '停车办法', 'summary': '加强管理', 'content': PLAIN})};</script>",
        # The same words twice, once as a part: one text.
        f"<script>const state = {data({'title': '停车办法', 'content': MARKED, 'first': MARKED[:80]})};</script>",
        # A menu and a foot are no text.
        f"<script type='application/json'>{data({'title': '停车办法', 'content': MARKED})}</script><ul><li>首页</li></ul><p>版权所有</p>",
    ],
)  # fmt: skip
def test_one_string_that_holds_the_provisions_is_read(script: str) -> None:
    read = read_bytes(page(script), name="x.html", rules=ReadingRules())
    lines = [line for line in read.text.splitlines() if line.startswith("第")]
    assert lines == list(LINES)
    assert read.title == "停车办法"
    assert any("script's data" in warning.text for warning in read.warnings)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        # Two strings of much the same length: nobody but a browser knows which of them is shown.
        (f"<script>var d = {data([MARKED, MARKED.replace('停车场', '垃圾')])};</script>", "2 pieces"),
        # Words of the program itself are no data.
        ('<script>function f(){return "' + "。".join(LINES) + '"}</script>', "may be filled in"),
        # One sentence is a summary.
        (f"<script type='application/json'>{data({'s': '为' * 80 + '。'})}</script>", "may be filled in"),
        ("<script src='/app.js'></script>", "may be filled in"),
        ('<script type=\'application/json\'>{"content": "\\', "may be filled in"),
    ],
)
def test_what_may_be_no_text_is_refused(script: str, words: str) -> None:
    with pytest.raises(UnreadableInputError, match=words):
        read_bytes(page(script), name="x.html", rules=ReadingRules())


def test_a_page_that_shows_its_text_is_read_as_it_shows_it() -> None:
    shown = page(
        f"<script type='application/json'>{data({'content': MARKED.replace('500', '900')})}</script>",
        f"<div><h1>停车办法</h1>{MARKED}</div>",
    )
    assert "900" not in read_bytes(shown, name="x.html", rules=ReadingRules()).text


_TOLD = "<p>各区人民政府：</p><p>为加强停车管理，现将有关事项通知如下。</p><p>一、坚持需求导向。</p><p>二、规范收费，公开标准，接受群众监督，不得擅自提高收费或者变相收取其他费用。</p><p>三、加强监管，年内完成整改。</p>"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("明政办发〔2025〕12号", True),
        ("国发〔2015〕12号", True),
        # Words that are no number, and a count without the body.
        ("明州市人民政府办公室", False),
        ("〔2025〕12号", False),
        ("见明政办发〔2025〕12号文件", False),
    ],
)
def test_the_number_beside_a_text_in_a_script_stands_above_it(value: str, shown: bool) -> None:
    state = json.dumps(
        {"detail": {"title": "关于加强停车管理的通知", "docNo": value, "content": _TOLD}}, ensure_ascii=False
    )
    page = f"<html><body><div id=app></div><script>window.__STATE__={state};</script></body></html>"
    found = read_bytes(page.encode(), name="a.html", rules=ReadingRules())
    assert found.text.splitlines()[:2] == ["关于加强停车管理的通知", value if shown else "各区人民政府："]


@pytest.mark.parametrize("tag", ["h1", "h2", "h3"])
def test_a_heading_of_the_page_stands_above_a_text_in_a_field(tag: str) -> None:
    held = _TOLD.replace("<", "&lt;").replace(">", "&gt;")
    page = f"<html><head><title>某市</title></head><body><{tag}>关于加强停车管理的通知</{tag}><textarea style='display:none'>{held}</textarea></body></html>"
    assert (
        read_bytes(page.encode(), name="a.html", rules=ReadingRules()).text.splitlines()[0]
        == "关于加强停车管理的通知"
    )


_HELD = (
    "<p>各区人民政府：</p><p>为加强停车管理，现通知如下。</p><p>一、停车收费执行政府定价。</p><p>二、本通知自印发之日起施行。</p>"
    * 4
)


@pytest.mark.parametrize(
    ("below", "number"),
    [
        ("<p>明政办发〔2025〕12号</p>", "明政办发〔2025〕12号"),
        ("<div>2025-03-01　来源：市府办</div><p>明政办发〔2025〕12号</p>", "明政办发〔2025〕12号"),
        ("<p>一</p><p>二</p><p>三</p><p>明政办发〔2025〕12号</p>", None),  # beside another title
        ("<p>见明政办发〔2025〕12号文件</p>", None),
    ],
)
@pytest.mark.parametrize(
    "holder", ["<div id='zoom' class='TRS_Editor'>{}</div>", "<script type='text/template'>{}</script>"]
)
def test_a_number_between_the_heading_and_the_text_is_the_documents(
    below: str, number: str | None, holder: str
) -> None:
    title = "明州市人民政府办公室关于加强停车管理的通知"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{below}{holder.format(_HELD)}</body></html>"
    found = read_bytes(page.encode(), name="a.html", rules=ReadingRules())
    assert dict(found.metadata).get("发文字号") == number


def test_a_page_that_shows_no_text_but_a_frame_names_it() -> None:
    page = "<html><head><title>关于加强停车管理的通知</title></head><body><h1>关于加强停车管理的通知</h1><iframe src='/upload/content_77.html'></iframe></body></html>"
    found = read_bytes(page.encode(), name="a.html", rules=ReadingRules())
    assert [remark.links for remark in found.warnings if remark.kind == "attached text"] == [
        (("", "/upload/content_77.html"),)
    ]


def test_the_name_of_a_site_that_is_part_of_a_line_is_no_title() -> None:
    page = (
        "<html><head><title>Circular on Copper - Ministry of Ecology</title></head><body>"
        "<h1>Circular on the Import of Copper</h1><p>Copper may be imported freely from now on.</p><p>Ministry of Ecology and Environment</p></body></html>"
    )
    assert (
        read_bytes(page.encode(), name="a.html", rules=ReadingRules()).title
        == "Circular on the Import of Copper"
    )
