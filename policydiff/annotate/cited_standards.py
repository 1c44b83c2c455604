"""Numbers of standards in running words: GB 3096-2008, DB31/T 1234-2020."""

import re
from collections.abc import Iterator

_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:GB|GBJ|GBZ|HJ|JGJ|CJJ|CJ|NY|YY|DB\d{2}|JTG|SL|DL|AQ|WS|TSG|MH|GA)(?:\s*/\s*[TZ]|(?<=DB\d\d)\s*/(?=\s*\d))?\s*[A-Z]?\d{1,5}(?:\.\d{1,2})?\s*[—–－-]{1,2}\s*(?:19|20)?\d\d"
)
"""Numbers of national, sectoral and local standards: GB 3096-2008, GB/T 9704—2012, DB31/T 1234-2020."""


def _normal_standard(words: str) -> str:
    code = re.match(r"[A-Z]+\d{0,2}(?:\s*/\s*[TZ]?)?", words)
    size = code.end() if code is not None else 0
    if re.match(r"DB\d{2}", words) is None and code is not None:
        size = len(re.sub(r"\d.*", "", words))
    head, tail = re.sub(r"\s", "", words[:size]), re.sub(r"\s", "", words[size:])
    return f"{head}{'' if head.endswith('/') else ' '}{re.sub('[—–－-]+', '-', tail)}"


def standard_in(inner: str) -> str | None:
    """Return the number in brackets behind the title of a standard, None where it is none."""
    match = _STANDARD.fullmatch(inner.strip())
    return None if match is None else _normal_standard(match[0])


def find_standards(blanked: str) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers of standards outside titles: GB 5749—2022.

    >>> [number for _, _, number in find_standards("符合GB 5749—2022和GB/T 9704-2012的要求")]
    ['GB 5749-2022', 'GB/T 9704-2012']
    """
    for match in _STANDARD.finditer(blanked):
        yield match.start(), match.end(), _normal_standard(match[0])
