"""A list as people read it, and the words for what became of its items."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from policydiff.report.catalog import N_, Catalog
from policydiff.report.page import Field, Made, Side, Timeline
from policydiff.report.runs import Cell, badge
from policydiff.report.words import BASIS_CHANGES, VALIDITY, named


class Listed(NamedTuple):
    """The items of a list, its columns, and what stands around them."""

    title: str
    items: Iterable[Any]
    fields: Sequence[Field]
    made: Made = Made()
    sides: tuple[Side, ...] = ()
    lead: str = ""
    """Sentence above the list with the counts; empty if title and number of rows already say as much."""
    answers: tuple[str, ...] = ()
    pictures: tuple[Timeline, ...] = ()
    notice: str = ""
    is_of_one: bool = False
    """Every row names the document that stands above the list: the first column is left out where people read it."""
    is_once: bool = False
    """Rows that say the same stand there once."""


STATES = (
    named(
        (
            *(
                "added",
                "doubtful",
                "refused",
                "unchanged",
                "corrected",
                "add",
                "revise",
                "correct",
                "reextract",
            ),
            *("meta", "reextracted", "damaged", "missing", "unexpected", "changed", "unrecorded", "object"),
            *("removed", "rewritten", "backdated", "unsigned", "failed", "dry run", "unconfirmed"),
            *("transient", "gone", "blocked", "structure_changed", "empty"),
            *("page", "file", "notice", "listing", "feed", "folder"),
        ),
        blocked=N_("access refused"),
        empty=N_("no text"),
        file=N_("linked file"),
        notice=N_("notice with attachments"),
        left_out=N_("left out"),
        add=N_("added"),
        revise=N_("new version"),
        correct=N_("corrected"),
        reextract=N_("read again"),
        meta=N_("described anew"),
        reextracted=N_("read again"),
        object=N_("git object"),
    )
    | VALIDITY
    | BASIS_CHANGES
)
"""Words for what became of a file, a document, a version or a source: values of `status`, `kind`, `state`, `failure` …"""


def judged(value: str, say: Catalog) -> Cell:
    """Return a published name as a judgement in words."""
    return (badge(say(STATES.get(value, value)), value),)
