"""`Store`: every version of every document in git, with all verbs of the command line; in this module the watched sources and the gate."""

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policydiff.api.asking import AskedStore
from policydiff.api.opened_store import configuration_of, rules_of
from policydiff.api.recording import RecordingStore
from policydiff.errors import NotFoundError
from policydiff.platforms import local_day

if TYPE_CHECKING:
    from policydiff.checks import CheckReport
    from policydiff.checks.checking import Pair
    from policydiff.model.base import Language
    from policydiff.model.listed import SearchHits
    from policydiff.settings import Source
    from policydiff.settings.settings import CheckSettings, Configuration
    from policydiff.watch.ledger import Entry
    from policydiff.watch.publishing import Published
    from policydiff.watch.session import Session
    from policydiff.watch.watched import AddedSources, Health, SourceList, TrialReport


class Store(AskedStore, RecordingStore):
    """Every version of every document, in a folder of a git repository or in a bare repository.

    Reading sees only recorded content and writes nothing but the index. Methods with `as_of` answer from
    the store as it was known at the end of that day. Close it, or use it as a context manager.
    """

    def track(
        self,
        *names: str,
        everything: bool = False,
        accept: tuple[str, ...] = (),
        out: str | os.PathLike[str] | None = None,
        lang: "Language | None" = None,
        on_entry: "Callable[[Entry], None] | None" = None,
    ) -> "Session":
        """Check the watched sources, record new versions, and notify the receivers named in the settings of the changes.

        Args:
            names: Names of sources; empty for all that are due.
            everything: Also check sources that are not due yet.
            accept: Sources to record although they shrank or look different.
            out: Folder for a report of each change.
            lang: Language of the reports; None for the user's own.
            on_entry: Called with each check of the run.

        Returns:
            The report of the run, and each notice that could not be delivered.
        """
        from policydiff.api.rendering import language
        from policydiff.watch import Clock
        from policydiff.watch.run import RunOptions
        from policydiff.watch.session import SessionOptions, carry_out

        asked = RunOptions(names=names, everything=everything, accepted=tuple(accept))
        options = SessionOptions(
            asked,
            language(lang),
            Path(out) if out else None,
            dict(os.environ),
            on_entry,
        )
        return carry_out(self.configuration(), self.recorded, Clock(), options)

    def health(self, *, full: bool = False) -> "Health":
        """Return whether every source was read as often as its settings ask, and the store holds each version of the ledger.

        Args:
            full: Check the chain of the whole ledger.
        """
        from policydiff.watch import Clock
        from policydiff.watch.store_archive import Archive
        from policydiff.watch.watched import read_health

        archive = Archive(self.recorded)
        return read_health(self.configuration(), self.folder, Clock().now(), full=full, archive=archive)

    def begin(self, branch: str, *, remote: str = "origin") -> str | None:
        """Merge the branch of a remote into this store, so that the next run continues from there.

        Args:
            branch: Branch that new versions are published to.
            remote: Name or address of the remote.

        Returns:
            A sentence on a matter that a person must look at, None where there is none.

        Raises:
            WriteConflictError: if this clone holds commits of its own that contradict the branch.
        """
        from policydiff.watch.publishing import Target, begin

        return begin(self.folder, Target(branch, remote))

    def publish(self, branch: str, *, remote: str = "origin", paths: tuple[str, ...] = ()) -> "Published":
        """Push the recorded versions to a branch, merged with the commits of other clones; nothing is rebased or forced.

        Args:
            branch: Branch of the remote.
            remote: Name or address of the remote.
            paths: Further files of the store to commit first, such as the feed.

        Raises:
            WriteConflictError: if the remote refuses, other clones kept pushing first, or a version would be left behind.
        """
        from policydiff.watch.publishing import Target, publish

        return publish(self.folder, self.configuration(), Target(branch, remote, tuple(paths)))

    def sources(self) -> "SourceList":
        """Return the watched sources, in the order of the settings."""
        from policydiff.watch.watched import SourceList

        return SourceList(sources=self.configuration().sources)

    def make_source(self, address: str, **given: object) -> "Source":
        """Return a source for an address, with a free name, without adding it.

        Args:
            address: The page, listing or feed; or a folder.
            given: name, kind, id, every, select, ignore, link, entries, match, next.

        Raises:
            UsageError: if the source does not hold.
        """
        from policydiff.settings.settings_file import make_source

        return make_source(address, given, self.configuration())

    def add_source(self, source: "Source", trial: "TrialReport | None" = None) -> "Source":
        """Add a source to `policydiff.toml`, and return it as it stands there.

        Args:
            source: As `make_source` gives it.
            trial: As `try_source` gives it: the source is named after the document that it read, and keeps its name without.

        Raises:
            UsageError: if its name or document id is taken.
        """
        from policydiff.settings import SINGLE_KINDS
        from policydiff.settings.settings_file import CONFIG_NAME, append_source, free_name

        if trial is not None and source.kind in SINGLE_KINDS and (document := trial.trials[0].id):
            taken = {one.name for one in self.configuration().sources}
            source = source.model_copy(update={"name": free_name(document, taken)})
        append_source(self.folder / CONFIG_NAME, source)
        return source

    def add_sources(
        self, listed: str | os.PathLike[str], *, dry_run: bool = False, **shared: object
    ) -> "AddedSources":
        """Try every address of a list and add the readable ones; an unreadable address does not stop the rest.

        Args:
            listed: File with one address a line, a CSV with a column `url`, or an OPML file.
            dry_run: Only try.
            shared: Fields of every source (kind, every) where the list gives none.

        Raises:
            UnreadableInputError: if the file holds no address.
        """
        from policydiff.errors import UsageError
        from policydiff.extract.decoding import bytes_of_file
        from policydiff.settings.settings_file import read_list
        from policydiff.watch.watched import AddedSource, AddedSources

        known = {source.origin for source in self.configuration().sources}
        rows = []
        for each in read_list(bytes_of_file(Path(listed)), os.fspath(listed)):
            given = {key: value for key, value in {**shared, **each.given}.items() if value}
            try:
                if each.fault:
                    raise UsageError(each.fault)
                row = (
                    {"outcome": "known"}
                    if each.url in known
                    else self._tried(each.url, given, dry_run=dry_run)
                )
            except UsageError as error:
                row = {"outcome": "failed", "detail": str(error)}
            rows.append(AddedSource.model_validate({"url": each.url, **row}))
        return AddedSources(sources=tuple(rows))

    def _tried(self, address: str, given: dict[str, object], *, dry_run: bool) -> dict[str, object]:
        """Try an address, add it unless this is a dry run, and return the outcome."""
        source = self.make_source(address, **given)
        report = self.try_source(source)
        read = next((trial for trial in report.trials if trial.failure is None), None)
        if not report.readable or read is None:
            failed = report.trials[0]
            return {"outcome": "failed", "failure": failed.failure, "detail": failed.detail}
        if not dry_run:
            source = self.add_source(source, None if "name" in given else report)
        outcome = "tried" if dry_run else "added"
        told = {"title": read.title, "clauses": read.clauses, "notes": read.notes}
        return {"outcome": outcome, "name": source.name, **told}

    def try_source(self, source: "Source | str") -> "TrialReport":
        """Return the versions that a source would record now, and record nothing.

        Args:
            source: A source, or the name of one in the settings.

        Raises:
            NotFoundError: if there is no source of that name.
        """
        from policydiff.watch import Clock
        from policydiff.watch.fetch.client import Client
        from policydiff.watch.store_archive import Archive
        from policydiff.watch.watched import TrialReport, try_source

        configuration = self.configuration()
        meant = configuration.source(source) if isinstance(source, str) else source
        if meant is None:
            raise NotFoundError(f"there is no source named {source!r} in policydiff.toml")
        client = Client(configuration.track, Clock())
        try:
            trials = try_source(meant, configuration, Archive(self.recorded), client, self.folder)
        finally:
            client.close()
        return TrialReport(trials=tuple(trials))

    def check(
        self, *docs: str, since: str | date | datetime | None = None, today: date | None = None
    ) -> "CheckReport":
        """Check changes against the rules of `policydiff.toml`.

        Args:
            docs: Ids of documents; empty for all.
            since: Check every version recorded after this revision or day; None for the newest version of each
                document against the one before it.
            today: The day that waivers are held against; None for today.
        """
        from policydiff.checks.checking import check

        return check(self._pairs(docs, since), self.rules(), today or local_day())

    def _pairs(self, docs: tuple[str, ...], since: str | date | datetime | None) -> "list[Pair]":
        from policydiff.checks.checking import newest_pairs, pairs_since, state_at

        # git's hooks name the far side of a branch that is new there with zeros.
        if since is None or (isinstance(since, str) and not since.strip("0")):
            wanted = docs or [identity.id for identity in self.recorded.documents()]
            return list(newest_pairs(self.recorded, wanted))
        pairs = pairs_since(self.recorded, state_at(self.recorded, _moment(since)))
        return [pair for pair in pairs if not docs or pair.new.reference.id in docs]

    def rules(self) -> "CheckSettings":
        """Return the rules and waivers of the store; for a bare store, as recorded."""
        return rules_of(self.recorded)

    def configuration(self) -> "Configuration":
        """Return the settings of the store as its folder has them; internal.

        Raises:
            UsageError: if it is a bare store, which has no settings to edit.
        """
        return configuration_of(self.folder)


def search(
    words: str | Sequence[str], *, store: "Store | str | os.PathLike[str] | None" = None, **how: Any
) -> "SearchHits":
    """Return the clauses of a store that hold all the words, best first.

    Args:
        words: Words joined by blanks, or a list of them; a phrase with blanks stands in quotation marks.
        store: The store or its folder; None for the nearest one upward of the current folder.
        how: As for `Store.search`: jurisdiction, issuer, level, document_type, since, until, all_versions, limit.

    Raises:
        UsageError: if no word is given.
        NotFoundError: if there is no store.
    """
    if isinstance(store, Store):
        return store.search(words, **how)
    with Store.discover() if store is None else Store.open(store) as found:
        return found.search(words, **how)


def store_if_any(folder: str | os.PathLike[str] | None = None) -> Store | None:
    """Open the store in a folder; without a folder the nearest store upward, None if there is none.

    Raises:
        NotFoundError: if a folder is named that is no store.
    """
    if folder is not None:
        return Store.open(folder)
    try:
        return Store.discover()
    except NotFoundError:
        return None


def _moment(since: str | date | datetime) -> str | date | datetime:
    if not isinstance(since, str):
        return since
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(since)
        except ValueError:
            continue
    return since
