"""XLSX and Word: text stays text, colours mark wording, tracked changes undo and redo exactly."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from policydiff.errors import UsageError
from policydiff.model import Change, ChangeKind, UnitRef
from policydiff.report import ComparisonReport, Format, RenderOptions, RevisionReport, render
from policydiff.report.tracked import full_line
from policydiff.report.visible import visible

from . import hostile
from .conftest import statute
from .factories import change, revised, unit

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


def test_sheets_have_filters_and_a_frozen_head(report: ComparisonReport) -> None:
    files = parts(render(report, Format.XLSX))
    tables = sheets(files)[1:]
    assert len(tables) >= 5
    for sheet in tables:
        assert sheet.find(f"{S}autoFilter") is not None
        pane = sheet.find(f".//{S}pane")
        assert pane is not None
        assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")


def test_wording_is_coloured_inside_cells(revision: RevisionReport) -> None:
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


def test_word_table_has_three_columns_and_a_repeated_head(revision: RevisionReport) -> None:
    file = docx.Document(BytesIO(bytes(render(revision, Format.DOCX))))  # type: ignore[arg-type]
    table = next(each for each in file.tables if each.rows[0].cells[0].text == "修改前")
    assert [cell.text for cell in table.rows[0].cells] == ["修改前", "修改后", "说明"]
    assert table.rows[0]._tr.find(f".//{W}tblHeader") is not None
    assert table.rows[1].cells[0].text == "（略）1 条未变"
    assert table.rows[2].cells[2].text.startswith("修改\n机关 市科委 → 市科学技术委员会")
    struck = [run.text for row in table.rows for run in row.cells[0].paragraphs[0].runs if run.font.strike]
    assert "本条已删除的内容。" in struck


def test_columns_can_be_swapped(revision: RevisionReport) -> None:
    data = render(revision, Format.DOCX, options=RenderOptions(new_first=True))
    tables = docx.Document(BytesIO(bytes(data))).tables  # type: ignore[arg-type]
    table = next(each for each in tables if each.rows[0].cells[0].text == "修改后")
    assert [cell.text for cell in table.rows[0].cells] == ["修改后", "修改前", "说明"]
    assert "市科学技术委员会" in table.rows[2].cells[0].text


def test_comparison_table_in_word(report: ComparisonReport) -> None:
    file = docx.Document(BytesIO(bytes(render(report, Format.DOCX))))  # type: ignore[arg-type]
    heads = [[cell.text for cell in table.rows[0].cells] for table in file.tables]
    assert ["本级文件", "上位文件", "判断"] in heads
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "机器判断" in text
    assert "policydiff" in text


def settled(data: str | bytes, *, accept: bool) -> list[str]:
    """Paragraphs of a Word body after accepting, or rejecting, every change: by machine, over the XML."""
    body = etree.fromstring(parts(data)["word/document.xml"]).find(f"{W}body")
    assert body is not None
    gone, kept = (f"{W}del", f"{W}ins") if accept else (f"{W}ins", f"{W}del")
    paragraphs, carried = [], ""
    for paragraph in body.findall(f"{W}p"):
        words = ""
        for child in paragraph:
            if child.tag in (f"{W}r", kept):
                words += "".join(node.text or "" for node in child.iter(f"{W}t", f"{W}delText"))
        carried += words
        if paragraph.find(f"{W}pPr/{W}rPr/{gone}") is None:
            paragraphs.append(carried)
            carried = ""
    assert carried == "", "words after the last paragraph's end"
    return paragraphs


def lines(refs: list[UnitRef]) -> list[str]:
    return visible("".join(full_line(ref) for ref in refs)).split("\n")[:-1]


def in_order(report: RevisionReport) -> tuple[list[UnitRef], list[UnitRef]]:
    """Units of both sides in the order of their documents."""
    sides = []
    for side, document in (("old", report.old), ("new", report.new)):
        refs = {ref.id: ref for each in report.diff.changes for ref in getattr(each, side)}
        sides.append([refs[node.id] for node in document.walk() if node.id in refs])
    return sides[0], sides[1]


def check_tracked(report: RevisionReport) -> None:
    data = render(report, Format.DOCX_TRACKED)
    old, new = in_order(report)
    for accept, refs in ((True, new), (False, old)):
        paragraphs = settled(data, accept=accept)
        # One empty paragraph may stand at the very end: a file's last paragraph cannot itself be undone.
        assert paragraphs == lines(refs) or paragraphs == [*lines(refs), ""]


def test_tracked_changes_settle_to_either_text(revision: RevisionReport) -> None:
    check_tracked(revision)


def test_tracked_changes_of_attacks() -> None:
    report = hostile.revision()
    data = render(report, Format.DOCX_TRACKED)
    assert settled(data, accept=True)
    assert "⟨U+0000⟩" in "".join(settled(data, accept=True))


def test_tracked_changes_name_both_versions(revision: RevisionReport) -> None:
    files = parts(render(revision, Format.DOCX_TRACKED))
    properties = "".join(etree.fromstring(files["docProps/core.xml"]).itertext())
    assert str(revision.diff.old.text_sha256) in properties
    assert str(revision.diff.new.text_sha256) in properties
    headers = "".join(
        "".join(etree.fromstring(data).itertext())
        for name, data in files.items()
        if name.startswith(("word/header", "word/footer"))
    )
    assert "旧版本：某条例 → 新版本：某条例（修订）" in headers
    assert "policydiff 0." in headers


def test_tracked_changes_mark_words_not_paragraphs(revision: RevisionReport) -> None:
    body = etree.fromstring(parts(render(revision, Format.DOCX_TRACKED))["word/document.xml"])
    deleted = ["".join(node.itertext()) for node in body.iter(f"{W}del")]
    assert "3" in deleted
    assert all(node.get(f"{W}author") == "policydiff" for node in body.iter(f"{W}ins", f"{W}del"))
    ids = [node.get(f"{W}id") for node in body.iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))


WORDS = st.text(alphabet="甲乙丙丁。，\n", min_size=0, max_size=12)


@st.composite
def revisions(draw: st.DrawFn) -> RevisionReport:
    """Any pairing of two lists of units: moved, split, merged, added, removed."""
    old = [unit(f"art_{n}", f"第{n}条", draw(WORDS)) for n in range(1, draw(st.integers(1, 6)) + 1)]
    new = [unit(f"art_{n}", f"第{n}条", draw(WORDS)) for n in range(1, draw(st.integers(1, 6)) + 1)]
    left, right = draw(st.permutations(old)), list(new)
    changes: list[Change] = []
    left = list(left)
    while right or left:
        shape = draw(st.sampled_from(["pair", "split", "merge", "add", "remove"]))
        if shape == "add" and right:
            changes.append(change(ChangeKind.ADDED, [], [right.pop(0)]))
        elif shape == "remove" and left:
            changes.append(change(ChangeKind.REMOVED, [left.pop(0)]))
        elif shape == "split" and left and len(right) > 1:
            changes.append(change(ChangeKind.SPLIT, [left.pop(0)], [right.pop(0), right.pop(0)]))
        elif shape == "merge" and len(left) > 1 and right:
            changes.append(change(ChangeKind.MERGED, [left.pop(0), left.pop(0)], [right.pop(0)]))
        elif left and right:
            changes.append(change(ChangeKind.MODIFIED, [left.pop(0)], [right.pop(0)]))
        elif left:
            changes.append(change(ChangeKind.REMOVED, [left.pop(0)]))
        else:
            changes.append(change(ChangeKind.ADDED, [], [right.pop(0)]))
    both = (statute("某办法", *((ref.id, ref.label or "", ref.text) for ref in side)) for side in (old, new))
    built = revised(changes, *both)
    assert isinstance(built, RevisionReport)
    return built


@settings(max_examples=40, deadline=None)
@given(revisions())
def test_tracked_changes_settle_for_any_pairing(report: RevisionReport) -> None:
    check_tracked(report)


def test_tracked_changes_need_a_revision(report: ComparisonReport, revision: RevisionReport) -> None:
    for value in (report, revision.diff):
        with pytest.raises(UsageError, match="docx"):
            render(value, Format.DOCX_TRACKED)


@pytest.mark.parametrize("form", list(Format))
def test_same_input_same_bytes(revision: RevisionReport, form: Format) -> None:
    assert render(revision, form) == render(revision, form)
