"""Every version of every document in git: valid time in the path, record time in the history.

`Store` is the way in. It knows bytes, texts and records; what a text means is for the packages above it.
"""

from policydiff.store.exchange import write_plain_git as write_plain_git
from policydiff.store.history import Moment as Moment
from policydiff.store.layout import (
    VersionName as VersionName,
    check_id as check_id,
    find_version as find_version,
    parse_version as parse_version,
    split_reference as split_reference,
)
from policydiff.store.snapshot import (
    Snapshot as Snapshot,
    beginning as beginning,
    begins as begins,
    date_order as date_order,
    in_force as in_force,
    periods as periods,
)
from policydiff.store.store import Store as Store
from policydiff.store.values import (
    Action as Action,
    AddOutcome as AddOutcome,
    AddStatus as AddStatus,
    AuditLog as AuditLog,
    Fault as Fault,
    FaultKind as FaultKind,
    LogEntry as LogEntry,
    NewVersion as NewVersion,
    Reextraction as Reextraction,
    StoreStatus as StoreStatus,
    Verification as Verification,
)
