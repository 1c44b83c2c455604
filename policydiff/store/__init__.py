"""Every version of every document in git: valid time in the path, record time in the history.

`Store` is the way in. It knows bytes, texts and records; what a text means is for the packages above it.
"""

from policydiff.store.exchange import write_plain_git
from policydiff.store.history import Moment
from policydiff.store.names import VersionName, check_id, find_version, parse_version, split_reference
from policydiff.store.snapshot import Snapshot, beginning, begins, date_order, in_force, periods
from policydiff.store.store import Store
from policydiff.store.values import (
    Action,
    AddOutcome,
    AddStatus,
    AuditLog,
    Fault,
    FaultKind,
    LogEntry,
    NewVersion,
    Reextraction,
    StoreStatus,
    Verification,
)

__all__ = [
    "Action",
    "AddOutcome",
    "AddStatus",
    "AuditLog",
    "Fault",
    "FaultKind",
    "LogEntry",
    "Moment",
    "NewVersion",
    "Reextraction",
    "Snapshot",
    "Store",
    "StoreStatus",
    "Verification",
    "VersionName",
    "beginning",
    "begins",
    "check_id",
    "date_order",
    "find_version",
    "in_force",
    "parse_version",
    "periods",
    "split_reference",
    "write_plain_git",
]
