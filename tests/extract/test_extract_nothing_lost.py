"""A marker put into every kind of place of a file is kept, or listed: never lost silently."""

import random

import pytest

from benchmarks.lost_markers import outcome_of
from benchmarks.marker_places import (
    HTML_PLACES,
    LINE_PLACES,
    PDF_PLACES,
    RTF_PLACES,
    SHEET_PLACES,
    WORD_PLACES,
    line_of,
    page_of,
    printed_page,
    rich_of,
    sheet_of,
    word_of,
)
from policydiff.extract import extract
from tests.extract.made_files import zipped
from tests.extract.small_files import SPACES, docx, paragraph, pdf as small_pdf

_LAW = [
    "某市停车管理办法",
    *(f"第{number}条　停车场应当公示第{number}项收费标准，并接受监督。" for number in "一二三四五六七八九"),
    "某市人民政府",
    "2024年5月6日",
]
_MARKER = "另有约定甲丙丁戊己不得遗漏"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def _word() -> bytes:
    body = "".join(map(paragraph, _LAW)) + "<w:sectPr></w:sectPr>"
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
            "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": _RELATIONS,
        }
    )


@pytest.mark.parametrize("place", WORD_PLACES)
def test_docx(place: str) -> None:
    assert outcome_of(word_of("law.docx", _word(), place, _MARKER, random.Random(3))) in ("kept", "listed")


@pytest.mark.parametrize("place", HTML_PLACES)
def test_page(place: str) -> None:
    assert outcome_of(page_of([b""], ["\n".join(_LAW)], place, _MARKER, random.Random(3))) in (
        "kept",
        "listed",
    )


@pytest.mark.parametrize("place", SHEET_PLACES)
def test_workbook(place: str) -> None:
    assert outcome_of(sheet_of("\n".join(_LAW), place, _MARKER, random.Random(3))) in ("kept", "listed")


@pytest.mark.parametrize("place", RTF_PLACES)
def test_rtf(place: str) -> None:
    assert outcome_of(rich_of("\n".join(_LAW), place, _MARKER, random.Random(3))) in ("kept", "listed")


@pytest.mark.parametrize("place", LINE_PLACES)
def test_lines(place: str) -> None:
    assert outcome_of(line_of("\n".join(_LAW), place, _MARKER, random.Random(3))) in ("kept", "listed")


@pytest.mark.parametrize("place", PDF_PLACES)
def test_pdf(place: str) -> None:
    assert outcome_of(printed_page(place, _MARKER)) in ("kept", "listed")


def test_a_page_without_annotations_is_not_loaded_twice() -> None:
    found = extract(small_pdf("BT /F1 12 Tf 60 700 Td (Article 1. Words of the law.) Tj ET"))
    assert found.text == "Article 1. Words of the law.\n"
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("words", "shown", "reason"),
    [
        ("4", "10⁴", "a power"),
        ("-2", "10⁻²", "a negative power"),
        ("n", "10ⁿ", "a power of a letter"),
        ("[1]", "10[1]", "a mark of a note in brackets is no power"),
        ("12345", "1012345", "no power has five digits: a line set higher"),
        ("注", "10注", "words stay words"),
    ],
)
def test_raised_digits_stay_raised(words: str, shown: str, reason: str) -> None:
    run = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{words}</w:t></w:r>'
    made = docx(f"<w:p><w:r><w:t>10</w:t></w:r>{run}<w:r><w:t>吨以上。</w:t></w:r></w:p>")
    assert extract(made).text == f"{shown}吨以上。\n", reason
    page = (
        f"<div id='zoom'><p>10<sup>{words}</sup>吨以上。</p><p>本办法自公布之日起施行，应当遵守。</p></div>"
    )
    assert extract(page.encode()).text.split("\n")[0] == f"{shown}吨以上。", reason
