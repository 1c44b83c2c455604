"""Markdown: heading marks, comments and emphasis removed, so that the parser sees the words alone."""

import re

from policydiff.extract.plain import read_characters

_COMMENT = re.compile(r"<!--(?:(?!-->)[^<]|<(?!!--))*-->")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE)
_STRONG = re.compile(r"\*\*([^*\n]{1,500})\*\*|__([^_\n]{1,500})__")
_RULE = re.compile(
    r"^[ \t]*(?:-[ \t]*){3,}$|^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*(?::?-{3,}:?)?[ \t]*$", re.MULTILINE
)
_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)


def read_markdown(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the words of a Markdown file, one paragraph a line, table cells joined by tabs, and warnings."""
    text, warnings = read_characters(data)
    text = _COMMENT.sub("", text)
    text = _HEADING.sub("", text)
    text = _QUOTE.sub("", text)
    text = _RULE.sub("", text)
    text = _ROW.sub(lambda row: "\t".join(cell.strip() for cell in row.group(1).split("|")), text)
    text = _STRONG.sub(lambda strong: strong.group(1) or strong.group(2), text)
    return text, warnings
