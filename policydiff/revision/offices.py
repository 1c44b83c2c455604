"""Bodies named on either side of an edit: who was replaced, put in or dropped, and who only bears a new name."""

import re
from collections.abc import Sequence
from functools import cache

from policydiff.model import Signal, SignalType, Wording, WordingOp
from policydiff.revision.lexicon import lexicon
from policydiff.revision.segmentation import cut
from policydiff.revision.wording import rebuild
from policydiff.text.bodies import is_rename, renamed_on

_LONGEST = 18


@cache
def _ending() -> re.Pattern[str]:
    endings = "|".join(sorted(lexicon().body_endings, key=len, reverse=True))
    return re.compile(rf"[一-鿿]{{0,{_LONGEST}}}?(?:{endings})(?![员托派局部厅])")


def body_signals(wording: Sequence[Wording]) -> list[Signal]:
    """Return the changes of bodies, those that are known renames apart; each change once."""
    texts = rebuild(wording, new=False), rebuild(wording, new=True)
    old = _touched(wording, WordingOp.DELETE, texts[1])
    new = _touched(wording, WordingOp.INSERT, texts[0])
    signals: dict[tuple[str | None, str | None], Signal] = {}
    for edit in sorted(old.keys() | new.keys()):
        gone, come = old.get(edit, []), new.get(edit, [])
        for name in list(gone):
            heir = next((other for other in come if is_rename(name, other)), None)
            if heir is not None:
                gone.remove(name)
                come.remove(heir)
                when = renamed_on(name, heir)
                detail = str(when.year) if when else None
                signals[name, heir] = Signal(type=SignalType.BODY_RENAMED, old=name, new=heir, detail=detail)
        for index in range(max(len(gone), len(come))):
            pair = gone[index] if index < len(gone) else None, come[index] if index < len(come) else None
            signals.setdefault(pair, Signal(type=SignalType.RESPONSIBLE_BODY, old=pair[0], new=pair[1]))
    return list(signals.values())


def _touched(wording: Sequence[Wording], op: WordingOp, other_side: str) -> dict[int, list[str]]:
    """Return the bodies whose names an edit touches, by the number of the edit.

    One that the other side names as well, in whatever place, was neither put in nor dropped.
    """
    text = ""
    edits: list[tuple[int, int, int]] = []
    number = 0
    for run in wording:
        if run.op is WordingOp.EQUAL:
            number += 1
        if run.op is op:
            edits.append((len(text), len(text) + len(run.text), number))
        if run.op in (WordingOp.EQUAL, op):
            text += run.text
    found: dict[int, list[str]] = {}
    done = 0
    for start, end, edit in edits:
        for match in _ending().finditer(text, max(done, start - _LONGEST - 8), end + _LONGEST):
            done = match.end()
            name = _name(match[0])
            touched = match.end() - len(name) < end and match.end() > start
            if touched and len(name) > 2 and name not in lexicon().body_generic and name not in other_side:
                found.setdefault(edit, []).append(name)
    return found


def _name(run: str) -> str:
    """Return the name a run of characters ends with: its words after the last that leads up to a name."""
    lexis = lexicon()
    words = cut(run)
    for index in range(len(words) - 2, -1, -1):
        word = words[index]
        if word in lexis.body_before and not (word == "和" and words[index + 1] in lexis.body_joined):
            return _without_lead("".join(words[index + 1 :]))
    return "" if len(run) > _LONGEST else _without_lead(run)


def _without_lead(name: str) -> str:
    """Take off what the segmenter glued to a name: 由市 is one word to it."""
    return name[1:] if name[0] in "由向经报凭" and len(name) > 3 else name
