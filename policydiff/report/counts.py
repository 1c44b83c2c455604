"""What a revision changed, counted in one line."""

from policydiff.model import RevisionSummary
from policydiff.report.catalog import Catalog
from policydiff.report.words import CHANGES, MOVED, RENUMBERED


def counts(summary: RevisionSummary, say: Catalog) -> str:
    """Return the kinds and flags that occur, with their numbers: `修改 3、移动 1`."""
    counted = [
        (say(label), getattr(summary, kind.value)) for kind, label in CHANGES.items() if kind != "unchanged"
    ]
    counted += [(say(MOVED), summary.moved), (say(RENUMBERED), summary.renumbered)]
    return "、".join(f"{label} {number}" for label, number in counted if number) or say("none")
