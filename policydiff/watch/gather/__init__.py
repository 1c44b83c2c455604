"""From a source to captured bytes and their text."""

from policydiff.watch.gather.gathering import (
    NEW,
    Capture,
    Gathered,
    Known,
    Memory,
    Web,
    gather,
    read_capture,
    reading_rules,
    rules_of,
)
from policydiff.watch.links import clean_address

__all__ = [
    "NEW",
    "Capture",
    "Gathered",
    "Known",
    "Memory",
    "Web",
    "clean_address",
    "gather",
    "read_capture",
    "reading_rules",
    "rules_of",
]
