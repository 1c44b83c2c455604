"""Where lines of Chinese and Latin words break on a terminal: never inside a number, nor before a closing mark."""

import re

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

_UNBROKEN = 14
"""Cells of a Chinese heading that stay on one line: seven characters make two or three words (须由人判断)."""
_UNITS = re.compile(
    r"""[（《“‘〔「『(\[{<]*                                   # an opening mark never ends a line
    (?:[0-9０-９]+(?:[.,．，:：/-][0-9０-９]+)*(?:[%％‰Z]|[年月日条款项个家万亿元]{1,2})?|[A-Za-z][A-Za-z0-9_@./-]*[A-Za-z0-9]|\S)
    [，。、；：？！）》”’〕」』…,.;:?!)\]}>]*                    # a closing one never begins one
    |\s+""",
    re.VERBOSE,
)
"""Words that a line is not broken in: a number with its unit, a Latin word, a character with its punctuation."""


class Prose(Text):
    """Text that breaks between characters, as Chinese does, but never inside a number nor before a comma."""

    def wrap(
        self,
        console: Console,  # noqa: ARG002 (as the library calls it)
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,  # noqa: ARG002
        tab_size: int = 8,  # noqa: ARG002
        no_wrap: bool | None = None,  # noqa: ARG002
    ) -> Lines:
        """Return the lines of at most `width` cells."""
        lines = self.lines(width)
        if justify == "right":
            for line in lines:
                line.pad_left(max(0, width - line.cell_len))
        return lines

    def lines(self, width: int) -> Lines:
        """Return the lines of at most `width` cells, none of them filled up."""
        lines = Lines()
        for paragraph in self.split("\n", allow_blank=True):
            for line in paragraph.divide(breaks(paragraph.plain, width)):
                line.rstrip()
                lines.append(line)
        return lines


def breaks(text: str, width: int) -> list[int]:
    """Return the offsets at which lines of at most `width` cells begin, the first line's left out.

    Examples:
        >>> breaks("应当自收到之日起15日内，办结。", 18)
        [8]
    """
    offsets: list[int] = []
    used = 0
    for match in _UNITS.finditer(text):
        size = width_of(match[0])
        if used and used + size > width and not match[0].isspace():
            offsets.append(match.start())
            used = 0
        if size > width:
            parted = _parted(match[0], width)
            offsets += [match.start() + offset for offset in parted]
            used = width_of(match[0][parted[-1] :])
            continue
        used += size
    return offsets


_JOINTS = frozenset("/@-_.")
"""Where an id or address too long for a line is broken, if it can be."""


def _parted(word: str, width: int) -> list[int]:
    """Return the offsets at which a word wider than a line is broken: behind its last joint on the line, if any.

    Examples:
        >>> _parted("shsrmzf/shsjgzmglbf-ee5cd0", 20)
        [20]
        >>> _parted("shsrmzf/shsjgzmglbf-ee5cd0", 18)
        [8]
    """
    offsets: list[int] = []
    start = used = 0
    joint = 0
    for offset, character in enumerate(word):
        size = cell_len(character)
        if used + size > width and offset > start:
            start = joint if joint > start else offset
            offsets.append(start)
            used = width_of(word[start:offset])
        used += size
        if character in _JOINTS:
            joint = offset + 1
    return offsets or [0]


def longest_unit(text: str) -> int:
    """Return the cells of the longest piece of a text that a line is not broken in: a date, a number, a word.

    Examples:
        >>> longest_unit("修改 2、失效 2023-07-20")
        10
    """
    return max((width_of(match[0].rstrip()) for match in _UNITS.finditer(text)), default=0)


def longest_word(heading: str) -> int:
    """Return the cells a heading needs to break between words only.

    Examples:
        >>> longest_word("Measures supported"), longest_word("关系"), longest_word("牵头（负责）项数")
        (9, 4, 14)
    """
    return max(
        (cell_len(word) if word.isascii() else min(cell_len(word), _UNBROKEN) for word in heading.split()),
        default=0,
    )


def width_of(text: str) -> int:
    """Return the cells that a text takes on a line."""
    return len(text) if text.isascii() else cell_len(text)
