"""An account of every character of a parsed text: each belongs to one clause or was set aside for a reason.

Doubts met while parsing are kept beside it, as diagnostics.
"""

from collections.abc import Iterable

from policydiff.lexicon.widths import BLANKS, despace
from policydiff.model import Diagnostic, Document, NotPlaced, Severity, Span
from policydiff.parsing.kinds import Kind
from policydiff.parsing.typed import Dropped


class Doubts:
    """Collects diagnostics in the order in which they are met."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def note(self, message: str, span: Span | None = None) -> None:
        """Keep what a reader may want to know."""
        self.found.append(Diagnostic(severity=Severity.INFO, message=message, span=span))

    def warn(self, message: str, span: Span | None = None) -> None:
        """Keep what may be wrong."""
        self.found.append(Diagnostic(severity=Severity.WARNING, message=message, span=span))


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


UNREAD = "unread"
"""Reason of a line that no rule knows a place for."""
HEADLINE = "headline"
"""Reason of a line above the title, as web pages have them."""
_LISTED = frozenset({UNREAD, HEADLINE, str(Kind.PAGE_MARK), str(Kind.WEB), str(Kind.FOOTER)})
"""Reasons that are listed; markup and rules hold no words, and all others went into a field."""


def not_placed(text: str, dropped: Iterable[Dropped], doubts: Doubts) -> tuple[NotPlaced, ...]:
    """Return what was left out of the document, in order; where a line was not read, a warning says how many."""
    left = sorted((one for one in dropped if one.reason in _LISTED), key=lambda one: one.span.start)
    found = [
        NotPlaced(text=despace(text[one.span.start : one.span.end]), span=one.span, reason=one.reason)
        for one in left
    ]
    unread = [one for one in found if one.reason == UNREAD]
    if unread:
        doubts.warn(f"lines in no field and no clause: {len(unread)}", unread[0].span)
    return tuple(found)
