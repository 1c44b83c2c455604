"""The public verb that holds the change between two files against rules: check."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from policydiff.api.opening import Lookup, Source, opened_store
from policydiff.errors import UsageError

if TYPE_CHECKING:
    import os

    from policydiff.api.stores import Store
    from policydiff.checks import CheckReport
    from policydiff.extract import Limits


def check(
    old: Source | None = None,
    new: Source | None = None,
    *,
    pairs: Iterable[tuple[Source, Source]] = (),
    store: "Store | str | os.PathLike[str] | None" = None,
    limits: "Limits | None" = None,
    today: date | None = None,
) -> "CheckReport":
    r"""Return what the rules find in the change from one version to the next; `report.fails` is the gate.

    Args:
        old: The earlier version: a `Document`, or anything that `read` takes.
        new: The later version.
        pairs: Many such pairs, in place of one.
        store: The store whose rules and waivers hold and in which ids are looked up; None for the usual rules.
        limits: Sizes beyond which a file is refused; None for the usual ones.
        today: The day that waivers are held against; None for today.

    Raises:
        UsageError: if neither two versions nor pairs are given.
        UnreadableInputError: if a file holds no readable text.

    Examples:
        >>> from policydiff import parse
        >>> report = check(parse("某办法\n第一条 企业应当报告。\n第二条 略。"), parse("某办法\n第一条 企业应当报告。"))
        >>> [(finding.rule.value, finding.label) for finding in report]
        [('removed_clause', '第二条')]
    """
    from policydiff.api.opened_store import rules_of
    from policydiff.checks import Pair
    from policydiff.checks import check as check_pairs
    from policydiff.settings import CheckSettings

    given = list(pairs) if old is None and new is None else [(old, new)]
    with opened_store(store) as found:
        lookup = Lookup(found, None, "final", limits)
        rules = rules_of(found) if found is not None else CheckSettings()
        opened = (Pair(lookup.open(_side(one)), lookup.open(_side(other))) for one, other in given)
        return check_pairs(opened, rules, today or datetime.now().astimezone().date())


def _side(given: Source | None) -> Source:
    if given is None:
        raise UsageError("check takes the earlier and the later version, or pairs of them")
    return given
