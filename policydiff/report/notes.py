"""The notes of a revision diff, which name facts over many units in short English, as sentences for readers."""

import re

from policydiff.report.catalog import Catalog

_SHIFT = re.compile(r"(.+) onwards ([+-]\d+|±0)")
"""`第二十一条 onwards +3`"""
_FOLLOWING = re.compile(r"(\d+) units? differ only in references that follow the renumbering")
_ALSO = re.compile(r"(.+) also goes into (.+)")
"""`第十二条 also goes into 第十五条`"""


def notes(found: tuple[str, ...], say: Catalog) -> tuple[str, ...]:
    """Return the notes as sentences, all shifts of numbers in one; a note of another form stays as it is."""
    shifts = [match for note in found if (match := _SHIFT.fullmatch(note))]
    told = []
    if shifts:
        parts = (say("from {clause} {shift}", clause=match[1], shift=match[2]) for match in shifts)
        told.append(say("Numbers shift: {told}.", told=say("; ").join(parts)))
    return (*told, *(_sentence(note, say) for note in found if not _SHIFT.fullmatch(note)))


def _sentence(note: str, say: Catalog) -> str:
    if match := _FOLLOWING.fullmatch(note):
        return say.plural(
            "{n} clause differs only in references that follow the new numbers.",
            "{n} clauses differ only in references that follow the new numbers.",
            int(match[1]),
        )
    if match := _ALSO.fullmatch(note):
        return say("Words of {old} also went into {new}.", old=match[1], new=match[2])
    return note
