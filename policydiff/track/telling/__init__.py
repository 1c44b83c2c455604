"""Runs and findings in words for people."""

from policydiff.track.telling.labels import labels
from policydiff.track.telling.run_summary import annotations, figures, run_lines, run_markdown

__all__ = ["annotations", "figures", "labels", "run_lines", "run_markdown"]
