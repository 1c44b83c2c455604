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
from policydiff.extract.number_formats import printed
from policydiff.extract.sniff import suffix_for
from policydiff.parsing import parse_text
from tests.extract.bombs import open_sheet


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
    (0.95, '0"%"', "1%", "a sign in quotes multiplies nothing"),
    (-0.03, "0.0%;[Red]-0.0%", "-3.0%", "a format of two parts"),
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


FORMS = [
    (2.5, '0.0"万元"', "2.5万元", "a unit"),
    (2.5, "0", "3", "a half is rounded up, as office programs do"),
    (
        2.675,
        "0.00",
        "2.68",
        "a half in the digits that a sheet keeps, though the binary number lies below it",
    ),
    (2.4999, "0", "2", "less than a half is not"),
    (3, '0"年以上"', "3年以上", "words behind"),
    (42, "00000", "00042", "zeros in front"),
    (1234567.5, "#,##0.00", "1,234,567.50", "groups"),
    (99, "[$¥-804]#,##0.00", "¥99.00", "money"),
    (-5, "0;(0)", "(5)", "negative in brackets"),
    (0, '0;-0;"无"', "无", "a word for nothing"),
    (-5, "0.0", "-5.0", "a sign"),
    (2.75, "0.0##", "2.75", "places that may be missing"),
    (12345, '0.0,"千元"', "12.3千元", "thousands"),
    (123, "[DBNum1][$-804]General", "一百二十三", "Chinese digits"),
    (123, "[DBNum2]0", "壹佰贰拾叁", "formal digits"),
    (0.5, "# ?/?", "0.5", "a fraction stays as it is held"),
    (12345, "0.00E+00", "12345", "and an exponent"),
    (13800001111, "000-0000-0000", "138-0000-1111", "signs between digits, counted from the right"),
    (20240301, "0000-00-00", "2024-03-01", "and several of them"),
    (123456, '0!.0,"万元"', "12.3万元", "ten thousands by a point of the format's own"),
    (5, '0!.0,"万元"', "0.0万元", "too little for a place"),
    (123456, '0!.0000"万"', "12.3456万", "the same without rounding"),
    (45352, "[$-804]aaaa;@", "星期五", "a weekday"),
    (45352, "aaa", "五", "and its short form"),
    (1.5, "0.0!-0", "1.5", "decimals in two pieces stay as they are held"),
    (45000, 'yyyy"年"', "2023年", "a year"),
    (45000, 'm"月"d"日"', "3月15日", "a day of a year"),
    (45000, "yyyy-mm-dd", "2023年3月15日", "a day has one form"),
    (0.5, "h:mm", "12:00", "a time of day"),
    (1.5, "[h]:mm", "36:00", "hours beyond a day"),
]


@pytest.mark.parametrize(("value", "form", "expected", "reason"), FORMS, ids=[row[3] for row in FORMS])
def test_numbers_stand_as_their_format_prints_them(
    value: float, form: str, expected: str, reason: str
) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["项", "值"])
        sheet.write(1, 0, "甲")
        sheet.write(1, 1, value, book.add_format({"num_format": form}))
    assert extract(buffer.getvalue()).text.splitlines()[1] == f"| 甲 | {expected} |"


@pytest.mark.parametrize(("value", "form"), [(77, ";;;"), (0, "0;-0;;@"), (-5, "0;")])
def test_a_value_that_its_format_hides_is_no_word_of_the_sheet(value: float, form: str) -> None:
    assert printed(value, form) == ""


def test_what_stands_beside_cells_is_read_or_listed() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        struck, plain = book.add_format({"font_strikeout": True}), book.add_format({})
        sheet.write_row(0, 0, ["项", "甲", "乙"])
        sheet.write(1, 0, "收费")
        sheet.write(1, 1, "五元", struck)
        sheet.write_rich_string(1, 2, struck, "六元", plain, "八元")
        sheet.write_row(2, 0, ["数", "1", "2"])
        sheet.write(3, 2, "合计列")
        sheet.write_comment(1, 1, "待定")
        sheet.insert_textbox(6, 0, "说明文字")
        sheet.set_header("&C附件1")
    found = extract(buffer.getvalue())
    assert found.text.splitlines() == [
        "| 项 | 甲 | 乙 |",
        "| 收费 |  | 八元 |",
        "| 数 | 1 | 2 |",
        "|  |  | 合计列 |",
        "说明文字",
    ]
    assert sorted((each.kind, each.text) for each in found.left_out if each.text.strip() != "待定") == [
        ("header", "附件1"), ("struck", "五元"), ("struck", "六元"),
    ]  # fmt: skip
    assert [each.kind for each in found.left_out if "待定" in each.text] == ["comment"]
    assert "五元" in extract(buffer.getvalue(), revisions="original").text


def shown(value: str, words: str, kind: str = "float") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{words}</text:p></table:table-cell>'


def named(words: str, extra: str = "") -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p>{extra}</table:table-cell>'


OPEN = [
    (shown("0.95", "95%", "percentage"), "95%", "a share"),
    (shown("3", "3年以上"), "3年以上", "a unit"),
    (shown("1234.5", "¥1,234.50", "currency"), "¥1,234.50", "money"),
    (shown("42", "00042"), "00042", "zeros in front"),
    (shown("7", "7"), "7", "a bare number"),
    (named("长期"), "长期", "a word"),
]


@pytest.mark.parametrize(("cell", "expected", "reason"), OPEN, ids=[row[2] for row in OPEN])
def test_an_open_sheet_shows_its_words(cell: str, expected: str, reason: str) -> None:
    """Behind empty rows and cells that are told as one repeated."""
    empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/></table:table-row>'
    head = f"<table:table-row>{named('项')}{named('备注')}{named('值')}</table:table-row>"
    row = f'<table:table-row>{named("甲")}<table:table-cell table:number-columns-repeated="1"/>{cell}</table:table-row>'
    assert extract(open_sheet(head + empty + row)).text.splitlines()[-1] == f"| 甲 |  | {expected} |"


def test_a_remark_on_a_cell_of_an_open_sheet_is_listed() -> None:
    note = "<office:annotation><text:p>待定</text:p></office:annotation>"
    row = f"<table:table-row>{named('甲', note)}{named('乙')}</table:table-row>"
    assert ("comment", "待定") in [(each.kind, each.text) for each in extract(open_sheet(row)).left_out]


def test_errors_of_cells_are_shown() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["项目", "金额"])
        sheet.write_row(1, 0, ["甲"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, ["乙", 3])
    assert extract(made.getvalue()).text.splitlines() == ["| 项目 | 金额 |", "| 甲 | #DIV/0! |", "| 乙 | 3 |"]
