"""How right the reading of validity is, per kind, on statements labelled by hand: `python -m benchmarks.validity`.

Labels: `C2024-01-01` force from that day, `C+印发` from the day of printing, `C+公布+30` so many days later, `X2028-12-31`
last day, `X2y` and `X6m` a term, `E…` ends the text of that title, `E*` ends texts that no title names, nothing: no statement.
With `--laws FOLDER`, also counts over a folder of statutes in Markdown, and prints a drawn sample to be read by hand.
"""

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path

from policydiff.annotate.endings import Ending
from policydiff.annotate.force_said import statements_of
from policydiff.annotate.responsibilities import find_delegations
from policydiff.lexicon.force import Force
from policydiff.model import ForceKind
from policydiff.parsing import parse_text

FOLDER = Path(__file__).parent / "gold" / "validity"
GOLD = FOLDER / "statements.json"
_UNSEEN = {
    "unseen.json": "88 sentences of statutes drawn by lot, labelled before any rule saw them, measured once",
    "last_articles.json": "last articles of 200 statutes drawn by lot: commencement alone, labelled before, measured once",
}
"""Gold that no rule was mended on."""
_NAMES = {"C": "force begins", "X": "force ends", "E": "ends another text", "-": "says nothing of force"}


def told(said: Force | Ending) -> str | None:
    """Return a statement as a label writes it."""
    if isinstance(said, Force):
        part = f"@{'、'.join(said.parts)}" if said.is_part else ""
        if said.kind == "commences":
            if said.day:
                return f"C{said.day}{part}"
            return f"C+{said.event}{f'+{said.days}' if said.days else ''}{f'+{said.months}m' if said.months else ''}{part}"
        if said.day:
            return f"X{said.day}{part}"
        months = said.term_months or 0
        return f"X{months // 12}y{part}" if months % 12 == 0 else f"X{months}m{part}"
    if said.kind is not ForceKind.ENDS or said.target is None:
        return f"{said.kind.value}:{said.target.title if said.target else ''}"
    return "E*" if said.target.is_class else f"E{said.target.title or said.target.document_number}"


def main() -> None:
    """Score the gold; print every row that differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--laws", type=Path)
    parser.add_argument(
        "--draw", type=int, default=0, help="print so many drawn statements to be read by hand"
    )
    parser.add_argument("--seed", type=int, default=23)
    given = parser.parse_args()
    _score(GOLD, "")
    for name, what in _UNSEEN.items():
        print(f"\n{what}")
        _score(FOLDER / name, "C" if name == "last_articles.json" else "")
    _delegations()
    if given.laws:
        _over(given.laws, given.draw, given.seed)


def read_statements(sentence: str) -> list[str]:
    """Return what the program reads of force in a sentence, as labels."""
    return [label for said, _ in statements_of(sentence) if (label := told(said))]


def read_orders(sentence: str) -> list[str]:
    """Return the bodies that a sentence, as the program reads it, orders to make something."""
    text = f"某市管理条例\n第一条　{re.sub(r'^第[^条]{1,8}条[ 　]*', '', sentence)}\n"
    return [each.body for each in find_delegations(parse_text(text))]


def _score(gold: Path, only: str) -> None:
    """Print per kind how many labels of a gold file are read; `only` leaves the kinds out that it does not label."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    for row in json.loads(gold.read_text(encoding="utf-8")):
        found = [label for label in read_statements(row["text"]) if label.startswith(only)]
        wanted = list(row["says"])
        if not wanted:
            total["-"] += 1
            right["-"] += not found
        for label in wanted:
            total[label[0]] += 1
            right[label[0]] += label in found
        for label in dict.fromkeys(found):
            extra[label[0]] += bool(wanted) and label not in wanted
        if sorted(set(found)) != sorted(set(wanted)):
            print(f"  {wanted} read as {found}: {row['text'][:120]}")
    for kind, name in _NAMES.items():
        if not total[kind]:
            continue
        print(
            f"{name:24} {right[kind]:4} of {total[kind]:4}  {right[kind] / max(1, total[kind]):.3f}  false {extra[kind]}"
        )
    all_right, all_rows = sum(right.values()), sum(total.values())
    print(
        f"{'all':24} {all_right:4} of {all_rows:4}  {all_right / all_rows:.3f}  false {sum(extra.values())}"
    )


def _delegations() -> None:
    """Score the reading of what others are ordered to make, on sentences drawn by lot."""
    found = asked = false = quiet = 0
    for row in json.loads((FOLDER / "delegations.json").read_text(encoding="utf-8")):
        bodies = read_orders(row["text"])
        if row["bodies"]:
            asked += 1
            found += any(body.endswith(row["bodies"][0]) for body in bodies)
        else:
            quiet += 1
            false += bool(bodies)
    print(
        f"\nwho is ordered to make something: {found} of {asked} sentences, false in {false} of {quiet} that order nothing"
    )


def _over(folder: Path, draw: int, seed: int) -> None:
    ends: list[str] = []
    starts: list[str] = []
    texts = said_so = heard = commencing = 0
    for path in sorted(folder.rglob("*.md")):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        texts += 1
        read = [(said, line) for line in lines for said, _ in statements_of(line)] if lines else []
        endings = [
            (said, line) for said, line in read if isinstance(said, Ending) and said.kind is ForceKind.ENDS
        ]
        said_so += any("同时废止" in line for line in lines)
        heard += any("同时废止" in line for line in lines) and bool(endings)
        ends.extend(
            f"{path.stem}\t{told(said)}\t{said.target.part if said.target else ''}\t{line[:300]}"
            for said, line in endings
        )
        begins = [(said, line) for said, line in read if isinstance(said, Force) and said.kind == "commences"]
        commencing += bool(begins)
        starts.append(
            f"{path.stem}\t{[told(said) for said, _ in begins]}\t{lines[-1][:160] if lines else ''}"
        )
    print(
        f"{texts} texts; {said_so} say 同时废止, {heard} of them with a text ended; {len(ends)} endings; {commencing} say from when"
    )
    if draw:
        lot = random.Random(seed)
        for line in lot.sample(ends, min(draw, len(ends))):
            print(line)
        for line in lot.sample(starts, min(2 * draw, len(starts))):
            print(line)


if __name__ == "__main__":
    main()
