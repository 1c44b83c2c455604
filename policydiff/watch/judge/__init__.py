"""Whether a reading is a version: same text or not, plausible or not."""

from policydiff.watch.judge.beside import differ_beside, is_within, restated, without_declared
from policydiff.watch.judge.core import (
    core_essence,
    core_lines,
    document_essence,
    grows,
    overlap,
    text_essence,
)
from policydiff.watch.judge.cuts import check_whole, is_unclosed
from policydiff.watch.judge.declared_facts import FactChange, changed_facts
from policydiff.watch.judge.guards import Reading, check_bytes, check_page, check_reading, typed_by_signs
from policydiff.watch.judge.page_runs import page_of, place_of, same_place, spine_of
from policydiff.watch.judge.surroundings import declared_anew

__all__ = [
    "FactChange",
    "Reading",
    "changed_facts",
    "check_bytes",
    "check_page",
    "check_reading",
    "check_whole",
    "core_essence",
    "core_lines",
    "declared_anew",
    "differ_beside",
    "document_essence",
    "grows",
    "is_unclosed",
    "is_within",
    "overlap",
    "page_of",
    "place_of",
    "restated",
    "same_place",
    "spine_of",
    "text_essence",
    "typed_by_signs",
    "without_declared",
]
