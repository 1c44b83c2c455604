"""Gates: rules over a change, dated waivers, and the findings as SARIF and JUnit."""

from policydiff.checks.check_page import check_page, to_junit, to_sarif
from policydiff.checks.checking import Pair, check, newest_pairs, pairs_since, state_at
from policydiff.checks.findings import CheckedChange, CheckReport, Finding

__all__ = [
    "CheckReport",
    "CheckedChange",
    "Finding",
    "Pair",
    "check",
    "check_page",
    "newest_pairs",
    "pairs_since",
    "state_at",
    "to_junit",
    "to_sarif",
]
