"""Character error rate, paragraphs recovered exactly, clause trees and processor time a page, by format.

The founding documents are made into files of every format by LibreOffice (see `tests/extract/made_files.py`) and read
back; statutes drawn by lot from the development data, which no rule was written from, are made into PDF in several
layouts. White space does not count as an error: typesetting puts blanks between Chinese and Latin characters.
"""

import argparse
import io
import os
import random
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from rapidfuzz.distance import Levenshtein

from benchmarks.sources import SHARED
from policydiff.extract import extract, sniff
from policydiff.extract.reading import Reading, Request
from policydiff.extract.sniff import read_as
from policydiff.lexicon.text_marks import row_line
from policydiff.model import Clause
from policydiff.parsing import parse_text
from tests.extract.laid_out import LAYOUTS, Layout, laid_out
from tests.extract.made_files import (
    SOFFICE,
    Source,
    converted,
    docx_of,
    founding_documents,
    html_of,
    ofd_of,
    pages_of,
    scan_of,
)

Tree = list[tuple[str, ...]]
_SCANNED_PAGES = 2
_STATUTES = 14
_SEED = 20261122
_STATUTE_BYTES = range(6_000, 60_000)
"""Long enough to fill pages, short enough to be made four times."""


class Score(NamedTuple):
    """How one file was read."""

    errors: int
    characters: int
    found: int
    paragraphs: int
    same_tree: bool
    seconds: float
    pages: int


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--scan-pages", type=int, default=_SCANNED_PAGES, help="pages of each scan; 0 for all"
    )
    options.add_argument("--statutes", type=int, default=_STATUTES, help="held-out statutes; 0 for none")
    options.add_argument("--seed", type=int, default=_SEED, help="of the lot that chooses them")
    given = options.parse_args()
    scanned = given.scan_pages
    sources = founding_documents()
    if not sources or SOFFICE is None:
        print("not measured: the founding documents or LibreOffice (soffice) are not here", file=sys.stderr)
        return 0
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        files = made(sources, Path(folder))
    print(
        f"{'format':24}{'CER':>9}{'paragraphs':>14}{'clause trees':>14}{'ms a page':>11}  (processor time; other formats: a file)"
    )
    for kind in files:
        show(kind, [score(source, files[kind][source.name]) for source in sources])
    if find_spec("rapidocr") or shutil.which("tesseract"):
        show("scan", [scan_score(source, files["pdf"][source.name], scanned) for source in sources])
    worker(files["docx"][sources[0].name])
    if given.statutes:
        held_out(statutes(given.statutes, given.seed), given.seed)
    return 0


def held_out(chosen: list[Source], seed: int) -> None:
    """Print how statutes that no rule was written from come back from PDF, by layout."""
    if not chosen:
        print("held-out statutes: the development data (laws.tar.xz) are not here")
        return
    print(f"\n{len(chosen)} statutes by seed {seed}, as PDF:")
    with tempfile.TemporaryDirectory() as folder:
        for layout in LAYOUTS:
            place = Path(folder) / layout.name
            place.mkdir()
            show(layout.name, laid_out_scores(chosen, layout, place))
        for layout in LAYOUTS[:2]:
            place = Path(folder) / f"{layout.name} tables"
            place.mkdir()
            scores = laid_out_scores(chosen, layout, place, chance=random.Random(seed))
            show(f"{layout.name}, bare tables", scores)


def laid_out_scores(
    chosen: list[Source], layout: Layout, place: Path, chance: random.Random | None = None
) -> list[Score]:
    """Make PDF of statutes in one layout and read them; with chance, a table without rulings in the middle of each."""
    files: dict[str, bytes] = {}
    expected: dict[str, tuple[str, ...]] = {}
    for each in chosen:
        title, *body = each.paragraphs
        middle = len(body) // 2
        rows = _table(body, chance) if chance else []
        files[each.name] = laid_out(title, body, layout, tables={middle: rows} if rows else None)
        expected[each.name] = (title, *body[:middle], *map(row_line, rows), *body[middle:])
    pdfs = converted(files, "pdf", place)
    return [score(each, pdfs[each.name], expected[each.name]) for each in chosen]


def _table(body: list[str], chance: random.Random) -> list[list[str]]:
    """Return a table of measures, bodies and days whose words come from a statute."""
    words = "".join(body)

    def cut(least: int, most: int) -> str:
        start = chance.randrange(max(1, len(words) - most))
        return "".join(words[start : start + chance.randint(least, most)].split())

    head = ["序号", "主要任务", "责任单位", "完成时限"]
    rows = [[str(number), cut(6, 40), cut(4, 16), f"20{chance.randint(20, 39)}年"] for number in range(1, 9)]
    return [head, *rows]


def statutes(count: int, seed: int) -> list[Source]:
    """Return statutes chosen by lot; none where the development data are missing."""
    path = SHARED / "laws.tar.xz"
    if not path.is_file():
        return []
    texts: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name.endswith(".md") and member.size in _STATUTE_BYTES:
                file = archive.extractfile(member)
                texts[member.name] = file.read().decode("utf-8", "replace") if file else ""
    names = random.Random(seed).sample(sorted(texts), min(count, len(texts)))
    return [Source(f"s{number}", _paragraphs(texts[name])) for number, name in enumerate(names)]


def _paragraphs(markdown: str) -> tuple[str, ...]:
    lines = (" ".join(line.lstrip("#").split()) for line in markdown.splitlines())
    return tuple(line for line in lines if line and not line.startswith(("<!--", "|")))


def made(sources: list[Source], folder: Path) -> dict[str, dict[str, bytes]]:
    """Return files by format and name."""
    files = {"docx": {source.name: docx_of(source) for source in sources}}
    for target in ("pdf", "rtf", "doc"):
        files[target] = converted(files["docx"], target, folder)
    files["ofd"] = {name: ofd_of(pdf) for name, pdf in files["pdf"].items()}
    for source in sources:
        for kind, page in html_of(source).items():
            files.setdefault(f"html {kind}", {})[source.name] = page
    return files


def score(source: Source, data: bytes, lines: tuple[str, ...] | None = None) -> Score:
    """Read a file in this process, so that the time is the reader's own; `lines` are what should come back."""
    kind = sniff(data)
    started = processor_seconds()
    reading = read_as(kind, Request(data))
    seconds = processor_seconds() - started
    return compared(lines or source.lines, reading, seconds, pages_of(data), nodes)


def scan_score(source: Source, pdf: bytes, pages: int) -> Score:
    """Compare a scan's first pages with the same pages' text layer."""
    read = partial(read_as, sniff(pdf))
    part = scan_of(pdf, pages=pages or None)
    expected = read(Request(first_pages(pdf, pages))).text if pages else source.text
    started = processor_seconds()
    reading = read(Request(part))
    seconds = processor_seconds() - started
    return compared(tuple(expected.splitlines()), reading, seconds, pages_of(part), labels)


def processor_seconds() -> float:
    """Return what this process and the programs it called have used: the clock also counts whoever else is at work."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def first_pages(pdf: bytes, count: int) -> bytes:
    """Return a PDF of the first pages."""
    source, made_of = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new()
    made_of.import_pages(source, list(range(min(count, len(source)))))
    stream = io.BytesIO()
    made_of.save(stream)
    return stream.getvalue()


def compared(
    lines: tuple[str, ...],
    reading: Reading,
    seconds: float,
    pages: int,
    tree: Callable[[Iterable[Clause]], Iterator[tuple[str, ...]]],
) -> Score:
    """Score a reading against the lines that went in."""
    expected = [bare(line) for line in lines]
    got = [bare(line) for line in reading.text.splitlines()]
    blocks = SequenceMatcher(None, expected, got, autojunk=False).get_matching_blocks()
    right = list(tree(parse_text("\n".join(lines)).clauses))
    read = parse_text(reading.text, declared=reading.metadata, declared_title=reading.title)
    return Score(
        Levenshtein.distance("".join(expected), "".join(got)),
        sum(map(len, expected)),
        sum(block.size for block in blocks),
        len(expected),
        right == list(tree(read.clauses)),
        seconds,
        pages,
    )


def bare(text: str) -> str:
    return "".join(text.split())


def nodes(clauses: Iterable[Clause]) -> Iterator[tuple[str, ...]]:
    """Give every clause in reading order, words included."""
    for top in clauses:
        for clause in top.walk():
            yield (
                clause.id,
                clause.kind.value,
                clause.label or "",
                bare(clause.heading or ""),
                bare(clause.text),
            )


def labels(clauses: Iterable[Clause]) -> Iterator[tuple[str, ...]]:
    """Give every clause's label and heading: what recognition must keep."""
    for top in clauses:
        for clause in top.walk():
            yield clause.label or "", bare(clause.heading or "")


def show(kind: str, scores: list[Score]) -> None:
    errors, characters = sum(each.errors for each in scores), sum(each.characters for each in scores)
    found, paragraphs = sum(each.found for each in scores), sum(each.paragraphs for each in scores)
    trees = sum(each.same_tree for each in scores)
    each_page = 1000 * sum(each.seconds for each in scores) / sum(each.pages for each in scores)
    print(
        f"{kind:24}{errors / characters:>9.3%}{f'{found}/{paragraphs}':>14}{f'{trees}/{len(scores)}':>14}"
        f"{each_page:>11.1f}",
        flush=True,
    )


def worker(data: bytes) -> None:
    """Print what the worker process costs beside reading in place."""
    read = partial(read_as, sniff(data))
    here, apart = [], []
    for _ in range(7):
        started = processor_seconds()
        read(Request(data))
        here.append(processor_seconds() - started)
        started = processor_seconds()
        extract(data)
        apart.append(processor_seconds() - started)
    print(
        f"worker process: {1000 * (min(apart) - min(here)):.0f} ms beside {1000 * min(here):.0f} ms for one DOCX"
    )


if __name__ == "__main__":
    sys.exit(main())
