"""Rows of tables as lines: cells joined by a tab."""

import re
from collections.abc import Iterable

_BREAKS = re.compile(r"[\t\n\r\x0b\x0c]+")


def row_line(cells: Iterable[str]) -> str:
    r"""Return a row as one line; empty where no cell holds anything.

    Examples:
        >>> row_line(["1", "新增\n床位", ""])
        '1\t新增 床位'
    """
    return "\t".join(_BREAKS.sub(" ", cell).strip() for cell in cells).rstrip()
