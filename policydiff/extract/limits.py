"""How much of an untrusted file is read before it is refused."""

from policydiff.model import Value


class Limits(Value):
    """Sizes beyond which a file is refused with one clear error."""

    file_bytes: int = 64 * 1024 * 1024
    """Size of the captured file."""
    text_characters: int = 20_000_000
    """Length of the extracted text."""
    pages: int = 2_000
    """Pages of a PDF or OFD."""
    unpacked_bytes: int = 256 * 1024 * 1024
    """Sum of all members read from a zip container."""
    members: int = 10_000
    """Members of a zip container."""
    nesting: int = 200
    """Depth of elements in XML and HTML."""


DEFAULT_LIMITS = Limits()
