"""A plain Word file of a text, for an old version that is none: it is then marked like any other."""

from policydiff.extract.limits import Limits
from policydiff.redlining.plain_side import PlainSide
from policydiff.redlining.undoing import accept


def plain_file(text: str, limits: Limits) -> bytes:
    """Return a DOCX that says what a text says, its rows as tables."""
    from policydiff.report.word_file import saved, word_file  # noqa: PLC0415 (python-docx is loaded for this alone)

    blank = saved(word_file("", "", "", landscape=False))
    return PlainSide(blank, text.splitlines(), limits).written(accept)
