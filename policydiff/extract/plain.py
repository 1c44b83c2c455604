"""Plain text: decoding; the words and line breaks are otherwise left as they are."""

from policydiff.errors import UnreadableInputError
from policydiff.extract.encoding import decode
from policydiff.extract.reading import Reading, Remark, Request
from policydiff.version import __version__

_UNREADABLE_SHARE = 0.02


def read_characters(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Return decoded text and warnings.

    Raises:
        UnreadableInputError: if more than 2 % of the characters could not be decoded.
    """
    decoded = decode(data)
    if decoded.replaced > _UNREADABLE_SHARE * max(len(decoded.text), 50):
        raise UnreadableInputError(
            f"the text is in no encoding that could be read (tried utf-8, utf-16, gb18030, big5; "
            f"{decoded.replaced} characters unreadable): save it as UTF-8 and try again"
        )
    return decoded.text, decoded.warnings


def read_plain(request: Request) -> Reading:
    """Return the text of a plain text file."""
    text, warnings = read_characters(request.data)
    return Reading(text, "plain", __version__, warnings=warnings)
