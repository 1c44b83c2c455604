"""Whether the change that a client hears of first is among the three heaviest of a revision.

    python -m benchmarks.chief_changes [FOLDER]

Gold in `gold/chief_changes.tsv`: laws that stand in two versions in the development data, with the clauses of which a
lawyer would tell first, written down before any of them was run. *Partial*: revisions that leave most articles as they
are; *rewritten*: laws made anew. Many old texts of the later sets stand in a public repository, whose clone is in FOLDER (as for
`benchmarks.amendment_pairs`).

A line of a report holds a rule and the penalties for its breach. A chief change is told in the head of a report where it
is on one of the first three lines, or in a new chapter, which the lead names.
"""

import sys
from collections import Counter
from pathlib import Path

from benchmarks.amendment_versions import repository_in, run_git
from benchmarks.sources import SHARED, read_members
from benchmarks.substance import labels
from policydiff import parse
from policydiff.model import Change
from policydiff.revision.diffing import diff_documents
from policydiff.revision.substantial import new_chapters, themes

GOLD = Path(__file__).parent / "gold/chief_changes.tsv"
_HEARD, _SEEN = 3, 5
"""Lines that a reader takes in from the head of a report, and at a second look."""


def clauses_ranked(changes: list[Change]) -> list[set[str]]:
    """Return the clauses told on each line of a report."""
    return [{label for change in theme for label in labels(change)} for theme in themes(changes)]


def _from_repository(title: str, place: str) -> str | None:
    """Return an old text of which the gold gives repository and year; None without its clone."""
    name, year = place.split()
    folder = Path(sys.argv[1], name.replace("/", "+"), "repo") if len(sys.argv) > 1 else None
    repository = repository_in(folder) if folder else None
    if repository is None:
        return None
    listed = run_git(
        repository, "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", "HEAD"
    ).splitlines()
    names = {f"中华人民共和国{title}({year}).txt", f"{title}({year}).txt"}
    path = next(path for path in listed if path.rpartition("/")[2] in names)
    return run_git(repository, "cat-file", "blob", f"HEAD:{path}")


def main() -> int:
    """Print the rank of the first chief change of each revision, and how many are among the first three."""
    if not SHARED.is_dir():
        print("the development data is not there")
        return 1
    rows = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")]
    names = {(title, day): f"{title}({day}).md" for title, *days, _, _ in rows for day in days}
    texts = read_members("laws.tar.xz", frozenset(names.values()))
    first, seen, told, total = (Counter[str]() for _ in range(4))
    for title, before, after, clauses, kind in rows:
        sides = [
            _from_repository(title, day) if " " in day else texts[names[title, day]]
            for day in (before, after)
        ]
        if None in sides:
            continue
        changes = diff_documents(*(parse(text) for text in sides if text)).changes
        order = clauses_ranked(list(changes))
        wanted = set(clauses.split())
        rank = next((place for place, each in enumerate(order, 1) if wanted & each), 0)
        named = any(wanted & {*labels(change)} for _, below in new_chapters(changes) for change in below)
        print(
            f"{title:40} {len(order):4} changes, a chief one comes {rank or 'nowhere'}{', in a new chapter' * named}"
        )
        first[kind] += 0 < rank <= _HEARD
        seen[kind] += 0 < rank <= _SEEN
        told[kind] += named or 0 < rank <= _HEARD
        total[kind] += 1
    for kind, number in total.items():
        print(
            f"{kind}: {first[kind]} of {number} on the first {_HEARD} lines, {seen[kind]} on the first {_SEEN},"
            f" {told[kind]} told in the head"
        )
    print(f"all: {first.total()} of {total.total()}, {seen.total()}, {told.total()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
