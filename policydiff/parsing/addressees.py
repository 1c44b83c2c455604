"""Main addressees (主送机关): the line up to a colon before the body begins."""

import re

from policydiff.parsing.kinds import LINE_WORDS
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text

_ADDRESSED = LINE_WORDS.phrase("( [^：:。；;《》]{2,400} {addressee_endings} ) [：:]")
_STARTS_BODY = re.compile("为|根据|按照|现|经|下列|以下|第|关于|本")


def take_addressees(text: Text) -> tuple[str, ...]:
    """Return the addressees of a text and take their line, or the start of it, from the body into the head."""
    if not text.body:
        return ()
    first = text.body[0]
    if first.label is not None or first.rows:
        return ()
    match = _ADDRESSED.match(first.text)
    if match is None or _STARTS_BODY.match(first.text):
        return ()
    text.head.append(Paragraph(first.block.part(0, match.end()), first.start))
    rest = first.block.part(match.end())
    if rest.text:
        text.body[0] = Paragraph(rest, rest.span.start)
    else:
        text.body.pop(0)
    return names_in(match[1])


def names_in(words: str) -> tuple[str, ...]:
    """Return the names in a list: parted by commas; the 、 inside a group (各委、办、局) stays.

    >>> names_in("各区人民政府，市政府各委、办、局")
    ('各区人民政府', '市政府各委、办、局')
    """
    return tuple(name for name in re.split("[，,；;]", words) if name)
