"""Gates: rules over a change, dated waivers, and the findings as SARIF and JUnit."""

from policydiff.checks.check_page import (
    check_page as check_page,
    left_out_of_sarif as left_out_of_sarif,
    to_junit as to_junit,
    to_sarif as to_sarif,
)
from policydiff.checks.checking import (
    Pair as Pair,
    check as check,
    newest_pairs as newest_pairs,
    pairs_since as pairs_since,
    state_at as state_at,
)
from policydiff.checks.findings import (
    CheckedChange as CheckedChange,
    CheckReport as CheckReport,
    Finding as Finding,
    check_comparison as check_comparison,
)
