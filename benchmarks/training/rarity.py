"""Count how much each character says after the one before it, and which runs of five are common phrases, over texts at large.

A phrase is common where many texts hold it that have nothing to do with each other. Texts on one matter copy whole articles from
each other; a run that thirty of them hold may be one drafter's words. So of the texts that hold a run those are left out that share
a tenth of their runs with one that is counted already.
"""

import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import log2
from pathlib import Path

import policydiff
from benchmarks.sources import ROOT, SHARED
from policydiff.comparison.folding import fold
from policydiff.lexicon.text_marks import split_sentences
from policydiff.reuse.grams import GRAM, all_grams, areas_of, gram_words, sentences_in, winnowed

_TABLE = ROOT / "policydiff" / "comparison" / "rarity.tsv"
_FEWEST_SINGLES = 5
_FEWEST_PAIRS = 15
_BACK_OFF = 3.0
_MOST_BITS = 14.0
_MEASURED = re.compile(
    "营商环境|大气污染防治|全民健身|安全生产(?:法|条例)|志愿服务|消防|法律援助|科技成果转化|湿地保护|突发事件|未成年|水土保持"
)
"""Subjects of labelled pairs: their laws are not counted, so that what is measured was not learned from."""
_RUNS_TABLE = ROOT / "policydiff" / "reuse" / "common_runs.tsv"
_COMMON = 0.01
"""Share of the unrelated texts from which a run is written down: below it a count of a few texts says little."""
_COMMON_LEAST = 3
"""And so many of them at least: of fifty policies one is more than the share above."""
_RARE = 100
"""Texts that hold a run at most for it to tell that two of them are related."""
_RELATED = 0.1
"""Share of the shorter text's runs from which two texts are related: implementing rules, sister cities, older versions."""
_POLICIES = (
    "shanghai/*.txt",
    "seeds/*",
    "govcn/*.html",
    "adoption/*/*.md",
    "adoption/*/*.txt",
    "adoption-texts/*.txt",
)


def write_rarity() -> None:
    """Write the table that ships."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for _, text in law_texts():
        for start, end in split_sentences(text):
            words = fold(text[start:end]).text
            singles.update(words)
            pairs.update(map(str.__add__, words, words[1:]))
    del singles[" "]
    total = sum(singles.values())
    lines = [f"0\t{round(2 * log2(total))}\t"]
    by_bits: dict[tuple[int, int], list[str]] = {}
    for character, count in sorted(singles.items()):
        if count >= _FEWEST_SINGLES:
            by_bits.setdefault((1, round(-2 * log2((count + 0.5) / total))), []).append(character)
    for pair, count in sorted(pairs.items()):
        if count >= _FEWEST_PAIRS and " " not in pair:
            alone = (singles[pair[1]] + 0.5) / total
            chance = (count + _BACK_OFF * alone) / (singles[pair[0]] + _BACK_OFF)
            by_bits.setdefault((2, round(2 * min(_MOST_BITS, -log2(chance)))), []).append(pair)
    lines += [f"{size}\t{bits}\t{''.join(members)}" for (size, bits), members in sorted(by_bits.items())]
    _TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def law_texts() -> Iterator[tuple[str, str]]:
    """Yield title and text of each law of the development data that no measured pair is about."""
    with tarfile.open(SHARED / "laws.tar.xz") as archive:
        for member in archive:
            path = Path(member.name)
            file = archive.extractfile(member) if member.isfile() else None
            if file is None or path.suffix != ".md" or "案例" in path.parts or _MEASURED.search(path.name):
                continue
            yield path.stem.split("(")[0], file.read().decode("utf-8").split("<!-- INFO END -->")[-1]


def write_common_runs() -> None:
    """Write the table that ships: a run common among laws or among policies weighs what it says in the one where it is commoner."""
    bits: dict[str, int] = {}
    sizes = []
    for texts in (law_texts(), _policy_texts()):
        whole, counted = _counted(texts)
        sizes.append(whole)
        for run, number in counted.items():
            bits[run] = min(bits.get(run, 99), round(2 * log2(whole / number)))
    by_bits: defaultdict[int, list[str]] = defaultdict(list)
    for run in sorted(bits):
        by_bits[bits[run]].append(run)
    lines = [f"{max(sizes)}\t", *(f"{half}\t{''.join(runs)}" for half, runs in sorted(by_bits.items()))]
    _RUNS_TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sizes} unrelated texts, {len(bits)} common runs")


def _policy_texts() -> Iterator[tuple[str, str]]:
    for pattern in _POLICIES:
        for path in sorted(SHARED.glob(pattern)):
            if path.name not in ("README.md", "index.tsv"):
                document = policydiff.read(path)
                yield document.title or "", document.text or ""


def _counted(texts: Iterable[tuple[str, str]]) -> tuple[int, dict[str, int]]:
    """Return the number of unrelated texts, and how many of them hold each run that enough of them hold."""
    runs_of = [_runs(title, text) for title, text in texts]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, runs in enumerate(runs_of):
        for run in runs:
            holders[run].append(place)
    related = _related([len(runs) for runs in runs_of], holders.values())
    whole = _unrelated(range(len(runs_of)), related)
    least = max(_COMMON_LEAST, _COMMON * whole)
    wide = {run: _unrelated(places, related) for run, places in holders.items() if len(places) >= least}
    return whole, {run: number for run, number in wide.items() if number >= least}


def _runs(title: str, text: str) -> set[str]:
    """Return the runs of a law that winnowing keeps."""
    areas = areas_of(title, ())
    found: set[str] = set()
    for line in text.splitlines():
        for sentence in sentences_in(line):
            words = gram_words(sentence, areas)
            kept = winnowed(words)
            runs = (words[place : place + GRAM] for place in range(len(words) - GRAM + 1))
            found.update(run for run in runs if not kept.isdisjoint(all_grams(run)))
    return found


def _related(sizes: list[int], holders: Iterable[list[int]]) -> dict[int, set[int]]:
    shared: Counter[tuple[int, int]] = Counter()
    for laws in holders:
        if 1 < len(laws) <= _RARE:
            shared.update((one, other) for place, one in enumerate(laws) for other in laws[place + 1 :])
    related: defaultdict[int, set[int]] = defaultdict(set)
    for (one, other), number in shared.items():
        if number >= _RELATED * min(sizes[one], sizes[other]):
            related[one].add(other)
            related[other].add(one)
    return related


def _unrelated(laws: Iterable[int], related: dict[int, set[int]]) -> int:
    """Return how many of the laws are left where each that is related to one before it is passed over."""
    passed: set[int] = set()
    number = 0
    for law in laws:
        if law not in passed:
            number += 1
            passed |= related.get(law, set())
    return number
