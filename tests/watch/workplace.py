"""A store in a temporary folder, a configuration for it, and runs over it."""

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from policydiff.settings.settings import Configuration
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch.fetch.client import Client
from policydiff.watch.ledger import Entry, Journal
from policydiff.watch.run import Run, RunOptions, RunResult
from policydiff.watch.store_archive import Archive
from tests.version_names import turn
from watch.clocks import FakeClock

SETTINGS = """
spec_version = 1

[track]
pace = 0
retries = 1
workers = 2
timeout = 5
total_timeout = 2
allow_addresses = ["127.0.0.0/8"]
"""


@cache
def empty_store(moment: datetime) -> Path:
    """Return a store made at a moment: it is made once and copied, as making one starts ten processes of git."""
    folder = Path(tempfile.mkdtemp(prefix="policydiff-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Store.init(folder / "store", clock=lambda: moment).close()
    return folder / "store"


class Workplace:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.text = SETTINGS
        shutil.copytree(empty_store(self.clock.now()), folder)

    def configure(self, sources: str, settings: str = "") -> None:
        """Replace the sources; `settings` are further lines of [track]."""
        names = {line.partition(" = ")[0] for line in settings.splitlines()}
        kept = [line for line in SETTINGS.splitlines() if line.partition(" = ")[0] not in names]
        self.text = "\n".join([*kept, settings, sources])
        (self.folder / "policydiff.toml").write_text(self.text, "utf-8")

    @property
    def configuration(self) -> Configuration:
        return parse_configuration(self.text)

    def run(
        self,
        *,
        client: Callable[[], Client] | None = None,
        on_entry: Callable[[Entry], None] | None = None,
        tell: Callable[[RunResult], None] = lambda _: None,
        **options: object,
    ) -> RunResult:
        configuration = self.configuration
        with Store.open(self.folder, clock=self.clock.now) as store:
            return Run(
                configuration,
                self.folder,
                Archive(store),
                self.clock,
                RunOptions.model_validate(options),
                on_entry,
                client,
            ).carry_out(tell)

    def outcomes(self, result: RunResult) -> dict[str, str]:
        return {
            entry.source + (f" {entry.item.rpartition('/')[2]}" if entry.item else ""): entry.failure
            or entry.outcome
            for entry in result.entries
        }

    def versions(self) -> dict[str, list[str]]:
        with Store.open(self.folder) as store:
            return {
                identity.id: [turn(record.version) for record in store.versions(identity.id)]
                for identity in store.documents()
            }

    def state(self) -> tuple[str, str]:
        """Return HEAD and what git says of the tree."""
        return self._git("rev-parse", "HEAD"), self._git(
            "status", "--porcelain", "--untracked-files=all", "--", "documents", ".policydiff"
        )

    def ledger(self) -> list[object]:
        with Journal(self.folder / ".policydiff" / "track" / "ledger") as journal:
            return list(journal.read())

    def at(self, moment: datetime) -> None:
        self.clock.advance(seconds=(moment - self.clock.now()).total_seconds())

    def _git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout.strip()
