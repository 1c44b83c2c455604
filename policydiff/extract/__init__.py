"""Bytes of any usual format to text, one paragraph a line, fit for the parser."""

from policydiff.extract.dispatch import extract
from policydiff.extract.limits import Limits
from policydiff.extract.sniff import FileKind, sniff

__all__ = ["FileKind", "Limits", "extract", "sniff"]
