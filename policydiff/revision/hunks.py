"""The edits of a wording, each with the sentence it stands in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policydiff.model import Wording, WordingOp

_END = re.compile(r"[。；;\n]")
_CLAUSE_END = re.compile(r"[，。；;：:\n]")


@dataclass(frozen=True, slots=True)
class Hunk:
    """One edit: what was taken out and put in, and the words around it."""

    old: str
    new: str
    before: str
    """What stands before it in the same sentence, on the new side."""
    after: str
    """What follows it in the same sentence."""

    @property
    def sentence(self) -> str:
        """The sentence with both the old and the new words in it."""
        return f"{self.before}{self.old}{self.new}{self.after}"


def hunks(wording: Sequence[Wording]) -> Iterator[Hunk]:
    """Yield the edits of a wording in order."""
    new_side = [run for run in wording if run.op is not WordingOp.DELETE]
    text = "".join(run.text for run in new_side)
    place = 0
    index = 0
    while index < len(wording):
        run = wording[index]
        if run.op is WordingOp.EQUAL:
            place += len(run.text)
            index += 1
            continue
        old = new = ""
        while index < len(wording) and wording[index].op is not WordingOp.EQUAL:
            if wording[index].op is WordingOp.DELETE:
                old += wording[index].text
            else:
                new += wording[index].text
            index += 1
        end = place + len(new)
        yield Hunk(old=old, new=new, before=_tail(text[:place]), after=_head(text[end:]))
        place = end


def clauses(text: str) -> list[str]:
    """Return the stretches between commas and stops."""
    return [piece.strip() for piece in _CLAUSE_END.split(text) if piece.strip()]


def _tail(text: str) -> str:
    window = text[-400:]
    ends = [match.end() for match in _END.finditer(window)]
    return window[ends[-1] :] if ends else window


def _head(text: str) -> str:
    window = text[:400]
    match = _END.search(window)
    return window[: match.start()] if match else window
