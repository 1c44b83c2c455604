"""What elements of a run print by themselves: characters, signs of Wingdings, artistic type, boxes and choices of forms."""

from lxml import etree

from policydiff.extract.word.looks import attribute, child, children, number_of, value_of

_SYMBOLS = {
    **{0xF081 + number: chr(0x2460 + number) for number in range(10)},
    **{0xF08C + number: chr(0x2776 + number) for number in range(10)},
    0xF0A8: "□",
    0xF06F: "□",
    0xF0FE: "☑",
    0xF052: "☑",
    0xF0FC: "√",
    0xF0D8: "➢",
    0xF0B7: "·",
}
"""What signs of Wingdings print, by their code."""
_CHARACTERS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_TICKED = frozenset({"1", "true", "on"})
MATHS = {"f": ("num", "den"), "sSup": ("e", "sup"), "sSub": ("e", "sub"), "rad": ("deg", "e")}
"""Parts of formulas (ECMA-376, 22.1) whose places on the page say what is meant."""
UNREAD_PARTS = {
    "relIds": "a diagram (SmartArt)",
    "chart": "a chart",
    "OLEObject": "an embedded object",
    "subDoc": "a document of its own (subDoc)",
}
"""Elements that show words of another part, and how a warning names them."""


def characters_of(element: "etree._Element", name: str) -> str | None:
    """Return what an element prints by itself, None where it only holds others."""
    if name in {"t", "delText"}:
        return element.text or ""
    if name == "textpath":
        return attribute(element, "string") or ""
    if name == "ffData":
        return _field(element)
    if name == "br":
        return "" if attribute(element, "type") in {"page", "column"} else "\n"
    return _symbol(element) if name == "sym" else _CHARACTERS.get(name)


def _field(field: "etree._Element") -> str:
    """Return what a field of a form shows: a box with or without a tick, or the chosen word; text stands in runs."""
    box = child(field, "checkBox")
    if box is not None:
        said = value_of(box, "checked") if child(box, "checked") is not None else value_of(box, "default")
        ticked = child(box, "checked") is not None and said is None
        return "☑" if ticked or (said or "").lower() in _TICKED else "□"
    choice = child(field, "ddList")
    if choice is None:
        return ""
    entries = [attribute(entry, "val") or "" for entry in children(choice, "listEntry")]
    chosen = number_of(choice, "result") or number_of(choice, "default") or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _symbol(element: "etree._Element") -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    private = 0xE000 <= code <= 0xF8FF
    return _SYMBOLS.get(code, "") if private or not 0x20 <= code < 0xD800 else chr(code)


def in_line(name: str, first: str, second: str) -> str:
    """Return a part of a formula in one line, so that it cannot be read as another one.

    Examples:
        >>> in_line("f", "a+b", "10"), in_line("sSup", "x", "2"), in_line("rad", "", "x")
        ('(a+b)/10', 'x^2', '√x')
    """
    first, second = (
        f"({words})" if len(words) > 1 and not words.isdecimal() else words for words in (first, second)
    )
    if name == "rad":
        return f"{first}√{second}"
    return f"{first}{'/' if name == 'f' else '^' if name == 'sSup' else '_'}{second}"
