"""Whether every character of a text is in a clause of its document or was set aside, once, and in order."""

from collections.abc import Iterable

from policydiff.lexicon.widths import BLANKS
from policydiff.model import Document, Span
from policydiff.parsing.source import Dropped

_NO_BLANKS = str.maketrans("", "", BLANKS)


def unaccounted(text: str, document: Document, rest: Iterable[Dropped]) -> list[str]:
    """Return what a parse lost, doubled or moved; an empty list means the text can be given back from the result.

    Checked are: clauses one after the other without overlap; label and words of each clause are the characters at
    its span, blanks and set-aside furniture inside excepted; every character that is no blank lies in a clause or
    was set aside, once.
    """
    faults: list[str] = []
    furniture = sorted((dropped.span for dropped in rest), key=lambda span: span.start)
    taken: list[Span] = []
    inside = 0
    position = 0
    # A note stands below the clause that calls it, wherever it is printed.
    for clause in sorted(document.walk(), key=lambda each: each.span.start):
        start, end = clause.span
        if start == end:
            if clause.label or clause.text:
                faults.append(f"{clause.id} has words but no place")
            continue
        if start < position:
            faults.append(f"{clause.id} at {start} overlaps what ends at {position}")
        position = max(position, end)
        while inside < len(furniture) and furniture[inside].end <= start:
            inside += 1
        pieces: list[str] = []
        done = start
        index = inside
        while index < len(furniture) and furniture[index].start < end:
            pieces.append(text[done : furniture[index].start])
            done = max(done, furniture[index].end)
            index += 1
        pieces.append(text[done:end])
        printed = "".join(pieces).translate(_NO_BLANKS)
        words = f"{clause.label or ''}{clause.text}".translate(_NO_BLANKS)
        if printed != words:
            faults.append(f"{clause.id} at {start}: {_difference(printed, words)}")
        taken.append(clause.span)
    faults.extend(_gaps(text, sorted([*taken, *furniture])))
    return faults


def _gaps(text: str, spans: list[Span]) -> Iterable[str]:
    position = 0
    for start, end in [*spans, Span(len(text), len(text))]:
        if start > position and (lost := text[position:start].strip(BLANKS)):
            yield f"lost at {position}: {lost[:60]!r}"
        position = max(position, end)


def _difference(printed: str, words: str) -> str:
    for index, (one, other) in enumerate(zip(printed, words, strict=False)):
        if one != other:
            return f"{printed[index : index + 20]!r} became {words[index : index + 20]!r}"
    shorter = min(len(printed), len(words))
    return f"{printed[shorter : shorter + 20]!r} became {words[shorter : shorter + 20]!r}"
