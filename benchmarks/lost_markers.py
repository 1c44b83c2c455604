"""Whether anything is lost silently: a sentence that stands nowhere else is put into a file at a random place, 1,000 times.

    python -m benchmarks.lost_markers [--count 1000] [--seed N] [--carrier docx|html|pdf|xlsx|text|rtf] [--show]

Files: DOCX of the national law database, pages of the State Council, and HTML, PDF, RTF, Markdown and workbooks made from the DOCX. Each
marker is put into one kind of place: a paragraph, a cell, a note, a header, a text box, a field, a control, a comment, hidden, struck, below the signature … A marker is
kept where it stands in a field or a clause, parted where it does so over several lines or cells, listed where it stands in `not_placed`, `left_out` or a warning, named where a warning says that the part
which holds it was not read, and lost otherwise.
"""

import argparse
import random
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.heads import unread_lines
from benchmarks.marker_places import (
    HTML_PLACES,
    LINE_PLACES,
    PDF_PLACES,
    PRINTED,
    RTF_PLACES,
    SHEET_PLACES,
    WORD_PLACES,
    Marked,
    line_of,
    page_of,
    printed_page,
    rich_of,
    sheet_of,
    word_of,
)
from benchmarks.sources import SHARED
from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from policydiff.parsing import parse_text
from tests.extract.made_files import SOFFICE, converted

CARRIERS = ("docx", "html", "pdf", "xlsx", "text", "rtf")
_SHARES = {"docx": 0.42, "html": 0.3, "pdf": 0.16, "xlsx": 0.06, "text": 0.06, "rtf": 0.1}
_SMALL = 40_000
"""Bytes of the DOCX that are printed to PDF: LibreOffice takes a second for each."""
_STEMS = "甲乙丙丁戊己庚辛壬癸"
OUTCOMES = ("kept", "parted", "listed", "named", "lost")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--carrier", choices=CARRIERS, help="this carrier alone")
    parser.add_argument("--show", action="store_true", help="print each marker that is lost or only named")
    options = parser.parse_args()
    if not (SHARED / "npc_docx.tar.xz").is_file():
        print(f"development data not found at {SHARED}", file=sys.stderr)
        return 0
    outcomes: dict[tuple[str, str], Counter[str]] = {}
    rng = random.Random(options.seed)
    for marked in _files(rng, options.count, options.carrier):
        outcome = outcome_of(marked)
        outcomes.setdefault((marked.carrier, marked.place), Counter())[outcome] += 1
        if options.show and outcome in ("lost", "named"):
            print(f"{outcome}: {marked.carrier}, {marked.place}, {marked.name}")
    print("carrier | place | " + " | ".join(OUTCOMES))
    total: Counter[str] = Counter()
    for (carrier, place), counts in sorted(outcomes.items()):
        print(f"{carrier} | {place} | " + " | ".join(str(counts[each]) for each in OUTCOMES))
        total += counts
    print(f"{sum(total.values())} markers: " + ", ".join(f"{each} {total[each]}" for each in OUTCOMES))
    return 1 if total["lost"] else 0


def outcome_of(marked: Marked) -> str:
    """Return what became of a marker: one of `OUTCOMES`."""
    try:
        extraction = extract(marked.data, name=marked.name)
    except UnreadableInputError as error:
        return "named" if marked.marker in _bare(str(error)) else "lost"
    document = parse_text(
        extraction.text,
        declared=extraction.metadata,
        declared_title=extraction.title,
        blocks=extraction.blocks,
    )
    if marked.marker in _bare(document.model_dump_json(exclude={"not_placed", "diagnostics"})):
        return "kept"
    listed = [
        *(entry.text for entry in document.not_placed),
        *(entry.text for entry in extraction.left_out),
        *(warning.text for warning in extraction.warnings),
        *(words for warning in extraction.warnings for pair in warning.links for words in pair),
        *(words for pair in (*extraction.metadata, *extraction.links) for words in pair),
    ]
    # Struck words that stand on two lines of a page are two entries.
    struck = "".join(entry.text for entry in extraction.left_out if entry.kind == "struck")
    if any(marked.marker in _bare(words) for words in (*listed, struck)):
        return "listed"
    if marked.marker in _bare(extraction.text) and not any(
        marked.marker[:4] in _bare(line) for line in unread_lines(extraction.text, document)
    ):
        return "parted"
    is_named = marked.told_by and any(marked.told_by in warning.text for warning in extraction.warnings)
    return "named" if is_named else "lost"


def _bare(words: str) -> str:
    """Return the characters; where a line or a cell ends is none: a narrow cell holds two characters a line."""
    return "".join(words.replace("\\n", "").replace("|", " ").split())


def _marker(number: int) -> str:
    """Return words that stand nowhere else: `另有约定甲丙丁不得遗漏`."""
    return "另有约定" + "".join(_STEMS[int(digit)] for digit in f"{number:05}") + "不得遗漏"


def _files(rng: random.Random, count: int, only: str | None) -> Iterator[Marked]:
    wanted = {only: count} if only else {carrier: round(count * _SHARES[carrier]) for carrier in CARRIERS}
    with tarfile.open(SHARED / "npc_docx.tar.xz") as members:
        names = sorted(name for name in members.getnames() if name.endswith(".docx"))
        bases = {
            Path(name).name: stream.read()
            for name in rng.sample(names, min(len(names), 90))
            if (stream := members.extractfile(name)) is not None
        }
    pages = [path.read_bytes() for path in sorted((SHARED / "govcn").glob("*.html"))]
    texts = [extract(data, name=name).text for name, data in list(bases.items())[:30]]
    number = 0
    for carrier in CARRIERS:
        if carrier == "pdf" and wanted.get(carrier):
            yield from _printed(rng, bases, wanted[carrier], number)
            number += wanted[carrier]
            continue
        places = {
            "docx": WORD_PLACES,
            "html": HTML_PLACES,
            "xlsx": SHEET_PLACES,
            "text": LINE_PLACES,
            "rtf": RTF_PLACES,
        }.get(carrier, ())
        for turn in range(wanted.get(carrier, 0)):
            place = list(places)[turn % len(places)]
            number += 1
            if carrier == "docx":
                name = rng.choice(sorted(bases))
                yield word_of(name, bases[name], place, _marker(number), rng)
            elif carrier == "html":
                yield page_of(pages, texts, place, _marker(number), rng)
            elif carrier == "xlsx":
                yield sheet_of(rng.choice(texts), place, _marker(number), rng)
            elif carrier == "rtf":
                yield rich_of(rng.choice(texts), place, _marker(number), rng)
            else:
                yield line_of(rng.choice(texts), place, _marker(number), rng)


def _printed(rng: random.Random, bases: dict[str, bytes], count: int, number: int) -> Iterator[Marked]:
    """Give PDF: half printed by LibreOffice from marked DOCX, half with what only a PDF has."""
    if SOFFICE is None:
        print("LibreOffice is not on the path: no PDF is made", file=sys.stderr)
        return
    small = sorted(name for name, data in bases.items() if len(data) < _SMALL)
    marked: dict[str, Marked] = {}
    for turn in range(count // 2):
        name = rng.choice(small)
        made = word_of(name, bases[name], PRINTED[turn % len(PRINTED)], _marker(number + turn + 1), rng)
        marked[f"{turn}"] = made
    with tempfile.TemporaryDirectory() as folder:
        printed = converted({key: each.data for key, each in marked.items()}, "pdf", Path(folder))
    for key, data in printed.items():
        yield marked[key]._replace(carrier="pdf", data=data)
    for turn in range(count - count // 2):
        place = list(PDF_PLACES)[turn % len(PDF_PLACES)]
        yield printed_page(place, _marker(number + count // 2 + turn + 1))


if __name__ == "__main__":
    sys.exit(main())
