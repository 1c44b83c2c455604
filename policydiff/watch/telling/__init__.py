"""Runs and findings in words for people."""

from policydiff.watch.telling.check_summary import check_annotations, check_lines, check_markdown
from policydiff.watch.telling.run_summary import annotations, figures, run_lines, run_markdown
from policydiff.watch.telling.trial_lines import trial_lines

__all__ = [
    "annotations",
    "check_annotations",
    "check_lines",
    "check_markdown",
    "figures",
    "run_lines",
    "run_markdown",
    "trial_lines",
]
