"""Effects as a comparison shows them, against the readers' labels: sentences with a source of their own, and with a shared one.

`benchmarks.substance` gives the engine one local sentence and its labelled sources. Here the two whole documents are
compared, so that sources are found and a superior sentence is divided among the local sentences that carry it out.
"""

import argparse
import json
import sys
from collections import Counter

import policydiff
from benchmarks.golden_results import SHARED
from policydiff.lexicon.widths import despace
from policydiff.model import Effect

_CHANGED = frozenset({Effect.TIGHTENED, Effect.LOOSENED, Effect.DIFFERENT})


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="sentences whose effect is not the reader's")
    options = parser.parse_args()
    told: Counter[tuple[bool, Effect, Effect]] = Counter()
    marked: Counter[tuple[bool, bool]] = Counter()
    without = 0
    for path in sorted((SHARED / "adoption").glob("*-20[0-9][0-9]/gold.json")):
        texts = [path.parent / name for name in ("local.txt", "superior.txt")]
        if not all(text.exists() for text in texts):
            continue
        shown = {
            despace(sentence.text): (sentence.effect, sentence.effect_sure)
            for sentence in policydiff.compare(texts[0], texts[1]).sentences
        }
        labelled = [
            unit
            for unit in json.loads(path.read_text("utf-8"))["units"]
            if unit.get("effect") and unit["label"] == "derived" and unit["kind"] == "sentence"
        ]
        taken = Counter(source["text"] for unit in labelled for source in unit["sources"])
        for unit in labelled:
            effect, is_sure = shown.get(despace(unit["text"]), (None, False))
            if effect is None:
                without += 1
                continue
            shared = any(taken[source["text"]] > 1 for source in unit["sources"])
            told[shared, Effect(unit["effect"]), effect] += 1
            marked[is_sure, effect == unit["effect"]] += 1
            if options.misses and effect != unit["effect"]:
                print(
                    path.parent.name, unit["effect"], "→", effect, "|", unit["text"], "|", unit.get("why", "")
                )
    if not told:
        print("effects: no labelled pairs at hand")
        return 0
    for shared, title in ((False, "a source of their own"), (True, "a source that several share")):
        rows = {
            pair: number
            for (kind, *pair_), number in told.items()
            if kind is shared
            for pair in [tuple(pair_)]
        }
        total = sum(rows.values())
        agree = sum(number for (label, effect), number in rows.items() if label == effect)
        changed = sum(
            number for (label, effect), number in rows.items() if (label in _CHANGED) == (effect in _CHANGED)
        )
        floor = sum(number for (label, _), number in rows.items() if label is Effect.LOCALISED)
        print(
            f"{total} sentences with {title}: as the reader's {agree / total:.3f} "
            f"(always localised {floor / total:.3f}), changed or not {changed / total:.3f}"
        )
    for is_sure, title in ((True, "without a mark"), (False, "with a question mark")):
        total = marked[is_sure, True] + marked[is_sure, False]
        print(f"{total} effects {title}: as the reader's {marked[is_sure, True] / max(1, total):.3f}")
    print(f"{without} labelled sentences are not called derived, so they bear no effect")
    return 0


if __name__ == "__main__":
    sys.exit(main())
