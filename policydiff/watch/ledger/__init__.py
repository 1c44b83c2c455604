"""The evidence: what was checked when, with what outcome, and who is overdue."""

from policydiff.watch.ledger.journal import (
    Entry as Entry,
    Intent as Intent,
    Journal as Journal,
    Outcome as Outcome,
    RunEnd as RunEnd,
    RunStart as RunStart,
)
from policydiff.watch.ledger.memory import (
    ItemState as ItemState,
    Lateness as Lateness,
    Memory as Memory,
    OpenRun as OpenRun,
    is_due as is_due,
    late_sources as late_sources,
    prepare_folder as prepare_folder,
    remember as remember,
    run_lock as run_lock,
    save as save,
)
