"""Gates: rules over a change, dated waivers, and the findings as SARIF and JUnit."""

from policydiff.checks.check_page import check_page
from policydiff.checks.checking import Pair, check, newest_pairs, pairs_since, state_at
from policydiff.checks.findings import CheckedChange, CheckReport, Finding
from policydiff.checks.sarif import to_junit, to_sarif

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
