"""The founding documents in every format: the words, the paragraphs and the clause trees come back."""

import shutil
from collections.abc import Iterator
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from policydiff.extract import Limits, extract, sniff
from policydiff.extract.reading import Request
from policydiff.extract.sniff import FileKind, read_as
from policydiff.extract.word.office import read_doc
from policydiff.lexicon.furniture import without_furniture
from policydiff.parsing import parse_text
from tests.extract.made_files import Source, html_of, picture_of, scan_of

Made = dict[str, dict[str, bytes]]
HAS_OCR = bool(find_spec("rapidocr") or shutil.which("tesseract"))


def bare(text: str) -> str:
    return "".join(text.split())


def tree(text: str) -> Iterator[tuple[str, ...]]:
    for top in parse_text(text).clauses:
        for clause in top.walk():
            yield clause.id, clause.label or "", bare(clause.heading or ""), bare(clause.text)


def read(data: bytes) -> str:
    return read_as(sniff(data), Request(data)).text


@pytest.mark.parametrize("kind", ["docx", "rtf", "pdf", "ofd"])
def test_words_paragraphs_and_clauses_are_the_same(kind: str, sources: list[Source], made: Made) -> None:
    """No character may differ (typesetting's blanks apart); a PDF may part two paragraphs in a hundred wrongly."""
    found = paragraphs = 0
    for source in sources:
        text = read(made[kind][source.name])
        assert Levenshtein.distance(bare(source.text), bare(text)) == 0, source.name
        expected, got = [bare(line) for line in source.lines], [bare(line) for line in text.splitlines()]
        blocks = SequenceMatcher(None, expected, got, autojunk=False).get_matching_blocks()
        found += sum(block.size for block in blocks)
        paragraphs += len(expected)
        assert list(tree(text)) == list(tree(source.text)), source.name
    assert found >= (0.98 if kind in {"pdf", "ofd"} else 1.0) * paragraphs


def test_every_kind_of_page_gives_the_same(sources: list[Source]) -> None:
    for source in sources:
        for kind, page in html_of(source).items():
            text = extract(page).text
            assert [bare(line) for line in text.splitlines()] == [
                bare(line) for line in without_furniture(source.lines)
            ], (
                source.name,
                kind,
            )


def test_doc_and_wps_by_libreoffice(sources: list[Source], made: Made) -> None:
    """A WPS file is a Word 97 binary under another name; one document, since LibreOffice starts slowly."""
    source = min(sources, key=lambda each: len(each.text))
    found = extract(made["doc"][source.name], name="文件.wps")
    assert [bare(line) for line in found.text.splitlines()] == [bare(line) for line in source.lines]
    assert (found.media_type, found.extractor) == ("application/msword", "doc+soffice")
    assert found.extractor_version.startswith("LibreOffice ")


@pytest.mark.parametrize(
    ("program", "extractor", "extra"),
    [("antiword", "doc+antiword", None), (None, "doc+legacy-doc", "legacy_doc")],
    ids=["antiword", "legacy-doc"],
)
def test_doc_without_libreoffice(
    program: str | None,
    extractor: str,
    extra: str | None,
    sources: list[Source],
    made: Made,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The words outside tables are all there; what may be missing is said."""
    if (program and not shutil.which(program)) or (extra and not find_spec(extra)):
        pytest.skip(f"{program or extra} is not installed")
    there = shutil.which(program) if program else None
    monkeypatch.setattr(shutil, "which", lambda name: there if name == program else None)
    source = min(sources, key=lambda each: len(each.text))
    found = read_doc(Request(made["doc"][source.name]))
    lines = {bare(line) for line in found.text.splitlines()}
    # legacy-doc puts what follows a table into its last row.
    assert {bare(text) for text in source.paragraphs[: None if program else -1]} <= lines
    assert bare(source.paragraphs[-1]) in bare(found.text)
    assert "PAGE" not in found.text
    assert found.extractor == extractor
    assert found.warnings
    if program:
        assert (
            "| 2 | 培育龙头企业5-8家，产值达到30亿元 | 市经济和信息化局、市发展改革委 | 2023年6月 |"
            in found.text
        )


@pytest.mark.skipif(not HAS_OCR, reason="neither rapidocr nor tesseract is installed")
def test_a_scan_keeps_labels_and_headings(sources: list[Source], made: Made) -> None:
    """One page of a scan: no more than 3 characters in a hundred wrong even by tesseract, 0.5 by rapidocr."""
    source = min(sources, key=lambda each: len(each.text))
    pdf = made["pdf"][source.name]
    found = extract(scan_of(pdf, pages=1), limits=Limits(seconds=300))
    assert found.extractor == "pdf+ocr"
    assert [page.page for page in found.recognised] == [1]
    assert found.recognised[0].confidence > 0.8
    page = bare(found.text)
    whole = bare(source.text)[: len(page)]
    most = 0.005 if "rapidocr" in found.extractor_version else 0.03
    assert Levenshtein.distance(page, whole) <= most * len(whole)


@pytest.mark.skipif(not HAS_OCR, reason="neither rapidocr nor tesseract is installed")
def test_a_picture_file_is_recognised(sources: list[Source], made: Made) -> None:
    source = min(sources, key=lambda each: len(each.text))
    found = extract(picture_of(made["pdf"][source.name]), limits=Limits(seconds=300))
    assert found.media_type == FileKind.BMP.value
    assert bare(source.paragraphs[2])[:3] in bare(found.text)


def test_a_page_without_text_is_named_where_nothing_recognises(
    sources: list[Source], made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policydiff.extract.pages.recognition.find_engine", lambda _: None)
    source = min(sources, key=lambda each: len(each.text))
    with pytest.raises(Exception, match=r"no text but a picture on pages 1, 2: install policydiff\[ocr\]"):
        read(scan_of(made["pdf"][source.name], pages=2, dpi=40))


def test_the_state_council_pages(shared_data: Path) -> None:
    """Number and title as the index of the pages has them; 国令第707号 is printed in full on the page."""
    rows = (shared_data / "govcn" / "index.tsv").read_text("utf-8").splitlines()[1:]
    assert len(rows) == 20
    for row in rows:
        name, number, title = row.split("\t")
        page = extract((shared_data / "govcn" / name).read_bytes())
        stated = dict(page.metadata)["发文字号"]
        assert stated == number or stated.endswith(number.removeprefix("国"))
        assert page.title == title
        assert page.warnings == ()


def _scan(stamp: str, covered: int) -> bytes:
    """Return a PDF of one page: a grey picture over `covered` percent of it, and words that the scanner's program adds."""
    drawn = f"q 595 0 0 {842 * covered // 100} 0 0 cm /I Do Q BT /F 9 Tf 90 20 Td ({stamp}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream",
    ]
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, start=1))
        + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"
    )


@pytest.mark.parametrize(
    ("stamp", "covered", "refused"),
    [
        ("- 12 -", 100, True),
        ("Scanned by CamScanner", 100, True),
        ("2024-03-01 10:22 page 3 of 12", 95, True),
        ("Scanned by CamScanner", 60, False),  # a picture in a short text
        ("An ordinance on the picture of a page, with words of its own", 100, False),
    ],
)
def test_the_stamp_of_a_scanner_is_not_the_text_of_its_page(
    stamp: str, covered: int, refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policydiff.extract.pages.recognition.find_engine", lambda _: None)
    if refused:
        with pytest.raises(Exception, match="no text but a picture on page 1"):
            read(_scan(stamp, covered))
    else:
        assert read(_scan(stamp, covered)).strip() == stamp
