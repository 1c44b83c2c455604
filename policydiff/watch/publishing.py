"""Pushes recorded versions to a branch of the remote: merges versions of other clones, and tries again when another push came first.

Usually a merge suffices, because versions lie in paths of their own. Where two clones recorded one text, or two texts of one day,
their commits contradict each other: the branch then starts again from the remote, and the versions of this clone
are recorded again on top, as a later run would. Nothing is rebased or forced, and nothing is lost: unless
every version of the abandoned commits is recorded again, the branch stays as it was and the error says so.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import WriteConflictError
from policydiff.settings.settings import Configuration
from policydiff.store import Store
from policydiff.store.exchange import Exchange, is_document_path
from policydiff.watch import Clock
from policydiff.watch.captures import Captures, Circumstances, recover
from policydiff.watch.run import LEDGER_FOLDER
from policydiff.watch.session import write_feed
from policydiff.watch.store_archive import Archive

_MOST_ATTEMPTS = 8
"""Most rounds of fetch, merge and push: with eight, eight runners that start in the same second all succeed."""


class Target(NamedTuple):
    """Where versions are published."""

    branch: str
    remote: str = "origin"
    paths: tuple[str, ...] = ()
    """Further files of the store to commit: the feed, the archived ledger."""


class Published(NamedTuple):
    """Result of publishing."""

    commit: str
    merges: int = 0
    """Number of merges with the work of others."""
    again: int = 0
    """Versions that were recorded again on top of the work of others."""
    is_new: bool = True
    """Whether the remote needed an update."""


def begin(folder: Path, target: Target) -> str | None:
    """Merge the remote's branch before a run, so that the run continues it.

    Returns a message for a person, None if there is nothing to look at. Raises WriteConflictError if this
    clone holds commits of its own that contradict the branch.
    """
    exchange = Exchange(folder, target.remote)
    tip = exchange.fetch(target.branch)
    if tip is None or exchange.contains(tip) or exchange.merge(tip):
        return None
    if not exchange.is_published():
        raise WriteConflictError(
            f"{target.branch} and the commits of this clone record one thing differently: publish them first"
        )
    # Both sides are published: neither is given up. The run goes on where the updates are, a person merges.
    exchange.stand_on(tip)
    return f"{target.branch} and its base record one thing differently: resolve it in the pull request"


def publish(
    folder: Path, configuration: Configuration, target: Target, clock: Clock | None = None
) -> Published:
    """Push the recorded versions, merged with versions that others pushed in the meantime.

    Raises WriteConflictError if the remote refuses, others were always faster, or a version would be left behind.
    """
    exchange = Exchange(folder, target.remote)
    exchange.commit_paths(target.paths)
    merges = again = 0
    tip = exchange.fetch(target.branch)
    for _ in range(_MOST_ATTEMPTS):
        if tip is not None and exchange.contains(exchange.head(), tip):
            return Published(exchange.head(), merges, again, is_new=bool(merges or again))
        if tip is not None and not exchange.contains(tip):
            if exchange.merge(tip):
                merges += 1
            else:
                again += _record_again(folder, configuration, exchange, target, tip, clock or Clock())
            with Store.open(folder) as store:
                write_feed(configuration, store, is_changed=True)  # it tells of the whole store
            exchange.commit_paths(target.paths)
            if exchange.contains(exchange.head(), tip):
                return Published(exchange.head(), merges, again, is_new=False)
        refusal = exchange.push(target.branch)
        if refusal is None:
            return Published(exchange.head(), merges, again)
        tip = exchange.fetch(target.branch)
        if tip is None or exchange.contains(tip):
            raise WriteConflictError(
                f"the remote does not take {target.branch}: {refusal}; what was recorded stays, the next run publishes it"
            )
    raise WriteConflictError(f"other writers kept winning on {target.branch}: the next run publishes it")


def _record_again(
    folder: Path, configuration: Configuration, exchange: Exchange, target: Target, tip: str, clock: Clock
) -> int:
    """Restart the branch at the remote's tip and record the captures of this clone there; return their number."""
    before = exchange.head()
    others = [
        path
        for path in exchange.own_paths(tip)
        if not is_document_path(path)
        and not any(f"{path}/".startswith(f"{each.rstrip('/')}/") for each in target.paths)
    ]
    if others:
        raise WriteConflictError(
            f"{target.branch} and this clone contradict one another, also in {others[0]}: merge by hand"
        )
    with Store.open(folder) as store:
        own = _held(store)
    exchange.stand_on(tip)
    left_behind = own
    try:
        with Store.open(folder, clock=clock.now) as store:
            captures = Captures(folder / LEDGER_FOLDER / "captures")
            # Nothing is written ahead: the bytes are on the shelf.
            wanted = Circumstances(Archive(store), captures, "publish", lambda _: None, configuration.extract)
            count = sum(1 for _ in recover(wanted, clock.now()))
            left_behind = own - _held(store)
    finally:
        # Also where recording failed or was stopped: a signature that cannot be made, a full disk.
        if left_behind:
            exchange.stand_on(before)
    if left_behind:
        names = ", ".join(sorted({document for document, _ in left_behind})[:3])
        raise WriteConflictError(
            f"{target.branch} and this clone record one thing differently, and {names} was not captured by a run: "
            "merge by hand"
        )
    return count


def _held(store: Store) -> set[tuple[str, str]]:
    """Return every text of a store and every description of a document, by document and hash."""
    held = set()
    for identity in store.documents():
        words = [store.text(identity.id, record.version) for record in store.versions(identity.id)]
        for each in (*words, identity.model_dump_json()):
            held.add((identity.id, hashlib.sha256(each.encode()).hexdigest()))
    return held
