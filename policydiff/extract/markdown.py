"""Markdown: marks of headings, emphasis, links and tables removed, so that the parser sees the words alone."""

import re

from policydiff.extract.plain import read_characters
from policydiff.extract.reading import Reading, Request
from policydiff.lexicon.table_rows import Merged, row_line
from policydiff.version import __version__

_LINE_MARKS = re.compile(
    r"""^[ \t]{0,3}(?:
          \#{1,6}[ \t]+      # heading
        | >[ \t]?            # quotation
        | [-*+][ \t]+(?=\S)  # bullet
    )""",
    re.MULTILINE | re.VERBOSE,
)
_CLOSING_HEADING = re.compile(r"(?<=\S)[ \t]+#{1,6}[ \t]*$", re.MULTILINE)
_RULE = re.compile(
    r"""^[ \t]{0,8}(?:
          (?:-[ \t]*){3,} | (?:\*[ \t]*){3,} | (?:_[ \t]*){3,} | ={3,}[ \t]*   # rules and underlined headings
        | \|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*            # | --- | :--: |
    )$""",
    re.MULTILINE | re.VERBOSE,
)
_ROW = re.compile(r"^[ \t]*\|([^\n]*)\|[ \t]*$", re.MULTILINE)
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_STRONG = re.compile(r"\*\*([^*\n]{1,500})\*\*|__([^_\n]{1,500})__")
_IMAGE = re.compile(r"!\[([^\]\n]{0,200})\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\]\(([^()\s]{1,500})\)")
_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def read_markdown(request: Request) -> Reading:
    r"""Return the words of a Markdown file, one line each as they stand, rows of tables in the form of `table_rows`.

    Examples:
        >>> read_markdown(Request("## 第一章　总则\n\n1\\. **目的**。见[附件](a.pdf)".encode())).text
        '第一章　总则\n\n1. 目的。见附件'
    """
    text, warnings = read_characters(request.data)
    text = _without_comments(text)
    text = _RULE.sub("", text)
    text = _LINE_MARKS.sub("", text)
    text = _CLOSING_HEADING.sub("", text)
    text = _ROW.sub(_cells, text)
    text = _STRONG.sub(lambda strong: strong.group(1) or strong.group(2), text)
    text = _IMAGE.sub("", text)
    links = tuple((link.group(1), link.group(2)) for link in _LINK.finditer(text))
    text = _LINK.sub(r"\1", text)
    text = _ESCAPE.sub(lambda mark: mark[0] if mark[1] == "|" else mark[1], text)
    return Reading(text, "markdown", __version__, links=links, warnings=warnings)


def _cells(row: re.Match[str]) -> str:
    cells = (cell.replace("\\|", "|") for cell in _CELL_BORDER.split(row.group(1)))
    return row_line(
        [Merged.ABOVE if cell.strip() == "^^" else _BREAK.sub("\n", cell).strip() for cell in cells]
    )


def _without_comments(text: str) -> str:
    """Leave comments out; by searching, for a pattern would try anew at each of many unclosed ones."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[position:start])
        position = end + 3
    return "".join((*parts, text[position:]))
