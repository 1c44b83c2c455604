"""Whether a reading is a version: same text or not, plausible or not."""

from policydiff.watch.judge.core import added_beside, core_essence, core_lines, is_within
from policydiff.watch.judge.cuts import check_whole
from policydiff.watch.judge.essence import document_essence, overlap, text_essence
from policydiff.watch.judge.facts import FactChange, changed_facts
from policydiff.watch.judge.guards import Reading, check_bytes, check_page, check_reading, typed_by_signs

__all__ = [
    "FactChange",
    "Reading",
    "added_beside",
    "changed_facts",
    "check_bytes",
    "check_page",
    "check_reading",
    "check_whole",
    "core_essence",
    "core_lines",
    "document_essence",
    "is_within",
    "overlap",
    "text_essence",
    "typed_by_signs",
]
