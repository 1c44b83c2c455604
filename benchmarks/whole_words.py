"""The words that a reader is shown of each signal: how many are no whole words, say nothing, or hold half a pair of brackets.

    python -m benchmarks.whole_words [--show]

Over the real revisions and the pairs of a local and a superior document of the development data, and the laws that stand there twice. *Raw*: the words in
which two passages differ, as the readers of features find them; *shown*: widened to whole words (`substance.shown_words`).
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import policydiff
from benchmarks.sources import SHARED, law_pairs
from benchmarks.substance import adoption_pairs, later_pairs
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.model import Genre, Signal, SignalType, WordingOp
from policydiff.substance.signalling import differences, signals_between

_JOINING = frozenset(
    {
        "不",
        "按照",
        "在",
        "对",
        "将",
        "以",
        "由",
        "和",
        "及",
        "以及",
        "或",
        "或者",
        "并",
        "把",
        "被",
        "向",
        "从",
        "与",
        "为",
        "按",
        "因",
        "如",
        "若",
        "且",
        "其中",
        "、",
        "，",
    }
)
_ENDING = re.compile("(?:的|等|以上|以下|者|性|化|部门|机构|机关)$|[，、；：。]")
_OF_MODALS = (SignalType.DUTY, SignalType.PERMISSION, SignalType.PROHIBITION)
"""Of these 要 or 应 may be what differs."""
_PAIRS = ("（）", "“”", "《》", "()", "【】", "「」")


def faults(words: str, text: str, start: int, signal: Signal) -> Iterator[str]:
    """Yield what is wrong with the words of one side, which stand in a passage at `start`."""
    if len(words) == 1 and not words.isdigit() and signal.type not in _OF_MODALS:
        yield "one character"
    elif _ENDING.fullmatch(words) or (
        _ENDING.match(words) and text[:start][-1:] not in ("", "，", "。", "；", "\n")
    ):
        yield "an ending alone"
    if [*cut_known_words(words)][-1] in _JOINING and text[start + len(words) :][:1] not in (
        "",
        *"，。；：\n",
    ):
        yield "ends with a joining word"
    if any(words.count(pair[0]) != words.count(pair[1]) for pair in _PAIRS):
        line = text[text.rfind("\n", 0, start) + 1 : (text + "\n").find("\n", start + len(words))]
        if all(line.count(pair[0]) == line.count(pair[1]) for pair in _PAIRS):
            yield "half a pair of brackets"
    stop = start + len(words)
    left = max(text.rfind(mark, 0, start) for mark in "，。；：\n") + 1
    right = min((place for mark in "，。；：\n" if (place := text.find(mark, stop)) >= 0), default=len(text))
    bounds = {left + place for place in accumulate(map(len, cut_known_words(text[left:right])), initial=0)}
    if not {start, stop} <= bounds and not any(mark in words for mark in "，。；：\n"):
        yield "begins or ends inside a word"


def passages() -> Iterator[tuple[str, str, Genre]]:
    """Yield changed clauses of real revisions and of laws that stand twice, and local provisions with their sources."""
    folders = [
        sorted(folder.glob("old.*")) + sorted(folder.glob("new.*"))
        for folder in sorted((SHARED / "revisions").iterdir())
    ]
    sides: list[tuple[Path | policydiff.Document, ...]] = [
        tuple(found) for found in folders if len(found) == 2
    ]
    sides += [(policydiff.parse(old), policydiff.parse(new)) for _, old, new in law_pairs()]
    for old, new in sides:
        for change in policydiff.diff(old, new).changes:
            texts = [
                "".join(each.text for each in change.wording if each.op in (WordingOp.EQUAL, op))
                for op in (WordingOp.DELETE, WordingOp.INSERT)
            ]
            yield texts[0], texts[1], Genre.STATUTE
    for source in (adoption_pairs(), later_pairs()):
        for _, _, superior, local, _ in source:
            yield superior, local, Genre.POLICY


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="print the words that are at fault")
    options = parser.parse_args()
    if not (SHARED / "revisions").is_dir():
        print("whole words: the development data is not there")
        return 0
    pieces: Counter[str] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for old, new, genre in passages():
        for name, reading in (("raw", differences), ("shown", signals_between)):
            for signal in reading(old, new, genre=genre):
                for text, span in ((old, signal.old_span), (new, signal.new_span)):
                    if span is None:
                        continue
                    pieces[name] += 1
                    for fault in faults(text[slice(*span)], text, span.start, signal):
                        found[fault, name] += 1
                        if options.show and name == "shown":
                            print(fault, "|", signal.type.value, signal.old, "→", signal.new)
    print(f"{'words that a reader is shown':32} {'raw':>7} {'shown':>7}")
    for fault in sorted({fault for fault, _ in found}):
        print(f"{fault:32} {found[fault, 'raw']:7} {found[fault, 'shown']:7}")
    print(f"{'all pieces':32} {pieces['raw']:7} {pieces['shown']:7}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
