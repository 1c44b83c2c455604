"""Effects where a local document cuts every long sentence of its superior in two: neither half asks for less.

    python -m benchmarks.cut_sentences [--wrong]

Fifteen documents of the development data, each compared with itself, its sentences of 30 characters and more cut at the comma nearest the middle.
"""

import argparse
import re
import sys
from collections import Counter

from benchmarks.sources import SHARED
from benchmarks.training.gold import document_of
from policydiff.comparison.compare import compare_documents
from policydiff.model import Effect

_SENTENCE = re.compile(r"[^。；：\n]{30,}[。；]")
_SHORTEST_HALF = 12
"""Characters; shorter halves are conditions or names."""
_NO_PLACE = re.compile("(?:的|为|根据|按照|[（(][^）)]*)$")
"""Before a comma at which nobody cuts a sentence."""
_KNOWN = 12
"""Characters by which the end of a first half is known again."""
_KEPT = (Effect.SAME, Effect.LOCALISED)


def main() -> int:
    """Print how many halves are told as changed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="print the halves told as changed")
    options = parser.parse_args()
    files = [*sorted((SHARED / "shanghai").glob("sh-*.txt"))[:14], SHARED / "seeds" / "shanghai-health-services-2018.txt"]  # fmt: skip
    counts: Counter[tuple[str, str]] = Counter()
    for file in files:
        text = file.read_text(encoding="utf-8")
        local, ends = _cut_all(text)
        comparison = compare_documents(document_of(local), document_of(text))
        for each in comparison.sentences:
            if each.effect is None:
                continue
            first = each.text.rstrip("。")[-_KNOWN:] in ends
            counts["first halves" if first else "second halves, and whole ones", each.effect.value] += 1
            if options.wrong and each.effect not in _KEPT:
                print(f"  {each.effect.value}: {each.text} | {each.sources[0].text}")
    for half in sorted({half for half, _ in counts}):
        told = {effect: count for (name, effect), count in sorted(counts.items()) if name == half}
        print(
            f"{half:30} {sum(told.values()):5}  {', '.join(f'{effect} {count}' for effect, count in told.items())}"
        )
    return 0


def _cut_all(text: str) -> tuple[str, set[str]]:
    """Return a text with its sentences cut, and how the first halves end."""
    ends: set[str] = set()
    title, _, rest = text.partition("\n")
    return f"{title}实施细则\n{_SENTENCE.sub(lambda found: _cut(found[0], ends), rest)}", ends


def _cut(sentence: str, ends: set[str]) -> str:
    """Return a sentence as two, where it has a comma for it; the end of the first half is kept."""
    places = [
        found.start()
        for found in re.finditer("，", sentence)
        if found.start() > _SHORTEST_HALF < len(sentence) - found.start()
        and not _NO_PLACE.search(sentence[: found.start()])
    ]
    if not places:
        return sentence
    place = min(places, key=lambda place: abs(place - len(sentence) / 2))
    ends.add(sentence[:place][-_KNOWN:])
    return f"{sentence[:place]}。{sentence[place + 1 :]}"


if __name__ == "__main__":
    sys.exit(main())
