"""Workbooks: tables with their merges, titles and remarks beside them, hidden sheets; and what they name."""

import io
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from policydiff.annotate import annotate
from policydiff.errors import UnreadableInputError
from policydiff.extract import FileKind, extract, sniff
from policydiff.extract.sniff import suffix_for
from policydiff.parsing import parse_text


def workbook(**sheets: Callable[[Worksheet], None]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, fill in sheets.items():
            fill(book.add_worksheet(name))
    return buffer.getvalue()


def tasks(sheet: Worksheet) -> None:
    sheet.merge_range(0, 0, 0, 3, "某市重点任务分工表")
    for row, values in enumerate(
        (
            ["序号", "重点任务", "责任单位", "完成时限"],
            [1, "建设平台", None, "2025年底"],
            [2, "引进人才", None, "长期"],
            [3, "其他", "市大数据局", None],
        ),
        start=1,
    ):
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value)
    sheet.merge_range(2, 2, 3, 2, "市科技局\n市财政局")
    sheet.write(5, 0, "注：本表自印发之日起执行。")


def test_a_table_of_tasks() -> None:
    found = extract(workbook(分工=tasks))
    assert found.text.splitlines() == [
        "某市重点任务分工表",
        "| 序号 | 重点任务 | 责任单位 | 完成时限 |",
        "| 1 | 建设平台 | 市科技局<br>市财政局 | 2025年底 |",
        "| 2 | 引进人才 |^^| 长期 |",
        "| 3 | 其他 | 市大数据局 |  |",
        "注：本表自印发之日起执行。",
    ]
    document = annotate(parse_text(found.text), found.text)
    assert document.title == "某市重点任务分工表"
    assert [each.lead for each in document.responsibilities] == [
        ("市科技局", "市财政局"),
        ("市科技局", "市财政局"),
        ("市大数据局",),
    ]


def targets(sheet: Worksheet) -> None:
    for row, values in enumerate(
        (
            ("指标名称", "单位", "2025年目标值", "2030年目标值"),
            ("新增床位", "张", 5000, 8000),
            ("覆盖率", "%", 95.5, 99),
        )
    ):
        for column, value in enumerate(values):
            sheet.write(row, column, value)


def test_a_table_of_targets() -> None:
    found = extract(workbook(目标=targets))
    document = annotate(parse_text(found.text), found.text)
    assert [(each.metric, each.value, each.unit, each.deadline) for each in document.targets] == [
        ("新增床位", "5000", "张", "2025"),
        ("新增床位", "8000", "张", "2030"),
        ("覆盖率", "95.5", "%", "2025"),
        ("覆盖率", "99", "%", "2030"),
    ]


def test_hidden_sheets_are_named_and_several_sheets_told_apart() -> None:
    def hidden(sheet: Worksheet) -> None:
        sheet.write(0, 0, "内部数据")
        sheet.hide()

    found = extract(workbook(分工=tasks, 目标=targets, 内部=hidden))
    assert "内部数据" not in found.text
    assert [each.text for each in found.left_out if each.kind == "hidden"] == ["内部 内部数据"]
    assert "\n\n目标\n| 指标名称 |" in found.text


VALUES = [
    (12.0, "12", "a whole number"),
    (0.1 + 0.2, "0.3", "a fraction without the noise of its binary form"),
    (True, "是", "a switch"),
    ("甲|乙", "甲\\|乙", "a bar"),
    (date(2024, 3, 5), "2024年3月5日", "a day"),
]


@pytest.mark.parametrize(("value", "shown", "reason"), VALUES, ids=[row[2] for row in VALUES])
def test_values_as_they_are_shown(value: object, shown: str, reason: str) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "名称")
        sheet.write(0, 1, value)
    assert extract(buffer.getvalue()).text == f"| 名称 | {shown} |\n"


def test_workbooks_are_known_by_content() -> None:
    data = workbook(目标=targets)
    assert sniff(data) is FileKind.XLSX
    assert suffix_for(FileKind.XLSX.value) == "xlsx"
    assert (
        sniff(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook\0".encode("utf-16-le"))
        is FileKind.XLS
    )


def test_an_empty_or_damaged_workbook_is_refused() -> None:
    with pytest.raises(UnreadableInputError, match="holds no text"):
        extract(workbook(空=lambda _: None))
    with pytest.raises(UnreadableInputError, match="damaged"):
        extract(workbook(目标=targets).replace(b"worksheets/sheet1.xml", b"worksheets/sheet9.xml"))


SHARES = [
    (0.95, "0%", "95%", "whole"),
    (0.955, "0.0%", "95.5%", "with a decimal, as many as it has"),
    (1, "0%", "100%", "all"),
    (0.95, "0.00", "0.95", "no share"),
    (0.95, '0"%"', "0.95", "a sign in quotes multiplies nothing"),
    (-0.03, "0.0%;[Red]-0.0%", "-3%", "a format of two parts"),
    (2025, "0", "2025", "a year"),
]


@pytest.mark.parametrize(("value", "form", "expected", "reason"), SHARES, ids=[row[3] for row in SHARES])
def test_a_share_is_shown_as_its_format_shows_it(value: float, form: str, expected: str, reason: str) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("目标")
        look = book.add_format({"num_format": form})
        for row, cells in enumerate((("指标", "目标值"), ("达标率", None), ("其他", "无"))):
            for column, words in enumerate(cells):
                if words:
                    sheet.write(row, column, words)
        sheet.write_number(1, 1, value, look)
    assert extract(buffer.getvalue()).text.splitlines()[1] == f"| 达标率 | {expected} |"
