"""One passage read: everything it lays down, each feature with its place."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from policydiff.model import Found, Genre, InstrumentFound, InstrumentKind, ModalFound, Provision, Span
from policydiff.substance.canonical import Canonical, one_writing, parts_of, read_parts
from policydiff.substance.features import (
    Word,
    find_definitions,
    find_exceptions,
    find_instruments,
    find_rights,
    find_sanctions,
    is_condition,
)
from policydiff.substance.following import find_cited
from policydiff.substance.offices import find_bodies


def read_provision(text: str, *, genre: Genre = Genre.POLICY) -> Provision:
    """Return what a passage lays down.

    Args:
        text: The words of a clause or sentence; items and paragraphs a line each.
        genre: Kind of the text.

    >>> read = read_provision("企业应当在三十日内向公安机关备案，情节轻微的除外。", genre=Genre.STATUTE)
    >>> read.modal.value, read.actor.text, [value.key for value in read.values], [each.kind.value for each in read.instruments]
    ('must', '企业', ['period 30 日 -'], ['filing'])
    """
    parts = read_parts(parts_of(text), genre)
    main = next((part for part in parts if part.modals), None)
    return Provision(
        text=text,
        genre=genre,
        modals=tuple(
            ModalFound(
                text=modal.word, span=Span(part.part.start + modal.start, part.part.start + modal.end),
                key=modal.modal.value, modal=modal.modal, hedged=modal.hedged, approval=modal.approval,
            )
            for part in parts
            for modal in part.modals
        ),
        actor=_before(main) if main else None,
        action=_after(main) if main else None,
        conditions=tuple(_whole(part) for part in parts if is_condition(part.part.text)),
        items=tuple(_whole(part) for part in parts if part.part.label),
        exceptions=_found(parts, lambda part: find_exceptions(part.part.text)),
        values=tuple(
            Found(
                text=value.text, span=Span(part.part.start + value.start, part.part.start + value.end),
                key=" ".join(filter(None, (value.measure.value, _range(value.low, value.high), value.unit, value.bound))),
            )
            for part in parts
            for value in part.quantities
        ),
        horizons=tuple(
            Found(
                text=time.text, span=Span(part.part.start + time.start, part.part.start + time.end),
                key=str(time.last) if time.last else "--{:02}-{:02}".format(*(time.day or (0, 0))),
            )
            for part in parts
            for time in part.horizons
        ),
        bodies=tuple(
            Found(
                text=body.name, span=Span(part.part.start + body.start, part.part.start + body.end), key=body.key
            )
            for part in parts
            for body in find_bodies(part.part.text)
        ),
        sanctions=_found(parts, lambda part: find_sanctions(part.part.text)),
        instruments=tuple(
            InstrumentFound(
                text=word.word, span=Span(part.part.start + word.start, part.part.start + word.end),
                key=word.key, kind=InstrumentKind(word.key),
            )
            for part in parts
            for word in find_instruments(part.part.text)
        ),
        rights=_found(parts, lambda part: find_rights(part.part.text)),
        definitions=_found(parts, lambda part: find_definitions(part.part.text)),
        references=tuple(
            Found(
                text=part.part.text[cited.start : cited.end],
                span=Span(part.part.start + cited.start, part.part.start + cited.end), key=cited.key,
            )
            for part in parts
            for cited in find_cited(part.part.text)
        ),
    )  # fmt: skip


def _found(parts: Sequence[Canonical], finder: Callable[[Canonical], Iterable[Word]]) -> tuple[Found, ...]:
    return tuple(
        Found(
            text=word.word, span=Span(part.part.start + word.start, part.part.start + word.end), key=word.key
        )
        for part in parts
        for word in finder(part)
    )


def _whole(part: Canonical) -> Found:
    return Found(text=part.part.text, span=Span(part.part.start, part.part.end), key=part.words)


def _before(part: Canonical) -> Found | None:
    """Return the words before the first modal of a part: who is bound."""
    return _slice(part, 0, part.modals[0].start)


def _after(part: Canonical) -> Found | None:
    return _slice(part, part.modals[0].end, len(part.part.text))


def _slice(part: Canonical, start: int, end: int) -> Found | None:
    text = part.part.text[start:end]
    if not text:
        return None
    return Found(text=text, span=Span(part.part.start + start, part.part.start + end), key=one_writing(text))


def _range(low: Decimal, high: Decimal) -> str:
    first, last = (f"{value.normalize():f}" for value in (low, high))
    return first if first == last else f"{first}-{last}"
