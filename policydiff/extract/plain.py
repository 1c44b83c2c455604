"""Plain text and Markdown: decoding and line ends; the text is otherwise left as it is."""

import re

from policydiff.errors import UnreadableInputError
from policydiff.extract.encoding import decode

_UNREADABLE_SHARE = 0.02
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\u200b\u2060]")
_LINE_ENDS = re.compile("\r\n?|\x0c|\u2028|\u2029|\x85")


def read_characters(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return decoded text with line ends as `\\n` and control characters removed, and warnings.

    Raises:
        UnreadableInputError: if more than 2 % of the characters could not be decoded.
    """
    decoded = decode(data)
    if decoded.replaced > _UNREADABLE_SHARE * max(len(decoded.text), 50):
        raise UnreadableInputError(
            f"the text is in no encoding that could be read (tried utf-8, utf-16, gb18030, big5; "
            f"{decoded.replaced} characters unreadable): save it as UTF-8 and try again"
        )
    warnings = []
    if decoded.replaced:
        warnings.append(f"{decoded.replaced} bytes unreadable as {decoded.encoding}, shown as U+FFFD")
    text = _LINE_ENDS.sub("\n", decoded.text)
    cleaned, removed = _CONTROL.subn("", text)
    if removed:
        warnings.append(f"{removed} control characters removed")
    return cleaned, tuple(warnings)
