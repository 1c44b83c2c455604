"""References to own articles that renumbering left behind, and those that lead nowhere."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from policydiff.lexicon.numerals import clause_number
from policydiff.model import ClauseKind, Direction, Signal, SignalType, Span
from policydiff.revision.grouping import Match
from policydiff.revision.units import Unit
from policydiff.substance.following import Reference, references
from policydiff.substance.weighing import weight_of

_QUOTED = 24
"""Characters of an article by which a reader knows it."""


def left_behind(
    units: tuple[Sequence[Unit], Sequence[Unit]], matches: Sequence[Match]
) -> Mapping[int, tuple[Signal, ...]]:
    """Return by place of the new clause the references in it that lead to another article than before, or to none.

    `detail` is `left behind` (the article cited bears another number now) or `nowhere`.
    """
    olds, news = _articles(units[0]), _articles(units[1])
    if not news:
        return {}
    heir = {match.old[0].place: match.new[0] for match in matches}
    before = {unit.place: match for match in matches for unit in match.new}
    found: dict[int, tuple[Signal, ...]] = {}
    for unit in units[1]:
        if "条" in unit.text and "第" in unit.text:
            sources = before[unit.place].old if unit.place in before else ()
            signals = tuple(_stale(unit, sources, olds, news, heir, before))
            if signals:
                found[unit.place] = signals
    return found


def _stale(
    unit: Unit,
    sources: Sequence[Unit],
    olds: Mapping[str, Unit],
    news: Mapping[str, Unit],
    heir: Mapping[int, Unit],
    before: Mapping[int, Match],
) -> Iterator[Signal]:
    """Yield the references of a new clause that lead nowhere, or elsewhere than the same number led before."""
    meant = dict.fromkeys(number for source in sources for number in _cited(source.text))
    followed = {
        heir[olds[number].place].number for number in meant if number in olds and olds[number].place in heir
    }
    for reference in references(unit.text):
        number = _article(reference)
        if number is None or not reference.own:
            continue
        target, old = news.get(number), olds.get(number)
        if target is None:
            yield _signal(reference, None, None, "nowhere")
        elif old is not None and number in meant and number not in followed and _unlike(old, target, before):
            yield _signal(reference, old, target, "left behind")


def _cited(text: str) -> Iterator[str]:
    for reference in references(text):
        number = _article(reference) if reference.own else None
        if number is not None:
            yield number


def _articles(units: Sequence[Unit]) -> dict[str, Unit]:
    """Return the articles by number; none where numbers stand twice (a text with annexes of its own articles)."""
    by_number: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.kind is ClauseKind.ARTICLE and unit.number:
            by_number[unit.number].append(unit)
    if any(len(same) > 1 for same in by_number.values()):
        return {}
    return {number: same[0] for number, same in by_number.items()}


def _article(reference: Reference) -> str | None:
    first = reference.steps[0]
    return clause_number(first) if "条" in first else None


def _unlike(meant: Unit, target: Unit, before: Mapping[int, Match]) -> bool:
    """Return whether the article that now bears the number is another one than the article that was meant."""
    match = before.get(target.place)
    return match is None or all(old.place != meant.place for old in match.old)


def _signal(reference: Reference, meant: Unit | None, target: Unit | None, detail: str) -> Signal:
    new = f"{reference.text}：{target.text[:_QUOTED]}" if target else reference.text
    return Signal(
        type=SignalType.REFERENCE,
        direction=Direction.CHANGED,
        old=f"{reference.text}：{meant.text[:_QUOTED]}" if meant else None,
        new=new,
        new_span=Span(reference.start, reference.start + len(reference.text)),
        weight=max(weight_of(SignalType.REFERENCE), 0.45),
        detail=detail,
    )
