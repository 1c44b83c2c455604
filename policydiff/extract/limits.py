"""How much of an untrusted file is read before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes beyond which a file is refused with one clear error.

    A plain dataclass, so that the worker process need not load the model.
    """

    file_bytes: int = 64 * 1024 * 1024
    """Size of the captured file."""
    text_characters: int = 20_000_000
    """Length of the extracted text."""
    pages: int = 2_000
    """Pages of a PDF or OFD."""
    unpacked_bytes: int = 256 * 1024 * 1024
    """Sum of all members of a zip container that are read."""
    members: int = 10_000
    """Members of a zip container."""
    nesting: int = 250
    """Depth of elements in HTML (libxml2 has a limit of its own for XML, 256)."""
    seconds: float = 120.0
    """Wall time of the worker process, optical character recognition apart."""
    memory_bytes: int = 3 * 1024 * 1024 * 1024
    """Address space of the worker process (RLIMIT_AS)."""
    ocr_pages: int = 300
    """Pages without text that are recognised; the others are named in a warning."""
    ocr_seconds: float = 60.0
    """Wall time that each recognised page adds."""
    ocr_pixels: int = 20_000_000
    """Pixels of a rendered page; a larger page is rendered coarser."""


DEFAULT_LIMITS = Limits()
