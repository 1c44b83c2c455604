"""Draw local provisions with the sentence of their superior text that is nearest to them in words, to be labelled before a run.

    python -m benchmarks.drawing_provisions --lot twentysixth --count 60

Pairs of documents come from `vertical_pairs.tsv` of the development data. A local text that stands in a file of `gold/provisions` or of `gold/adoption` is not drawn again. The lot
orders documents and sentences, so that the same command draws the same provisions while the gold is the same. Likeness is twice the number of
pairs of characters that both sentences have, by the number that they have together: provisions between 0.5 and 0.96 are drawn, three of a document at the most, entries into force never. The product takes no part. Prints blocks of `gold/provisions` without labels.
"""

import argparse
import csv
import random
import re
from pathlib import Path

from benchmarks.sources import SHARED, read_members

_GOLD = Path(__file__).parent / "gold"
_LEAST, _MOST = 0.5, 0.96
_OF_ONE = 3
_SENTENCE = re.compile(r"[^。；\n]{14,150}[。；]")
_MARK = re.compile(r"^\s*(?:第[一二三四五六七八九十百]+条|[（(][一二三四五六七八九十]+[）)])\s*")


def _sentences(text: str) -> list[str]:
    body = text.rsplit("<!-- INFO END -->", maxsplit=1)[-1]
    lines = (_MARK.sub("", line.strip()) for line in body.splitlines() if not line.startswith("#"))
    return [
        found[0].strip() for line in lines for found in _SENTENCE.finditer(line) if "起施行" not in found[0]
    ]


def _pairs(sentence: str) -> set[str]:
    words = re.sub(r"[^一-鿿]", "", sentence)
    return {words[at : at + 2] for at in range(len(words) - 1)}


def _nearest(local: str, superior: list[tuple[str, set[str]]]) -> tuple[float, str]:
    own = _pairs(local)
    return max((2 * len(own & other) / max(1, len(own) + len(other)), text) for text, other in superior)


def draw(lot: str, count: int, *, drawn: str) -> list[tuple[str, str, str]]:
    """Return titles of local texts with the superior's sentence and the local one; `drawn` holds the texts of the gold."""
    with (SHARED / "vertical_pairs.tsv").open(encoding="utf-8") as listed:
        rows = [row for row in csv.DictReader(listed, delimiter="\t") if row["local_title"] not in drawn]
    chance = random.Random(lot)
    chance.shuffle(rows)
    found: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    texts = read_members(
        "laws.tar.xz", frozenset(row[f"{side}_path"] for row in rows for side in ("local", "national"))
    )
    for row in rows:
        superior = [(each, _pairs(each)) for each in _sentences(texts.get(row["national_path"], ""))]
        local = _sentences(texts.get(row["local_path"], ""))
        if row["local_title"] in seen or not superior or not local:
            continue
        seen.add(row["local_title"])
        chance.shuffle(local)
        near = ((*_nearest(each, superior), each) for each in local)
        taken = [
            (row["local_title"], source, each) for score, source, each in near if _LEAST <= score <= _MOST
        ]
        found += taken[:_OF_ONE]
        if len(found) >= count:
            break
    return found[:count]


def main() -> None:
    """Print the provisions of a lot."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lot", required=True)
    parser.add_argument("--count", type=int, default=60)
    options = parser.parse_args()
    held = [*(_GOLD / "provisions").glob("*.txt"), *(_GOLD / "adoption").rglob("*.json")]
    # a set does not keep its own lot from being drawn again
    texts = (path.read_text(encoding="utf-8") for path in held if path.stem != options.lot)
    for title, superior, local in draw(options.lot, options.count, drawn="\n".join(texts)):
        print(f"@ adoption {title}\n- {superior}\n+ {local}\n= \n")


if __name__ == "__main__":
    main()
