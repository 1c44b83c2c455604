"""Differences of substance by half-sentence: the labels of its signals, then both texts as one, with old words struck and new words underlined.

Half-sentences are shown because the words of a single signal are often only a piece of a name or list, and because
several signals may describe one rewritten half-sentence.
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
"""Most characters of a half-sentence with both texts in it (one printed line); a longer one keeps its ends and the words near a mark."""
_BETWEEN_NAMES = re.compile(r"[、,]\s*")
_MOST = 3
"""Most phrases in one line of a list."""
_NEAR = 10
"""Characters kept on either side of changed words if a half-sentence is shortened."""
_CHANGED = 34
"""Characters kept of the changed words themselves."""
_REWRITTEN = 2
"""Lengths of `_LONGEST` above which a marked half-sentence is too long to read as one text; both texts are then shown separately."""
_TANGLED = 0.5
"""Least unchanged characters between the changes of one half-sentence, as a share of its changed characters. Below it the changes are
shown as one change, because old and new words that alternate after two or three characters cannot be read."""
_LINES = 130
"""Characters of a list line after which no further phrase follows: three lines of a narrow panel."""
_TYPES = 3
"""Most signal types named for one phrase, the weightiest first."""


def distinct(signals: Iterable[Signal]) -> list[tuple[Signal, list[SignalType]]]:
    """Return each difference once, the weightiest first, with all its signal types.

    80% → 2%, found both as a percentage and as a target, is one difference.
    """
    found: dict[tuple[str | None, str | None], tuple[Signal, list[SignalType]]] = {}
    for signal in sorted(signals, key=lambda each: -each.weight):
        types = found.setdefault((signal.old, signal.new), (signal, []))[1]
        if signal.type not in types:
            types.append(signal.type)
    return list(found.values())


def types_told(types: Iterable[SignalType], say: Catalog) -> str:
    """Return the labels of the signal types, at most `_TYPES`."""
    return say.joined(*(say(SIGNALS[each]) for each in [*dict.fromkeys(types)][:_TYPES]))


def touched(signals: Iterable[Signal], say: Catalog) -> Cell:
    """Return the signal types of a change, one on each line with its direction: the remark beside both texts, which show the words.

    Types for an added or removed clause are left out, because the kind of the change says the same.
    """
    found: dict[SignalType, dict[Direction, None]] = {}
    for signal in sorted(signals, key=lambda each: -each.weight):
        if signal.type not in (SignalType.ARTICLE_ADDED, SignalType.ARTICLE_REMOVED):
            found.setdefault(signal.type, {})[signal.direction] = None
    return strung(
        (badge(say(SIGNALS[kind]), "substance"), *_direction(ways, kind, say)) for kind, ways in found.items()
    )


def _direction(ways: Iterable[Direction], kind: SignalType | None, say: Catalog) -> Cell:
    """Return the direction of a difference in brackets; empty without a direction, or with several."""
    known = [each for each in dict.fromkeys(ways) if each is not Direction.CHANGED]
    # The type of a removed or added item already names the direction.
    if len(known) != 1 or (kind and kind.value.endswith(("_removed", "_added"))):
        return ()
    return (Run(say(" ({direction})", direction=say(direction_of(kind, known[0]))), Mark.MUTED),)


def lines(signals: Iterable[Signal], say: Catalog) -> Cell:
    """Return every difference on a line of its own, the weightiest first, for sheets."""
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
"""Beginnings of a signal's `detail`, for a changed definition and for a term replaced throughout; the ids of the clauses with the term follow."""
_USES = 5
"""Most clauses named that use a term; a law may use its main term in every second article."""


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
    """Two aligned passages: their wording diff, and the unit texts in which the signals' spans count."""

    wording: tuple[Wording, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]


def both_texts(old: str, new: str) -> Both:
    """Return two passages, with a wording diff made here."""
    return Both(compare_wording(old, new), (old,), (new,))


def told(
    signals: Iterable[Signal], both: Both, say: Catalog, *, most: int = _MOST, longest: int = _LONGEST
) -> Cell:
    """Return the weightiest differences on one line, each in its half-sentence."""
    return in_one_line(phrases_of(signals, both, say, longest), say, most)


def in_one_line(phrases: Sequence["Phrase"], say: Catalog, most: int = _MOST) -> Cell:
    """Return the first `most` phrases on one line, and the number of further phrases."""
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
    """A phrase, with the signals that it expresses."""

    words: Cell
    signals: tuple[Signal, ...]


_BOUNDS = frozenset("，。；：！？\n")
"""Marks that end a half-sentence if both texts have them."""


def phrases_of(signals: Iterable[Signal], both: Both, say: Catalog, longest: int = _LONGEST) -> list[Phrase]:
    """Return a phrase for each half-sentence with a difference, the weightiest first; each difference occurs in one phrase only."""
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
    """Return the first two half-sentences with different words, both texts as one, and the number of further ones."""
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
    """Return the words of both texts; if little unchanged text stands between the changes, they become one deletion and one insertion."""
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
    """Return the range of the half-sentences that contain the offsets `start` and `stop`."""
    return (
        max(end for end in ends if end <= start),
        min((end - 1 for end in ends if end > stop), default=len(plain(runs))),
    )


def _each_side(signals: Iterable[Signal], both: Both, say: Catalog, longest: int) -> list[Phrase]:
    """Return a phrase for each pair of old and new half-sentence with differences, for passages written anew, which share no half-sentence."""
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
    """Return the half-sentence with the words of a signal, and the range of the words in it."""
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
    """Return the half-sentence of `text` that contains `words`, with `words` marked."""
    around, place = _spot(words, None, (text,))
    return abridged(marked(around, [place], mark), _LONGEST)


def _start(words: str, span: Span | None, unit: str) -> int:
    """Return the offset of a signal's words in a text: from the signal's span on, else their first occurrence; -1 if absent."""
    known = words.removesuffix("…")
    at = unit.find(known, span.start) if span else -1
    return unit.find(known) if at < 0 else at


def _in_words(words: Cell, signals: Sequence[Signal], say: Catalog) -> Cell:
    ranked = sorted(signals, key=lambda each: -each.weight)
    used = next((found for each in ranked if (found := _uses(each, say))), ())
    kind = ranked[0].type if len({each.type for each in ranked}) == 1 else None
    heaviest = [each.direction for each in ranked if each.weight == ranked[0].weight]
    decides = Direction.CHANGED not in heaviest  # a lesser difference decides nothing
    return (
        badge(types_told((each.type for each in ranked), say), "substance"),
        Run(" "),
        *words,
        *(_direction((each.direction for each in ranked), kind, say) if decides else ()),
        *used,
    )


def _bounds(runs: Cell) -> list[int]:
    """Return 0 and the offsets after each mark that ends a half-sentence in both texts; 。 in one and ； in the other count too."""
    ends, at = [0], 0
    for before, run in pairwise((Run(""), *runs)):
        if run.mark is Mark.PLAIN:
            ends += [at + offset for offset, sign in enumerate(run.text, 1) if sign in _BOUNDS]
        at += len(run.text)
        if Mark.PLAIN not in (before.mark, run.mark) and {before.text[-1:], run.text[-1:]} <= _BOUNDS:
            ends.append(at)
    return ends


def _place(signal: Signal, both: Both, runs: Cell) -> tuple[int, int] | None:
    """Return the range of a signal's words in the merged text of both sides; None if the words are not found."""
    found = [
        *_found(signal.old, signal.old_span, both.old, runs, Mark.INSERT),
        *_found(signal.new, signal.new_span, both.new, runs, Mark.DELETE),
    ]
    return (min(start for start, _ in found), max(end for _, end in found)) if found else None


def _found(
    words: str | None, span: Span | None, units: Sequence[str], runs: Cell, other: Mark
) -> Iterator[tuple[int, int]]:
    """Yield the range of one side's words in the merged text; `span` counts from the beginning of the unit."""
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
    """Return for each offset of one side's text its offset in the merged text of both sides; `other` is the mark of the other side."""
    offsets: list[int] = []
    at = 0
    for run in runs:
        if run.mark is not other:
            offsets += range(at, at + len(run.text))
        at += len(run.text)
    return offsets


def abridged(runs: Cell, longest: int) -> Cell:
    """Return words of both texts on one line; above `longest` characters, only unchanged words near changes and the ends of long changes are kept."""
    # Remove line breaks, and punctuation at the end, because other phrases follow.
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
