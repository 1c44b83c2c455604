"""A local document held against the one that it implements, by the rules of a store or the usual ones."""

from datetime import date
from typing import TYPE_CHECKING

from policydiff.api.opened_store import rules_of
from policydiff.api.opening import Source, opened_store
from policydiff.api.verbs import compare
from policydiff.checks import CheckReport, check_comparison
from policydiff.platforms import local_day
from policydiff.settings import CheckSettings

if TYPE_CHECKING:
    from policydiff.api.opening import Where
    from policydiff.extract import Limits


def held_against(
    local: Source, superior: Source, store: "Where", limits: "Limits | None", today: date | None
) -> CheckReport:
    """Return what the rules find in a comparison; see `policydiff.check`."""
    with opened_store(store) as found:
        rules = rules_of(found) if found is not None else CheckSettings()
    compared = compare(local, superior, store=store, limits=limits)
    return check_comparison(compared, rules, today or local_day())
