"""Text to `Document`: lines are typed first, then the tree is built; never raises on any text."""

from policydiff.parsing.parser import parse_text

__all__ = ["parse_text"]
