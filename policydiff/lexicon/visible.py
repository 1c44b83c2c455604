"""Characters a reader cannot see, or that turn text around, made visible; everything else stays as it is."""

import json
import re

_HIDDEN = re.compile(
    r"""
    [\x00-\x08\x0b-\x1f\x7f-\x9f]       # controls but tab and line feed: escape sequences of a terminal
    | [\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]  # marks of direction, characters of no width
    | [\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]              # not allowed in XML, or no characters at all
    | [\U000e0000-\U000e007f]           # tags: text hidden in text
    """,
    re.VERBOSE,
)


def visible(text: str) -> str:
    r"""Return the text with each hidden character shown as its code: `U+202E` in angle brackets.

    Tab and line feed stay. The result is allowed in XML and harmless on a terminal.

    Examples:
        >>> visible("第一条\u202e")
        '第一条⟨U+202E⟩'
    """
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def escaped(data: str) -> str:
    r"""Return JSON with each hidden character written as its escape: the same data, harmless on a terminal.

    Examples:
        >>> escaped('{"title": "\u202e"}')
        '{"title": "\\u202e"}'
    """
    return _HIDDEN.sub(lambda match: json.dumps(match[0])[1:-1], data)
