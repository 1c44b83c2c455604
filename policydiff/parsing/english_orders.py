"""Orders in English that promulgate a text: Order of the President … is hereby promulgated."""

from policydiff.lexicon.force import PROMULGATES
from policydiff.lexicon.horizons import ENGLISH_DAY
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.parsing.kinds import Kind, ends_title
from policydiff.parsing.paragraphs import Paragraph

_ORDER = lazy_pattern(
    r"(?:Order|Decree)\s(?:No\.?\s?\d{1,4}\s)?of\sthe\s[A-Z][A-Za-z'’, ]{2,120}?(?:\s?[(（]?No\.?\s?\d{1,4}[)）]?)?",
    marks=("Order", "Decree"),
)
_COUNTED = lazy_pattern(r"[(（]?No\.?\s?\d{1,4}[)）]?", marks="N")
_PROMULGATES = lazy_pattern(rf"(?:{PROMULGATES})[^.]*\.$", marks=("promulgated", "issued", "published"))
_DAY = lazy_pattern(ENGLISH_DAY)
_NAME = lazy_pattern(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")
_SIGNS = lazy_pattern(
    r"(?:President|Premier|Minister|Chairman|Director|Governor|Mayor|Commissioner|Secretary)\b[^.]*"
)
_MOST_ABOVE, _MOST_NAMES = 12, 4
"""Most lines above an order (the name of the site, a title with its note), and between its sentence and its day."""


def take_order(
    paragraphs: list[Paragraph],
) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph], list[Paragraph], list[Paragraph]]:
    """Return the lines that head an English order, its title, its sentence, its signature with the day, and the other lines. Without an order, all lines are others."""
    for start, line in enumerate(paragraphs[:_MOST_ABOVE]):
        if _ORDER.fullmatch(line.text) is None:
            continue
        said = start + 1
        if said < len(paragraphs) and _COUNTED.fullmatch(paragraphs[said].text):
            said += 1
        if said >= len(paragraphs) or _PROMULGATES.search(paragraphs[said].text) is None:
            break
        end = said + 1
        while end < min(len(paragraphs), said + _MOST_NAMES) and _signs(paragraphs[end]):
            end += 1
        if end < len(paragraphs) and _DAY.fullmatch(paragraphs[end].text):
            paragraphs[end].kind = Kind.DATE
            end += 1
        for each in paragraphs[start + 1 : said]:
            each.kind = Kind.STATED
        paragraphs[start].kind = None
        paragraphs[said].label = None
        # A title above belongs to the law, unless the law's own stands below the order.
        below = paragraphs[end] if end < len(paragraphs) else None
        first = 0 if below is not None and below.label is None and ends_title(below.text) else start
        rest = [*paragraphs[:first], *paragraphs[end:]]
        title, signed = [paragraphs[start]], paragraphs[said + 1 : end]
        return paragraphs[first:said], title, [paragraphs[said]], signed, rest
    return [], [], [], [], paragraphs


def _signs(line: Paragraph) -> bool:
    """Return whether a line is the name or the office of the person who signs; its kind is set."""
    if line.rows or line.label is not None:
        return False
    is_name = _NAME.fullmatch(line.text) is not None
    if is_name or _SIGNS.fullmatch(line.text) is not None:
        line.kind = Kind.SIGNER if is_name else Kind.STATED
        return True
    return False
