"""The evidence: what was checked when, with what outcome, and who is overdue."""

from policydiff.watch.ledger.entries import Entry, Intent, Outcome, RunEnd, RunStart
from policydiff.watch.ledger.journal import Journal
from policydiff.watch.ledger.lock import run_lock
from policydiff.watch.ledger.memory import ItemState, Memory, OpenRun, prepare_folder, remember, save
from policydiff.watch.ledger.schedule import Lateness, is_due, late_sources

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
