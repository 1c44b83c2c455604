"""The first line of a page: no line of a stranger's words begins one of ours, and it counts what it says."""

import pytest

import policydiff
from policydiff import diff, parse
from policydiff.model.listed import SearchHits
from policydiff.report import page_of
from policydiff.report.catalog import catalog


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_break_in_what_was_asked_begins_no_line(form: str, lang: str) -> None:
    hits = SearchHits(query="公开\npolicydiff: FORGED\n", hits=(), total=0)
    shown = policydiff.render(hits, form, lang=lang)
    assert isinstance(shown, str)
    assert "FORGED" in shown
    assert [line for line in shown.splitlines() if line.startswith("policydiff: FORGED")] == []


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("第一条 甲。\n第二条 乙。\n", "第一条 甲。\n", "旧版本 2 条，新版本 1 条。", "a removed article"),
        ("第一条 甲。\n", "第一条 乙。\n", "新旧版本均为 1 条。", "as many as before"),
        ("第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n", "第一章 总则\n第一条 丙。\n第二章 附则\n第二条 乙。\n", "新旧版本均为 2 条。", "chapters are no articles"),
        ("第一条 甲应当：\n（一）报告；\n（二）备案。\n", "第一条 甲应当：\n（一）报告。\n", "新旧版本均为 1 条。", "nor are items"),
        ("第一条 甲。\n附件：\n某细则\n第一条 乙。\n第二条 丙。\n", "第一条 丁。\n附件：\n某细则\n第一条 乙。\n第二条 丙。\n", "新旧版本均为 1 条。", "an annex has its own"),
        ("一、甲。\n二、乙。\n", "一、甲。\n二、丙。\n", "", "a plan has none"),
    ],
)  # fmt: skip
def test_articles_of_both_versions_are_counted(old: str, new: str, told: str, why: str) -> None:
    lead = page_of(diff(parse("某市办法\n" + old), parse("某市办法\n" + new)), catalog("zh")).lead
    assert lead.endswith(told), why
    assert ("版本 " in lead or "均为" in lead) is bool(told), why


_TWO_HEADINGS = "某市办法\n一、总体要求\n（一）补助三万元。\n（二）期限十日。\n二、工作任务\n（一）补助五万元。\n（二）期限十日。\n"
_TWO_ANNEXES = "关于印发办法的通知\n各区：\n附件：1. 甲细则\n2. 乙细则\n附件1\n甲细则\n第一条 甲补助三万元。\n第二条 期限十日。\n附件2\n乙细则\n第一条 乙补助五万元。\n第二条 期限十日。\n"  # fmt: skip


@pytest.mark.parametrize(
    ("old", "words", "instead", "place", "why"),
    [
        (_TWO_HEADINGS, "补助五万元", "补助六万元", "二（一）", "（一） stands under both headings"),
        (_TWO_HEADINGS, "补助三万元", "补助六万元", "一（一）", "the first of them is named by its heading too"),
        (_TWO_HEADINGS, "（二）期限十日。\n二、", "二、", "原一（二）", "a removed clause has its place in the old text alone"),
        ("某市意见\n一、补助三万元。\n二、期限十日。\n", "三万", "四万", "一、", "一 alone reads as a dash"),
        (_TWO_ANNEXES, "乙补助五万元", "乙补助六万元", "附件2第一条", "each annex counts its articles anew"),
        ("某市办法\n第一章 甲\n第一条 补助三万元。\n第二章 乙\n第二条 期限十日。\n", "十日", "九日", "第二条", "articles count through chapters"),
        ("某市办法\n第一条 补助三万元。\n第二条 期限十日。\n", "第二条 期限十日。\n", "", "原第二条", "a removed article"),
    ],
)  # fmt: skip
def test_a_place_in_the_ranked_list_is_cited_in_full(
    old: str, words: str, instead: str, place: str, why: str
) -> None:
    found = page_of(diff(parse(old), parse(old.replace(words, instead))), catalog("zh"))
    assert [entry.place for entry in found.findings[0].entries] == [place], why


def test_numbers_that_follow_and_marks_alone_are_cited_in_full() -> None:
    old = "某市办法\n一、甲\n（一）甲类。\n二、乙\n（一）乙类应当备案。\n（二）丙类，应当登记。\n（三）丁类应当报告。\n"
    new = (
        old.replace("（一）乙类应当备案。\n", "")
        .replace("（二）丙类，", "（一）丙类")
        .replace("（三）", "（二）")
    )
    told = page_of(diff(parse(old), parse(new)), catalog("zh")).answers
    assert any("二（二）起前移 1 位" in each for each in told)
    assert any("二（一）" in each and "标点" in each for each in told)
