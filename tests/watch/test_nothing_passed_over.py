"""Differences that a page's head, the words around a text or a wrong encoding could hide: kinds that pairs drawn on unknown layouts showed."""

import pytest

from benchmarks.watch_pages import judge
from policydiff.watch.judge.core import core_lines, squeeze
from policydiff.watch.judge.cuts import _is_garbled

_STORY = (
    "市教育局日前公布新学年入学安排，符合条件的儿童可以在户籍所在地报名。",
    "报名时间为六月一日至六月十日，逾期不再受理。",
    "报名时应当提交户口簿和房产证明，材料不全的一次告知。",
    "外来务工人员子女凭居住证报名，由街道统筹安排学位。",
)
ABOVE = (
    ("1032人参与308评论", "a count of comments"),
    ("评论", "a button for comments"),
    ("评论 2819", "a button with its count"),
    ("微信\n微博\n评论", "tools in a row"),
    ("我要评论", "an invitation"),
    ("查看评论（12）", "a link to comments"),
    ("跟帖 56", "posts"),
    ("留言 3", "messages"),
    ("3 comments", "in English"),
    ("评论 12\n收藏 3\n分享", "a bar of three"),
    ("导读：市教育局公布入学安排。\n评论 12", "a summary above it"),
)


@pytest.mark.parametrize(("said", "why"), ABOVE, ids=[why for _, why in ABOVE])
def test_words_for_readers_above_a_text_do_not_end_it(said: str, why: str) -> None:
    lines = core_lines("\n".join(["入学安排公布", said, *_STORY]))
    assert lines[-1] == squeeze(_STORY[-1]), why


def _read(text: str, said: str) -> list[str]:
    return core_lines(f"{text}\n网友评论\n{said}")


def test_what_readers_say_is_up_to_four_times_as_long_as_a_text() -> None:
    text, said = "甲" * 61, "\n".join(["乙" * 61] * 4)
    assert len(_read(text, said)) == 1
    assert len(_read(text[:-1] + "。", said)) == 1, "a shorter line is laid down by its mark"
    assert len(_read(text, f"{said}\n{'丙' * 61}")) == 6, "five times as much is the text itself"


HEADS = (
    ("2024年3月5日", "a day alone"),
    ("市教育局 2024年3月5日", "a body and a day"),
    ("二〇二四年三月五日", "a day in words"),
    ("March 5, 2024", "in English"),
)


@pytest.mark.parametrize(("day", "why"), HEADS, ids=[why for _, why in HEADS])
def test_a_day_below_a_summary_signs_no_text(day: str, why: str) -> None:
    listed = ("报名材料", "户口簿原件", *_STORY[1:])
    text = "\n".join(["入学安排公布", "摘要：公布入学安排。", "来源", day, *listed])
    assert core_lines(text)[-1] == squeeze(_STORY[-1]), why


HEADINGS = (
    ("最后", "第一次：警告处理", "a last heading"),
    ("关于版权问题", "引用他人文章前征得作者同意", "a heading that sounds like a site's"),
    ("常见问题", "报名需要带什么材料", "questions"),
    ("版权归属", "学生作品归学生本人", "who owns a work"),
)


@pytest.mark.parametrize(("heading", "line", "why"), HEADINGS, ids=[why for *_, why in HEADINGS])
def test_a_heading_that_resembles_a_sites_ends_no_text(heading: str, line: str, why: str) -> None:
    counted = core_lines(f"一、甲应当登记。\n二、乙应当备案。\n{heading}\n{line}")
    assert counted[-2:] == [squeeze(heading), squeeze(line)], why


FACTS = (
    ("（承办单位：市教育局）", True, "who organises it"),
    ("发文机关：市教育局", True, "who issued it"),
    ("有效期至：2029年12月31日", True, "until when"),
    ("来源：市教育局网站", False, "the source of a page"),
    ("阅读：128", False, "a counter"),
)


@pytest.mark.parametrize(("line", "counts", "why"), FACTS, ids=[why for *_, why in FACTS])
def test_a_fact_behind_lines_to_fill_in_counts(line: str, counts: bool, why: str) -> None:
    text = f"一、甲应当登记。\n二、乙应当备案。\n学生签名：\n家长签名：\n年月日\n{line}"
    assert any("教育局" in each or "2029" in each or "128" in each for each in core_lines(text)) is counts, (
        why
    )


BRACKETS = (
    ("第二次：禁言（一天到一个月）处理", True),
    ("办理（打印两份）提交", True),
    ("申请（网上下载表格）材料", True),
    ("补贴（每月一次）发放", True),
    ("某市人民政府（阅读：120）", False),
)


@pytest.mark.parametrize(("line", "stays"), BRACKETS)
def test_words_between_brackets_are_the_pages_where_a_figure_or_label_says_so(line: str, stays: bool) -> None:
    counted = core_lines(f"一、甲应当登记。\n{line}\n二、乙应当备案。")[1]
    assert (counted == squeeze(line)) is stays


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>入学办法_某市教育局</title></head><body>{body}<div class='f'>版权所有</div></body></html>".encode()


_BODY = "<p>一、甲应当登记。</p><p>二、乙应当在三十日内向主管部门备案，逾期不予受理。</p><p>三、本办法自公布之日起施行。</p>"
_FRAME = "<ul><li><a href='/'>首页</a></li></ul><div class='m'><h1>入学办法</h1><div class='t'>{}</div><div class='r'>{}</div></div>"
PICTURES = (
    (_BODY + "<p><img src='/u/2024{}.png'></p>", "", "changed", "behind the last provision"),
    ("<p><img src='/u/2024{}.png'></p>" + _BODY, "", "changed", "above the first provision"),
    (_BODY + "<p>责任编辑：张三</p><p><img src='/u/2024{}.jpg'></p>", "", "changed", "behind the editor"),
    (_BODY + "<p>附表</p><img src='/u/2024{}.gif'>", "", "changed", "under the name of an annex"),
    (_BODY, "<p><img src='/u/2024{}.png'></p>", "unchanged", "beside the element of the text"),
    (_BODY, "<a href='/x'><img src='/u/2024{}.png'></a>", "unchanged", "a banner"),
    (_BODY + "<p><a href='/x'><img src='/u/2024{}.png'></a></p>", "", "unchanged", "a banner within it"),
    (_BODY + "<p><img src='/u/2024.png?t={}'></p>", "", "unchanged", "a mark of the visit"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "beside", "due", "why"), PICTURES, ids=[why for *_, why in PICTURES])
def test_a_picture_in_the_element_of_the_text_counts(text: str, beside: str, due: str, why: str) -> None:
    pages = [_page(_FRAME.format(text.format(n), beside.format(n))) for n in ("0301", "0917")]
    assert judge(*pages)[0] == due, why


_ENTRIES = "".join(
    f"<li><a href='#s{n}'>{n}. 第{n}部分的名称</a></li><li><a href='#s{n}a'>{n}.1 第{n}部分的细则</a></li>"
    for n in range(1, 60)
)
_SECTIONS = "".join(
    f"<h2 id='s{n}'>{n}. 第{n}部分的名称</h2><p>各单位应当在{n}日内报送第{n}类材料。</p><h3 id='s{n}a'>{n}.1 第{n}部分的细则</h3><p>逾期{n}日的，不予受理。</p>"
    for n in range(1, 60)
)
FAR = (
    ("<p>征求意见稿，2024年3月5日</p>", "<p>报批稿，2024年3月5日</p>", "changed", "the state of a draft"),
    ("<p>起草：张三</p>", "<p>起草：张三、李四（特邀专家）</p>", "changed", "who drafted it"),
    ("<p>本稿供成员审议，审议期六十日。</p>", "<p>本稿供成员审议，审议期三十日。</p>", "changed", "a term"),
    ("<p>联系人：<a href='mailto:a@x.gov.cn'>王老师</a></p>", "<p>联系人：<a href='mailto:b@x.gov.cn'>李老师</a></p>", "changed", "whom to write to"),
    ("<p>浏览次数：12</p>", "<p>浏览次数：15</p>", "unchanged", "a counter"),
    ("<p>上一篇：<a href='/a'>甲规则</a></p>", "<p>上一篇：<a href='/b'>乙规则</a></p>", "unchanged", "a neighbour"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "due", "why"), FAR, ids=[why for *_, why in FAR])
def test_the_head_above_a_long_list_of_contents_counts(old: str, new: str, due: str, why: str) -> None:
    pages = [
        _page(f"<div><h1>入学办法</h1>{each}<ul>{_ENTRIES}</ul></div><main>{_SECTIONS}</main>")
        for each in (old, new)
    ]
    assert judge(*pages)[0] == due, why


_OLD = "第一条 为了规范补贴的发放，制定本办法。第二条 补贴标准为每人每月八百元，由市财政局负责解释。第三条 本办法自公布之日起施行。"
READINGS = (
    ("utf-8", "gb18030"),
    ("utf-8", "big5"),
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("gb18030", "utf-8"),
    ("gb18030", "latin-1"),
    ("gb18030", "cp1252"),
    ("gb18030", "big5"),
)


@pytest.mark.parametrize(("written", "read"), READINGS)
def test_a_text_read_in_another_encoding_is_garbled(written: str, read: str) -> None:
    assert _is_garbled(_OLD.encode(written).decode(read, "replace"), _OLD)


@pytest.mark.parametrize(
    "text",
    [
        _OLD.replace("八百", "九百"),
        "关于做好森林防火工作的通知，各乡镇应当组建扑火队伍。",
        "Rules of the résumé commission: naïve façades are not permitted.",
        "",
    ],
)
def test_another_text_is_not(text: str) -> None:
    assert not _is_garbled(text, _OLD)
