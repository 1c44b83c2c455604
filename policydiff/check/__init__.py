"""Gates: rules over a change, dated waivers, and the findings as SARIF and JUnit."""

from policydiff.check.checking import Pair, check, newest_pairs, pairs_since, state_at
from policydiff.check.findings import CheckedChange, CheckReport, Finding
from policydiff.check.junit import to_junit
from policydiff.check.sarif import to_sarif

__all__ = [
    "CheckReport",
    "CheckedChange",
    "Finding",
    "Pair",
    "check",
    "newest_pairs",
    "pairs_since",
    "state_at",
    "to_junit",
    "to_sarif",
]
