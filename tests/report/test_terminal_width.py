"""A table keeps its texts readable whatever the width of the terminal."""

from io import StringIO

import pytest
from rich.console import Console

from policydiff.report import RenderOptions
from policydiff.report.page import Column, Table, text_row
from policydiff.report.terminal_grid import grid_of, widths_of

TITLE = "某市人民政府办公室关于废止《某市住房补贴办法》的通知"
COLUMNS = (
    Column("标识", 26),
    Column("版本", 12),
    Column("标题", 30, is_text=True),
    *(Column(label, 12) for label in ("效力", "起始日期", "出处", "有效至", "废止依据")),
)
ROW = text_row(
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
        "t", "效力", (Column("标识", 26), Column("标题", 30, is_text=True)), (text_row("x" * 60, TITLE),)
    )
    widths = widths_of(table, 40)
    assert widths is not None
    assert widths[0] is not None
    assert widths[0] <= 40 - 16 - 7
