"""What a site says of itself beside a document, and what looks like it and is the document's: languages, feeds, addresses, titles."""

import pytest

from policydiff.lexicon.furniture import is_furniture
from policydiff.watch.examine import quoted
from policydiff.watch.judge.beside import renamed_in_head
from policydiff.watch.judge.core import core_lines
from policydiff.watch.judge.page_runs import Page
from policydiff.watch.judge.surroundings import said_around


@pytest.mark.parametrize(
    ("line", "is_list"),
    [
        ("其他语言版本：العربية, čeština, Dansk, Deutsch, English, 日本語, 한국어.", True),
        ("日本語 (ja-JP) 한국어 (ko-KR) Español (es-ES)", True),
        ("English | 简体中文", True),
        ("Languages: English · Français · Deutsch · Español", True),
        ("简体 | 繁體 | English", True),
        ("本页可选语言：English, Deutsch, polski. 有关译文请见说明。", True),
        ("Svenska, Suomi, Norsk bokmål, Dansk", True),
        # The words of a document: languages by their names in its own language, or with more than their names.
        ("考试语种：英语、法语、德语、日语", False),
        ("English, Deutsch and other languages are accepted in applications.", False),
        ("本合同以中文、English 两种文本签署，具有同等效力。", False),
        ("申请材料应当附有中文译本。", False),
        ("Français", False),
        ("翻译服务包括 English、日本語 两种语言，按页收费。", False),
    ],
)
def test_a_list_of_languages_is_the_sites_and_a_provision_on_languages_is_none(
    line: str, is_list: bool
) -> None:
    assert is_furniture(line) is is_list


@pytest.mark.parametrize(
    "line",
    [
        "您可以通过http://creativecommons.org/联系“知识共享”。",
        "投诉请见https://example.gov.cn/ts。",
        "联系我们可以通过http://example.gov.cn/lxwm进行。",
    ],
)
def test_the_colon_of_an_address_ends_no_label(line: str) -> None:
    text = ["第一条　甲应当登记。", line]
    assert core_lines("\n".join(text)) != core_lines("\n".join([text[0], line.replace("/", "/x", 1)]))


def _page(title: str, heading: str, more: str = "") -> Page:
    return Page(
        f"<html><head><title>{title}</title></head><body>{f'<h1>{heading}</h1>' if heading else ''}<p>第一条　甲。</p>{more}</body></html>".encode()
    )


@pytest.mark.parametrize(
    ("old", "new", "is_renamed"),
    [
        (("隐私政策", "隐私政策"), ("监控相机隐私政策", "监控相机隐私政策"), True),
        (("校园网指南 - 某网", "校园网指南"), ("校园网自查指南 - 某网", "校园网自查指南"), True),
        (("住房租赁办法_甲市", "住房租赁办法"), ("住房租赁条例_甲市", "住房租赁条例"), True),
        (("住房租赁办法", "住房租赁办法"), ("住房租赁办法（试行）", "住房租赁办法（试行）"), True),
        (("隐私政策", ""), ("监控相机隐私政策", ""), True),
        (("用户协议", ""), ("用户协议课守护", ""), False),
        (("课守护", "正文"), ("新课守护", "正文"), False),
        # The site is called otherwise, the heading stays, or the head alone differs.
        (("用户协议 | 课守护y", "用户协议"), ("用户协议 | 课守护", "用户协议"), False),
        (("甲市政府", "住房租赁办法"), ("甲市人民政府", "住房租赁办法"), False),
        (("住房租赁办法-甲市", "住房租赁办法"), ("住房租赁办法-甲市门户", "住房租赁办法"), False),
        (("住房租赁办法", "正文"), ("住房租赁条例", "正文"), False),
    ],
)
def test_a_title_that_head_and_heading_change_alike_is_a_change(
    old: tuple[str, str], new: tuple[str, str], is_renamed: bool
) -> None:
    assert bool(renamed_in_head(_page(*old), _page(*new))) is is_renamed


@pytest.mark.parametrize(
    ("address", "is_file"),
    [
        ("/files/3/sbb.docx", True),
        ("/files/3/sbb.et", True),
        ("/files/3/data.xml", True),
        ("/files/3/data.md", True),
        ("/feed.xml", False),
        ("/news/rss.xml", False),
        ("/sitemap.xml?x=1", False),
        ("/licenses/by/4.0/legalcode.de", False),
        ("/terms.zh", False),
        ("/policy/3.html", False),
    ],
)
def test_a_feed_and_a_page_in_another_language_are_no_files(address: str, is_file: bool) -> None:
    page = _page("甲", "甲", f"<p><a href='{address}'>申报材料</a></p>")
    assert ("申报材料" in page.files) is is_file


def test_a_tab_in_the_source_of_a_page_is_no_column() -> None:
    page = _page("甲", "甲", "<p>第二条　乙\n\t\t应当登记。</p>")
    assert page.runs[-1].words == "第二条乙应当登记。"


@pytest.mark.parametrize(
    ("body", "leads"),
    [
        ("<a href='/new.html'>Click here if you are not redirected.</a>", "/new.html"),
        ("<p>页面已迁移</p><a href='/new.html'>点击前往</a>", "/new.html"),
        ("<p>请稍候</p>", ""),
        ("<a href='/login'>登录</a><a href='/new.html'>继续</a>", ""),
        ("<a href='/other.html'>继续</a>", ""),
    ],
)
def test_a_page_leads_on_where_its_only_link_is_the_address_of_its_refresh(body: str, leads: str) -> None:
    head = "<head><meta http-equiv='Refresh' content='0; url=/new.html'></head>"
    assert Page(f"<html>{head}<body>{body}</body></html>".encode()).leads_on == leads


@pytest.mark.parametrize(
    ("line", "is_fact"),
    [
        ("适用范围：甲区城关街道", True),
        ("适用对象：物业服务企业", True),
        # It stands in the text, is a fact of every document, or the page's own.
        ("适用范围：甲应当登记", False),
        ("发文机关：甲市财政局", False),
        ("浏览次数：318", False),
        ("索引号：QH-2024-9", False),
    ],
)
def test_one_line_more_above_a_text_is_a_fact_of_the_document(line: str, is_fact: bool) -> None:
    text = "".join(f"<p>第{n}条　甲应当登记，并于三日内报送乙。</p>" for n in "一二三四五")
    pages = [
        Page(f"<html><body><h1>甲区登记办法</h1>{more}{text}</body></html>".encode())
        for more in ("", f"<p>{line}</p>")
    ]
    told = said_around(
        *pages, "\n".join(f"第{n}条　甲应当登记，并于三日内报送乙。" for n in "一二三四五")
    ).facts
    assert bool(told) is is_fact


@pytest.mark.parametrize(
    ("same", "begins"),
    [
        (0, "甲应当"),
        (3, "一、乙；"),
        (13, "…甲应当"),
        (60, "…甲应当"),
    ],
)
def test_what_is_quoted_of_a_long_clause_holds_the_first_difference(same: int, begins: str) -> None:
    before = "一、乙；" * same
    old, new = f"{before}甲应当在三日内办理。", f"{before}甲应当在五日内办理。"
    shown = [quoted(old, new, 100), quoted(new, old, 100)]
    assert shown[0] != shown[1]
    assert max(map(len, shown)) <= 100
    assert shown[0].startswith(begins)
