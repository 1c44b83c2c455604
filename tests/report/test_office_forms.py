"""XLSX and Word: text stays text, colours mark wording, tracked changes undo and redo exactly."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from policydiff.model import Comparison, RevisionDiff
from policydiff.report import Format, RenderOptions, render
from policydiff.report.catalog import catalog
from policydiff.report.page import LABEL, NUMBER, Field, Page, tabled
from policydiff.report.to_xlsx import to_xlsx

from . import hostile
from .conftest import statute

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(data: str | bytes) -> dict[str, bytes]:
    assert isinstance(data, bytes)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def sheets(files: dict[str, bytes]) -> list[etree._Element]:
    names = sorted(name for name in files if name.startswith("xl/worksheets/sheet"))
    return [etree.fromstring(files[name]) for name in names]


def test_sheets_have_filters_and_a_frozen_head(report: Comparison) -> None:
    files = parts(render(report, Format.XLSX))
    tables = sheets(files)[1:]
    assert len(tables) >= 5
    for sheet in tables:
        assert sheet.find(f"{S}autoFilter") is not None
        pane = sheet.find(f".//{S}pane")
        assert pane is not None
        assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")


def test_wording_is_coloured_inside_cells(revision: RevisionDiff) -> None:
    strings = etree.fromstring(parts(render(revision, Format.XLSX))["xl/sharedStrings.xml"])
    struck = [
        "".join(run.itertext()) for run in strings.iter(f"{S}r") if run.find(f"{S}rPr/{S}strike") is not None
    ]
    underlined = [
        "".join(run.itertext()) for run in strings.iter(f"{S}r") if run.find(f"{S}rPr/{S}u") is not None
    ]
    assert "3" in struck
    assert "学技术" in underlined


@pytest.mark.parametrize("value", [hostile.comparison(), hostile.revision(), hostile.document()])
def test_no_sheet_holds_a_formula_or_link(value: object) -> None:
    files = parts(render(value, Format.XLSX))  # type: ignore[arg-type]
    for sheet in sheets(files):
        assert sheet.find(f".//{S}f") is None
        assert sheet.find(f".//{S}hyperlink") is None
    shown = "".join(etree.fromstring(files["xl/sharedStrings.xml"]).itertext())
    for attack in (hostile.SCRIPT, hostile.FORMULA, hostile.CDATA):
        assert attack in shown


def test_a_cell_over_the_limit_is_cut_to_it() -> None:
    long = statute("长", ("art_1", "第一条", "甲" * 40_000))
    strings = etree.fromstring(parts(render(long, Format.XLSX))["xl/sharedStrings.xml"])
    assert max(len("".join(item.itertext())) for item in strings) == 32_767


def test_word_table_has_three_columns_and_a_repeated_head(revision: RevisionDiff) -> None:
    file = docx.Document(BytesIO(bytes(render(revision, Format.DOCX))))  # type: ignore[arg-type]
    table = next(each for each in file.tables if each.rows[0].cells[0].text == "修改前")
    assert [cell.text for cell in table.rows[0].cells] == ["修改前", "修改后", "说明"]
    assert table.rows[0]._tr.find(f".//{W}tblHeader") is not None
    assert table.rows[1].cells[0].text == "（略）1 条未变"
    assert table.rows[2].cells[2].text.startswith("修改\n机关")
    struck = [run.text for row in table.rows for run in row.cells[0].paragraphs[0].runs if run.font.strike]
    assert "本条已删除的内容。" in struck


def test_comparison_table_in_word(report: Comparison) -> None:
    file = docx.Document(BytesIO(bytes(render(report, Format.DOCX))))  # type: ignore[arg-type]
    heads = [[cell.text for cell in table.rows[0].cells] for table in file.tables]
    assert ["本级文件", "上位文件", "判断"] in heads
    text = "\n".join(paragraph.text for paragraph in file.sections[0].footer.paragraphs)
    assert "机器判断" in text, "said once, at the foot of every page"
    assert "policydiff" in text


@pytest.mark.parametrize("form", list(Format))
def test_same_input_same_bytes(revision: RevisionDiff, form: Format) -> None:
    assert render(revision, form) == render(revision, form)


CELLS = [
    ("12", True, 12.0, "a count can be added up"),
    ("40%", True, 0.4, "a share is a number, shown as one"),
    ("0.85", True, 0.85, "a score can be sorted by"),
    ("12", False, "12", "digits in a column of words stay words"),
    ("第12条", True, "第12条", "words in a column of numbers stay words"),
    ("12345678901234567", True, "12345678901234567", "more digits than a spreadsheet keeps"),
    ("=1+1", True, "=1+1", "never a formula"),
    (date(2022, 1, 1), False, date(2022, 1, 1), "a day is a day"),
    (date(1899, 12, 31), False, "1899-12-31", "before the first day that all spreadsheets agree on"),
    ("2022-01-01", False, "2022-01-01", "the name of a version is no day"),
]


@pytest.mark.parametrize(("given", "is_number", "expected", "reason"), CELLS)
def test_sheets_hold_what_people_work_with(
    given: object, is_number: bool, expected: object, reason: str
) -> None:
    fields = (Field("n", 10, lambda each: each, NUMBER if is_number else LABEL),)
    page = Page("t", "t", (), (tabled("t", "t", [given], fields),), "t")
    book = CalamineWorkbook.from_filelike(BytesIO(to_xlsx(page, catalog("en"), RenderOptions())))
    assert book.get_sheet_by_name("t").to_python()[1] == [expected], reason


TITLE = "某市人民政府关于推进健康服务业高质量发展的若干意见"


@pytest.mark.parametrize(
    ("titles", "height", "why"),
    [
        ((TITLE, TITLE, TITLE), 17.25, "one title all along: a row is as tall as its own words"),
        ((TITLE, TITLE, ""), 17.25, "rows without a source name no document"),
        (("", "", ""), 17.25, "nothing to read"),
        ((TITLE, TITLE, TITLE[2:]), 104.25, "two documents: which of them has to be read"),
        ((TITLE, TITLE), 104.25, "two rows are no repetition"),
        ((TITLE,), 104.25, "nor is one"),
        (("上海市", "合肥市", "静安区"), 17.25, "short names"),
    ],
)
def test_what_every_row_repeats_makes_no_row_taller(titles: tuple[str, ...], height: float, why: str) -> None:
    fields = (Field("文件", 6, lambda each: each[0]), Field("条", 30, lambda each: each[1], LABEL))
    rows = [(title, f"第{number}条") for number, title in enumerate(titles, 1)]
    page = Page("t", "t", (), (tabled("t", "t", rows, fields),), "t")
    sheet = sheets(parts(to_xlsx(page, catalog("zh"), RenderOptions())))[1]
    assert {float(row.get("ht", 0)) for row in list(sheet.iter(f"{S}row"))[1:2]} == {height}, why
