"""What files hold beside plain paragraphs: tables, notes, struck words, furniture; and what a page of PDF costs.

Each kind is made in every carrier that has it, read back and counted: cases right of all cases. Made files only, so read
the figures as "no loss on clean input"; the real DOCX of the development data are read where they are at hand.
"""

import argparse
import ctypes
import io
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from pathlib import Path

import docx
import pypdfium2
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from benchmarks.sources import SHARED
from policydiff.extract import extract
from policydiff.extract.pages import pdfium_calls as calls
from policydiff.extract.reading import Request
from policydiff.extract.sniff import FileKind, read_as
from policydiff.model import ClauseKind
from policydiff.parsing import parse_text
from tests.extract.made_files import FONT, SOFFICE

_NOTES = (
    "（责任单位：某市经济和信息化局）", "完成时限：长期坚持", "由主管部门责令限期改正。",
    "（各区政府、市各有关部门按职责分工负责）", "长期", "并处二千元罚款。",
)  # fmt: skip
_REAL = 60
"""Real files read for the time of a DOCX: every eighth of the 467."""
_DRAWN = 20
_EVERY = 4
"""Paragraphs between two notes of responsibility put in: several stand at the edges of pages."""
_DENSE = 380_000
_AFTER_OVERFLOW = tuple(
    f"w:{name}"
    for name in [
        "topLinePunct",
        "autoSpaceDE",
        "autoSpaceDN",
        "bidi",
        "adjustRightInd",
        "snapToGrid",
        "spacing",
        "ind",
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    ]
)
"""What stands after `w:overflowPunct` in the properties of a paragraph (ECMA-376)."""


def main() -> None:
    """Print a table of all kinds; `--from N` draws other real files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="first", type=int, default=0, help="number of the first file drawn")
    first = parser.parse_args().first
    if SOFFICE is None:
        sys.exit("LibreOffice (soffice, Debian: libreoffice-writer-nogui) is not on the path")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        print("kind | carrier | right | of")
        print("---|---|---|---")
        for name, (source, is_right) in _cases().items():
            made = _carriers(place, name, source)
            for carrier, data in made.items():
                print(f"{name} | {carrier} | {int(is_right(data))} | 1")
        _furniture(place)
    _cost(first)


def _bare(text: str) -> str:
    """Return the characters; where a line of a cell breaks is no character."""
    return "".join(text.replace("<br>", "").split())


def _rtf(text: str) -> str:
    def character(each: str) -> str:
        code = ord(each)
        return each if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?"

    return "".join(map(character, text))


def _cases() -> dict[str, tuple[str, Callable[[bytes], bool]]]:
    note = r"{\super\chftn}{\footnote\pard\plain\f0\fs18{\super\chftn} " + _rtf("低保家庭每月500元。") + "}"
    last = _rtf("第三条 本办法自2024年1月1日起施行。")
    first = _rtf("第一条 为了规范补贴，制定本办法。")
    notes = [_rtf("某市补贴办法"), first, _rtf("第二条 补贴每月300元") + note + _rtf("。"), last]
    struck = [
        _rtf("某市收费办法"),
        first,
        r"{\strike " + _rtf("第二条 收费五元。") + "}",
        _rtf("第二条 收费八元。"),
        last,
    ]
    edges = "".join(rf"\clbrdr{side}\brdrs\brdrw10" for side in "tlbr")
    row = rf"\trowd\clvmgf{edges}\cellx2000{edges}\cellx4000{edges}\cellx6000 "
    below = rf"\trowd\clvmrg{edges}\cellx2000{edges}\cellx4000{edges}\cellx6000 "
    wide = rf"\trowd{edges}\cellx2000{edges}\cellx6000 "
    table = (
        row
        + _rtf("姓名")
        + r"\intbl\cell "
        + r"\cell "
        + _rtf("类型")
        + r"\cell\row "
        + below
        + r"\cell "
        + r"\cell "
        + _rtf("号码")
        + r"\cell\row "
        + wide
        + _rtf("单位")
        + r"\cell "
        + r"\cell\row\pard "
    )
    tables = [_rtf("某市登记办法"), first, table + last]
    return {
        "note": (_page(notes), _note_is_right),
        "struck": (_page(struck), _struck_is_right),
        "table": (_page(tables), _table_is_right),
    }


def _page(lines: list[str]) -> str:
    head = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 " + FONT + r";}}\f0\fs32 "
    return head + r"\par ".join([*lines, ""]) + "}"


def _note_is_right(data: bytes) -> bool:
    article = parse_text(extract(data).text).find("art_2")
    return article is not None and [(each.kind, each.text) for each in article.children] == [
        (ClauseKind.NOTE, "低保家庭每月500元。")
    ]


def _struck_is_right(data: bytes) -> bool:
    found = extract(data)
    kept = "五元" not in found.text and "八元" in found.text
    return kept and any(each.kind == "struck" for each in found.left_out)


def _table_is_right(data: bytes) -> bool:
    rows = [each for each in parse_text(extract(data).text).walk() if each.kind is ClauseKind.ROW]
    return [each.text.replace("\t", "") for each in rows] == ["姓名类型", "号码", "单位"] and len(
        {each.text.count("\t") for each in rows}
    ) == 1


def _carriers(place: Path, name: str, source: str) -> dict[str, bytes]:
    path = place / f"{name}.rtf"
    path.write_text(source, "ascii")
    convert(place, [path], "pdf", "docx", "doc", "html")
    return {kind: (place / f"{name}.{kind}").read_bytes() for kind in ("rtf", "docx", "doc", "html", "pdf")}


def convert(place: Path, paths: list[Path], *targets: str) -> None:
    """Let LibreOffice make files of other formats, beside those given."""
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    for target in targets:
        arguments = [
            str(SOFFICE),
            profile,
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(place),
            *map(str, paths),
        ]
        subprocess.run(arguments, check=True, capture_output=True)


def _furniture(place: Path) -> None:
    """Print whether PDF and DOCX agree character for character where words repeat at the edges of pages."""
    paths = []
    for index, note in enumerate(_NOTES):
        for edges in (False, True):
            path = place / f"furniture-{index}-{int(edges)}.docx"
            _tasks(note, edges=edges).save(str(path))
            paths.append(path)
    convert(place, paths, "pdf")
    same = named = 0
    for path in paths:
        pdf = extract(path.with_suffix(".pdf").read_bytes())
        same += _bare(pdf.text) == _bare(extract(path.read_bytes()).text)
        named += bool(pdf.left_out) is path.stem.endswith("1")
    print(f"PDF = DOCX, words that repeat at page edges | pdf | {same} | {len(paths)}")
    print(f"furniture named where there is any, and only there | pdf | {named} | {len(paths)}")


def _tasks(note: str, *, edges: bool) -> "docx.document.Document":
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    style = made.styles["Normal"]
    style.font.size, style.font.name = Pt(16), FONT
    style.paragraph_format.line_spacing, style.paragraph_format.space_after = Pt(28), Pt(0)
    if edges:
        section.header.paragraphs[0].text = "某市促进产业发展办法"
        section.footer.paragraphs[0].text = "某市人民政府办公室"
    for number in range(1, 41):
        words = (
            f"{number}. 推进第{number}项工作，" + "建设公共服务平台，" * (1 + number % 5) + "落实各项要求。"
        )
        for line in (words, note):
            made.add_paragraph(line).paragraph_format.first_line_indent = Pt(32)
    return made


def _cost(first: int) -> None:
    """Print what a page of PDF costs beside PDFium's own call for its text, and a real DOCX in the process."""
    archive = SHARED / "npc_docx.tar.xz"
    if not archive.exists():
        print("real DOCX | not at hand | - | -")
        return
    with tarfile.open(archive) as members, tempfile.TemporaryDirectory() as folder:
        names = sorted(name for name in members.getnames() if name.endswith(".docx"))
        names = names[first :: max(1, 467 // _REAL)]
        files = [stream.read() for name in names if (stream := members.extractfile(name)) is not None]
        _docx_cost(files)
        place = Path(folder)
        paths = [place / f"{number}.docx" for number in range(_DRAWN)]
        for path, data in zip(paths, files, strict=False):
            _with_notes(data, path)
        convert(place, paths, "rtf", "html", "xhtml:XHTML Writer File", "pdf")
        printed = print_pages([path.with_suffix(".xhtml") for path in paths])
        for target in ("rtf", "html", "xhtml", "pdf", *(["chromium.pdf"] if printed else [])):
            _same_characters(paths, target, "real files with notes at page edges")
        ragged = [_ragged(path) for path in paths]
        convert(place, ragged, "pdf")
        _same_characters(ragged, "pdf", "the same files, lines not justified")
        _same_by_any(paths, "HTML", ("html", "xhtml"))
        _same_by_any(paths, "PDF", ("pdf", *(["chromium.pdf"] if printed else [])))
        dense = place / "dense.docx"
        _dense(files, dense)
        convert(place, [dense], "pdf")
        _same_characters([dense], "pdf", "a book of statutes in small type")
        _pdf_cost([dense.with_suffix(".pdf").read_bytes()])


def _with_notes(data: bytes, path: Path) -> None:
    """Save a real DOCX with notes of responsibility between its paragraphs, and without hanging marks.

    LibreOffice prints a page of PDF without a mark that hangs beyond its margin: nothing of it is on the page.
    """
    made = docx.Document(io.BytesIO(data))
    for number, paragraph in enumerate(list(made.paragraphs)):
        if number % _EVERY == _EVERY - 1:
            note = paragraph.insert_paragraph_before(_NOTES[number // _EVERY % len(_NOTES)])
            note.paragraph_format.first_line_indent = Pt(32)
    for paragraph in [*made.paragraphs, *(each for each in made.styles if each.type == 1)]:
        properties = paragraph._element.get_or_add_pPr()
        for old in properties.findall(qn("w:overflowPunct")):
            properties.remove(old)
        mark = OxmlElement("w:overflowPunct")
        mark.set(qn("w:val"), "0")
        properties.insert_element_before(mark, *_AFTER_OVERFLOW)
    made.save(str(path))


def _ragged(path: Path) -> Path:
    """Save a copy whose lines end where their words do: LibreOffice prints a justified line without the mark that hangs at its end."""
    made = docx.Document(str(path))
    for part in (made.element, made.styles.element):
        for side in part.iter(qn("w:jc")):
            if side.get(qn("w:val")) in {"both", "distribute"}:
                side.set(qn("w:val"), "left")
    copy = path.with_stem(f"{path.stem}-ragged")
    made.save(str(copy))
    return copy


def print_pages(pages: list[Path]) -> bool:
    """Let Chromium print each page as `.chromium.pdf` beside it, another way to a PDF; False where it is not at hand."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    for page in pages if browser else ():
        made = page.with_suffix(".chromium.pdf")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run(
            [str(browser), *options, f"--print-to-pdf={made}", page.as_uri()], check=True, capture_output=True
        )
    return browser is not None


def _same_by_any(paths: list[Path], carrier: str, targets: Sequence[str]) -> None:
    """Print how many files one converter or another brings over whole: each of them loses something of its own."""
    same = sum(
        any(
            _bare(extract(path.read_bytes()).text)
            == _bare(extract(path.with_suffix(f".{target}").read_bytes()).text)
            for target in targets
        )
        for path in paths
    )
    print(f"DOCX = {carrier} by one converter or another: characters | - | {same} | {len(paths)}")


def _same_characters(paths: list[Path], target: str, kind: str) -> None:
    """Print how many of the files hold the same characters, and the same clauses, as their DOCX."""
    same = trees = 0
    for path in paths:
        source, made = (
            extract(path.read_bytes()).text,
            extract(path.with_suffix(f".{target}").read_bytes()).text,
        )
        same += _bare(source) == _bare(made)
        trees += _tree(source) == _tree(made)
    print(f"DOCX = {target.upper()}, {kind}: characters | {target} | {same} | {len(paths)}")
    print(f"the same: clauses | {target} | {trees} | {len(paths)}")


def _tree(text: str) -> list[tuple[str, str]]:
    return [(each.id, _bare(each.text)) for each in parse_text(text).walk()]


def _dense(files: list[bytes], path: Path) -> None:
    """Save a DOCX of 380,000 characters of the files in small type: some 280 pages full of words."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    style = made.styles["Normal"]
    style.font.size, style.font.name = Pt(10.5), FONT
    style.paragraph_format.space_after = Pt(0)
    count = 0
    for line in (line for data in files for line in extract(data).text.split("\n")):
        made.add_paragraph(line).paragraph_format.first_line_indent = Pt(21)
        count += len(line)
        if count > _DENSE:
            break
    made.save(str(path))


def _docx_cost(files: list[bytes]) -> None:
    times = []
    for data in files:
        start = time.process_time()
        parse_text(read_as(FileKind.DOCX, Request(data)).text)
        times.append(time.process_time() - start)
    print(
        f"real DOCX, read and parsed in the process, median of {len(times)} | docx | {1000 * statistics.median(times):.0f} ms | -"
    )


def _pdf_cost(files: list[bytes]) -> None:
    pages = 0
    own = ours = floor = float("inf")
    for _ in range(3):
        start = time.process_time()
        pages = sum(map(_text_alone, files))
        own = min(own, time.process_time() - start)
        start = time.process_time()
        for data in files:
            _calls_alone(data)
        floor = min(floor, time.process_time() - start)
        start = time.process_time()
        for data in files:
            read_as(FileKind.PDF, Request(data))
        ours = min(ours, time.process_time() - start)
    print(
        f"a page of PDF against PDFium's text call, {pages} pages | pdf | {1000 * ours / pages:.2f} ms against "
        f"{1000 * own / pages:.2f} ms, {ours / own:.1f} times | -"
    )
    print(
        f"the calls alone that tell where lines stand and what is ruled, nothing made of the answers | pdf | "
        f"{1000 * floor / pages:.2f} ms, {floor / own:.1f} times | -"
    )


def _calls_alone(data: bytes) -> None:
    """Ask PDFium for each page's characters, the kind of each object, and how the first and the last of each line is set."""
    document = pypdfium2.PdfDocument(data)
    box, matrix = ctypes.byref(pypdfium2.raw.FS_RECTF()), ctypes.byref(pypdfium2.raw.FS_MATRIX())
    place = ctypes.byref(ctypes.c_double()), ctypes.byref(ctypes.c_double())
    for index in range(len(document)):
        page = document[index]
        objects = range(pypdfium2.raw.FPDFPage_CountObjects(page.raw))
        deque(map(calls.kind_of_object, map(calls.page_object, repeat(page.raw), objects)), 0)
        held = page.get_textpage()
        raw = ctypes.cast(held.raw, calls.ADDRESS)
        text = calls.text_at_once(raw, calls.count(raw)) or ""
        for line in re.finditer("[^\r\n]+", text):
            for at in (line.start(), line.end() - 1):
                calls.matrix_of(raw, at, matrix)
                calls.font_size(raw, at)
                calls.loose_box(raw, at, box)
                calls.origin(raw, at, *place)
                calls.font(calls.text_object(raw, at))
        held.close()
        page.close()
    document.close()


def _text_alone(data: bytes) -> int:
    document = pypdfium2.PdfDocument(io.BytesIO(data).read())
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


if __name__ == "__main__":
    main()
