"""National laws by the names that other texts cite them by without 《》: 刑法, 民法典, 行政处罚法."""

from functools import cache
from importlib.resources import files

STATE = "中华人民共和国"


@cache
def statutes() -> tuple[str, ...]:
    """Return the names without 中华人民共和国, the longest first, so that 海事诉讼特别程序法 is not read as a shorter one.

    >>> {"刑法", "民法典", "行政处罚法"} <= set(statutes())
    True
    """
    table = files("policydiff.lexicon").joinpath("statutes.txt").read_text(encoding="utf-8")
    names = (line for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def full_name(name: str) -> str:
    """Return the name as the law itself bears it.

    >>> full_name("刑法")
    '中华人民共和国刑法'
    """
    bare = name.removeprefix(STATE)
    return f"{STATE}{bare}" if bare in statutes() else name
