"""The address of a clause where only its id, label and words are at hand, not its document (search results, blame)."""

import re

from policydiff.lexicon.numerals import to_chinese

_NAME = re.compile(
    r"""
    (?P<prefix>[a-z]+)
    (?:_(?P<number>\d{1,4})(?:-(?P<insert>\d{1,4}))?)?  # art_12, art_12-1 (第十二条之一); preface alone
    (?:_\d+)?                                           # the number stands a second time in one parent
    """,
    re.VERBOSE,
)
_HEADS = frozenset({"part", "chp", "sec"})
_HEAD_SIGNS = {"part": "编", "chp": "章", "sec": "节"}
_LONGEST_RUN_IN = 24
"""Characters of a run-in heading that still make a handy address."""


def address_of(clause_id: str, label: str | None = None, text: str = "") -> str:
    """Return an address a reader can find the clause by, near to the one its document would give.

    Args:
        clause_id: Id of the clause; a form that the parser does not give stands for itself.
        label: Its number as printed, used for its own part of the address.
        text: Its words: an unnumbered measure is named by its run-in heading.

    Examples:
        >>> address_of("chp_2__art_12__para_3")
        '第十二条第三款'
        >>> address_of("lvl_2__lvl_4__measure_3", text="加强监管。加大力度。")
        '二（四） 加强监管'
    """
    names = [_NAME.fullmatch(name) for name in clause_id.split("__")]
    address, depth = "", 0
    for index, name in enumerate(names):
        if name is None:
            return clause_id
        depth += name["prefix"] == "lvl"
        is_last = index == len(names) - 1
        address = _further(address, name, depth, label if is_last else None, text if is_last else "")
    return address or label or clause_id


def _further(above: str, name: re.Match[str], depth: int, label: str | None, text: str) -> str:
    """Return the address with one more name."""
    prefix, number = name["prefix"], int(name["number"] or 0)
    if prefix in _HEADS:
        return label or f"第{to_chinese(number)}{_HEAD_SIGNS[prefix]}"
    if prefix == "art":
        insert = f"之{to_chinese(int(name['insert']))}" if name["insert"] else ""
        return label or f"第{to_chinese(number)}条{insert}"
    base = "" if above.endswith(tuple(_HEAD_SIGNS.values())) else above
    if label:
        return f"{base}{label.strip('、．.。 　')}"
    if prefix == "measure":
        return _measure(base, number, text)
    return base + _own(prefix, number, depth, base) or (f"¶{number}" if number else "")


def _own(prefix: str, number: int, depth: int, base: str) -> str:
    """Return what a number without label adds to the address; nothing for parts found by what is above them."""
    chinese = to_chinese(number)
    levels = {
        1: chinese,
        2: f"（{chinese}）",
        3: str(number),
    }  # 一、（一）, 1., （1） as official documents print them
    forms = {
        "para": f"第{chinese}款" if base.endswith("条") else "",
        "annex": f"附件{number}",
        "lvl": levels.get(depth, f"（{number}）"),
        "subpara": f"（{chinese}）",
        "item": str(number),
    }
    return forms.get(prefix, "")


def _measure(base: str, number: int, text: str) -> str:
    heading, stop, _ = text.partition("。")
    words = heading if stop and len(heading) <= _LONGEST_RUN_IN else f"¶{number}"
    return f"{base} {words}" if base else words
