"""Whether a reading is a version: same text or not, plausible or not."""

from policydiff.watch.judge.essence import document_essence, overlap, text_essence
from policydiff.watch.judge.guards import Reading, check_bytes, check_page, check_reading

__all__ = [
    "Reading",
    "check_bytes",
    "check_page",
    "check_reading",
    "document_essence",
    "overlap",
    "text_essence",
]
