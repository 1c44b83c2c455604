"""The ledger on disk, its memory, and what is due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from policydiff.errors import DamagedStoreError
from policydiff.settings import Source
from policydiff.watch import FailureKind
from policydiff.watch.ledger import Entry, Journal, Outcome, RunEnd, RunStart
from policydiff.watch.ledger.memory import ItemState, fold, is_due, remember, save

NOW = datetime(2026, 1, 31, 23, 0, tzinfo=UTC)
SOURCE = Source(name="s", url="https://a.cn/", every=timedelta(days=1))


def entry(at: datetime, outcome: Outcome = Outcome.UNCHANGED, **more: object) -> Entry:
    failure = FailureKind.TRANSIENT if outcome is Outcome.FAILED else None
    return Entry.model_validate(
        {"run": "r", "at": at, "source": "s", "outcome": outcome, "failure": failure} | more
    )


def write(folder: Path, *moments: datetime) -> None:
    with Journal(folder, repair=True) as journal:
        for moment in moments:
            journal.append(entry(moment, detail='中文，"}\n,"chain":"'), moment)


def test_lines_are_kept_by_month_and_the_chain_runs_on(tmp_path: Path) -> None:
    write(tmp_path, NOW, NOW + timedelta(hours=2))
    write(tmp_path, NOW + timedelta(hours=3))
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["2026-01.jsonl", "2026-02.jsonl"]
    with Journal(tmp_path) as journal:
        assert [line.at for line in journal.read()] == [NOW + timedelta(hours=hours) for hours in (0, 2, 3)]  # type: ignore[union-attr]


def test_a_clock_that_was_set_back_does_not_write_into_a_closed_month(tmp_path: Path) -> None:
    write(tmp_path, NOW + timedelta(hours=2), NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-02.jsonl"]


@pytest.mark.parametrize("cut", [1, 40])
def test_a_line_cut_by_a_crash_is_dropped_and_the_chain_goes_on(tmp_path: Path, cut: int) -> None:
    write(tmp_path, NOW, NOW)
    path = tmp_path / "2026-01.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    with Journal(tmp_path) as journal:
        assert len(list(journal.read())) == 1
    write(tmp_path, NOW + timedelta(minutes=1))
    with Journal(tmp_path) as journal:
        assert len(list(journal.read())) == 2


def test_a_removed_or_doubled_or_foreign_line_shows(tmp_path: Path) -> None:
    write(tmp_path, *[NOW + timedelta(minutes=minute) for minute in range(4)])
    path = tmp_path / "2026-01.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for altered in (lines[:1] + lines[2:], lines[:2] + lines[1:], [*lines, b"{}\n"], [lines[1], lines[0]]):
        path.write_bytes(b"".join(altered))
        with Journal(tmp_path) as journal, pytest.raises(DamagedStoreError, match=r"2026-01\.jsonl, line"):
            list(journal.read())


def test_months_that_are_over_are_archived_once(tmp_path: Path) -> None:
    ledger, archive = tmp_path / "a", tmp_path / "b"
    write(ledger, NOW, NOW + timedelta(hours=2))
    with Journal(ledger) as journal:
        journal.archive(archive, NOW)
        assert not archive.exists()
        journal.archive(archive, NOW + timedelta(hours=2))
        journal.archive(archive, NOW + timedelta(hours=3))
    assert [path.name for path in archive.iterdir()] == ["2026-01.jsonl"]
    assert (archive / "2026-01.jsonl").read_bytes() == (ledger / "2026-01.jsonl").read_bytes()


@pytest.mark.parametrize(
    "damage", ["", "{", '{"position": ["2026-01.jsonl", 99999, "x"], "items": [], "last_run": null}']
)
def test_the_snapshot_is_a_convenience_that_may_be_lost_or_wrong(tmp_path: Path, damage: str) -> None:
    snapshot = tmp_path / "state.json"
    with Journal(tmp_path / "ledger", repair=True) as journal:
        for line in (
            RunStart(run="r", at=NOW, sources=("s",)),
            entry(NOW, document="a/b", etag='"x"'),
            RunEnd(run="r", at=NOW),
        ):
            journal.append(line, NOW)
        whole = remember(journal, snapshot)
        save(whole, journal, snapshot)
        again = remember(journal, snapshot)
        snapshot.write_text(damage)
        rebuilt = remember(journal, snapshot)
    assert whole.items == again.items == rebuilt.items
    assert whole.last_run == again.last_run == rebuilt.last_run
    assert whole.open_run is None


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (ItemState(), True),
        (ItemState(read_at=NOW - timedelta(hours=20)), False),
        (ItemState(read_at=NOW - timedelta(hours=22)), True),  # a daily job never starts at the same second
        (ItemState(read_at=NOW - timedelta(hours=1), failures=1), True),
        (ItemState(failures=1, not_before=NOW + timedelta(minutes=1)), False),
        (ItemState(failures=1, not_before=NOW), True),
    ],
)
def test_what_is_due(state: ItemState, due: bool) -> None:
    assert is_due(SOURCE, state, NOW) is due
    assert not is_due(SOURCE.model_copy(update={"paused": True}), state, NOW)


def test_failures_are_counted_in_a_row_and_keep_what_was_known() -> None:
    state = fold(ItemState(), entry(NOW, document="a/b", version="1", etag='"x"'))
    for hours in (1, 2):
        state = fold(state, entry(NOW + timedelta(hours=hours), Outcome.FAILED))
    assert (state.failures, state.failing_since, state.read_at, state.etag) == (
        2,
        NOW + timedelta(hours=1),
        NOW,
        '"x"',
    )
    state = fold(state, entry(NOW + timedelta(hours=3)))
    assert (state.failures, state.failing_since, state.document, state.version) == (0, None, "a/b", "1")
