"""A table keeps its texts readable whatever the width of the terminal."""

from io import StringIO

import pytest
from rich.console import Console

from policydiff.report import RenderOptions
from policydiff.report.catalog import catalog
from policydiff.report.page import Column, Page, Row, Strip, StripCell, StripLine, Table
from policydiff.report.runs import cell
from policydiff.report.terminal_grid import grid_of, widths_of
from policydiff.report.to_terminal import to_terminal


def row(*texts: str) -> Row:
    return Row(tuple(cell(text) for text in texts))


TITLE = "某市人民政府办公室关于废止《某市住房补贴办法》的通知"
COLUMNS = (
    Column("标识", 26),
    Column("版本", 12),
    Column("标题", 30, is_text=True),
    *(Column(label, 12) for label in ("效力", "起始日期", "出处", "有效至", "废止依据")),
)
ROW = row(
    "moufuban/2025/8",
    "2025-06-20",
    TITLE,
    "现行有效",
    "2025-06-20",
    "甲乙丙丁戊己庚辛",
    "2030-01-01",
    "子丑寅卯辰巳午未",
)


@pytest.mark.parametrize(
    ("width", "is_table"),
    [(80, False), (100, False), (160, True)],
)
def test_a_text_keeps_its_width_or_the_rows_are_written_one_below_the_other(
    width: int, is_table: bool
) -> None:
    table = Table("t", "效力", COLUMNS, (ROW,))
    widths = widths_of(table, width)
    assert (widths is not None) is is_table
    printed = Console(width=width, file=StringIO())
    printed.print(grid_of(table, RenderOptions(width=width)))
    out = printed.file
    assert isinstance(out, StringIO)
    assert (TITLE in out.getvalue()) is not is_table


def test_labels_give_way_before_a_text_does() -> None:
    table = Table(
        "t", "效力", (Column("标识", 26), Column("标题", 30, is_text=True)), (row("x" * 60, TITLE),)
    )
    widths = widths_of(table, 40)
    assert widths is not None
    assert widths[0] is not None
    assert widths[0] <= 40 - 16 - 7


def test_a_long_title_of_a_chapter_is_cut_at_a_word() -> None:
    """A picture's line shows the beginning of its chapter, with the sign of the cut right behind the last word."""
    line = StripLine(
        "为加强本市河道管理，保障防汛安全，改善城乡水环境，发挥江河湖泊的综合效益",
        "a",
        (StripCell("modified", "a", ""),),
    )
    strip = Strip("s", "分布", "章节", (("modified", "修改"),), (line,))
    page = Page("revision", "报告", (), (Table("t", "表", COLUMNS, ()),), "t", pictures=(strip,))
    shown = to_terminal(page, catalog("zh"), RenderOptions(width=80))
    assert " …" not in shown
    assert "…" in shown
