"""The signals of every change.

They give the differences of a pair of clauses, the content of an added or removed clause, and references that a
renumbering left with the old number. A term that was replaced throughout the text is reported once.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import fold_words, in_simple_signs
from policydiff.model import Change, ChangeKind, ClauseKind, Genre, Signal, SignalType
from policydiff.revision.containment import Match
from policydiff.revision.left_behind import own_references
from policydiff.revision.replaced_terms import ReplacedTerms
from policydiff.revision.units import DIVISIONS, Unit, UnitGroup
from policydiff.substance.following import Numbering, references
from policydiff.substance.weighing import OF_SUBSTANCE, WORDING

if TYPE_CHECKING:
    from policydiff.substance.one_side import Elsewhere


def heaviest(signals: Sequence[Signal]) -> float:
    """Return the weight of the heaviest signal; 0 without a signal."""
    return max((signal.weight for signal in signals), default=0.0)


_FRONT_MATTER = lazy_pattern(
    r"^(?:[A-Za-z_]+\s*:.*|[（(][^（）()]*\d{4}年.*(?:通过|公布|发布|修正|修订|批准|施行).*[)）]?\s*)$",
    re.MULTILINE,
)
"""Lines before the first clause that are no part of the law: metadata of a file, notes of passing and amendment."""


_PASSED = lazy_pattern(
    r"^(?!.*(?:应当|必须|不得|禁止|可以|请|为[了正]|制定|如下)).*(?:主席令|令第?.{1,6}号|第.{1,5}[届次].{0,12}会议).*(?:通过|公布|修[正订改]).*$",
    re.MULTILINE,
)
"""A line of a preface that tells who passed and published the text, in the order's own words or without the brackets."""


def _blanked(text: str) -> str:
    """Return a preface with its front matter blanked out; its length stays."""
    for pattern in (_FRONT_MATTER, _PASSED):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


_DEFINES = lazy_pattern("所称|是指|系指|以下(?:简|统)?称")
_TERM = lazy_pattern(
    "(?:所称的?|本[一-鿿]{1,6}中)[“《]?(?P<named>[一-鿿]{2,12}?)[”》]?[，,]?(?:系?是?指|包括)|以下(?:简称|统称|称)(?:为)?[“《]?(?P<short>[一-鿿]{2,12})"
)


def _defined(text: str, place: int) -> str | None:
    """Return the term defined in the sentence around a place, or None."""
    start = max(text.rfind(mark, 0, place) for mark in "。；\n") + 1
    ends = [end for mark in "。；\n" if (end := text.find(mark, place)) >= 0]
    found = _TERM.search(text[start : min(ends, default=len(text))])
    return (found["named"] or found["short"]) if found else None


_WORDS_ALONE = frozenset({SignalType.SCOPE, SignalType.CONDITION, SignalType.DEFINITION})
_MODAL = frozenset({SignalType.PROHIBITION, SignalType.PERMISSION, SignalType.DUTY})
"""Types of rule that the title of a text, chapter or annex may lay down (禁止燃放, 允许燃放); its figures only name the content below."""


def _of_heading(signal: Signal) -> Signal:
    """Return a signal of a heading in a policy; reworded headings (规范管理 → 加强管理) get the weight of wording."""
    light = signal.type in _WORDS_ALONE or signal.type in (SignalType.PART_ADDED, SignalType.PART_REMOVED)
    return signal.model_copy(update={"weight": WORDING}) if light else signal


_SENTENCE = re.compile("[^。；\n]+[。；]?")
_SHORTEST = 6
"""Least characters of a sentence that two clauses share not by chance; 情节严重的 stands in many."""


def said_once(text: str) -> str:
    """Return merged clauses with repeated sentences replaced by blanks after the first; the length stays the same."""
    seen: set[str] = set()

    def blank(match: re.Match[str]) -> str:
        if len(match[0]) < _SHORTEST or match[0] not in seen:
            seen.add(match[0])
            return match[0]
        return " " * len(match[0])

    return _SENTENCE.sub(blank, text)


class Substance:
    """Reads the signals of one revision."""

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
        """Return the signals of a pair; outdated references are shown for unchanged clauses too."""
        stale = tuple(signal for unit in match.new for signal in self._stale.get(unit.place, ()))
        group = match.old[0].group
        if not changed:
            return stale
        if group is UnitGroup.PREFACE:
            old, new = _blanked(old), _blanked(new)
        if len(match.old) > 1:
            old = said_once(old)
        from policydiff.substance.signalling import signals_between  # noqa: PLC0415 (equal texts do without)

        renamed, terms = self._terms.taken_out(match, old, new)
        read = signals_between(
            renamed.text, new, genre=self._genre, numbering=self._numbering, elsewhere=self._elsewhere
        )
        found = (*terms, *map(renamed.as_it_stands, read))
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
        """Return the starts of references (in the old text, in the new text) that cite the same item by another number."""
        alone = len(match.old) == len(match.new) == 1
        return self._following.get(match.new[0].place, frozenset()) if alone else frozenset()

    def _with_place(self, signal: Signal) -> Signal:
        """Return the signal of a line that moved to or from another clause, with that clause in its `detail`."""
        if signal.detail != "moved":
            return signal
        goes = signal.new is None
        words = fold_words((signal.old or signal.new or "").removesuffix("…"))
        units = (unit for unit in self._units[goes] if unit.group is UnitGroup.BODY and words in unit.words)
        name = next((unit.name for unit in units), "")
        where = f"moved {'to' if goes else 'from'} {name}" if name else "moved"
        return signal.model_copy(update={"detail": where})

    def _with_users(self, signal: Signal, units: Sequence[Unit], old: str, new: str) -> Signal:
        """Return a change in the coverage of a term, with the clauses that use the term in its `detail`."""
        text, span = (old, signal.old_span) if signal.new_span is None else (new, signal.new_span)
        defined = None if span is None or signal.detail else _defined(text, span.start)
        if defined is None or not _DEFINES.search(text):
            return signal
        own = {unit.place for unit in units}
        users = [
            unit.name
            for unit in self._units[1]
            if defined in unit.text and unit.place not in own and unit.group is UnitGroup.BODY
        ]
        return signal.model_copy(update={"detail": f"used in {'、'.join(users)}"}) if users else signal

    def alone(self, unit: Unit, *, comes: bool) -> tuple[Signal, ...]:
        """Return the signals of an added or removed clause: the change itself, and the sanctions, permits and bans in the clause."""
        if unit.group in (UnitGroup.TITLE, UnitGroup.HEADING) or not unit.text:
            return ()
        is_preface = unit.group is UnitGroup.PREFACE
        if not (_blanked(unit.text) if is_preface else _FRONT_MATTER.sub("", unit.text)).strip():
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
    def _terms(self) -> ReplacedTerms:
        return ReplacedTerms(self._matches, self._genre)

    @cached_property
    def _elsewhere(self) -> "Elsewhere":
        """The words of the clauses that differ between the sides; equal clauses would add equally to both counts."""
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


MADE_ANEW = 20
"""Most changes with a signal that are ranked by weight alone, because a reader takes in all of them. In a
longer list, most changes have one weight, and thirty new penalties would precede the first new rule."""
MOSTLY_NEW = 0.5
"""Share (0…1) of added articles from which an added chapter is new, and not an old chapter with a new name."""
_CHAPTER = lazy_pattern("第.+[编章]$")
_LATIN = lazy_pattern("[A-Za-z]{2,}")
_VALUES = frozenset({
    SignalType.AMOUNT, SignalType.PERCENTAGE, SignalType.NUMBER, SignalType.AREA,
    SignalType.PERIOD, SignalType.DEADLINE, SignalType.FREQUENCY,
})  # fmt: skip
"""Types whose news is a figure: its characters may occur elsewhere in the old text."""


def ranked(changes: Iterable[Change]) -> list[Change]:
    """Return the changes in the order of their themes."""
    return [change for theme in themes(changes) for change in theme]


def themes(changes: Iterable[Change]) -> list[list[Change]]:
    """Return the changes by theme, those first that a lawyer would report to a client first.

    A theme is a rule and the penalties for its breach: a penalty cites the article alone, so that its reader
    must hear of the rule too. A theme ranks as its highest change: by weight, and in a long list by weight
    and length of the new matter.
    """
    told = list(changes)
    news = _news(told)
    is_long = sum(bool(each.signals) for each in told) > MADE_ANEW
    rank = [
        (-each.weight * (math.log1p(new) if is_long else 1), -each.weight, place)
        for place, (each, new) in enumerate(zip(told, news, strict=True))
    ]
    rules = _rules_punished(told, news)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(told)):
        found[rules.get(place, place)].append(place)
    return [
        [told[place] for place in sorted(found[rule], key=lambda at: (at != rule, rank[at]))]
        for rule in sorted(found, key=lambda rule: min(rank[place] for place in found[rule]))
    ]


def _news(changes: Sequence[Change]) -> list[float]:
    """Return the length of the new matter of each change: pairs of characters that the old text has nowhere, and characters of figures.

    Most changes of a law made anew have one weight, and its news is a rule without a forerunner. Matter of a removed
    clause counts by the share of the old clauses that stayed: a law made anew replaces them all.
    """
    old, new = (
        [_pairs("\n".join(unit.text for unit in side)) for side in sides]
        for sides in ([each.old for each in changes], [each.new for each in changes])
    )
    before, after = (frozenset(chain.from_iterable(side)) for side in (old, new))
    earlier = [change for change in changes if change.old]
    kept = sum(change.kind is ChangeKind.UNCHANGED for change in earlier) / max(1, len(earlier))
    news = []
    for change, gone, come in zip(changes, old, new, strict=True):
        figures = sum(len(each.new or each.old or "") for each in change.signals if each.type in _VALUES)
        news.append(len(come - before) + figures if change.new else kept * (len(gone - after) + figures))
    return news


def _pairs(text: str) -> frozenset[str]:
    """Return the words of a text as neighbouring Chinese characters, and its Latin words."""
    pairs = (one + other for one, other in pairwise(text) if "一" <= one <= "鿿" and "一" <= other <= "鿿")
    return frozenset(chain(pairs, _LATIN.findall(text)))


def _rules_punished(changes: Sequence[Change], news: Sequence[float]) -> dict[int, int]:
    """Return for the place of each penalty the place of the changed rule that it punishes; of several rules the one with most new matter."""
    of_substance = [place for place, each in enumerate(changes) if each.weight >= OF_SUBSTANCE]
    labelled = [
        (each.steps[0], place)
        for place in of_substance
        for unit in changes[place].new
        for each in islice(references(unit.label or ""), 1)
    ]
    often = Counter(name for name, _ in labelled)
    articles = {name: place for name, place in labelled if often[name] == 1}  # not those of two annexes
    rules: dict[int, int] = {}
    for place in of_substance:
        if not any(signal.type is SignalType.SANCTION for signal in changes[place].signals):
            continue
        named = (each.steps[0] for unit in changes[place].new for each in references(unit.text) if each.own)
        cited = {articles[name] for name in named if name in articles} - {place}
        if cited:
            rules[place] = max(cited, key=lambda rule: (news[rule], -rule))
    return {penalty: rule for penalty, rule in rules.items() if rule not in rules}


def new_chapters(changes: Iterable[Change]) -> list[tuple[Change, list[Change]]]:
    """Return the headings of chapters added in the new text, each with the changes of the articles below it.

    A chapter of its own is a drafter's way to mark a new subject: 反兴奋剂, 体育仲裁.
    """
    chapters: list[tuple[Change, list[Change]]] = []
    for change in (each for each in changes if each.new):
        label = change.new[0].label or ""
        if _CHAPTER.match(label):
            chapters.append((change, []))
        elif chapters and label.endswith("条"):
            chapters[-1][1].append(change)
    return [
        (heading, below)
        for heading, below in chapters
        if not heading.old and below and sum(not each.old for each in below) >= MOSTLY_NEW * len(below)
    ]
