"""Heads, tails, compilations and ladders, written by hand or taken from real texts, with their right values before any rule was run on them.

    python -m benchmarks.written_heads [--show KIND]

Each of `gold/heads.json` is read as a file of plain text or Markdown, or as a page of a portal; of real texts (`real`) it holds the first and last lines, long ones cut. A head is right where every value that the gold
names is: title, number, issuers, days, addressees, signers, marks, attachments, number of articles, works of a compilation, marks with their depth. Beside it stand the values one by one, and the lines
that are in no field, no clause and not reported. The floor reads the first line as title, the first number and the first day of the text.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.heads import days_of, unread_lines
from policydiff.extract import extract
from policydiff.lexicon.bodies import body_key
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.widths import despace, fold
from policydiff.model import Clause, ClauseKind, Document
from policydiff.parsing import parse_text

GOLD = Path(__file__).with_name("gold") / "heads.json"
LEAST = 0.9
"""Share of heads that must be right as a whole."""
_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--show", default=None, help="print every difference of the kinds that hold this word"
    )
    options = parser.parse_args()
    rows = json.loads(GOLD.read_text(encoding="utf-8"))["heads"]
    heads: Counter[str] = Counter()
    right: Counter[str] = Counter()
    values: Counter[str] = Counter()
    found: Counter[str] = Counter()
    floor = unread = 0
    for row in rows:
        document, text = read_head(row)
        faults = list(differences(row["wanted"], document))
        lost = list(unread_lines(text, document))
        heads[row["kind"]] += 1
        right[row["kind"]] += not faults
        values.update(set(row["wanted"]))
        found.update(set(row["wanted"]) - {name for name, _ in faults})
        unread += len(lost)
        floor += _floor(row["wanted"], text)
        if options.show is not None and options.show in row["kind"]:
            for name, value in faults:
                print(f"{row['kind']}: {name} {value}, not {row['wanted'][name]}")
            for words in lost:
                print(f"{row['kind']}: unread {words}")
            for entry in document.not_placed if options.show else ():
                print(f"{row['kind']}: reported {entry.text[:60]}")
    for kind, count in heads.items():
        print(f"{kind:46}{right[kind]:3} of {count}")
    for name, count in sorted(values.items()):
        print(f"  {name:16}{found[name]:3} of {count}")
    whole, total = sum(right.values()), len(rows)
    print(f"heads right in every value {whole} of {total} ({whole / total:.1%}); floor, three values {floor}")
    print(f"lines neither placed nor reported {unread}")
    return 0 if whole >= LEAST * total and not unread else 1


def read_head(row: dict[str, Any]) -> tuple[Document, str]:
    """Return the document of one row of the gold, and the text it was read from."""
    is_page = "html" in row
    data = row["html"] if is_page else "\n".join(row["text"])
    extraction = extract(data.encode(), name="head.html" if is_page else row.get("name", "head.txt"))
    document = parse_text(
        extraction.text,
        declared=extraction.metadata,
        declared_title=extraction.title,
        blocks=extraction.blocks,
    )
    return document, extraction.text


def differences(wanted: dict[str, Any], document: Document) -> Iterator[tuple[str, object]]:
    """Yield the name and the found value of everything that is not as the gold has it."""
    for name, value in wanted.items():
        found = _VALUES[name](document)
        if not _AGREE.get(name, _same)(value, found):
            yield name, found


def alike(name: str, wanted: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two readers give one value of a head the same meaning."""
    found = (other[name], tuple(wanted.get("issuers", ()))) if name == "title" else other[name]
    agree = _same if name in {"day", "act_days"} else _AGREE.get(name, _same)
    return bool(agree(wanted[name], found))


def _same(wanted: object, found: object) -> bool:
    return wanted == found


def _words(wanted: str, found: str | None) -> bool:
    return _letters(wanted) == _letters(found or "")


def _issuer_may_stand_apart(wanted: str, found: tuple[str | None, tuple[str, ...]]) -> bool:
    """Titles agree whether or not the name of the issuer above them is counted in."""
    title, bodies = found
    return _letters(wanted) == _letters(title or "") or _bare(wanted, bodies) == _bare(title or "", bodies)


def _bare(title: str, bodies: tuple[str, ...]) -> str:
    left = _letters(title)
    while issuer := next((body for body in map(_letters, bodies) if left.startswith(body)), None):
        left = left.removeprefix(issuer)
    return left


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", fold(despace(words)))


def _mark(mark: str) -> str:
    """Return a mark of a level without what only parts it from its heading: 任务一：."""
    return re.sub("[：:]$|(?<=部分)、$", "", "".join(mark.split()))


def _listed(wanted: list[str], found: tuple[str, ...]) -> bool:
    return [_letters(word) for word in wanted] == [_letters(word) for word in found]


def _bodies(wanted: list[str], found: tuple[str, ...]) -> bool:
    return [*map(body_key, wanted)] == [*map(body_key, found)]


def _labels(clause: Clause, depth: int) -> Iterator[tuple[int, str]]:
    """Yield the marks of a clause and of what stands under it, with their depth in the ladder."""
    numbered = clause.number is not None and clause.label is not None
    if numbered:
        yield depth, "".join((clause.label or "").split())
    for child in clause.children:
        yield from _labels(child, depth + numbered)


_VALUES: dict[str, Any] = {
    "title": lambda document: (document.title, document.issuing_bodies),
    "number": lambda document: document.document_number,
    "other_numbers": lambda document: list(document.other_numbers),
    "issuers": lambda document: document.issuing_bodies,
    "addressees": lambda document: document.addressees,
    "copied_to": lambda document: document.copied_to,
    "attachments": lambda document: tuple(each.title or "" for each in document.attachments),
    "articles": lambda document: sum(clause.kind is ClauseKind.ARTICLE for clause in document.walk()),
    "works": lambda document: [clause.text for clause in document.clauses if clause.kind is ClauseKind.ANNEX],
    "tree": lambda document: [
        f"{depth}{label}" for top in document.clauses for depth, label in _labels(top, 0)
    ],
    "carrier": lambda document: document.carrier.title if document.carrier is not None else None,
    "signers": lambda document: document.signers,
    "day": days_of,
    "act_days": days_of,
    **{
        name: lambda document, name=name: getattr(document, name)
        for name in ("secrecy", "urgency", "copy_number", "printed_by", "disclosure")
    },
    **{
        name: lambda document, name=name: str(getattr(document.dates, name))
        for name in ("issued", "adopted", "amended", "published", "effective", "expires", "printed")
    },
}
_AGREE: dict[str, Any] = {
    "title": _issuer_may_stand_apart,
    "number": lambda wanted, found: found is not None and number_key(wanted) == number_key(found),
    "issuers": _bodies,
    "addressees": _listed,
    "copied_to": _listed,
    "works": _listed,
    "tree": lambda wanted, found: [*map(_mark, wanted)] == [*map(_mark, found)],
    "attachments": _listed,
    "signers": _listed,
    "carrier": _words,
    "printed_by": _words,
    "secrecy": _words,
    "day": lambda wanted, found: wanted in found,
    "act_days": lambda wanted, found: set(wanted) <= set(found),
}


def _floor(wanted: dict[str, Any], text: str) -> bool:
    """Say whether the simplest reading has title, number and day: the first of each that is printed."""
    lines = [line for line in text.splitlines() if line.strip()]
    day = _DAY.search(fold(despace(text)))
    first = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day is not None else None
    printed = re.search(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号", text)
    return (
        _words(wanted.get("title", ""), lines[0] if lines else None)
        and wanted.get("number") == (printed[0] if printed is not None else None)
        and wanted.get("issued", wanted.get("day", first)) == first
    )


if __name__ == "__main__":
    sys.exit(main())
