"""Compilations (制度汇编, 学生手册, 法规汇编): whether each work of one file is found with its title and its articles.

    python -m benchmarks.compilations [--files FOLDER] [--show]

*Real*: `gold/compilations.json` names printed handbooks of public repositories with the titles of their works and the number of lines that begin as an
article, written down before any was read; the files do not come with the repository and are found in FOLDER by their digests. *Bound*: statutes of the
development data, drawn by digest, six in one text, half of them under a title and contents, as collections of laws print them. A work is right where its title is,
and its articles are where their number is that of the lines. The floor takes each line that ends as a title does for a work.
"""

import argparse
import hashlib
import json
import re
import sys
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.sources import SHARED
from policydiff.extract import extract
from policydiff.lexicon.titles import bare_title
from policydiff.lexicon.widths import despace, fold
from policydiff.model import ClauseKind, Document
from policydiff.parsing import parse_text
from policydiff.parsing.kinds import ends_title
from policydiff.parsing.works import names_collection

GOLD = Path(__file__).with_name("gold") / "compilations.json"
LEAST = {"real": 0.9, "bound": 0.95}
"""Share of works whose title is found, per part."""
_ARTICLE = re.compile(
    r"^[\s#*]*第[一二三四五六七八九十百千零〇0-9]+条(?:之[一二三四五六七八九十]+)?", re.MULTILINE
)
_BOUND = 20
_EACH = 6
_MOST = 20_000
"""Characters of a statute that is bound with others."""
Work = tuple[str | None, int]


@dataclass
class Case:
    """One file: its works as printed, and its text."""

    part: str
    name: str
    works: Sequence[Work]
    text: str


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--files", type=Path, help="folder with the real files, in any order and under any name"
    )
    parser.add_argument("--show", action="store_true", help="print each work that is not found or too much")
    options = parser.parse_args()
    passed = True
    for part, cases in (("real", [*_real(options.files)]), ("bound", [*_bound()])):
        if cases:
            passed &= _report(part, cases, show=options.show) >= LEAST[part]
        else:
            print(f"{part}: no files at hand", file=sys.stderr)
    return 0 if passed else 1


def _report(part: str, cases: list[Case], *, show: bool) -> float:
    works = found = articles = more = floor = silent = 0
    for case in cases:
        document = parse_text(case.text)
        read = list(works_of(document))
        pairs = [*_pairs(case.works, read)]
        counted = sum(case.works[old][1] == read[new][1] for old, new in pairs)
        works += len(case.works)
        found += len(pairs)
        articles += counted
        more += len(read) - len(pairs)
        floor += len(
            [*_pairs(case.works, [(line, 0) for line in case.text.splitlines() if ends_title(line)])]
        )
        warned = any("articles" in each.message for each in document.diagnostics)
        wrong = len(pairs) < len(case.works) or counted < len(pairs)
        silent += wrong and not warned
        print(
            f"  {case.name}: {len(pairs)} of {len(case.works)} works, articles of {counted}, "
            f"{len(read) - len(pairs)} too much{', warned' if warned else ''}"
        )
        if show:
            _show(case, read, pairs)
    print(
        f"{part}: titles {found} of {works} ({found / works:.1%}; floor {floor}), articles right in {articles}, "
        f"works too much {more}, files with a fault and no warning {silent} of {len(cases)}"
    )
    return found / works


def _show(case: Case, read: list[Work], pairs: list[tuple[int, int]]) -> None:
    for index in range(len(case.works)):
        if index not in {old for old, _ in pairs}:
            print(f"    not found: {case.works[index]}")
    for index, work in enumerate(read):
        if index not in {new for _, new in pairs}:
            print(f"    too much: {work}")
    for old, new in pairs:
        if case.works[old][1] != read[new][1]:
            print(f"    articles: {case.works[old]}, found {read[new][1]}")


def works_of(document: Document) -> Iterator[Work]:
    """Yield title and number of articles of each text of a document; its first one may be the name and the preface of the collection."""
    annexes = [clause for clause in document.clauses if clause.kind is ClauseKind.ANNEX]
    whole = sum(clause.kind is ClauseKind.ARTICLE for clause in document.walk())
    inside = [sum(each.kind is ClauseKind.ARTICLE for each in annex.walk()) for annex in annexes]
    if not annexes or whole > sum(inside) or not (document.title is None or names_collection(document.title)):
        yield document.title, whole - sum(inside)
    yield from zip([annex.text for annex in annexes], inside, strict=True)


def _pairs(wanted: Sequence[Work], found: Sequence[Work]) -> Iterator[tuple[int, int]]:
    """Yield the places of the works that both sides name, in one order; a title that is not known agrees with any."""
    if len(wanted) == 1 and wanted[0][0] is None:
        yield from [(0, 0)] if len(found) == 1 else []
        return
    sides = [[_key(title) for title, _ in side] for side in (wanted, found)]
    for old, new, size in SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_matching_blocks():
        yield from ((old + step, new + step) for step in range(size))


def _key(title: str | None) -> str:
    """Return the words of a title without the blanks and marks that files print differently, and without 修订 behind it."""
    return re.sub(r"[\W_]+", "", fold(despace(bare_title(title or ""))))


def _real(folder: Path | None) -> Iterator[Case]:
    there = {
        hashlib.sha256(data).hexdigest(): (path.name, data)
        for path in sorted(folder.rglob("*") if folder is not None else [])
        if path.is_file()
        for data in [path.read_bytes()]
    }
    for row in json.loads(GOLD.read_text(encoding="utf-8"))["compilations"]:
        files = [there.get(file["sha256"]) for file in row["files"]]
        texts = [extract(file[1], name=Path(file[0]).name).text for file in files if file is not None]
        if len(texts) == len(files):
            yield Case(
                "real", row["name"], [(title, count) for title, count in row["works"]], "\n".join(texts)
            )


def _bound() -> Iterator[Case]:
    """Yield collections of statutes: every second one under a title and contents."""
    archive = SHARED / "laws.tar.xz"
    if not archive.is_file():
        return
    with tarfile.open(archive) as tar:
        members = [member for member in tar if member.isfile() and member.size < 3 * _MOST]
        members.sort(key=lambda member: hashlib.sha256(member.name.encode()).hexdigest())
        drawn: list[tuple[str, str]] = []
        for member in members:
            file = tar.extractfile(member)
            text = file.read().decode("utf-8", "replace") if file is not None else ""
            title = text.lstrip("# ").split("\n", maxsplit=1)[0].strip()
            if len(_ARTICLE.findall(text)) > 2 and ends_title(title):
                drawn.append((title, re.sub(r"^#+ *|<!--.*?-->", "", text, flags=re.MULTILINE)))
            if len(drawn) == _BOUND * _EACH:
                break
    for start in range(0, len(drawn), _EACH):
        each = drawn[start : start + _EACH]
        named = start % (2 * _EACH) == 0
        head = ["某某法规汇编", "目录", *(title for title, _ in each)] if named else []
        works = [(title, len(_ARTICLE.findall(text))) for title, text in each]
        text = "\n".join([*head, *(text for _, text in each)])
        yield Case("bound", f"collection {start // _EACH + 1}", works, text)


if __name__ == "__main__":
    sys.exit(main())
