"""Parse the 3,477 laws and 20 State Council pages, and show what a change of the parser gained and lost.

    python -m benchmarks.corpus_check [--laws FOLDER] [--write] [--show N]

Printed are: documents, clauses by kind, exceptions, documents whose article count differs from an independent count
(each with its reason), whether every character is accounted for, title and number against `govcn/index.tsv`, time and
peak memory, and the differences from the committed table of counts (`golden/corpus_counts.tsv`). The exit code is 1
where one of the bounds below does not hold. `--write` replaces the table.
"""

import argparse
import csv
import re
import resource
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.accounting import unaccounted
from benchmarks.sources import ROOT, SHARED
from policydiff.extract import extract
from policydiff.model import ClauseKind, Document
from policydiff.parsing import parse_with_rest

GOLDEN = ROOT / "benchmarks" / "golden" / "corpus_counts.tsv"
KINDS = [kind.value for kind in ClauseKind]
COLUMNS = ["document", "grammar", *KINDS, "diagnostics"]
MOST_UNEXPLAINED = 0.005
MOST_SECONDS = 60
MOST_MEGABYTES = 300

_ARTICLE = re.compile(
    r"^[ \t\u3000#]*(第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?)(?=[\s\u3000【（:：]|$)",
    re.MULTILINE,
)
_WITHIN = re.compile(r"(?<=[。；：”）])[\s\u3000]*(第[一二三四五六七八九十百千零〇]+条)|(?<=则)(第一条)")
_PARTED_LABEL = re.compile(r"^[ \t\u3000#]*(第[一二三四五六七八九十百千零〇]+)[ \u3000]+条", re.MULTILINE)


@dataclass
class Tally:
    """What is counted over all documents."""

    rows: list[list[str]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    exceptions: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    differing: list[tuple[str, int, int, str]] = field(default_factory=list)
    characters: int = 0
    seconds: float = 0.0


def main() -> int:
    options = _options()
    tally = Tally()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.laws or _unpacked(Path(scratch))
        for name, text in _laws(folder):
            document = _parse(name, text, tally)
            if document is not None:
                _compare_articles(name, text, document, tally)
    correct, pages = _pages(tally)
    return _report(tally, correct, pages, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--laws", type=Path, help="folder with the unpacked laws (default: unpack the archive)"
    )
    parser.add_argument("--write", action="store_true", help="replace the table of counts")
    parser.add_argument("--show", type=int, default=20, help="lines shown of each list")
    return parser.parse_args()


def _unpacked(scratch: Path) -> Path:
    with tarfile.open(SHARED / "laws.tar.xz") as archive:
        archive.extractall(scratch, filter="data")
    return scratch


def _laws(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.md")):
        yield str(path.relative_to(folder)), path.read_text(encoding="utf-8", errors="replace")


def _parse(
    name: str, text: str, tally: Tally, declared: tuple[tuple[str, str], ...] = (), title: str | None = None
) -> Document | None:
    started = time.process_time()
    try:
        document, rest = parse_with_rest(text, declared=declared, declared_title=title)
    except Exception as error:
        tally.exceptions.append(f"{name}: {error!r}")
        return None
    tally.seconds += time.process_time() - started
    tally.characters += len(text)
    counts = Counter(clause.kind.value for clause in document.walk())
    tally.kinds.update(counts)
    tally.rows.append(
        [name, document.grammar.value, *(str(counts[kind]) for kind in KINDS), str(len(document.diagnostics))]
    )
    tally.faults.extend(f"{name}: {fault}" for fault in unaccounted(text, document, rest))
    return document


def _compare_articles(name: str, text: str, document: Document, tally: Tally) -> None:
    """Compare the articles found with the lines that look like one, counted without regard to the tree."""
    parsed = Counter(clause.label for clause in document.walk() if clause.kind is ClauseKind.ARTICLE)
    printed = Counter(_ARTICLE.findall(text))
    if parsed.total() == printed.total():
        return
    reason = ""
    extra, missed = parsed - printed, printed - parsed
    parted = {f"{label}条" for label in _PARTED_LABEL.findall(text)}
    within = Counter(first or second for first, second in _WITHIN.findall(text))
    quoted = {clause.label for clause in document.walk() if clause.kind is ClauseKind.QUOTE}
    if extra and not missed and set(extra) <= parted:
        reason = "a blank stands inside the label"
    elif missed and not extra and all(f"“{label}" in quoted or label in quoted for label in missed):
        reason = "quoted by an amendment"
    elif extra and not missed and all(within[label] >= count for label, count in extra.items()):
        reason = "begins within a line"
    tally.differing.append((name, parsed.total(), printed.total(), reason))


def _pages(tally: Tally) -> tuple[int, int]:
    """Parse the pages; return how many have both title and number right, and how many there are."""
    folder = SHARED / "govcn"
    with (folder / "index.tsv").open(encoding="utf-8") as table:
        gold = list(csv.DictReader(table, delimiter="\t"))
    correct = 0
    for row in gold:
        extraction = extract((folder / row["file"]).read_bytes(), name=row["file"])
        document = _parse(f"govcn/{row['file']}", extraction.text, tally)
        if document is None:
            continue
        titles = {document.title, document.carrier.title if document.carrier else None}
        right = row["title"] in titles and row["document_number"] == document.document_number
        correct += right
        if not right:
            print(f"govcn/{row['file']}: {titles} {document.document_number}")
    return correct, len(gold)


def _report(tally: Tally, correct: int, pages: int, options: argparse.Namespace) -> int:
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    unexplained = [row for row in tally.differing if not row[3]]
    print(f"documents {len(tally.rows)}, characters {tally.characters:,}")
    print("clauses " + ", ".join(f"{kind} {tally.kinds[kind]}" for kind in KINDS if tally.kinds[kind]))
    _list("exceptions", tally.exceptions, options.show)
    _list("characters lost, doubled or moved", tally.faults, options.show)
    rows = [
        f"{name}: {parsed} articles, {printed} by lines ({reason or 'unexplained'})"
        for name, parsed, printed, reason in tally.differing
    ]
    _list("documents whose article count differs from the lines'", rows, options.show)
    share = len(unexplained) / max(1, len(tally.rows))
    print(f"unexplained {len(unexplained)} ({share:.2%}, bound {MOST_UNEXPLAINED:.1%})")
    print(f"title and number of State Council pages, from the text alone: {correct} of {pages}")
    print(
        f"parsing {tally.seconds:.1f} s of one core (bound {MOST_SECONDS}), peak memory {megabytes:.0f} MB (bound {MOST_MEGABYTES})"
    )
    _compare_golden(tally.rows, options)
    holds = (
        not tally.exceptions
        and not tally.faults
        and share <= MOST_UNEXPLAINED
        and correct == pages
        and tally.seconds <= MOST_SECONDS
        and megabytes <= MOST_MEGABYTES
    )
    return 0 if holds else 1


def _list(what: str, entries: list[str], show: int) -> None:
    print(f"{what}: {len(entries)}")
    for entry in entries[:show]:
        print(f"  {entry}")


def _compare_golden(rows: list[list[str]], options: argparse.Namespace) -> None:
    """Print what differs from the committed table of counts, or replace the table."""
    if options.write:
        with GOLDEN.open("w", encoding="utf-8", newline="") as table:
            csv.writer(table, delimiter="\t", lineterminator="\n").writerows([COLUMNS, *rows])
        print(f"wrote {GOLDEN.relative_to(ROOT)}")
        return
    if not GOLDEN.is_file():
        print("no table of counts to compare with: run with --write")
        return
    with GOLDEN.open(encoding="utf-8") as table:
        golden = {row[0]: row for row in csv.reader(table, delimiter="\t")}
    changes = []
    for row in rows:
        before = golden.get(row[0])
        if before is None:
            changes.append(f"{row[0]}: new")
        elif before != row:
            cells = zip(COLUMNS, before, row, strict=True)
            changes.append(
                f"{row[0]}: " + ", ".join(f"{name} {old}→{new}" for name, old, new in cells if old != new)
            )
    _list("documents that differ from the table of counts", changes, options.show)


if __name__ == "__main__":
    sys.exit(main())
