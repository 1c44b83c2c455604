"""Facts over many clauses, in the short English that the JSON carries beside them."""

from policydiff.model import Fact, NumbersShifted


def in_english(fact: Fact) -> str:
    """Return a fact in a few words.

    >>> in_english(NumbersShifted(clause="art_21", label="第二十一条", by=3))
    '第二十一条 onwards +3'
    """
    if isinstance(fact, NumbersShifted):
        return f"{fact.label} onwards {fact.shift}"
    return f"{fact.clauses} units differ only in references that follow the renumbering"
