"""What a browser prints of a page beside its words: numbers of list items, and what is filled in, chosen or ticked in a form."""

import re

from selectolax.lexbor import LexborNode

from policydiff.extract.word.list_numbers import printed_number

_NUMBERED = re.compile(r"^[\s（(]*[\d一二三四五六七八九十①-⑳]+\s*[、.．)）]|^[①-⑳]")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]{1,80})", re.IGNORECASE)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_LIST_NUMBERS = {
    "decimal": ("decimal", ". "),
    "decimal-leading-zero": ("decimalZero", ". "),
    **dict.fromkeys(("lower-alpha", "lower-latin"), ("lowerLetter", ". ")),
    **dict.fromkeys(("upper-alpha", "upper-latin"), ("upperLetter", ". ")),
    "lower-roman": ("lowerRoman", ". "),
    "upper-roman": ("upperRoman", ". "),
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), ("chineseCounting", "、")
    ),
    **dict.fromkeys(("simp-chinese-formal", "trad-chinese-formal"), ("chineseLegalSimplified", "、")),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}
"""Styles of lists that number their items: the format of the number, and what a browser sets behind it."""
_PROMPT = re.compile("请输入|请选择|搜索|检索|查询|关键[字词]|验证码|search", re.IGNORECASE)
FIELDS = frozenset({"input", "textarea", "select"})
"""Elements in which a form is filled in."""
_UNPRINTED_FIELDS = frozenset(
    {"hidden", "submit", "button", "reset", "image", "file", "password", "search", "range", "color"}
)


def item_number(item: LexborNode, counted: dict[int, int]) -> str:
    """Return the number that a browser prints before an item of a list; empty where its words begin with one.

    Args:
        item: The item.
        counted: The number of the next item, by list.
    """
    items = item.parent
    style = _list_style(items) if items is not None else None
    if items is None or style is None:
        return ""
    step = -1 if "reversed" in items.attributes else 1
    given = item.attributes.get("value") or ""
    own = int(given) if given.isdecimal() and len(given) < 6 else None
    number = own if own is not None else counted.get(items.mem_id, _first_number(items, step))
    counted[items.mem_id] = number + step
    if _NUMBERED.match(item.text(strip=True)):
        return ""
    number_format, behind = style
    return printed_number(number, number_format) + behind


def _list_style(items: LexborNode) -> tuple[str, str] | None:
    """Return how a browser numbers the items of a list: the format, and what stands behind the number; None: not at all."""
    said = _LIST_STYLE.search(items.attributes.get("style") or "")
    if said is not None:
        names = said[1].lower().split()
        known = next((_LIST_NUMBERS[name] for name in names if name in _LIST_NUMBERS), None)
        if known is not None or "none" in names or items.tag != "ol":
            return known
    if items.tag != "ol":
        return None
    return _LIST_NUMBERS.get(_TYPES.get(items.attributes.get("type") or "1", ""))


def _first_number(items: LexborNode, step: int) -> int:
    """Return the number of the first item of a list."""
    start = items.attributes.get("start") or ""
    if start.isdecimal() and len(start) < 6:
        return int(start)
    return 1 if step > 0 else sum(child.tag == "li" for child in items.iter())


def filled_in(field: LexborNode) -> str:
    """Return what a field of a form shows: what was written, chosen or ticked in it."""
    attributes = field.attributes
    if field.tag == "textarea":
        shown = field.text().strip()
    elif field.tag == "select":
        shown = "，".join(each.text(strip=True) for each in field.css("option[selected]"))
    else:
        kind = (attributes.get("type") or "text").lower()
        if kind in _UNPRINTED_FIELDS:
            return ""
        if kind in {"checkbox", "radio"}:
            return "☑" if "checked" in attributes else "□"
        shown = (attributes.get("value") or "").strip()
    return "" if _PROMPT.search(shown) else shown
