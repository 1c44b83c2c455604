"""The signals of every change.

They say in what a pair of clauses differs, what a clause that came or went laid down, and which references a
renumbering left behind. A term that another took the place of throughout a text is told once.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from policydiff.lexicon import lazy_pattern
from policydiff.lexicon.widths import fold_words, in_simple_signs
from policydiff.model import Change, ClauseKind, Direction, Genre, Signal, SignalType
from policydiff.revision import DIVISIONS, Unit, UnitGroup
from policydiff.revision.containment import Match
from policydiff.revision.left_behind import own_references
from policydiff.substance.following import Numbering
from policydiff.substance.weighing import OF_SUBSTANCE, WORDING

if TYPE_CHECKING:
    from policydiff.substance.one_side import Elsewhere


def heaviest(signals: Sequence[Signal]) -> float:
    """Return the weight of the heaviest signal, 0 where there is none."""
    return max((signal.weight for signal in signals), default=0.0)


_FRONT_MATTER = lazy_pattern(
    r"^(?:[A-Za-z_]+\s*:.*|[（(][^（）()]*\d{4}年.*(?:通过|公布|发布|修正|修订|批准|施行).*[)）]?\s*)$",
    re.MULTILINE,
)
"""Lines before the first clause that are no text of the law: metadata of a file, notes of passing and amendment."""


def _blanked(text: str) -> str:
    """Return a preface with its front matter blanked out; its length stays."""
    return _FRONT_MATTER.sub(lambda match: " " * len(match[0]), text)


_DEFINES = lazy_pattern("所称|是指|系指|以下(?:简|统)?称")
_TERM = lazy_pattern(
    "(?:所称的?|本[一-鿿]{1,6}中)[“《]?(?P<named>[一-鿿]{2,12}?)[”》]?[，,]?(?:系?是?指|包括)|以下(?:简称|统称|称)(?:为)?[“《]?(?P<short>[一-鿿]{2,12})"
)


def _defined(text: str, place: int) -> str | None:
    """Return the term that the sentence around a place defines."""
    start = max(text.rfind(mark, 0, place) for mark in "。；\n") + 1
    ends = [end for mark in "。；\n" if (end := text.find(mark, place)) >= 0]
    found = _TERM.search(text[start : min(ends, default=len(text))])
    return (found["named"] or found["short"]) if found else None


_WORDS_ALONE = frozenset({SignalType.SCOPE, SignalType.CONDITION, SignalType.DEFINITION})
_MODAL = frozenset({SignalType.PROHIBITION, SignalType.PERMISSION, SignalType.DUTY})
"""What the title of a text, a chapter or an annex may rule (禁止燃放, 允许燃放); its figures and words name what stands below."""


def _of_heading(signal: Signal) -> Signal:
    """Return a signal of a heading of a policy; words that were put in another way (规范管理, 加强管理) weigh as wording there."""
    light = signal.type in _WORDS_ALONE or signal.type in (SignalType.PART_ADDED, SignalType.PART_REMOVED)
    return signal.model_copy(update={"weight": WORDING}) if light else signal


_SENTENCE = re.compile("[^。；\n]+[。；]?")
_SHORTEST = 6
"""Characters of a sentence that two clauses have in common by no chance: 情节严重的 stands in many."""


def said_once(text: str) -> str:
    """Return the words of clauses that became one, a sentence that several had blanked out in all but the first; its length stays."""
    seen: set[str] = set()

    def blank(match: re.Match[str]) -> str:
        if len(match[0]) < _SHORTEST or match[0] not in seen:
            seen.add(match[0])
            return match[0]
        return " " * len(match[0])

    return _SENTENCE.sub(blank, text)


class Substance:
    """Reads the changes of one revision."""

    def __init__(
        self,
        units: tuple[Sequence[Unit], Sequence[Unit]],
        matches: Sequence[Match],
        numbering: Numbering,
        genre: Genre,
    ) -> None:
        """Take the units of both versions, their matches, and where their numbers went."""
        self._units = units
        self._matches = matches
        self._numbering = numbering
        self._genre = genre
        self._stale, self._following = own_references(units, matches)

    def matched(self, match: Match, old: str, new: str, *, changed: bool) -> tuple[Signal, ...]:
        """Return the signals of a pair; references left behind are named for unchanged clauses too."""
        stale = tuple(signal for unit in match.new for signal in self._stale.get(unit.place, ()))
        group = match.old[0].group
        if not changed:
            return stale
        if group is UnitGroup.PREFACE:
            old, new = _blanked(old), _blanked(new)
        if len(match.old) > 1:
            old = said_once(old)
        from policydiff.substance.signalling import signals_between  # noqa: PLC0415 (equal texts do without)

        found = signals_between(
            old, new, genre=self._genre, numbering=self._numbering, elsewhere=self._elsewhere
        )
        followed = self.followed(match)
        found = tuple(
            signal
            for signal in found
            if signal.type is not SignalType.REFERENCE
            or signal.old_span is None
            or signal.new_span is None
            or (signal.old_span.start, signal.new_span.start) not in followed
        )
        if (
            group is UnitGroup.CARRIER
        ):  # the notice that carries the text: its words rule nothing but 请参照执行
            found = tuple(
                each
                for each in found
                if each.type not in _WORDS_ALONE or re.search("参[照考]", f"{each.old}{each.new}")
            )
        if group is UnitGroup.TITLE or (group is UnitGroup.HEADING and match.new[0].kind in DIVISIONS):
            is_rule = any(
                text.endswith(tuple("。；.;")) for text in (old, new)
            )  # Chapter 2. No deposit may be charged.
            if not is_rule:
                found = tuple(signal for signal in found if signal.type in _MODAL)
        elif group is UnitGroup.HEADING:
            found = tuple(_of_heading(signal) for signal in found)
        found = tuple(self._with_place(signal) for signal in found)
        return (*(self._with_users(signal, match.new, old, new) for signal in found), *stale)

    def followed(self, match: Match) -> frozenset[tuple[int, int]]:
        """Return where references begin, in the old text and in the new one, that cite the same item under another number."""
        alone = len(match.old) == len(match.new) == 1
        return self._following.get(match.new[0].place, frozenset()) if alone else frozenset()

    def _with_place(self, signal: Signal) -> Signal:
        """Return a line that went to another clause, or came from one, with that clause in its `detail`."""
        if signal.detail != "moved":
            return signal
        goes = signal.new is None
        words = fold_words((signal.old or signal.new or "").removesuffix("…"))
        units = (unit for unit in self._units[goes] if unit.group is UnitGroup.BODY and words in unit.words)
        name = next((unit.label or unit.id for unit in units), "")
        where = f"moved {'to' if goes else 'from'} {name}" if name else "moved"
        return signal.model_copy(update={"detail": where})

    def _with_users(self, signal: Signal, units: Sequence[Unit], old: str, new: str) -> Signal:
        """Return a change of a term's coverage with the clauses that use the term in its `detail`."""
        text, span = (old, signal.old_span) if signal.new_span is None else (new, signal.new_span)
        defined = None if span is None or signal.detail else _defined(text, span.start)
        if defined is None or not _DEFINES.search(text):
            return signal
        own = {unit.place for unit in units}
        users = [
            unit.label or unit.id
            for unit in self._units[1]
            if defined in unit.text and unit.place not in own and unit.group is UnitGroup.BODY
        ]
        return signal.model_copy(update={"detail": f"used in {'、'.join(users)}"}) if users else signal

    def alone(self, unit: Unit, *, comes: bool) -> tuple[Signal, ...]:
        """Return the signals of a clause that came or went: that it did, and the sanctions, permits and bans in it."""
        if unit.group in (UnitGroup.TITLE, UnitGroup.HEADING) or not unit.text:
            return ()
        if not _FRONT_MATTER.sub("", unit.text).strip():
            return ()  # metadata of the file, notes of passing: the change of words shows them
        kind = SignalType.ARTICLE_ADDED if comes else SignalType.ARTICLE_REMOVED
        if unit.kind is ClauseKind.PARAGRAPH:
            kind = SignalType.PARAGRAPH_ADDED if comes else SignalType.PARAGRAPH_REMOVED
        if unit.kind is ClauseKind.ROW or unit.kind is ClauseKind.TABLE:
            kind = SignalType.TABLE_ROW_ADDED if comes else SignalType.TABLE_ROW_REMOVED
        stale = self._stale.get(unit.place, ()) if comes else ()
        from policydiff.substance.one_side import of_whole  # noqa: PLC0415 (equal texts do without)

        (text,) = in_simple_signs(unit.text)
        found = of_whole(text, kind, self._genre, comes=comes)
        if text is not unit.text:
            from policydiff.substance.vocabulary import as_printed  # noqa: PLC0415

            found = tuple(as_printed(signal, unit.text, unit.text) for signal in found)
        return (*found, *stale)

    @cached_property
    def _elsewhere(self) -> "Elsewhere":
        """The words of the clauses that are not the same on both sides; those that are add as much to either count."""
        from policydiff.substance.one_side import Elsewhere  # noqa: PLC0415 (equal texts do without)

        same = [
            (match.old[0].place, match.new[0].place)
            for match in self._matches
            if len(match.old) == len(match.new) == 1 and match.old[0].text == match.new[0].text
        ]
        left_out = frozenset(old for old, _ in same), frozenset(new for _, new in same)
        return Elsewhere(
            *(
                "\n".join(unit.words for unit in side if unit.place not in out)
                for side, out in zip(self._units, left_out, strict=True)
            )
        )


THROUGHOUT = 3
"""Clauses in which the same words took the place of the same words, from which a term was replaced throughout: two may be chance."""

_OF_WORDS = frozenset({SignalType.SCOPE, SignalType.BODY, SignalType.CONDITION, SignalType.DEFINITION})


def _term(signal: Signal) -> tuple[str, str] | None:
    if signal.type in _OF_WORDS and signal.direction is Direction.CHANGED and signal.old and signal.new:
        return signal.old, signal.new
    return None


def told_once(changes: Sequence[Change]) -> list[Change]:
    """Return changes; of a term replaced throughout the first clause keeps the weight and names the others, which weigh the least of substance."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, change in enumerate(changes):
        for term in dict.fromkeys(map(_term, change.signals)):
            if term is not None:
                places[term].append(place)
    throughout = {term: found for term, found in places.items() if len(found) >= THROUGHOUT}
    told = list(changes)
    for place in sorted({place for found in throughout.values() for place in found}):
        change = changes[place]
        signals = tuple(_weighed(signal, place, throughout, changes) for signal in change.signals)
        told[place] = change.model_copy(update={"signals": signals, "weight": heaviest(signals)})
    return told


def _weighed(
    signal: Signal, place: int, throughout: dict[tuple[str, str], list[int]], changes: Sequence[Change]
) -> Signal:
    term = _term(signal)
    found = throughout.get(term) if term is not None else None
    if found is None:
        return signal
    if place != found[0]:
        return signal.model_copy(
            update={"weight": min(signal.weight, OF_SUBSTANCE), "detail": "replaced throughout"}
        )
    units = [changes[each].new[0] for each in found if changes[each].new]
    return signal.model_copy(
        update={"detail": f"replaced in {'、'.join(unit.label or unit.id for unit in units)}"}
    )
