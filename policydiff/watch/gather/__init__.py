"""From a source to captured bytes and their text."""

from policydiff.watch.gather.gathering import NEW, Gathered, Known, Memory, Web, gather
from policydiff.watch.gather.page import clean_address
from policydiff.watch.gather.reading import Capture, read_capture, reading_rules, rules_of

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
