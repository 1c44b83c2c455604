"""Prove a store: every byte against its hash, the history against its own rules, signatures if asked.

It detects, it does not prevent: someone who rewrites the whole history of every clone, digests included, is only found
out by signatures, by an anchor kept elsewhere, or by a clone that remembers.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from policydiff.errors import DamagedStoreError, NotFoundError
from policydiff.store import history, layout
from policydiff.store.git import Repository
from policydiff.store.locks import no_writer
from policydiff.store.values import Fault, FaultKind
from policydiff.store.verify_anchors import Anchor, check_anchors, check_reach
from policydiff.store.verify_content import (
    Recorded,
    check_objects,
    check_recorded,
    check_signatures,
    list_recorded,
)
from policydiff.store.verify_history import check_history
from policydiff.store.verify_records import check_work_tree


def verify(
    repository: Repository,
    *,
    signed_by: Sequence[str] = (),
    anchor: str | None = None,
    authority: Path | None = None,
) -> list[Fault]:
    """Return everything wrong with a store, in the order of the checks; none where all is well.

    Args:
        repository: Where the store lies.
        signed_by: Fingerprints, mail addresses or ssh public keys, one of which must have signed each commit that
            touched a document.
        anchor: The whole id of a commit known to be good, kept outside the store, the name of a signed tag, or a file
            with an RFC 3161 time stamp of a commit's id (`.tsr`): it must still be part of the history.
        authority: File with the certificates of the authorities whose time stamps are believed, in PEM.

    Raises:
        UsageError: if the anchor could be moved by whoever changes the history.
    """
    head = repository.head()
    if head is None:
        return []
    held_to = Anchor(anchor, tuple(signed_by), authority) if anchor is not None else None
    return list(_all(repository, head, signed_by, held_to))


def _all(
    repository: Repository, head: str, signed_by: Sequence[str], anchor: Anchor | None
) -> Iterator[Fault]:
    yield from check_reach(repository, head)
    try:
        yield from _checks(repository, head, signed_by, anchor)
    except (DamagedStoreError, NotFoundError) as error:
        # Trees that a partial clone lacks end the checks; in a whole one this is damage.
        if not history.partial(repository):
            raise
        yield Fault(kind=FaultKind.UNCHECKED, message=f"the store was not checked to its end: {error}")


def _checks(
    repository: Repository, head: str, signed_by: Sequence[str], anchor: Anchor | None
) -> Iterator[Fault]:
    recorded: Recorded = list_recorded(repository, head)
    yield from check_objects(repository, recorded)
    yield from check_recorded(repository, recorded)
    if not repository.bare:
        yield from _check_files(repository)
    yield from check_history(repository, head, recorded)
    yield from check_anchors(repository, head, anchor)
    if signed_by:
        yield from check_signatures(repository, head, layout.DOCUMENTS, signed_by)


def _check_files(repository: Repository) -> list[Fault]:
    """Check the work tree while no writer is between its commit and the files."""
    with no_writer(repository):
        head = repository.head()
        return (
            [] if head is None else list(check_work_tree(repository, head, list_recorded(repository, head)))
        )
