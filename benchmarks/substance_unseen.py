"""Signals and effects of pairs of provisions that were labelled before any rule saw them.

    python -m benchmarks.substance_unseen [--set NAME] [--wrong]

*Precision*: of the signals of weight 0.3 or more, those whose words overlap a difference of the gold. *Recall*, *typed*,
*direction*: of its differences, as in `benchmarks.substance`. *Equal*: pairs that say the same, with a signal. Effects are
right where they are one of the gold's; *chief*: passages of several differences of which one the reader calls chief is among the three heaviest signals; *plain*: those to which the order of decision leaves one label; *agreed*: those on which two readers
do not differ (`benchmarks.readers`). *Left out*: of the words of sources that the reader calls left out those that `dropped` names, and of those
named the ones that are left out or put otherwise. Floor: every edit of words is a signal of type scope. Sets are the files of `gold/provisions`, in the order in which they were labelled.
"""

import argparse
import difflib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.second_reader import pair_key, readers_differ
from benchmarks.substance import Named, Said, Score, bare, overlaps, score
from policydiff.model import Genre, Signal
from policydiff.substance.effects import dropped, judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

GOLD = Path(__file__).parent / "gold/provisions"
SETS = {
    "first": "pairs.txt",
    "second": "second.txt",
    "third": "third.txt",
    "fourth": "fourth.txt",
    "fifth": "fifth.txt",
    "sixth": "sixth.txt",
    "seventh": "seventh.txt",
    "eighth": "eighth.txt",
    "ninth": "ninth.txt",
    "tenth": "tenth.txt",
    "eleventh": "eleventh.txt",
    "twelfth": "twelfth.txt",
    "thirteenth": "thirteenth.txt",
    "fourteenth": "fourteenth.txt",
    "fifteenth": "fifteenth.txt",
    "sixteenth": "sixteenth.txt",
    "seventeenth": "seventeenth.txt",
    "eighteenth": "eighteenth.txt",
    "twentieth": "twentieth.txt",
    "twentyfirst": "twentyfirst.txt",
    "twentysecond": "twentysecond.txt",
    "twentythird": "twentythird.txt",
    "twentyfourth": "twentyfourth.txt",
    "twentyfifth": "twentyfifth.txt",
    "twentysixth": "twentysixth.txt",
    "twentyseventh": "twentyseventh.txt",
}
NEVER_TRAINED_ON = frozenset(SETS) - {"first", "second", "third", "fourth", "fifth", "sixth", "seventh"}
"""Sets that no weight is learned from: their figures stay those of provisions out of documents that nothing has seen."""
GENRES = {"revision": Genre.STATUTE, "policy": Genre.POLICY, "written": Genre.STATUTE}
CLAUSE = "·"
_UNLIKE = frozenset(("tightened", "loosened", "different"))


@dataclass
class Pair:
    """One block of the gold."""

    origin: str
    old: str = ""
    new: str = ""
    must: list[Named] = field(default_factory=list)
    may: list[Named] = field(default_factory=list)
    chief: list[Named] = field(default_factory=list)
    effects: tuple[str, ...] = ()


def pairs(name: str) -> Iterator[Pair]:
    """Yield the blocks of one set of the gold."""
    for block in (GOLD / SETS[name]).read_text("utf-8").split("\n\n"):
        pair = Pair("")
        for line in block.strip().splitlines():
            sign, text = line[0], line[2:]
            if sign == "@":
                pair.origin = text
            elif sign in "-+":
                setattr(pair, "old" if sign == "-" else "new", text.replace("⏎", "\n"))
            elif sign == "=":
                pair.effects = tuple(text.split("/"))
            else:
                (pair.must if sign == "!" else pair.may).append(named(text))
                if line.startswith("!!"):
                    pair.chief.append(pair.must[-1])
        yield pair


def named(text: str) -> Named:
    """Return a difference as a line of the gold names it, without its sign."""
    kinds, old, new = (each.strip() for each in f"{text} ".split("|"))
    types, directions = kinds.split()
    ways = {"?"} if directions == "*" else set(directions.split("/"))
    return Named(CLAUSE, frozenset(types.split("/")), frozenset(ways), bare(old), bare(new), False)


def said_of(signal: Signal, pair: Pair) -> Said:
    """Return a signal with the words that it stands for."""
    old = pair.old[slice(*signal.old_span)] if signal.old_span else ""
    new = pair.new[slice(*signal.new_span)] if signal.new_span else ""
    return Said(
        (CLAUSE,),
        signal.type.value,
        signal.detail,
        signal.direction.value,
        bare(old),
        bare(new),
        signal.weight,
    )


def _edits(pair: Pair) -> list[Said]:
    """Return every edit as the floor says it."""
    steps = difflib.SequenceMatcher(None, pair.old, pair.new, autojunk=False).get_opcodes()
    edits = ((bare(pair.old[a:b]), bare(pair.new[c:d])) for tag, a, b, c, d in steps if tag != "equal")
    return [Said((CLAUSE,), "scope", None, "changed", old, new, 1.0) for old, new in edits if old or new]


def measured(pair: Pair, said: list[Said]) -> Score:
    """Return how signals meet the differences of a pair; one on words that may be told is not false."""
    result = score(said, [*pair.must, *pair.may])
    must = score(said, pair.must)
    for each in ("named", "found", "typed", "directed", "given", "directed_right"):
        setattr(result, each, getattr(must, each))
    result.missed, result.misled = must.missed, must.misled
    result.typed += sum("*" in line.types and line not in result.missed for line in pair.must)
    return result


def chief_first(pair: Pair, said: list[Said]) -> bool:
    """Return whether one of the three heaviest signals tells a difference that the reader calls chief."""
    heaviest = sorted(said, key=lambda each: -each.weight)[:3]
    return any(overlaps(each, line) for each in heaviest for line in pair.chief)


def differences(chosen: str, *, wrong: bool) -> None:
    """Print the figures of revisions, of statutes and of policies, and of written pairs of rules."""
    for name, genre in GENRES.items():
        total, floor, equal, flagged = Score(), Score(), 0, 0
        chief: list[bool] = []
        for pair in pairs(chosen):
            if not pair.origin.startswith(name) or pair.effects:
                continue
            signals = signals_between(pair.old, pair.new, genre=genre)
            said = [said_of(each, pair) for each in signals if each.weight >= OF_SUBSTANCE]
            result = measured(pair, said)
            total.add(result)
            if pair.chief:
                chief.append(chief_first(pair, said))
            floor.add(measured(pair, _edits(pair)))
            if not pair.must:
                equal += 1
                flagged += bool(result.false)
            if wrong:
                _show(pair, result)
        if not total.documents:
            continue
        print(total.row(name).rsplit("   ", 1)[0], f"  equal flagged {flagged}/{equal}")
        print(floor.row("  floor").rsplit("   ", 1)[0])
        if chief:
            print(
                f"  a chief difference among the three heaviest signals: {sum(chief)} of {len(chief)} passages"
            )


def _show(pair: Pair, result: Score) -> None:
    if result.false or result.missed or result.misled:
        print("  ", pair.origin, "|", pair.old.replace("\n", "⏎"), "|", pair.new.replace("\n", "⏎"))
    for line in result.missed:
        print("      missed", "/".join(sorted(line.types)), line.old, "→", line.new)
    for line, hits in result.misled:
        print("      direct", sorted(line.directions), [(each.type, each.direction) for each in hits])
    for each in result.false:
        print("      false ", each.type, each.direction, each.old[:50], "→", each.new[:50])


def left_out(chosen: str, *, wrong: bool) -> None:
    """Print how much of what a local provision leaves out is told, and how much of what is told is left out.

    Left out is a difference of which only the superior has words; of one in other words on both sides the old words may be told.
    """
    found = gold = right = told = 0
    for pair in pairs(chosen):
        if not pair.must and not set(pair.effects) & {"same", "localised"}:
            continue
        said = [bare(each.text) for each in dropped(pair.old, pair.new)]
        gone = [line.old for line in pair.must if line.old and not line.new]
        may = [line.old for line in (*pair.must, *pair.may) if line.old]
        met = [any(_shares(words, line) for words in said) for line in gone]
        held = [any(_shares(words, line) for line in may) for words in said]
        found, gold, right, told = found + sum(met), gold + len(gone), right + sum(held), told + len(said)
        if wrong and not (all(met) and all(held)):
            print("   left out", gone, "told", said, "|", pair.old, "|", pair.new)
    if gold:
        print(f"  left out: {found} of {gold} told, {right} of {told} told are left out or put otherwise")


def _shares(one: str, other: str) -> bool:
    return one in other or other in one


def effects(chosen: str, *, wrong: bool) -> None:
    """Print how many effects are the gold's, and how many provisions of each effect have a signal."""
    right = changed = total = 0
    plain: list[bool] = []
    agreed: list[bool] = []
    differ = readers_differ("effects")
    flagged: dict[str, list[bool]] = {}
    confusion: Counter[tuple[str, str]] = Counter()
    named = Score()
    for pair in pairs(chosen):
        if not pair.effects:
            continue
        judgement = judge_effect(pair.old, pair.new)
        own = measured(
            pair, [said_of(each, pair) for each in judgement.signals if each.weight >= OF_SUBSTANCE]
        )
        named.add(own)
        if wrong:
            _show(pair, own)
        said = judgement.effect.value
        label = said if said in pair.effects else pair.effects[0]
        total += 1
        right += said == label
        if len(pair.effects) == 1:
            plain.append(said == label)
        if f"{chosen} {pair_key(pair.old, pair.new)}" not in differ:
            agreed.append(said == label)
        changed += (said in _UNLIKE) == (label in _UNLIKE)
        confusion[label, said] += 1
        found = [
            each
            for each in judgement.signals
            if each.weight >= OF_SUBSTANCE and each.type.value != "reference"
        ]
        flagged.setdefault(pair.effects[0], []).append(bool(found))
        if wrong and said != label:
            print("  ", pair.origin, label, "→", said, "|", pair.old.replace("\n", "⏎"), "|", pair.new)
            for each in found:
                print("      ", each.type.value, each.direction.value, each.old, "→", each.new, each.weight)
    print(
        f"effects of {total} local provisions: the reader's {right / total:.3f} (of {len(plain)} plain ones"
        f" {sum(plain) / len(plain):.3f}, of {len(agreed)} agreed ones {sum(agreed) / len(agreed):.3f}),"
        f" changed or not {changed / total:.3f}"
    )
    if named.named:
        print(f"  {named.row('their signals').rsplit('   ', 1)[0]}")
    for label, hits in sorted(flagged.items()):
        told = ", ".join(f"{way} {count}" for (own, way), count in sorted(confusion.items()) if own == label)
        print(f"  {label:10} {len(hits):3}  with a signal {sum(hits) / len(hits):.3f}   said: {told}")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--wrong", action="store_true", help="what differs from the gold; then it is unseen no more"
    )
    parser.add_argument("--set", choices=SETS, help="one set alone")
    options = parser.parse_args()
    for chosen in [options.set] if options.set else SETS:
        print(f"{f'signals, {chosen} set':24} precis recall  typed direct given  said gold")
        differences(chosen, wrong=options.wrong)
        print()
        if any(pair.effects for pair in pairs(chosen)):
            effects(chosen, wrong=options.wrong)
            left_out(chosen, wrong=options.wrong)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
