"""What a comparison says of documents written with their labels before any run: relation, source, effect and coverage.

    python -m benchmarks.written_adoption [--wrong] [--beside] [PAIR ...]

`gold/adoption_written`: of each pair both texts, and in `labels.tsv` for every local sentence whether it is taken over verbatim (V),
adapted (A), related (R) or new (N), the superior measures it comes from (by how these begin), and its effect; for every superior
measure whether it is adopted, touched or omitted; `effects.tsv` holds single provisions by kind, whose effects are printed last. A source is right where it stands in a listed measure. The shipped weights are
used: none of these pairs is trained on.
"""

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

import policydiff
from benchmarks.sources import ROOT, SHARED
from benchmarks.training.gold import title_of
from policydiff.model import Band, Comparison, SentenceComparison, SentenceKind
from policydiff.substance.effects import judge_effect

_GOLD = ROOT / "benchmarks" / "gold" / "adoption_written"
REAL = {
    "baitan": "sh-shetan-2023",
    "laofang": "sh-jiazhuang-dianti-2024",
    "guangfu": "sh-kezaisheng-2022",
}
"""Local documents written under real superior ones."""
_DERIVED = 0.5
_CITED = re.compile("》(?:（[^）]*）)?")
_IMPLEMENTS = re.compile("为(?:贯彻)?落实(?=《)")
_COLUMNS = (
    "sentences",
    "derived",
    "found",
    "false",
    "possible",
    "first",
    "in 3",
    "effect",
    "changed",
    "of",
    "cover",
    "of",
)


def main() -> int:
    """Print a line for each pair, and one for all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="*", metavar="PAIR")
    parser.add_argument("--wrong", action="store_true", help="print what is told otherwise")
    parser.add_argument(
        "--beside", action="store_true", help="let the local document rest on another policy too"
    )
    options = parser.parse_args()
    known = labels()
    print(f"{'':12}{''.join(f'{name:>10}' for name in _COLUMNS)}")
    together: Counter[int] = Counter()
    for name in options.pairs or known:
        if not all(path.is_file() for path in texts(name)):
            print(f"{name:12}  not measured: its superior document is absent")
            continue
        counts = _counted(name, known[name], wrong=options.wrong, beside=options.beside)
        together.update(counts)
        print(f"{name:12}{''.join(f'{counts[place]:10}' for place in range(len(_COLUMNS)))}")
    print(f"{'together':12}{''.join(f'{together[place]:10}' for place in range(len(_COLUMNS)))}")
    _single(wrong=options.wrong)
    return 0


@cache
def labels() -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Return the labelled lines of each pair."""
    known = defaultdict(list)
    with (_GOLD / "labels.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            known[row["pair"]].append(row)
    return known


def measures(rows: Sequence[Mapping[str, str]]) -> set[str]:
    """Return how the measures that labelled lines name begin."""
    named = {row["words"] for row in rows if row["what"] == "measure"}
    return named | {each for row in rows for each in row["sources"].split("、") if each}


def family(name: str) -> str:
    """Return the superior document of a pair, by the name that labelled pairs of the same one have."""
    return title_of(f"shanghai/{REAL[name]}.txt") if name in REAL else f"written {name}"


def _single(*, wrong: bool) -> None:
    """Print how many effects of single provisions are told as labelled, by kind."""
    counts: Counter[tuple[str, bool]] = Counter()
    with (_GOLD / "effects.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            told = judge_effect(row["superior"].replace("\\n", "\n"), row["local"]).effect.value
            counts[row["kind"], told == row["effect"]] += 1
            if wrong and told != row["effect"]:
                print(f"  {row['kind']}: {row['effect']} told {told}: {row['superior']} | {row['local']}")
    for kind in [*dict.fromkeys(kind for kind, _ in counts), ""]:
        met, missed = (sum(n for (name, hit), n in counts.items() if hit is side and kind in ("", name)) for side in (True, False))  # fmt: skip
        print(f"{met:3} of {met + missed:3}  {kind or 'effects of single provisions'}")


def texts(name: str) -> tuple[Path, Path]:
    """Return where the two texts of a pair lie: a real superior document in the development data."""
    above = SHARED / "shanghai" / f"{REAL[name]}.txt" if name in REAL else _GOLD / f"{name}.superior.txt"
    return _GOLD / f"{name}.local.txt", above


def _counted(name: str, rows: Sequence[Mapping[str, str]], *, wrong: bool, beside: bool) -> Counter[int]:
    """Return the numbers of a pair, by the place of their column."""
    local, superior = (path.read_text(encoding="utf-8") for path in texts(name))
    if beside:
        local = _IMPLEMENTS.sub(
            "根据", _CITED.sub(r"\g<0>《某市综合整治三年行动方案》", local, count=1), count=1
        )
    comparison = policydiff.compare(policydiff.parse(local), policydiff.parse(superior))
    lines = superior.splitlines()
    begins = measures(rows)
    counts: Counter[int] = Counter()
    for row in rows:
        if row["what"] == "measure":
            told = _status(comparison, row["words"])
            met = told == row["label"]
            counts.update({10: met, 11: 1})
            if wrong and not met:
                print(f"  {row['words']:6} {row['label']} told {told}")
            continue
        sentence = _sentence_of(comparison, row["words"])
        if sentence is None:
            print(f"  not found: {row['words']}")
            continue
        derived, found = row["label"] in "VA", sentence.score >= _DERIVED
        listed = row["sources"].split("、")
        right = [measure_of(source.text, lines, begins) in listed for source in sentence.sources]
        counts.update({0: 1, 1: derived, 2: derived and found, 3: found and not derived})
        if derived:
            counts.update({4: sentence.band is not Band.UNLIKELY, 5: right[:1] == [True], 6: any(right[:3])})
        told = sentence.effect.value if sentence.effect else "none"
        same = ("same", "localised")
        if row["effect"] and found:
            counts.update({7: told == row["effect"], 8: (told in same) == (row["effect"] in same), 9: 1})
        if wrong and (found != derived or (derived and (right[:1] != [True] or told != row["effect"]))):
            place = "first" if right[:1] == [True] else "in 3" if any(right[:3]) else "elsewhere"
            signals = [(each.type.value, each.old, each.new, each.weight) for each in sentence.signals]
            print(
                f"  {row['label']} {sentence.score:.2f} {place if derived else ''} {row['effect']} told {told}: {row['words']}\n"
                f"      {sentence.sources[0].text if sentence.sources else ''}\n      {signals} {[part.text for part in sentence.dropped]}"
            )
    return counts


def _sentence_of(comparison: Comparison, words: str) -> SentenceComparison | None:
    """Return the sentence of a labelled line: the longest that stands in it, or that it stands in."""
    met = [
        each
        for each in comparison.sentences
        if each.kind is SentenceKind.SENTENCE and (each.text.strip() in words or words in each.text)
    ]
    return max(met, key=lambda each: len(each.text), default=None)


def measure_of(source: str, lines: Sequence[str], begins: Collection[str]) -> str:
    """Return the measure in which a source stands: the last that begins at or before its line; empty where there is none."""
    measure = ""
    for line in lines:
        measure = max((each for each in begins if line.startswith(each)), key=len, default=measure)
        if source.strip() in line:
            return measure
    return ""


def _status(comparison: Comparison, begins: str) -> str:
    """Return what is told of the measure that begins so."""
    for clause in comparison.coverage:
        if f"{clause.label or ''}{clause.text}".startswith(begins):
            return clause.status.value
    return "none"


if __name__ == "__main__":
    sys.exit(main())
