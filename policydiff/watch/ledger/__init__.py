"""The evidence: what was checked when, with what outcome, and who is overdue."""

from policydiff.watch.ledger.journal import Entry, Intent, Journal, Outcome, RunEnd, RunStart
from policydiff.watch.ledger.memory import (
    ItemState,
    Lateness,
    Memory,
    OpenRun,
    is_due,
    late_sources,
    prepare_folder,
    remember,
    run_lock,
    save,
)

__all__ = [
    "Entry",
    "Intent",
    "ItemState",
    "Journal",
    "Lateness",
    "Memory",
    "OpenRun",
    "Outcome",
    "RunEnd",
    "RunStart",
    "is_due",
    "late_sources",
    "prepare_folder",
    "remember",
    "run_lock",
    "save",
]
