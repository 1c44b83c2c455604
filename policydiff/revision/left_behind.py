"""References of a text to its own clauses: still with the old number after a renumbering, to a missing clause, or moved together with an item."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from policydiff.lexicon.numerals import CHINESE_DIGITS, clause_number, to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import first_words
from policydiff.lexicon.widths import in_simple_signs
from policydiff.model import ClauseKind, Direction, Signal, SignalType, Span
from policydiff.revision.containment import Match
from policydiff.revision.units import Unit
from policydiff.substance.following import CITED_TOGETHER, references
from policydiff.substance.weighing import weight_of

_QUOTED = 24
"""Characters of an article by which a reader recognises the article."""


class OwnReferences(NamedTuple):
    """The references of each clause to its own text after a revision, by place of the new clause."""

    stale: Mapping[int, tuple[Signal, ...]]
    """References that now lead to another clause, paragraph or item, or to none.

    `detail` is `left behind` (the cited clause has another number now) or `nowhere`.
    """
    following: Mapping[int, frozenset[tuple[int, int]]]
    """Starts of references (in the old clause, in the new clause) that cite the same words by another number."""


def own_references(units: tuple[Sequence[Unit], Sequence[Unit]], matches: Sequence[Match]) -> OwnReferences:
    """Return the state of a text's references to itself after a revision."""
    old, new = _Version(units[0]), _Version(units[1])
    before = {unit.place: match for match in matches for unit in match.new}
    heir = {match.old[0].place: match.new[0].place for match in matches}
    found: dict[int, tuple[Signal, ...]] = {}
    following: dict[int, frozenset[tuple[int, int]]] = {}
    for unit in units[1]:
        if leads := list(new.leads(unit)):
            sources = before[unit.place].old if unit.place in before else ()
            meant = [lead for source in sources for lead in old.leads(source)]
            stale = (_stale(lead, meant, before, heir) for lead in leads)
            found[unit.place] = tuple(signal for signal in stale if signal)
            following[unit.place] = frozenset(
                (one.start, lead.start) for one in meant for lead in leads if _follows(one, lead, heir)
            )
    return OwnReferences(found, following)


class _Lead(NamedTuple):
    """A reference of a clause to its own text, and the clause it leads to."""

    text: str
    start: int
    key: tuple[str | None, ...]
    """Kind and number of the cited clause, its paragraph and item; for 前款 and 前项 the words themselves."""
    unit: Unit | None
    """None where no clause has the number."""
    paragraph: str | None = None
    line: str | None = None
    """The paragraph or item cited, None for a whole clause and where the clause has none of the number."""


def _follows(one: _Lead, lead: _Lead, heir: Mapping[int, int]) -> bool:
    """Return whether two references lead to the same words of one clause, which moved or was renumbered."""
    if one.unit is None or lead.unit is None or heir.get(one.unit.place) != lead.unit.place:
        return False
    return one.text != lead.text and one.line is not None and one.line == lead.line


def _stale(
    lead: _Lead, meant: Sequence[_Lead], before: Mapping[int, Match], heir: Mapping[int, int]
) -> Signal | None:
    """Return the signal of a reference that leads nowhere, or no longer to its old target."""
    one = next((one for one in meant if one.key == lead.key and one.unit), None)
    if lead.unit is None:
        unheard = lead.key[0] == "条" and all(each.key[:2] != lead.key[:2] for each in meant)
        return _signal(lead, one, "nowhere") if one or unheard else None
    if one is None or one.unit is None:
        return None
    match = before.get(lead.unit.place)
    if match is None or one.unit not in match.old:
        follows = any(other.unit and heir.get(other.unit.place) == lead.unit.place for other in meant)
        return None if follows else _signal(lead, one, "left behind")
    same = [one] if one.key[1] and "前" in (one.key[0] or "") else meant
    if one.line is None or any(other.line == lead.line for other in same):
        return None
    if lead.line is None:
        return _signal(lead, one, "nowhere")
    moved = one.line in _Lines(lead.unit.text).words or lead.line in _Lines(one.unit.text).words
    return _signal(lead, one, "left behind") if moved else None


_KINDS = {"编": ClauseKind.PART, "章": ClauseKind.CHAPTER, "节": ClauseKind.SECTION, "条": ClauseKind.ARTICLE}
_UNNUMBERED = lazy_pattern(
    rf"前[一二两三四]?[条款项]|(?<!基)本(?:章(?!程)|节(?![目约能点日])|编(?![制号辑写]))|(?<![》〉])附[件表录][{CHINESE_DIGITS}\d]{{1,3}}"
)
_LABEL = lazy_pattern(
    rf"(?:[（(][{CHINESE_DIGITS}\d]{{1,4}}[）)]|[{CHINESE_DIGITS}\d]{{1,4}}[、.．]|[①-⑳])|(?=.*\t)"
)


class _Version:
    """The clauses of one version, as targets of references."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._by_number: dict[tuple[ClauseKind | None, str | None], Unit]
        self._by_number = {(unit.kind, unit.number): unit for unit in units if unit.number}
        self._units = units
        self._simple = in_simple_signs(*(unit.text for unit in units))
        """The words of each unit in simple characters, to read references in."""
        self._counted = Counter((unit.kind, unit.number) for unit in units)
        self._articles = [unit for unit in units if unit.kind is ClauseKind.ARTICLE and unit.number]
        if len(self._articles) > len({unit.number for unit in self._articles}):
            self._articles = []  # a text with annexes of articles of their own
        self._kinds = {unit.kind for unit in units if unit.kind is not ClauseKind.ARTICLE or self._articles}

    def leads(self, unit: Unit) -> Iterator[_Lead]:
        """Yield the references of a clause to its own text; a reference with several possible targets is left out."""
        words = self._simple[unit.place]
        said = [(found.start, found.text, found.steps) for found in references(words) if found.own]
        said += [(found.start(), found[0], ()) for found in _UNNUMBERED.finditer(words)]
        last, end = None, 0
        for start, text, steps in sorted(said):
            if last is None or not CITED_TOGETHER.fullmatch(words, end, start):
                last = _Lead("", 0, ("本", None, None, None), unit)
            lead = self._numbered(last, start, text, steps) if steps else self._unnumbered(unit, start, text)
            last, end = lead, start + len(text)
            if lead is not None:
                yield lead._replace(text=unit.text[start:end])

    def _numbered(self, beside: _Lead, start: int, text: str, steps: tuple[str, ...]) -> _Lead | None:
        """Return where 第三条第二项 leads; 第二项 alone belongs to the clause or paragraph of the lead beside it."""
        numbers = {step.rstrip("之" + CHINESE_DIGITS)[-1:]: clause_number(step) for step in steps}
        kind = next((kind for kind in "条节章编" if kind in numbers), None)
        if kind is not None:
            place = _KINDS[kind], numbers[kind]
            if place[0] not in self._kinds or self._counted[place] > 1 or not place[1]:
                return None
            beside = _Lead("", 0, (kind, place[1], None, None), self._by_number.get(place))
        paragraph, item = numbers.get("款") or beside.paragraph, numbers.get("项")
        below = beside.unit is not None and ("款" in numbers or item)
        line = _Lines(beside.unit.text).find(paragraph, item) if beside.unit and below else None
        key = (*beside.key[:2], numbers.get("款") or beside.key[2], item)
        return None if line == "" else _Lead(text, start, key, beside.unit, paragraph, line)

    def _unnumbered(self, unit: Unit, start: int, text: str) -> _Lead | None:
        """Return where 前款, 前条, 本章 and 附件2 lead; of 前两条 the first."""
        if text[0] == "附":
            place = ClauseKind.ANNEX, clause_number(text[2:])
            return _Lead(text, start, ("附", place[1], None, None), self._by_number.get(place))
        if text[0] == "本":
            above = (self._units[place] for place in unit.parents)
            found = next((each for each in above if each.kind is _KINDS[text[1]]), None)
            return _Lead(text, start, (text, None, None, None), found)
        count = to_int(text[1:-1] or "一") or 2
        if text[-1] == "条":
            index = self._articles.index(unit) - count if unit in self._articles else -1
            return _Lead(text, start, (text, None, None, None), self._articles[index]) if index >= 0 else None
        words, paragraph, line = _Lines(unit.text).above(unit.text.count("\n", 0, start), text[-1], count)
        return _Lead(text, start, (text, words, None, None), unit, paragraph, line)


class _Lines:
    """The paragraphs of a clause and the items below each: number of the paragraph, of the item, and words."""

    def __init__(self, text: str) -> None:
        self._rows: list[tuple[int, str | None, str]] = []
        paragraph = 0
        for line in text.split("\n"):
            label = _LABEL.match(line)
            paragraph += label is None
            number = (clause_number(label[0]) or "?") if label else None
            self._rows.append((paragraph, number, line[label.end() if label else 0 :].strip(" 　；。;")))
        self.words = {words for _, _, words in self._rows}

    def find(self, paragraph: str | None, item: str | None) -> str | None:
        """Return the words of a line; None if the number does not exist, empty if the line is uncertain."""
        within = [
            row
            for row in self._rows
            if paragraph in (None, str(row[0])) and (row[1] is None) == (item is None)
        ]
        found = [words for _, number, words in within if number == item]
        return found[0] if len(found) == 1 else "" if found or (item and not within) else None

    def above(self, line: int, step: str, count: int) -> tuple[str, str | None, str | None]:
        """Return the words of a line, and number and words of the paragraph `count` before it; for 前项 also the words of the item."""
        paragraph, item, words = self._rows[line]
        if step == "款" or item is None:
            number = str(paragraph - count)
            return words, number, self.find(number, None)
        rows = self._rows[max(line - count, 0) : line]
        is_list = len(rows) == count and all(row[0] == paragraph and row[1] for row in rows)
        return words, None, rows[0][2] if is_list else None


def _signal(lead: _Lead, meant: _Lead | None, detail: str) -> Signal:
    old, new = (
        f"{one.text}：{first_words(words, _QUOTED)}"
        if one and (words := one.line or (one.unit.text if one.unit else ""))
        else None
        for one in (meant, lead if detail == "left behind" else None)
    )
    return Signal(
        type=SignalType.REFERENCE,
        direction=Direction.CHANGED,
        old=old,
        new=new or lead.text,
        new_span=Span(lead.start, lead.start + len(lead.text)),
        weight=max(weight_of(SignalType.REFERENCE), 0.45),
        detail=detail,
    )
