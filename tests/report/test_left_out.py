"""What of a superior measure is not taken up, though the measure is: told on every form of a comparison's report."""

import csv
from io import BytesIO, StringIO

import docx
import pytest

import policydiff
from policydiff.model import Comparison, Coverage
from policydiff.report import Format, RenderOptions, page_of, render
from policydiff.report.catalog import catalog
from policydiff.report.page import Page
from policydiff.report.runs import Mark

SUPERIOR = """上海市养老服务条例

第一条 为了规范养老服务工作，健全居家社区机构相协调的服务体系，制定本条例。
第二条 养老机构应当建立老年人健康档案，每年为老年人组织一次体检，并将结果告知本人及其家属。养老机构应当配备应急呼叫设备。
第三条 市民政部门主管本市养老服务工作，组织编制养老服务发展规划。
第四条 街道办事处、乡镇人民政府组织开展老年人探访与帮扶。
第五条 对虐待老年人的养老机构，由民政部门处五万元以上十万元以下罚款。
"""
LOCAL = """静安区养老服务实施办法

根据《上海市养老服务条例》，制定本办法。

第一条 为了规范养老服务工作，健全居家社区机构相协调的服务体系，制定本办法。
第二条 养老机构应当建立老年人健康档案，每年为老年人组织一次体检，并将结果告知本人及其家属。
第三条 区民政部门主管本区养老服务工作，组织编制养老服务发展规划。
第四条 街道办事处、乡镇人民政府组织开展老年人探访与帮扶。
"""
LEFT = "养老机构应当配备应急呼叫设备。"
"""A sentence of an article that is taken by most of its words."""


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    found = policydiff.compare(policydiff.parse(LOCAL), policydiff.parse(SUPERIOR))
    assert isinstance(found, Comparison)
    return found


@pytest.fixture(scope="module")
def page(comparison: Comparison) -> Page:
    return page_of(comparison, catalog("zh"))


def test_the_measure_counts_as_taken(comparison: Comparison) -> None:
    measure = next(each for each in comparison.coverage if LEFT in each.text)
    assert measure.status is Coverage.ADOPTED
    assert [measure.text[start:end] for start, end in measure.left] == [LEFT]


def test_the_first_screen_says_so(page: Page) -> None:
    assert "已承接和部分涉及的举措中，上位文件另有 1 句未见承接。" in page.answers
    listed = next(each for each in page.findings if each.name == "left")
    assert [(entry.words[0].text, entry.place) for entry in listed.entries] == [(LEFT, "第二条")]


def test_a_measure_left_out_whole_is_told_once(page: Page) -> None:
    missing = next(each for each in page.findings if each.name == "missing")
    assert [entry.place for entry in missing.entries] == ["第五条"]
    listed = next(each for each in page.findings if each.name == "left")
    assert all(entry.place != "第五条" for entry in listed.entries)


def test_the_words_are_struck_in_the_table(page: Page) -> None:
    table = next(each for each in page.tables if each.name == "coverage")
    struck = [run.text for row in table.rows for cell in row.cells for run in cell if run.mark is Mark.DELETE]
    assert struck == [LEFT], "of an article left out whole its badge says so"
    assert table.note == "未见承接的语句加删除线。"


def test_a_sheet_has_a_row_for_it(comparison: Comparison) -> None:
    text = render(comparison, Format.CSV, lang="zh")
    assert isinstance(text, bytes)
    rows = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    left = [row["上位文字"] for row in rows if row["承接方式"] == "未见承接"]
    assert left == [LEFT, "对虐待老年人的养老机构，由民政部门处五万元以上十万元以下罚款。"]


def test_the_official_table_ends_with_it(comparison: Comparison) -> None:
    data = render(comparison, Format.DOCX, lang="zh", options=RenderOptions(style="official"))
    assert isinstance(data, bytes)
    rows = [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(data)).tables[0].rows]
    closing = rows[next(at for at, row in enumerate(rows) if "未" in row[0] and row[0] == row[1]) :]
    assert [row[0] for row in closing[1:]] == [
        f"第二条　{LEFT}",
        "第五条　对虐待老年人的养老机构，由民政部门处五万元以上十万元以下罚款。",
    ]


@pytest.mark.parametrize("form", [Format.TERMINAL, Format.MARKDOWN, Format.HTML])
def test_every_text_form_shows_it(comparison: Comparison, form: Format) -> None:
    text = render(comparison, form, lang="zh")
    assert isinstance(text, str)
    assert LEFT.rstrip("。") in text
    assert "已承接、部分涉及举措中的未见承接语句" in text


def test_the_memo_has_it(comparison: Comparison) -> None:
    text = render(comparison, Format.TERMINAL, lang="zh", options=RenderOptions(brief=True))
    assert isinstance(text, str)
    assert LEFT.rstrip("。") in text


_ADOPTED = "（2018年3月1日某市人民代表大会常务委员会通过{more}）"
_ACT = "某市节水条例\n{note}\n第一条　为了节水，制定本条例。\n第二条　用水单位{must}节水。\n{end}"
_NOTE = _ADOPTED.format(more="")
_AMENDED = _ADOPTED.format(more="　2024年6月1日某市人民代表大会常务委员会修正")


@pytest.mark.parametrize("changed_only", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (_NOTE, _AMENDED, "文首"),
        (_NOTE, "", "文首"),
        ("", _AMENDED, "文首"),
        (_NOTE, _NOTE, None),
    ],
)
def test_the_official_table_shows_what_differs_outside_the_articles(
    old: str, new: str, where: str | None, changed_only: bool
) -> None:
    diff = policydiff.diff(
        policydiff.parse(_ACT.format(note=old, must="应当", end="")),
        policydiff.parse(_ACT.format(note=new, must="必须", end="")),
    )
    options = RenderOptions(style="official", columns=3, changed_only=changed_only)
    data = render(diff, Format.DOCX, lang="zh", options=options)
    assert isinstance(data, bytes)
    rows = [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(data)).tables[0].rows]
    beside = [row for row in rows if row[2] == "文首"]
    assert bool(beside) == bool(where)
    if beside:
        assert rows[1] == beside[0]
        assert [
            bool(words) and words in cell for words, cell in zip((old, new), beside[0], strict=False)
        ] == [bool(old), bool(new)]
