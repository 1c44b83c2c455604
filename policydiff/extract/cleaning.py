"""Characters that no text may carry out of a file: controls, zero-width marks, half surrogate pairs."""

import re

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]"
)
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def clean(text: str) -> tuple[str, int]:
    r"""Return the text with `\n` line ends and without control characters, and how many were taken out.

    Half surrogate pairs, which no encoding can write, become U+FFFD. Marks of writing direction go too: they can
    make a line read differently from what is compared.

    Examples:
        >>> clean("第一条\r\n总\x00则\u200b")
        ('第一条\n总则', 2)
    """
    text = _BROKEN.sub(_REPLACEMENT, _LINE_ENDS.sub("\n", text))
    return _REMOVED.subn("", text)
