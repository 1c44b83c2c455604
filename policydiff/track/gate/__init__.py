"""Gates: rules over a change, dated waivers, and the findings as SARIF and JUnit."""

from policydiff.track.gate.checking import Pair, check, newest_pairs, pairs_since, state_at
from policydiff.track.gate.findings import CheckedChange, CheckReport, Finding
from policydiff.track.gate.junit import to_junit
from policydiff.track.gate.sarif import to_sarif

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
