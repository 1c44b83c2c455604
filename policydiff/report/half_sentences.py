"""Differences of substance by half-sentence: the signals in each, then both texts as one, with old words struck and new words underlined.

The words of a single signal are often a piece of a name or of a list, and several signals may describe one
rewritten half-sentence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.model import Direction, Signal, SignalType, Span, Wording
from policydiff.report.catalog import N_, Catalog
from policydiff.report.outline import address_of
from policydiff.report.runs import (
    Cell,
    Mark,
    Run,
    badge,
    both_sides,
    cell,
    cut,
    marked,
    middle_out,
    narrow,
    plain,
    strung,
    without_middle,
)
from policydiff.report.words import SIGNALS, direction_of
from policydiff.revision.substantial import heaviest
from policydiff.revision.wording import compare_wording

_LONGEST = 60
"""Characters of a half-sentence with both texts in it: a line of print; a longer one keeps its ends and what is near a mark."""
_BETWEEN_NAMES = re.compile(r"[、,]\s*")
_MOST = 3
"""Phrases in one line of a list."""
_NEAR = 10
"""Characters kept on either side of changed words where a half-sentence is shortened."""
_CHANGED = 34
"""Characters kept of changed words there."""
_REWRITTEN = 2
"""Number of lines from which a marked half-sentence is too long to read as one text; both texts are then shown separately."""
_TANGLED = 0.5
"""Several changes in one half-sentence are shown as one if the unchanged characters between them are fewer than this share of the
changed ones: old and new words in turn, two or three characters apart, cannot be read."""
_LINES = 130
"""Characters after which a line of a list tells no further phrase: three lines of a narrow panel."""
_TYPES = 3
"""Types named of one phrase, the weightiest."""


def distinct(signals: Iterable[Signal]) -> list[tuple[Signal, list[SignalType]]]:
    """Return each difference once, the weightiest first, with all types it was found as.

    80% → 2% found as a percentage and as a target is one difference.
    """
    found: dict[tuple[str | None, str | None], tuple[Signal, list[SignalType]]] = {}
    for signal in sorted(signals, key=lambda each: -each.weight):
        types = found.setdefault((signal.old, signal.new), (signal, []))[1]
        if signal.type not in types:
            types.append(signal.type)
    return list(found.values())


def types_told(types: Iterable[SignalType], say: Catalog) -> str:
    """Return the words for the subject that a difference touches."""
    return say.joined(*(say(SIGNALS[each]) for each in [*dict.fromkeys(types)][:_TYPES]))


def touched(signals: Iterable[Signal], say: Catalog) -> Cell:
    """Return the types of provision that a change touches, a line each with its direction: the remark beside both texts, which show the words.

    That a whole clause came or went is the kind of the change, and is not said twice.
    """
    found: dict[SignalType, dict[Direction, None]] = {}
    for signal in sorted(signals, key=lambda each: -each.weight):
        if signal.type not in (SignalType.ARTICLE_ADDED, SignalType.ARTICLE_REMOVED):
            found.setdefault(signal.type, {})[signal.direction] = None
    return strung(
        (badge(say(SIGNALS[kind]), "substance"), *_direction(ways, kind, say)) for kind, ways in found.items()
    )


def _direction(ways: Iterable[Direction], kind: SignalType | None, say: Catalog) -> Cell:
    """Return which way a difference goes, in brackets; nothing where it goes no way, or several."""
    known = [each for each in dict.fromkeys(ways) if each is not Direction.CHANGED]
    # A removed or added item says so in its type.
    if len(known) != 1 or (kind and kind.value.endswith(("_removed", "_added"))):
        return ()
    return (Run(say(" ({direction})", direction=say(direction_of(kind, known[0]))), Mark.MUTED),)


def lines(signals: Iterable[Signal], say: Catalog) -> Cell:
    """Return every difference on a line of its own, the weightiest first: for sheets."""
    return strung(
        _alone(signal, cell(signal.old or "", Mark.DELETE), cell(signal.new or "", Mark.INSERT), types, say)
        for signal, types in distinct(signals)
    )


def _alone(signal: Signal, old: Cell, new: Cell, types: Sequence[SignalType], say: Catalog) -> Cell:
    """Return one difference as a line: type, old words → new words, direction."""
    is_named = signal.type.value.endswith(("_removed", "_added"))
    head: Cell = ()
    if old and new:
        old = (*old, Run(" → "))
    elif not is_named:
        head = (Run(say("gone: ") if old else say("new: ")),)
    return (
        badge(types_told(types, say), "substance"),
        Run(" "),
        *head,
        *old,
        *new,
        *_direction([signal.direction], signal.type, say),
        *_uses(signal, say),
    )


_USED, _REPLACED = "used in ", "replaced in "
"""Beginnings of the details of a defined term that changed and of a term that was replaced throughout; the clauses that use it follow."""
_USES = 5
"""Clauses named that use a term: a law uses its chief one in every second article."""


def _uses(signal: Signal, say: Catalog) -> Cell:
    detail = signal.detail or ""
    moved, _, clause = detail.rpartition(" ")
    if signal.type is SignalType.REFERENCE and detail in ("nowhere", "left behind"):
        told = say(" (leads nowhere)") if detail == "nowhere" else say(" (leads to other words now)")
    elif moved == "moved to":
        told = say(" (stands in {clause} now)", clause=clause)
    elif moved == "moved from":
        told = say(" (stood in {clause} before)", clause=clause)
    elif detail == "replaced throughout":
        told = say(" (replaced throughout)")
    elif detail.startswith((_USED, _REPLACED)):
        names = [address_of(name) for name in _BETWEEN_NAMES.split(detail.partition(" in ")[2]) if name]
        shown, left = say.joined(*names[:_USES]), len(names) - _USES
        clauses = say("{clauses} and {n} more", clauses=shown, n=left) if left > 0 else shown
        is_use = detail.startswith(_USED)
        known = N_(" (the term is used in {clauses})") if is_use else N_(" (replaced throughout: {clauses})")
        told = say(known, clauses=clauses)
    else:
        return ()
    return (Run(told, Mark.MUTED),)


class Both(NamedTuple):
    """Two aligned passages: their wording diff, and the texts that the signals' spans count in."""

    wording: tuple[Wording, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]


def both_texts(old: str, new: str) -> Both:
    """Return two passages of which no wording diff is at hand."""
    return Both(compare_wording(old, new), (old,), (new,))


def told(
    signals: Iterable[Signal], both: Both, say: Catalog, *, most: int = _MOST, longest: int = _LONGEST
) -> Cell:
    """Return the weightiest differences on one line, each in its half-sentence."""
    return in_one_line(phrases_of(signals, both, say, longest), say, most)


def in_one_line(phrases: Sequence["Phrase"], say: Catalog, most: int = _MOST) -> Cell:
    """Return the first phrases on one line, the rest of them counted."""
    runs: list[Run] = []
    left = list(phrases)
    for phrase in phrases[:most]:
        if runs and len(plain(runs)) + len(plain(phrase.words)) > _LINES:
            break
        runs += [Run(say.semicolon)] if runs else []
        runs += phrase.words
        left.pop(0)
    if left:
        runs.append(Run(say(" and {n} more", n=len(left)), Mark.MUTED))
    return tuple(runs)


class Phrase(NamedTuple):
    """One phrase with the signals it stands for."""

    words: Cell
    signals: tuple[Signal, ...]


_BOUNDS = frozenset("，。；：！？\n")
"""Marks that end a half-sentence, where both texts have them."""


def phrases_of(signals: Iterable[Signal], both: Both, say: Catalog, longest: int = _LONGEST) -> list[Phrase]:
    """Return a phrase for each half-sentence with a difference, the weightiest first; each difference is told once."""
    runs = both_sides(both.wording)
    ends = _bounds(runs)
    held: list[tuple[tuple[int, int], list[Signal]]] = []
    alone, rewritten, phrases = [], [], []
    for signal in sorted(signals, key=lambda each: -each.weight):
        where = _place(signal, both, runs)
        if where is None:
            alone.append(signal)
            continue
        start, stop = _around(*where, ends, runs)
        found = [signal]
        apart = []
        for (first, last), others in held:
            if first < stop and start < last:
                start, stop, found = min(start, first), max(stop, last), [*others, *found]
            else:
                apart.append(((first, last), others))
        held = [*apart, ((start, stop), found)]
    for span, found in held:
        both_as_one = cut(runs, *span)
        if len(plain(abridged(both_as_one, longest))) > _REWRITTEN * longest:
            rewritten += found
        else:
            words = abridged(_untangled(both_as_one), longest)
            phrases.append(Phrase(_in_words(words, found, say), tuple(found)))
    phrases += _each_side([*rewritten, *alone], both, say, longest * 2 // 3)
    return sorted(phrases, key=lambda phrase: -heaviest(phrase.signals))


def wording_told(wording: Sequence[Wording], say: Catalog) -> Cell:
    """Return the first half-sentences whose words differ, both texts as one; further ones are counted."""
    runs = both_sides(wording)
    ends = _bounds(runs)
    spans: list[tuple[int, int]] = []
    at = 0
    for run in runs:
        if run.mark is not Mark.PLAIN:
            start, stop = _around(at, at + len(run.text), ends, runs)
            if spans and start <= spans[-1][1] + 1:
                start, stop = spans[-1][0], max(stop, spans.pop()[1])
            spans.append((start, stop))
        at += len(run.text)
    phrases = [Phrase(abridged(_untangled(cut(runs, *span)), _LONGEST), ()) for span in spans]
    return in_one_line(phrases, say, 2)


def _untangled(runs: Cell) -> Cell:
    """Return the words of both texts; if little text between the changes stays, all changes become one deletion and one insertion."""
    changed = [at for at, run in enumerate(runs) if run.mark is not Mark.PLAIN]
    if not changed:
        return runs
    first, last = changed[0], changed[-1] + 1
    between = [len(run.text) for run in runs[first:last] if run.mark is Mark.PLAIN]
    whole = sum(len(run.text) for run in runs[first:last])
    if not between or sum(between) >= _TANGLED * (whole - sum(between)):
        return runs
    old = plain(run for run in runs[first:last] if run.mark is not Mark.INSERT)
    new = plain(run for run in runs[first:last] if run.mark is not Mark.DELETE)
    return (*runs[:first], Run(old, Mark.DELETE), Run(new, Mark.INSERT), *runs[last:])


def _around(start: int, stop: int, ends: Sequence[int], runs: Cell) -> tuple[int, int]:
    """Return the half-sentences that two offsets stand in."""
    return (
        max(end for end in ends if end <= start),
        min((end - 1 for end in ends if end > stop), default=len(plain(runs))),
    )


def _each_side(signals: Iterable[Signal], both: Both, say: Catalog, longest: int) -> list[Phrase]:
    """Return a phrase for the differences of each half-sentence of either text: a passage written anew shares none."""
    held: dict[tuple[str, str], tuple[list[Signal], set[_Range], set[_Range]]] = {}
    for signal in sorted(signals, key=lambda each: -each.weight):
        old, here = _spot(signal.old, signal.old_span, both.old)
        new, there = _spot(signal.new, signal.new_span, both.new)
        found, olds, news = held.setdefault((old, new), ([], set(), set()))
        found.append(signal)
        olds.add(here)
        news.add(there)
    phrases = []
    for (old, new), (found, olds, news) in held.items():
        gone = abridged(marked(old, olds, Mark.DELETE), longest)
        come = abridged(marked(new, news, Mark.INSERT), longest)
        phrases.append(Phrase(_alone(found[0], gone, come, [each.type for each in found], say), tuple(found)))
    return phrases


_Range = tuple[int, int]


def _spot(words: str | None, span: Span | None, units: Sequence[str]) -> tuple[str, _Range]:
    """Return the half-sentence in which the words of a signal stand, and their place in it."""
    if not words:
        return "", (0, 0)
    for unit in units:
        start = _start(words, span, unit)
        if start >= 0:
            end = start + len(words.removesuffix("…"))
            first = max(unit.rfind(sign, 0, start) for sign in _BOUNDS) + 1
            last = min((at for sign in _BOUNDS if (at := unit.find(sign, end)) >= 0), default=len(unit))
            return unit[first:last], (start - first, end - first)
    return words, (0, len(words))


def half_sentence(text: str, words: str, mark: Mark) -> Cell:
    """Return the half-sentence of a text in which words stand, those words marked."""
    around, place = _spot(words, None, (text,))
    return abridged(marked(around, [place], mark), _LONGEST)


def _start(words: str, span: Span | None, unit: str) -> int:
    """Return the offset of a signal's words in a text: at the signal's span, else their first occurrence; -1 if absent."""
    known = words.removesuffix("…")
    at = unit.find(known, span.start) if span else -1
    return unit.find(known) if at < 0 else at


def _in_words(words: Cell, signals: Sequence[Signal], say: Catalog) -> Cell:
    ranked = sorted(signals, key=lambda each: -each.weight)
    used = next((found for each in ranked if (found := _uses(each, say))), ())
    kind = ranked[0].type if len({each.type for each in ranked}) == 1 else None
    heaviest = [each.direction for each in ranked if each.weight == ranked[0].weight]
    decides = Direction.CHANGED not in heaviest  # a lesser difference does not tell the way of all
    return (
        badge(types_told((each.type for each in ranked), say), "substance"),
        Run(" "),
        *words,
        *(_direction((each.direction for each in ranked), kind, say) if decides else ()),
        *used,
    )


def _bounds(runs: Cell) -> list[int]:
    """Return the offsets behind the signs that end a half-sentence in both texts, also where 。 became ；, 0 first."""
    ends, at = [0], 0
    for before, run in pairwise((Run(""), *runs)):
        if run.mark is Mark.PLAIN:
            ends += [at + offset for offset, sign in enumerate(run.text, 1) if sign in _BOUNDS]
        at += len(run.text)
        if Mark.PLAIN not in (before.mark, run.mark) and {before.text[-1:], run.text[-1:]} <= _BOUNDS:
            ends.append(at)
    return ends


def _place(signal: Signal, both: Both, runs: Cell) -> tuple[int, int] | None:
    """Return the range of a signal's words in the merged text of both sides; None if they are not found."""
    found = [
        *_found(signal.old, signal.old_span, both.old, runs, Mark.INSERT),
        *_found(signal.new, signal.new_span, both.new, runs, Mark.DELETE),
    ]
    return (min(start for start, _ in found), max(end for _, end in found)) if found else None


def _found(
    words: str | None, span: Span | None, units: Sequence[str], runs: Cell, other: Mark
) -> Iterator[tuple[int, int]]:
    """Yield the place of one side's words; a passage inside its unit counts from its own beginning."""
    if not words:
        return
    length = len(words.removesuffix("…"))
    offsets = _offsets(runs, other)
    whole = narrow("".join(run.text for run in runs if run.mark is not other))
    cursor = 0
    for unit in units:
        base = whole.find(narrow(unit), cursor)
        if base < 0:
            continue
        cursor = base + len(unit)
        start = _start(words, span, unit)
        if start >= 0:
            yield offsets[base + start], offsets[base + start + length - 1] + 1
            return


def _offsets(runs: Cell, other: Mark) -> list[int]:
    """Return for each offset of one side's text its offset in both texts written as one."""
    offsets: list[int] = []
    at = 0
    for run in runs:
        if run.mark is not other:
            offsets += range(at, at + len(run.text))
        at += len(run.text)
    return offsets


def abridged(runs: Cell, longest: int) -> Cell:
    """Return words of both texts on one line; of a long stretch what is near a change, and of a long change its ends."""
    # The runs without line breaks, and without what ends a sentence at their end: other phrases follow
    flat = [run._replace(text=run.text.replace("\n", " ")) for run in runs]
    if flat:
        flat[0] = flat[0]._replace(text=flat[0].text.lstrip())
        flat[-1] = flat[-1]._replace(text=flat[-1].text.rstrip(" 。；，"))
    runs = tuple(run for run in flat if run.text)
    if len(plain(runs)) <= longest:
        return runs
    kept: list[Run] = []
    for index, run in enumerate(runs):
        if run.mark is Mark.PLAIN:
            kept += without_middle(run, _NEAR if index else 0, _NEAR if index < len(runs) - 1 else 0)
        else:
            kept += middle_out(run, _CHANGED)
    return tuple(kept)
