"""Terminal, Markdown and CSV: widths, limits, and attacks shown as text."""

import csv
import re
from io import StringIO
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from selectolax.lexbor import LexborHTMLParser

import policydiff
from policydiff.lexicon.widths import safe, visible
from policydiff.model import Comparison, RevisionDiff
from policydiff.report import Format, RenderOptions, render
from policydiff.report.terminal_grid import breaks, longest_word

from . import hostile
from .factories import compared


def text(value: object, form: Format, **options: object) -> str:
    rendered = render(value, form, options=RenderOptions.model_validate(options))  # type: ignore[arg-type]
    assert isinstance(rendered, str)
    return rendered


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_terminal_lines_fit(report: Comparison, revision: RevisionDiff, width: int, lang: str) -> None:
    for value in (report, revision, report.sides[0]):
        rendered = render(value, Format.TERMINAL, lang=lang, options=RenderOptions(width=width))
        assert max(cell_len(line) for line in str(rendered).split("\n")) <= width


def test_plain_terminal_keeps_the_marks(revision: RevisionDiff) -> None:
    """A report piped into a file has neither colour nor escape sequences, and still tells old from new."""
    plain = text(revision, Format.TERMINAL, width=100)
    assert "\x1b" not in plain
    assert "{+新增的内容" in plain.replace("\n", "")
    assert "[-本条已删除的内容。-]" in plain
    colored = text(revision, Format.TERMINAL, width=100, color=True)
    assert "\x1b[" in colored
    assert "{+" not in colored


def test_terminal_answers_first(report: Comparison) -> None:
    head = text(report, Format.TERMINAL, width=80).split("逐句对照")[0]
    for expected in ("上位文件各项举措逐章承接情况", "已承接", "未见承接", "量化指标对照", "总部型企业"):
        assert expected in head
    assert head.index("已承接") < head.index("未见承接") < head.index("总部型企业")


def test_the_strip_counts_the_measures_of_the_first_sentence(report: Comparison) -> None:
    """Paragraphs of a measure and the line of commencement are in no count, so no picture may count them."""
    shown = text(report, Format.TERMINAL, width=80).split("逐章承接情况")[1].split("逐句对照")[0]
    counted = report.summary.measures
    for status, number in (
        ("已承接", counted.adopted),
        ("部分涉及", counted.touched),
        ("未见承接", counted.omitted),
    ):
        assert sum(map(int, re.findall(rf"{status} (\d+)", shown))) == number


def test_an_article_without_words_of_its_own_is_told_by_its_first_paragraph() -> None:
    superior = policydiff.parse(
        "某市养老条例\n第一条 市民政部门负责养老工作。\n第二条\n街道办事处应当建立助餐点。\n助餐点应当公开价格。\n第三条 本条例自2020年1月1日起施行。"
    )
    local = policydiff.parse(
        "某区养老办法\n第一条 区民政部门负责养老工作。\n第二条 本办法自2021年1月1日起施行。"
    )
    [article] = [clause for clause in superior.walk() if clause.label == "第二条"]
    lines = text(policydiff.compare(local, superior), Format.TERMINAL).split("\n")
    told = [line for line in lines if line.endswith("第二条") and "助餐" in line]
    assert not article.text, "its words stand in its paragraphs"
    assert told, "listed with the words of the first"
    assert not [line for line in lines if line.strip() == "第二条"]


def test_unchanged_units_fold_unless_asked_for(revision: RevisionDiff) -> None:
    assert "（略）" in text(revision, Format.TERMINAL)
    assert "为了规范管理" not in text(revision, Format.TERMINAL)
    assert "为了规范管理" in text(revision, Format.TERMINAL, everything=True)
    assert "为了规范管理" in text(revision, Format.MARKDOWN, everything=True)


def test_terminal_shows_attacks_as_text() -> None:
    for value in (hostile.comparison(), hostile.revision(), hostile.document()):
        shown = text(value, Format.TERMINAL, width=200)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "⟨U+202E⟩" in shown
        assert "[链]" in shown


def markdown_words(markdown: str) -> str:
    """What a reader of the rendered Markdown sees, as GitHub would render it."""
    html = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(markdown)
    tree = LexborHTMLParser(html)
    assert not tree.css("script, img, iframe, style")
    assert not [link for link in tree.css("a") if "evil" in (link.attributes.get("href") or "")]
    return tree.body.text() if tree.body else ""


@pytest.mark.parametrize("value", [hostile.comparison(), hostile.revision(), hostile.document()])
def test_markdown_shows_attacks_as_text(value: object) -> None:
    shown = markdown_words(text(value, Format.MARKDOWN))
    for attack in (hostile.SCRIPT, hostile.MARKDOWN, hostile.FORMULA, hostile.BIDI, hostile.TEMPLATE):
        assert visible(attack) in shown, attack


def test_markdown_mentions_nobody() -> None:
    written = text(hostile.document(), Format.MARKDOWN)
    assert "@all" not in written
    assert "http://evil" not in written


def rows_of(markdown: str) -> list[list[str]]:
    return [
        line.replace("\\|", "").strip("|").split("|") for line in markdown.split("\n") if line.startswith("|")
    ]


@pytest.mark.parametrize("limit", [65_536, 20_000, 6_000, 2_500])
def test_markdown_drops_detail_not_parts_of_tables(report: Comparison, limit: int) -> None:
    copies = 250
    comparison = report.model_copy(update={"sentences": report.sentences * copies})
    written = text(comparison, Format.MARKDOWN, max_characters=limit, link="https://example.org/r?a=1&b=2")
    assert len(written) <= limit
    assert "已省略" in written
    assert "(<https://example.org/r?a=1&b=2>)" in written
    heads = [row for row in rows_of(written) if set("".join(row)) <= set("-: ")]
    assert heads, "a table is left, or none was begun"
    width = 0
    for line in written.split("\n"):
        if not line.startswith("|"):
            width = 0
            continue
        columns = line.replace("\\|", "").count("|")
        assert width in (0, columns), "a row with other columns than its table"
        width = columns
    assert written.rstrip().endswith("</sub>")


def test_markdown_says_what_it_left_out(report: Comparison) -> None:
    whole = text(report, Format.MARKDOWN, everything=True)
    assert "已省略" not in whole
    assert "引导投资型总部在静安集聚更多实体业务" in whole


def test_csv_opens_in_a_spreadsheet(report: Comparison) -> None:
    data = render(report, Format.CSV)
    assert isinstance(data, bytes)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert rows[0][:4] == ["本级文件", "本级条款", "条款标识", "本级文字"]
    omitted = [each for each in report.coverage if each.status == "omitted"]
    assert len(rows) == 1 + len(report.sentences) + len(omitted)
    assert rows[1][3] == report.sentences[0].text
    assert {row[6] for row in rows if row[7] == "未见承接"} == {each.text for each in omitted}


@pytest.mark.parametrize("value", [hostile.comparison(), hostile.revision(), hostile.document()])
def test_no_csv_cell_is_a_formula(value: object) -> None:
    data = render(value, Format.CSV)  # type: ignore[arg-type]
    assert isinstance(data, bytes)
    for row in csv.reader(StringIO(data.decode("utf-8-sig"))):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


SAFE = [
    ("=1", "'=1"),
    ("＝1", "'＝1"),
    ("-5%", "'-5%"),
    ("一", "一"),
    ("", ""),
    (" =1", "' =1"),  # programs that drop the blanks would calculate it
    ("5-1", "5-1"),
]


@pytest.mark.parametrize(("given", "expected"), SAFE)
def test_only_formula_starts_are_quoted(given: str, expected: str) -> None:
    assert safe(given) == expected


def test_a_comparison_of_nothing_renders(report: Comparison) -> None:
    empty = report.sides[0].model_copy(update={"clauses": (), "targets": (), "responsibilities": ()})
    value = compared(empty, empty)
    for form in (Format.TERMINAL, Format.MARKDOWN, Format.HTML, Format.CSV, Format.XLSX, Format.DOCX):
        assert render(value, form)


def test_terminal_is_brief_unless_everything_is_asked_for(report: Comparison) -> None:
    """What must be judged is shown, the rest is counted; left-out clauses are named, not quoted in full."""
    added = "引导投资型总部在静安集聚更多实体业务"
    shown = text(report, Format.TERMINAL, width=240)
    brief = shown.split("逐句对照")[1]
    full = text(report, Format.TERMINAL, width=240, everything=True).split("逐句对照")[1]
    assert added not in brief.replace("\n", "")
    assert added in full.replace("\n", "")
    unlikely = sum(each.band == "unlikely" for each in report.sentences)
    folded = [int(number) for number in re.findall("（略）(\\d+) 句未见来源", brief)]
    assert sum(folded) == unlikely
    assert "（略）" not in full
    left_out = [each for each in report.coverage if each.status == "omitted"]
    assert left_out
    assert f"未见承接 {len(left_out)}" in shown or "未见承接（" in shown


HEADINGS = [
    ("Measures supported", 9, "an English heading breaks between words"),
    ("关系", 4, "two characters stay together"),
    ("牵头（负责）项数", 14, "a long Chinese heading breaks anywhere after seven characters"),
    ("", 0, "no heading"),
]


@pytest.mark.parametrize(("heading", "cells", "_reason"), HEADINGS)
def test_columns_are_as_wide_as_their_longest_word(heading: str, cells: int, _reason: str) -> None:
    assert longest_word(heading) == cells


@pytest.mark.parametrize("width", [80, 100])
def test_english_headings_are_not_cut(report: Comparison, width: int) -> None:
    for everything in (False, True):
        rendered = render(
            report, Format.TERMINAL, lang="en", options=RenderOptions(width=width, everything=everything)
        )
        words = set(str(rendered).split())
        assert {"Judgement", "supported", "Effect", "counterpart"} <= words
        assert "Figures side by side (2)" in str(rendered), "brackets of half width in English"


BREAKS = [
    (
        "应当自收到之日起15日内，办结。",
        18,
        ["应当自收到之日起", "15日内，办结。"],
        "a number with its unit stays whole",
    ),
    ("收入占比达到7.5%左右", 14, ["收入占比达到", "7.5%左右"], "a percentage too"),
    ("甲乙丙丁，戊己", 8, ["甲乙丙", "丁，戊己"], "no line begins with a comma"),
    (
        "依照《某某条例》执行",
        8,
        ["依照《某", "某条例》", "执行"],
        "nor ends with an opening mark, nor begins with a closing one",
    ),
    ("a longerword here", 8, ["a ", "longerwo", "rd here"], "a word longer than the line is cut"),
    ("", 8, [""], "nothing"),
]


@pytest.mark.parametrize(("given", "width", "expected", "_reason"), BREAKS)
def test_lines_break_as_a_printer_breaks_them(
    given: str, width: int, expected: list[str], _reason: str
) -> None:
    offsets = [0, *breaks(given, width), len(given)]
    assert [given[start:end] for start, end in pairwise(offsets)] == expected
