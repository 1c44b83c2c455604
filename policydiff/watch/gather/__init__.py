"""From a source to captured bytes and their text."""

from policydiff.watch.gather.gathering import (
    NEW as NEW,
    Capture as Capture,
    Gathered as Gathered,
    Known as Known,
    Memory as Memory,
    Web as Web,
    gather as gather,
    read_capture as read_capture,
    reading_rules as reading_rules,
    rules_of as rules_of,
)
from policydiff.watch.links import clean_address as clean_address
