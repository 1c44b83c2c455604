"""Differences in substance between two aligned passages, including those between parts that correspond at unlike places."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policydiff.lexicon.measures import Measure
from policydiff.lexicon.numerals import clause_number
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.value_bounds import role_of
from policydiff.lexicon.widths import fold_words, in_simple_signs
from policydiff.model import Direction, Genre, Modal, Signal, SignalType, Span
from policydiff.substance.alignment import SANCTION_VERB, Aligned, Sides, ahead, align, make_signal
from policydiff.substance.arrangement import passed_on, rows_moved
from policydiff.substance.canonical import Canonical, naming_itself, parts_of, read_now, read_sides
from policydiff.substance.counterparts import item_joints, signs, unit_captions
from policydiff.substance.exchanges import exchanged_across
from policydiff.substance.feature_differences import compare_parts, exchanged, overlap, told_once
from policydiff.substance.features import find_exceptions
from policydiff.substance.following import Numbering
from policydiff.substance.last_reading import reworded
from policydiff.substance.offences import cases_moved, same_offences
from policydiff.substance.one_side import Elsewhere, of_parts
from policydiff.substance.other_actors import as_named_in
from policydiff.substance.provisions import QUANTITY_TYPES, is_purpose
from policydiff.substance.requirements import limited
from policydiff.substance.shown_words import in_whole_words
from policydiff.substance.value_differences import CEILINGS, FLOORS, Range, ends, ranges, stretch
from policydiff.substance.vocabulary import as_printed, in_form_of, one_writing
from policydiff.substance.weighing import VALUE_ELSEWHERE

_AROUND = 6
"""Characters on either side of a value that are compared to recognise the value in another part."""
_MOST_PAIRS = 10_000
"""Most pairs of values compared (0.1 ms each): a hundred values on either side of one clause."""
_Parts = tuple[list[Canonical], list[Canonical]]
_NOWHERE = Numbering({})


class _Value(NamedTuple):
    """A value without a counterpart in the part that is aligned with its own part."""

    part: Canonical
    value: Range
    signal: Signal | None
    """The signal that already shows this value; None if the whole part came or went."""

    @property
    def window(self) -> str:
        text, (start, end) = self.part.part.text, stretch(self.value)
        return one_writing(f"{text[max(0, start - _AROUND) : start]}㊋{text[end : end + _AROUND]}")

    @property
    def is_step(self) -> bool:
        """Whether the value is a step by which another sum changes: 提高20元."""
        return role_of(self.part.part.text, self.value.low) == "by"


def values_apart(found: Sequence[Signal], sides: _Parts, aligned: Aligned, genre: Genre) -> Iterator[Signal]:
    """Yield the signals; values that only moved to another part are compared with each other (处一万元 here, 处三万元 in the next part)."""
    used: set[int] = set()
    met: list[Signal] = []
    alone = {
        quantity.as_share.measure
        for side, indexes in zip(sides, (aligned.gone, aligned.come), strict=True)
        for index in indexes
        for quantity in side[index].quantities
    }
    said = {signal.type for signal in found if signal.old is None or signal.new is None}
    for measure in Measure:
        if measure not in alone and QUANTITY_TYPES[measure] not in said:
            continue
        gone, come = (_left(parts, aligned, found, measure, side) for side, parts in enumerate(sides))
        if len(gone) * len(come) > _MOST_PAIRS:
            continue  # each stays what was said of it; only a text made to take time has so many
        alone_each = len(gone) == len(come) == 1
        for one in gone:
            alike = [other for other in come if one.value.alike(other.value) and one.is_step is other.is_step]
            likest = max(alike, key=lambda other: common_share(one.window, other.window), default=None)
            if likest is None or (one.signal is likest.signal is None and len(gone) > len(come)):
                continue
            same = next((other for other in come if one.value.same(other.value)), None)
            if same is not None:
                likest = same  # only the words around it stand elsewhere
            elif not _is_one_value(sides, one, likest, alone_each=alone_each):
                continue
            come.remove(likest)
            used |= {id(each.signal) for each in (one, likest) if each.signal}
            if not one.value.same(likest.value):
                around = _sentence(sides[0], one), _sentence(sides[1], likest)
                met += ends(Sides(one.part, likest.part, genre, _NOWHERE, around), one.value, likest.value)
    yield from (signal for signal in found if id(signal) not in used)
    yield from met


def _is_one_value(sides: _Parts, one: _Value, other: _Value, *, alone_each: bool) -> bool:
    """Return whether a value took the other's place: among like words, or as the only ceiling or floor of one kind of rule (`alone_each`).

    给予15%、最高500万元的补助 → 给予10%的补助，最高300万元 is one ceiling of one aid, whatever stands around it.
    """
    sentences = _sentence(sides[0], one), _sentence(sides[1], other)
    kinds = [{name for name, words in _OF_MONEY.items() if words.search(text)} for text in sentences]
    if all(kinds) and not kinds[0] & kinds[1]:
        return False
    if common_share(one.window, other.window) >= VALUE_ELSEWHERE:
        return True
    bounds = {each.value.high.bound for each in (one, other)}
    limits = bounds <= CEILINGS or bounds <= FLOORS
    return alone_each and limits and kinds[0] == kinds[1] and len(kinds[0]) == 1


_LITTLE = 12
"""Most characters around a value in a part that says nothing but the value: 单个项目补贴总额最高(100万元)."""


def _sentence(parts: Sequence[Canonical], value: _Value) -> str:
    """Return the text of the sentence that holds a value."""
    return "".join(each.part.text for each in parts if each.part.sentence == value.part.part.sentence)


def _not_told(parts: Iterator[Signal], found: Sequence[Signal]) -> Iterator[Signal]:
    """Yield the signals of whole parts, without those of a value that was told as changed: 最高300万元, when 500万元 → 300万元 is told."""
    ways = (Direction.HIGHER, Direction.LOWER)
    moved = [each for each in found if each.old and each.new and each.direction in ways]
    changed = [(each.type, span) for each in moved for span in (each.old_span, each.new_span) if span]
    for part in parts:
        span = part.new_span or part.old_span
        if span is None or not any(
            part.type is kind
            and span.start <= at.start <= at.end <= span.end
            and (span.end - span.start) - (at.end - at.start) <= _LITTLE
            for kind, at in changed
        ):
            yield part


_OF_MONEY = {
    "aid": lazy_pattern("补[助贴]|奖[励补]|资助|扶持|支持|贴息"),
    "charge": lazy_pattern("收费|收取|费用|租金|保证金|押金"),
    "sanction": lazy_pattern("罚款|罚金|处以?[^，。；]{0,12}元|没收"),
}
"""Kinds of rules about money; a ceiling of one kind is never compared with a ceiling of another."""


def _left(
    parts: Sequence[Canonical], aligned: Aligned, found: Sequence[Signal], measure: Measure, side: int
) -> list[_Value]:
    """Return the values of one measure that only this side has, in parts without a counterpart or in aligned parts."""
    alone = (aligned.gone, aligned.come)[side]
    values = [_Value(parts[index], value, None) for index in alone for value in ranges(parts[index], measure)]
    said = {
        (signal.old_span, signal.new_span)[side]: signal
        for signal in found
        if signal.type is QUANTITY_TYPES[measure] and (signal.old, signal.new)[1 - side] is None
    }
    paired = [pair[side] for pair in aligned.pairs]
    for index in paired if said else ():
        part = parts[index]
        for value in ranges(part, measure):
            start, end = stretch(value)
            if signal := said.get(Span(part.part.start + start, part.part.start + end)):
                values.append(_Value(part, value, signal))
    return values


def signals_between(
    old: str,
    new: str,
    *,
    genre: Genre,
    numbering: Numbering | None = None,
    elsewhere: Elsewhere | None = None,
) -> tuple[Signal, ...]:
    """Return the differences of substance between an earlier (or superior) and a later (or local) passage, in order of `new`.

    Each item or paragraph of a passage is a line of its own. No difference are: equal values, duty words
    of one class, character widths, marks, synonyms, fillers, and a reference that follows its renumbered
    clause (`numbering`). `elsewhere` holds the normalised words of the whole documents.

    >>> [(found.type.value, found.direction.value) for found in
    ...  signals_between("机构不得收取押金。", "机构可以收取押金。", genre=Genre.POLICY)]
    [('prohibition', 'looser')]
    """
    if fold_words(old) == fold_words(new):
        return ()
    read = [naming_itself(text) for text in in_simple_signs(old, new)]
    found = differences(*read, genre=genre, numbering=numbering, elsewhere=elsewhere)
    told = told_once(list(in_whole_words(found, *read)))
    return tuple(told if read == [old, new] else (as_printed(signal, old, new) for signal in told))


def differences(
    old: str,
    new: str,
    *,
    genre: Genre,
    numbering: Numbering | None = None,
    elsewhere: Elsewhere | None = None,
) -> tuple[Signal, ...]:
    """Return the signals of `signals_between` with the differing words only, not widened to whole words."""
    printed, left = (old, new), in_form_of(old, new)
    come = in_form_of(new, left.text, as_named_in(new, left.text))
    forms = in_form_of(old, come.text) if come.places else left, come
    old, new = (form.text for form in forms)
    sides, aligned = _together(old, new, genre)
    if numbering is not None and any(kind in text for kind in "款项" for text in (old, new)):
        numbering = Numbering({**numbering.moved, **_lines_moved(sides, aligned)})
    found: list[Signal] = list(cases_moved(sides, genre))
    purposes = _purposes(sides)
    pairs = [
        Sides(
            sides[0][one],
            sides[1][other],
            genre,
            (numbering or _NOWHERE)._replace(ahead=(ahead(sides[0], one), ahead(sides[1], other))),
            (_around(sides[0], one), _around(sides[1], other)),
            (_around(sides[0], one, shape=True), _around(sides[1], other, shape=True)),
        )
        for one, other in aligned.pairs
    ]
    for pair in pairs:
        of_purpose = pair.old.part.sentence in purposes[0] and pair.new.part.sentence in purposes[1]
        found += (reworded if of_purpose else compare_parts)(pair)
    found = list(values_apart(found, sides, aligned, genre))
    known = elsewhere or Elsewhere()
    rewritten = _rewritten(sides, aligned)
    apart = found[:]
    found += _not_told(of_parts(sides[0], aligned.gone, old, known, rewritten[0], comes=False), apart)
    found += _not_told(of_parts(sides[1], aligned.come, new, known, rewritten[1], comes=True), apart)
    # penalties joined by 或者 were read as members of a list
    unread = not found or (SANCTION_VERB.search(new) and {each.type for each in found} == {SignalType.SCOPE})
    for way in _either_gone(sides, (old, new), genre) if unread else ():
        found = [*(each for each in found if not overlap(each, way)), way]
    kept = found or list(rows_moved(old, new))
    captions = [*unit_captions(old, new), *signs(old, new), *item_joints(old, new)]
    kept = [*(each for each in kept if not any(overlap(each, other) for other in captions)), *captions]
    for signal in exchanged_across(*sides, (old, new)):
        if not any(overlap(signal, other) for other in kept):
            kept.append(signal)
    kept = list(same_offences(kept or list(passed_on(pairs)), sides, genre))
    told = (as_printed(limited(signal, old, new), *printed, forms) for signal in told_once(exchanged(kept)))
    return tuple(sorted(told, key=_place))


def _lines_moved(sides: _Parts, aligned: Aligned) -> dict[str, dict[str, frozenset[str]]]:
    """Return how the paragraphs (款) and items (项) of an article were renumbered, read from lines whose first parts correspond."""
    moved: dict[str, dict[str, frozenset[str]]] = {"款": {}, "项": {}}
    lines: list[dict[int, tuple[str, str]]] = []
    for side in sides:
        first = {part.part.line: index for index, part in reversed(list(enumerate(side)))}
        paragraphs = (index for line, index in sorted(first.items()) if not side[index].part.label)
        numbered = {index: ("款", str(place)) for place, index in enumerate(paragraphs, 1)}
        items = {index: ("项", clause_number(side[index].part.label) or "") for index in first.values()}
        lines.append(items | numbered)
    equal = [
        (one, other) for one in lines[0] for other in lines[1] if sides[0][one].words == sides[1][other].words
    ]
    for one, other in (*aligned.pairs, *equal):
        old, new = lines[0].get(one), lines[1].get(other)
        if old and new and old[0] == new[0]:
            moved[old[0]][old[1]] = moved[old[0]].get(old[1], frozenset()) | {new[1]}
    return moved


def _either_gone(sides: _Parts, passages: tuple[str, str], genre: Genre) -> Iterator[Signal]:
    """Yield a signal where either of two acts suffices on one side and both are required on the other: 警告或者责令改正 → 责令改正，给予警告."""
    if passages[0].count("或") == passages[1].count("或"):
        return
    for way in (0, 1):
        for part in sides[way]:
            acts = [
                (before[-_ACT:], after[:_ACT]) for before, after in pairwise(_EITHER.split(part.part.text))
            ]
            if not acts or any(part.words in other.words for other in sides[1 - way]):
                continue
            apart = [
                other.part
                for other in sides[1 - way]
                if (acts[0][0] in other.part.text) != (acts[0][1] in other.part.text)
            ]
            if len(apart) != _BOTH:
                continue
            text = passages[1 - way][apart[0].start : apart[-1].end]
            beside = part._replace(part=apart[0]._replace(end=apart[-1].end, text=text))
            both = (part, beside) if way == 0 else (beside, part)
            kind = SignalType.SANCTION if SANCTION_VERB.search(text) else SignalType.CONDITION
            places = [(0, len(each.part.text)) for each in both]
            yield make_signal(Sides(*both, genre, _NOWHERE), kind, "looser" if way else "stricter", *places)


_ACT = 4
"""Characters on either side of 或者 that identify an act: 给予警告, 责令改正."""
_BOTH = 2
_EITHER = lazy_pattern("或者?")


def _together(old: str, new: str, genre: Genre) -> tuple[tuple[list[Canonical], list[Canonical]], Aligned]:
    """Return the parts of both passages and their alignment; statements of purpose count neither as gone nor as come."""
    sides = read_sides(parts_of(old), parts_of(new), genre)
    aligned, purposes = align(*sides), _purposes(sides)
    read_now(sides[0], (*aligned.gone, *(one for one, _ in aligned.pairs)), genre)
    read_now(sides[1], (*aligned.come, *(other for _, other in aligned.pairs)), genre)
    gone, come = (
        tuple(index for index in alone if side[index].part.sentence not in made or _rules(side[index]))
        for side, alone, made in zip(sides, (aligned.gone, aligned.come), purposes, strict=True)
    )
    return sides, Aligned(aligned.pairs, gone, come)


def _rules(part: Canonical) -> bool:
    """Return whether the part lays down a rule even inside a sentence that states the purpose of the text."""
    binds = {modal.modal for modal in part.modals}
    return bool(binds & {Modal.MUST, Modal.MUST_NOT, Modal.MAY} or find_exceptions(part.part.text))


def _rewritten(sides: _Parts, aligned: Aligned) -> tuple[set[int], set[int]]:
    """Return for each side the lines that the other side has in other words: an aligned part makes up most of the line there."""
    lengths = [Counter[int]() for _ in sides]
    for side, held in zip(sides, lengths, strict=True):
        for part in side:
            held[part.part.line] += len(part.part.text)
    found: tuple[set[int], set[int]] = set(), set()
    for pair in aligned.pairs:
        parts = [side[index].part for side, index in zip(sides, pair, strict=True)]
        for way in (0, 1):
            other = parts[1 - way]
            if 2 * len(other.text) > lengths[1 - way][other.line]:
                found[way].add(parts[way].line)
    return found


_MADE = lazy_pattern("制定(?:本|此|如下|以下|某)|提出(?:如下|以下|本)(?:实施)?意见")


def _purposes(sides: _Parts) -> list[set[int]]:
    """Return for each side the numbers of the sentences that state why the text was made (为了…，…，制定本办法)."""
    return [
        {
            part.part.sentence
            for part in side
            if part.part.text.startswith("为")
            and is_purpose(part.part.text)
            and any(
                other.part.sentence == part.part.sentence and _MADE.search(other.part.text) for other in side
            )
        }
        for side in sides
    ]


def _around(side: Sequence[Canonical], index: int, *, shape: bool = False) -> str:
    """Return the words (or, with `shape`, the shapes) of the sentence that holds the part at `index`."""
    sentence = side[index].part.sentence
    return "".join(
        each.shape if shape else each.words
        for each in side[max(0, index - _NEAR) : index + _NEAR + 1]
        if each.part.sentence == sentence
    )


_NEAR = 12
"""Parts looked at on either side of a part; sentences have fewer."""


def one_sided(old: str, new: str, *, genre: Genre, comes: bool) -> tuple[Signal, ...]:
    """Return the provisions of `old` that `new` leaves out, or with `comes` the provisions that `new` adds."""
    sides, aligned = _together(old, new, genre)
    alone, passage = (aligned.come, new) if comes else (aligned.gone, old)
    return tuple(of_parts(sides[comes], alone, passage, Elsewhere(), comes=comes))


def _place(signal: Signal) -> tuple[int, int]:
    span = signal.new_span or signal.old_span
    return (span.start, span.end) if span else (0, 0)
