"""A change in the words of a person (罚款 5000–10000元 → 500–2000元), its weightiest signals first."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policydiff.model import Change, ChangeKind, Direction, RevisionDiff, Signal, SignalType, Span
from policydiff.report.catalog import Catalog
from policydiff.report.runs import Cell, Mark, Run, badge, shortened
from policydiff.report.words import DIRECTIONS, SIGNALS
from policydiff.substance.features import find_instruments

_LONGEST = 60
"""Characters of the old or new words in one line: a figure, a body or a short list fits; a sentence is cut."""


def weightiest(signals: Sequence[Signal]) -> float:
    """Return the weight of the weightiest signal, 0 without any."""
    return max((signal.weight for signal in signals), default=0.0)


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
    """Return the words for what a difference touches."""
    return say.joined(*(say(SIGNALS[each]) for each in types))


def told(signals: Iterable[Signal], say: Catalog, *, most: int = 3, longest: int = _LONGEST) -> Cell:
    """Return the weightiest differences on one line, each with its type, old and new words and direction."""
    runs: list[Run] = []
    every = distinct(signals)
    for signal, types in every[:most]:
        if runs:
            runs.append(Run(say.semicolon))
        runs += one(signal, types, say, longest)
    left = len(every) - most
    if left > 0:
        runs.append(Run(say(" and {n} more", n=left), Mark.MUTED))
    return tuple(runs)


def lines(
    signals: Iterable[Signal], say: Catalog, *, longest: int = _LONGEST, most: int | None = None
) -> Cell:
    """Return the differences on a line each, the weightiest first; beyond `most` they are counted."""
    runs: list[Run] = []
    every = distinct(signals)
    for signal, types in every[:most]:
        if runs:
            runs.append(Run("\n"))
        runs += one(signal, types, say, longest)
    if most is not None and len(every) > most:
        runs.append(Run(say(" and {n} more", n=len(every) - most), Mark.MUTED))
    return tuple(runs)


def one(signal: Signal, types: Sequence[SignalType], say: Catalog, longest: int) -> list[Run]:
    """Return one difference: what it touches, the old and the new words, and the direction."""
    runs = [badge(types_told(types, say), "substance"), Run(" ")]
    # A removed or added item says so in its type: its own words follow without "gone" or "new".
    is_named = signal.type.value.endswith(("_removed", "_added"))
    if signal.old and signal.new:
        runs += [
            *shortened((Run(signal.old, Mark.DELETE),), longest),
            Run(" → "),
            *shortened((Run(signal.new, Mark.INSERT),), longest),
        ]
    elif signal.old:
        runs += [] if is_named else [Run(say("gone: "))]
        runs += shortened((Run(signal.old, Mark.DELETE),), longest)
    elif signal.new:
        runs += [] if is_named else [Run(say("new: "))]
        runs += shortened((Run(signal.new, Mark.INSERT),), longest)
    if signal.direction is not Direction.CHANGED and not is_named:
        runs.append(Run(say(" ({direction})", direction=say(DIRECTIONS[signal.direction])), Mark.MUTED))
    if signal.detail and signal.detail.startswith(_USED):
        runs.append(
            Run(
                say(" (the term is used in {clauses})", clauses=signal.detail.removeprefix(_USED)), Mark.MUTED
            )
        )
    return runs


_USED = "used in "
"""How the detail of a change of a defined term begins; the clauses that use the term follow."""


_NUMBER = r"[\d.,〇零一二三四五六七八九十百千万亿]+"
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})(?P<unit>元|倍|日|年|个月)?以上(?P<high>{_NUMBER})(?P<other>元|倍|日|年|个月)以下"
    r"(?:的?(?P<noun>罚款|罚金|补助|奖励|补贴))?"
)
"""Both ends of a range, and what is paid."""
_SINCE = re.compile(r"[^，。；：、]{0,16}$")
"""The words before a period, back to the last sign: 应当在取得营业执照后."""
_LEAD = re.compile(r"^.*?(?:应当|必须|须)?(?:在|自|于)")
_LESSER = frozenset({SignalType.SCOPE, SignalType.CONDITION, SignalType.REFERENCE, SignalType.BODY})
"""Types that are told only where nothing graver is: in a clause that was rewritten they follow from the rewriting."""
_GRAVE = 0.8
"""Weight from which a signal (a sanction, an instrument, a whole paragraph) leaves lesser types out of the first line."""
_MOST = 3
"""Phrases in one line of a list."""


class Whole(NamedTuple):
    """All words of both texts: an instrument is abolished where the whole new text knows it no more."""

    old: str
    new: str


class Phrase(NamedTuple):
    """One phrase with the signals it stands for."""

    words: tuple[Run, ...]
    signals: tuple[Signal, ...]


def whole_texts(diff: RevisionDiff) -> Whole:
    """Return the words of all clauses of both texts."""
    return Whole(
        "\n".join(unit.text for change in diff.changes for unit in change.old),
        "\n".join(unit.text for change in diff.changes for unit in change.new),
    )


def change_told(change: Change, whole: Whole, say: Catalog) -> Cell:
    """Return the chief differences of a change on one line: phrases first, then what is left by its weight."""
    made = [*_ranges(change, say), *_instruments(change, whole, say), *_periods(change, say)]
    used = {id(signal) for phrase in made for signal in phrase.signals}
    left = distinct(signal for signal in change.signals if id(signal) not in used)
    left = _worth_telling(left, is_grave=bool(made))
    told = [phrase.words for phrase in made]
    told += [tuple(one(signal, types, say, 40)) for signal, types in left]
    runs: list[Run] = []
    for words in told[:_MOST]:
        runs += [Run(say.semicolon)] if runs else []
        runs += words
    if len(told) > _MOST:
        runs.append(Run(say(" and {n} more", n=len(told) - _MOST), Mark.MUTED))
    return tuple(runs)


def _worth_telling(
    found: list[tuple[Signal, list[SignalType]]], *, is_grave: bool
) -> list[tuple[Signal, list[SignalType]]]:
    """Leave out lesser types beside grave ones."""
    is_grave = is_grave or any(signal.weight >= _GRAVE for signal, _ in found)
    return [each for each in found if not (is_grave and set(each[1]) <= _LESSER)]


def whole_clause_told(change: Change, whole: Whole, say: Catalog) -> Cell:
    """Return what a removed clause abolishes or an added one introduces by name, empty where it names nothing such."""
    is_removed = change.kind is ChangeKind.REMOVED
    own, other = (change.old, whole.new) if is_removed else (change.new, whole.old)
    every = whole.old if is_removed else whole.new
    names = dict.fromkeys(name for unit in own for name in _named(unit.text, every) if name not in other)
    if not names or not any(signal.type is SignalType.INSTRUMENT for signal in change.signals):
        return ()
    mark = Mark.DELETE if is_removed else Mark.INSERT
    word = say("abolished") if is_removed else say("introduced")
    return (Run(say.joined(*names), mark), Run(f" {word}"))


def _named(text: str, every: str) -> list[str]:
    """Return the instruments a text is about, with the words that always stand before them: 特种行业许可证.

    One in an attribute (领取许可证的企业) says who is meant, not what is laid down.
    """
    return [
        _full(found.word, text[: found.start], every)
        for found in find_instruments(text)
        if not text.startswith("的", found.end)
    ]


def _full(word: str, before: str, every: str) -> str:
    """Return a word with the characters before it that stand before it everywhere in the text."""
    number = every.count(word)
    while number > 1 and before and "\u4e00" <= before[-1] <= "\u9fff":
        longer = before[-1] + word
        if every.count(longer) != number:
            break
        word, before = longer, before[:-1]
    return word


def _instruments(change: Change, whole: Whole, say: Catalog) -> list[Phrase]:
    """An instrument that the new text knows no more, and the one that stands in its place in this clause."""
    if not (change.old and change.new):
        return []
    signals = [signal for signal in change.signals if signal.type is SignalType.INSTRUMENT]
    gone: dict[str, list[Signal]] = {}
    for signal in signals:
        for name in _named(signal.old or "", signal.old or ""):
            if name not in whole.new:
                full = next((each for each in _named_in(change, whole) if each.endswith(name)), name)
                gone.setdefault(full, []).append(signal)
    # 许可 inside 特种行业许可证 is no second one.
    gone = {
        name: held for name, held in gone.items() if not any(name != each and name in each for each in gone)
    }
    if not gone:
        return []
    come = {signal.new: signal for signal in signals if signal.new and _is_instrument(signal.new)}
    alone = {name: signal for name, signal in come.items() if not signal.old or _is_gone(signal.old, gone)}
    runs = [badge(types_told([SignalType.INSTRUMENT], say), "substance"), Run(" ")]
    runs.append(Run(say.joined(*gone), Mark.DELETE))
    if len(alone) == 1:
        name, made = next(iter(alone.items()))
        runs += [Run(" → "), Run(name, Mark.INSERT)]
        return [Phrase(tuple(runs), (*(one for held in gone.values() for one in held), made))]
    runs += [Run(" "), Run(say("abolished"))]
    return [Phrase(tuple(runs), tuple(one for held in gone.values() for one in held))]


def _named_in(change: Change, whole: Whole) -> list[str]:
    return [
        _full(found.word, unit.text[: found.start], whole.old)
        for unit in change.old
        for found in find_instruments(unit.text)
    ]


def _is_instrument(words: str) -> bool:
    return any(found.word == words for found in find_instruments(words))


def _is_gone(words: str, gone: Iterable[str]) -> bool:
    return any(name.endswith(words) for name in gone)


def _ranges(change: Change, say: Catalog) -> list[Phrase]:
    """Both ends of a range that changed are one change: 5000元以上10000元以下 → 500元以上2000元以下."""
    found: dict[tuple[str, str], tuple[re.Match[str], re.Match[str], list[Signal]]] = {}
    for signal in change.signals:
        old = _range_around(signal.old, signal.old_span, [unit.text for unit in change.old])
        new = _range_around(signal.new, signal.new_span, [unit.text for unit in change.new])
        if old and new:
            found.setdefault((old[0], new[0]), (old, new, []))[2].append(signal)
    return [Phrase(_range_told(old, new, held, say), tuple(held)) for old, new, held in found.values()]


def _range_told(
    old: re.Match[str], new: re.Match[str], signals: Sequence[Signal], say: Catalog
) -> tuple[Run, ...]:
    noun = old["noun"] if old["noun"] == new["noun"] else None
    label = noun or types_told(dict.fromkeys(signal.type for signal in signals), say)
    return (
        badge(label, "substance"),
        Run(" "),
        Run(_ends(old), Mark.DELETE),
        Run(" → "),
        Run(_ends(new), Mark.INSERT),
    )


def _ends(found: re.Match[str]) -> str:
    unit = found["unit"] if found["unit"] and found["unit"] != found["other"] else ""
    return f"{found['low']}{unit}–{found['high']}{found['other']}"


def _range_around(words: str | None, span: Span | None, texts: Sequence[str]) -> re.Match[str] | None:
    """Return the range in which the words stand, None where they stand in none."""
    if not words or span is None:
        return None
    for text in texts:
        if text[span.start : span.end] == words:
            return next(
                (m for m in _RANGE.finditer(text) if m.start() <= span.start and span.end <= m.end("other")),
                None,
            )
    return None


def _periods(change: Change, say: Catalog) -> list[Phrase]:
    """A new period with what it runs from: 取得营业执照后15日内."""
    made = []
    for signal in change.signals:
        if signal.type is not SignalType.PERIOD or signal.old or not signal.new or signal.new_span is None:
            continue
        span = signal.new_span
        for unit in change.new:
            if unit.text[span.start : span.end] == signal.new:
                before = _SINCE.search(unit.text[: span.start])
                since = _LEAD.sub("", before[0]) if before and _LEAD.match(before[0]) else ""
                within = "内" if unit.text.startswith("内", span.end) else ""
                runs = (
                    badge(types_told([SignalType.PERIOD], say), "substance"),
                    Run(" "),
                    Run(f"{since}{signal.new}{within}", Mark.INSERT),
                )
                made.append(Phrase(runs, (signal,)))
                break
    return made
