"""A revision's changes in set phrases (罚款 5000–10000元 → 500–2000元, 取消年审), the rest of them by half-sentences."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policydiff.model import Change, ChangeKind, RevisionDiff, Signal, SignalType, Span
from policydiff.report.catalog import Catalog
from policydiff.report.half_sentences import Both, Phrase, in_one_line, phrases_of, types_told
from policydiff.report.runs import Cell, Mark, Run, badge
from policydiff.substance.features import find_instruments

_NUMBER = r"[\d.,〇零一二三四五六七八九十百千万亿]+"
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})(?P<unit>元|倍|日|年|个月)?以上(?P<high>{_NUMBER})(?P<other>元|倍|日|年|个月)以下"
    r"(?:的?(?P<noun>罚款|罚金|补助|奖励|补贴))?"
)
"""Both ends of a range, and what is paid."""


class Whole(NamedTuple):
    """All words of both texts: an instrument is abolished where the whole new text knows it no more."""

    old: str
    new: str


def whole_texts(diff: RevisionDiff) -> Whole:
    """Return the words of all clauses of both texts."""
    return Whole(
        "\n".join(unit.text for change in diff.changes for unit in change.old),
        "\n".join(unit.text for change in diff.changes for unit in change.new),
    )


def change_told(change: Change, whole: Whole, say: Catalog) -> Cell:
    """Return the chief differences of a change on one line: set phrases first, then half-sentences by weight."""
    made = [*_ranges(change, say), *_instruments(change, whole, say)]
    used = {id(signal) for phrase in made for signal in phrase.signals}
    left = [signal for signal in change.signals if id(signal) not in used]
    both = Both(
        change.wording, tuple(unit.text for unit in change.old), tuple(unit.text for unit in change.new)
    )
    return in_one_line([*made, *phrases_of(left, both, say)], say)


def whole_clause_told(change: Change, whole: Whole, say: Catalog) -> Cell:
    """Return what a removed clause abolishes or an added one introduces by name, empty where it names nothing such."""
    is_removed = change.kind is ChangeKind.REMOVED
    own, other = (change.old, whole.new) if is_removed else (change.new, whole.old)
    every = whole.old if is_removed else whole.new
    names = dict.fromkeys(name for unit in own for name in _named(unit.text, every) if name not in other)
    if not names or not any(signal.type is SignalType.INSTRUMENT for signal in change.signals):
        return ()
    mark = Mark.DELETE if is_removed else Mark.INSERT
    word = say("abolished: ") if is_removed else say("introduced: ")
    return (Run(word), Run(say.joined(*names), mark))


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
    head = badge(types_told([SignalType.INSTRUMENT], say), "substance")
    names = Run(say.joined(*gone), Mark.DELETE)
    every = [one for held in gone.values() for one in held]
    if len(alone) == 1:
        name, made = next(iter(alone.items()))
        return [Phrase((head, Run(" "), names, Run(" → "), Run(name, Mark.INSERT)), (*every, made))]
    return [Phrase((head, Run(" "), Run(say("abolished: ")), names), tuple(every))]


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
