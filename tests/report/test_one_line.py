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
