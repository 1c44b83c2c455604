"""Differences outside the clauses: head, signature, tables there, and lines that the parser left out.

Rule: where the words of two texts differ, a diff says where. Lines outside the clauses are compared here. Where neither they
nor the clauses differ and the words of the texts do (page furniture inside a clause, a line at another place), the whole
texts are compared line by line.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from policydiff.lexicon.bodies import bodies_agree
from policydiff.lexicon.shortest_edits import common_share, matching_blocks
from policydiff.lexicon.titles import DocumentTitle, words_behind
from policydiff.lexicon.widths import fold_words
from policydiff.model import (
    Document,
    Genre,
    LeftOutDiffers,
    OutsideChange,
    OutsideKind,
    RevisionSummary,
    SidesDoubt,
    Span,
    Wording,
)
from policydiff.revision.units import LINE_REWRITTEN

_FIELDS = (
    "document_number", "issuing_bodies", "drafting_body", "addressees", "copied_to", "disclosure", "keywords",
)  # fmt: skip
_DATES = ("issued", "adopted", "amended", "published")


_ALWAYS = frozenset({"struck", "deleted", "inserted", "hidden", "comment", "note", "stamp", "watermark"})
"""Kinds of left-out words that somebody wrote into the file on purpose."""
_AT_EDGES = frozenset({"header", "footer"})
"""Kinds of left-out words that only some file formats have; compared if both files have words of the kind."""


def left_out_differs(old: Document, new: Document) -> LeftOutDiffers | None:
    """Return the left-out words that only one of two texts has; None if there are none."""
    held = [{each.kind for each in side.left_out} for side in (old, new)]
    kinds = _ALWAYS | (_AT_EDGES & held[0] & held[1])
    words = [
        {
            fold_words(each.text): each.text
            for each in side.left_out
            if each.kind in kinds and fold_words(each.text)
        }
        for side in (old, new)
    ]
    alone = [
        tuple(text for key, text in own.items() if key not in other) for own, other in (words, words[::-1])
    ]
    return LeftOutDiffers(old=alone[0], new=alone[1]) if any(alone) else None


_KEPT = 0.5
"""Share (0…1) of units in both texts (unchanged, modified, split, merged) below which texts with different titles or issuers, or without
titles, look like two documents: renamed revisions kept 0.6, two plans of successive years 0.3, two unlike rules without titles hardly any."""


def sides_doubt(old: Document, new: Document, summary: RevisionSummary, units: int) -> SidesDoubt | None:
    """Return a doubt that two texts are an earlier and a later version of one document; None without a doubt."""
    titles, others = (None if not each.title else DocumentTitle.parse(each.title) for each in (old, new))
    named = titles is not None and others is not None and not titles.is_generic and not others.is_generic
    known = bool(old.issuing_bodies and new.issuing_bodies)
    retitled = (
        titles is not None
        and others is not None
        and named
        and not {titles.key, titles.carried} & {others.key, others.carried} - {None}
    )
    named_there = retitled and (
        words_behind(old.title or "", new.title or "") or words_behind(new.title or "", old.title or "")
    )
    reissued = known and not bodies_agree(old.issuing_bodies, new.issuing_bodies)
    nameless = not named and not known
    kept = summary.unchanged + summary.modified + summary.split + summary.merged
    if (
        named_there
        or (retitled and reissued)
        or ((retitled or reissued or nameless) and kept < _KEPT * units)
    ):
        return SidesDoubt.DOCUMENTS
    first, second = (_text_day(each) for each in (old, new))
    return SidesDoubt.SWAPPED if first is not None and second is not None and first > second else None


def _text_day(document: Document) -> date | None:
    """Return the day of the text: of its last amendment or of its issue (an amended statute keeps its first adoption), else of its commencement."""
    dates = document.dates
    return max(
        (day for day in (dates.issued, dates.adopted, dates.published, dates.amended) if day),
        default=dates.effective,
    )


class _Line(NamedTuple):
    """Words of one line that belong to no clause."""

    text: str
    key: str
    """Its folded words."""
    span: Span
    kind: OutsideKind


def outside_changes(old: Document, new: Document) -> tuple[OutsideChange, ...]:
    """Return the differences outside the clauses; for documents without texts, the differences of their head fields."""
    if old.text is None or new.text is None:
        return tuple(_of_fields(old, new))
    return tuple(_differences(list(_loose(old, old.text)), list(_loose(new, new.text))))


def whole_text(old: Document, new: Document) -> tuple[OutsideChange, ...]:
    """Return the differences of two whole texts line by line; empty if their bare words are equal."""
    if old.text is None or new.text is None or fold_words(old.text) == fold_words(new.text):
        return ()
    sides = [
        [_Line(text, fold_words(text), span, OutsideKind.NOT_PLACED) for text, span in _lines(side)]
        for side in (old.text, new.text)
    ]
    return tuple(_differences(*([line for line in side if line.key] for side in sides)))


def _lines(text: str) -> Iterator[tuple[str, Span]]:
    position = 0
    for line in text.split("\n"):
        yield line, Span(position, position + len(line))
        position += len(line) + 1


def _loose(document: Document, text: str) -> Iterator[_Line]:
    """Yield the words of each line outside all clauses; title and carrier notice are compared separately."""
    taken = sorted(clause.span for clause in document.walk() if clause.span.end > clause.span.start)
    first = taken[0].start if taken else len(text)
    last = max((span.end for span in taken), default=len(text))
    lines = list(_lines(text))
    told = _told([fold_words(line) for line, _ in lines], document)
    index = 0
    for number, (_, span) in enumerate(lines):
        while index < len(taken) and taken[index].end <= span.start:
            index += 1
        if number in told:
            continue
        for start, end in _gaps(span, taken, index):
            words = text[start:end].strip()
            key = fold_words(words)
            if not key:
                continue
            kind = OutsideKind.NOT_PLACED
            if "\t" in words or words.startswith("|"):
                kind = OutsideKind.TABLE
            elif start < first:
                kind = OutsideKind.HEAD
            elif start >= last:
                kind = OutsideKind.TAIL
            offset = start + text[start:end].index(words[0])
            yield _Line(words, key, Span(offset, offset + len(words)), kind)


_NEAR = 30
"""Lines before and after its own place among which the likest line is looked for: a head has fewer lines in all."""
_TITLE_LINES = 5
"""Most lines of a printed title; longer titles are compared with the head."""


def _told(keys: Sequence[str], document: Document) -> set[int]:
    """Return the indexes of the lines compared as title or carrier notice: the last whole copy of each."""
    carried = document.carrier.text if document.carrier else ""
    told: set[int] = set()
    for words in (document.title or "", *carried.split("\n")):
        wanted = fold_words(words)
        if wanted:
            told |= _last_run(keys, wanted, told)
    return told


def _last_run(keys: Sequence[str], wanted: str, told: set[int]) -> set[int]:
    """Return the last lines that together make up the wanted words; empty if there are none."""
    for start in range(len(keys) - 1, -1, -1):
        if not keys[start] or not wanted.startswith(keys[start]) or start in told:
            continue
        for end in range(start + 1, min(len(keys), start + _TITLE_LINES) + 1):
            if "".join(keys[start:end]) == wanted:
                return set(range(start, end))
    return set()


def _gaps(line: Span, taken: Sequence[Span], first: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line not covered by any span; `first` is the first span that may reach the line."""
    position = line.start
    for index in range(first, len(taken)):
        span = taken[index]
        if span.start >= line.end:
            break
        if span.start > position:
            yield position, span.start
        position = max(position, span.end)
    if position < line.end:
        yield position, line.end


def _differences(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[OutsideChange]:
    i = j = 0
    ends = [(len(old), len(new), 0)]
    for a, b, size in [*matching_blocks([line.key for line in old], [line.key for line in new]), *ends]:
        yield from _paired(old[i:a], new[j:b])
        i, j = a + size, b + size


def _paired(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[OutsideChange]:
    """Yield each old line with the most alike new line nearby, then the lines without a counterpart."""
    left = list(new)
    for index, line in enumerate(old):
        first = max(0, index * len(new) // len(old) - (len(new) - len(left)) - _NEAR)
        near = left[first : first + 2 * _NEAR + 1]
        best = max(near, key=lambda other: common_share(line.key, other.key), default=None)
        if best is not None and common_share(line.key, best.key) >= LINE_REWRITTEN:
            left.remove(best)
            yield _change(line, best)
        else:
            yield _change(line, None)
    for line in left:
        yield _change(None, line)


def _change(old: _Line | None, new: _Line | None) -> OutsideChange:
    one, other = old.text if old else "", new.text if new else ""
    from policydiff.substance.signalling import signals_between  # noqa: PLC0415 (equal texts do without)

    signals = signals_between(one, other, genre=Genre.POLICY) if old and new else ()
    kind = new.kind if new else old.kind if old else OutsideKind.NOT_PLACED
    return OutsideChange(
        kind=kind,
        old=old.text if old else None,
        new=new.text if new else None,
        old_span=old.span if old else None,
        new_span=new.span if new else None,
        wording=compared(one, other),
        signals=signals,
        weight=max((signal.weight for signal in signals), default=0.0),
    )


def compared(old: str, new: str) -> tuple[Wording, ...]:
    """Return the words of two texts, kept and changed."""
    from policydiff.revision.wording import compare_wording  # noqa: PLC0415 (equal texts do without)

    return compare_wording(old, new)


def _of_fields(old: Document, new: Document) -> Iterator[OutsideChange]:
    values = [
        (getattr(old, name), getattr(new, name)) for name in _FIELDS
    ] + [(getattr(old.dates, name), getattr(new.dates, name)) for name in _DATES]  # fmt: skip
    for before, after in values:
        one, other = _written(before), _written(after)
        if fold_words(one) != fold_words(other):
            yield OutsideChange(
                kind=OutsideKind.HEAD, old=one or None, new=other or None, wording=compared(one, other)
            )


def _written(value: object) -> str:
    if value is None:
        return ""
    return (
        "、".join(map(str, value))
        if isinstance(value, Iterable) and not isinstance(value, str)
        else str(value)
    )
