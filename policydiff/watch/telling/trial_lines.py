"""A trial in words."""

from collections.abc import Iterator

from policydiff.watch.escape import plain
from policydiff.watch.trial import Trial


def trial_lines(trial: Trial) -> Iterator[str]:
    """Yield what a trial found as lines for a terminal."""
    where = trial.url or trial.item
    if trial.failure is not None:
        yield f"{where}: {trial.failure}: {plain(trial.detail or '')}"
        return
    if trial.id is None and trial.entries is not None:
        yield f"{where}: {trial.entries} entries"
        return
    yield f"{where}: {plain(trial.title or '(no title)')}"
    yield f"  id        {trial.id or '(none can be derived: give --id)'}"
    yield f"  number    {trial.document_number or '-'}"
    yield f"  issued    {trial.issued or '- (will be recorded as seen on the day)'}"
    yield f"  text      {trial.characters:,} characters, {trial.clauses} clauses, {trial.pages} page(s)"
    yield f"  begins    {plain(trial.beginning, 120)}"
    yield f"  ends      {plain(trial.end, 120)}"
