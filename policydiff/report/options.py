"""What a caller may choose about a report's looks; never about its content's truth."""

from policydiff.model.base import Value


class RenderOptions(Value):
    """Choices for one rendering; each format reads those that concern it."""

    width: int = 100
    """Terminal: columns, at least 40."""
    color: bool = False
    """Terminal: ANSI colours and styles."""
    unchanged: bool = False
    """Terminal, Markdown, Word: print everything in full, units without change not as （略）."""
    everything: bool = False
    """Terminal: every row of every table, not only what a reader must judge."""
    new_first: bool = False
    """Revision: the new text in the left column, the old one in the right."""
    max_characters: int = 65_536
    """Markdown: most characters; detail is dropped in order to stay below."""
    link: str | None = None
    """Markdown: address of the full report, named where detail was dropped."""
