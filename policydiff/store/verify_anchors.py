"""Verifies a store: bytes by their hashes, the history by its own rules, and both by evidence from outside the store."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from policydiff.errors import DamagedStoreError, NotFoundError, UsageError, worded
from policydiff.store import Fault, FaultKind, history, layout
from policydiff.store.git import Repository
from policydiff.store.git_confined import SKIPPED
from policydiff.store.history import commit_date
from policydiff.store.layout import remembered_commits
from policydiff.store.locks import no_writer
from policydiff.store.verify_content import (
    Recorded,
    check_objects,
    check_recorded,
    check_signatures,
    check_work_tree,
    fault_at,
    list_recorded,
    tag_fault,
)
from policydiff.store.verify_history import CLOCK_SKEW, check_history

ENDING = ".tsr"
"""Name ending of an authority's answer, as `openssl ts` and `curl` examples write it."""
_ALGORITHMS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_MOST_BYTES = 1024 * 1024
"""Most bytes of an answer with the certificates of its authority; usual answers have some kilobytes."""


class Stamped(NamedTuple):
    """The commit that an authority stamped, and the time of the stamp."""

    commit: str
    at: datetime


def read_timestamp(file: Path, authority: Path | None, commits: Iterable[str]) -> Stamped | Fault:
    """Return the stamped commit of a time stamp (an authority's answer, in DER) with its time, or the fault of the stamp.

    Certificates in the answer must lead up to a trusted certificate (`authority`, in PEM); `commits` are the full
    ids of the history. Raises UsageError if no authority is named, a file cannot be read, or the extra is not
    installed.
    """
    if authority is None:
        raise UsageError(
            f"{file} is a time stamp: name the certificate of the authority that you believe by --authority"
        )
    try:
        import rfc3161_client as rfc3161  # noqa: PLC0415 (an extra)
        from cryptography import x509  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("time stamps need an extra: pip install 'policydiff[timestamps]'") from error
    try:
        answer: Any = rfc3161.decode_timestamp_response(_content(file))
        roots = x509.load_pem_x509_certificates(_content(authority))
    except ValueError as error:
        raise UsageError(f"{file} or {authority} cannot be read: {error}") from error
    imprint = answer.tst_info.message_imprint
    name = _ALGORITHMS.get(imprint.hash_algorithm.dotted_string)
    if name is None:
        raise UsageError(
            f"{file} stamps a hash that is not held against: {imprint.hash_algorithm.dotted_string}"
        )
    verifier: Any = rfc3161.VerifierBuilder(roots=list(roots)).build()
    try:
        verifier.verify(answer, imprint.message)
    except rfc3161.VerificationError as error:
        message = worded(f"{file} bears no good signature of the authority: {error}")
        return fault_at(FaultKind.UNSIGNED, None, message)
    for commit in commits:
        for words in (commit, f"{commit}\n"):
            if hashlib.new(name, words.encode("ascii")).digest() == imprint.message:
                return Stamped(commit, answer.tst_info.gen_time)
    message = worded(f"{file} stamps no commit of the history: what it stood for is gone")
    return fault_at(FaultKind.REWRITTEN, None, message)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} is no time stamp and no certificate: it is too large")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error


_TAG = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,200}")


class Anchor(NamedTuple):
    """A point of the history kept outside the store, which the history must still hold."""

    name: str
    """The whole id of a commit, the name of a signed tag, or a file with a time stamp (`.tsr`)."""
    signed_by: tuple[str, ...] = ()
    """Signers; one of them must have signed the tag."""
    authority: Path | None = None
    """Certificates of the authorities whose time stamps are trusted."""


def check_anchors(repository: Repository, head: str, anchor: Anchor | None) -> Iterator[Fault]:
    """Check that every commit remembered outside the history is still part of the history.

    These are an anchor, this clone's own recordings, and the versions at every earlier tip in the reflog.
    """
    reachable = set(repository.run("rev-list", head).output.decode("ascii").split())
    if anchor is not None:
        yield from _check_anchor(repository, head, anchor, reachable)
    lost = [commit for commit in dict.fromkeys(remembered_commits(repository)) if commit not in reachable]
    for commit in lost:
        message = worded(
            f"commit {commit[:12]}, which was recorded here, is no longer in the history of this branch"
        )
        yield fault_at(FaultKind.REWRITTEN, None, message, commit)
    for commit in _abandoned(repository, reachable):
        for path in _gone(repository, commit, head):
            place = layout.read_path(path)
            if place is not None and place.file == layout.RECORD:
                message = worded(
                    f"{place.document_id}@{place.version} was in the history at {commit[:12]}, which was "
                    "rewritten without it"
                )
                yield fault_at(FaultKind.REMOVED, path, message, commit)


def _abandoned(repository: Repository, reachable: set[str]) -> list[str]:
    """Return earlier tips of the branch at HEAD that it no longer contains."""
    branch = repository.branch
    if not branch:
        return []
    walked = repository.run("rev-list", "--walk-reflogs", branch, "--", check=False)
    tips = walked.output.decode("ascii", "replace").split()
    return [tip for tip in dict.fromkeys(tips) if tip not in reachable]


def _gone(repository: Repository, commit: str, head: str) -> list[str]:
    only_deleted = ("-r", "-z", "--name-only", "--no-renames", "--diff-filter=D")
    return repository.paths("diff-tree", *only_deleted, commit, head, "--", layout.DOCUMENTS, check=False)


def _check_anchor(repository: Repository, head: str, anchor: Anchor, reachable: set[str]) -> Iterator[Fault]:
    """Check that the anchor is in the history, and that no parallel commit claims to be older than the anchor.

    Raises UsageError if a person who changes the history could also move the anchor.
    """
    name = anchor.name
    since: datetime | None = None
    commit = name.lower()
    if name.lower().endswith(ENDING):
        stamped = read_timestamp(Path(name), anchor.authority, reachable)
        if isinstance(stamped, Fault):
            yield stamped
            return
        commit, since = stamped
    elif not re.fullmatch(rf"[0-9a-f]{{{repository.id_width}}}", commit):
        tag = repository.read(f"refs/tags/{name}") if _TAG.fullmatch(name) else None
        if tag is None or tag[1] != "tag":
            raise UsageError(
                f"{name!r} is no anchor: give the whole id of a commit ({repository.id_width} digits), the name of a "
                "signed tag, or a file with a time stamp (.tsr); branches, short ids and plain tags can be made to mean "
                "another commit"
            )
        fault = tag_fault(repository, name, tag[2], anchor.signed_by)
        if fault is not None:
            yield fault
        found = repository.read(f"{tag[0]}^{{commit}}")
        commit = "" if found is None else found[0]
    if commit not in reachable:
        message = worded(f"{name}, the anchor, is not in the history")
        yield fault_at(FaultKind.REWRITTEN, None, message, commit or None)
        return
    # What an authority saw was there by its clock, whatever the commit says of itself.
    since = since or commit_date(repository, commit)
    listing = repository.run("rev-list", "--timestamp", head, f"^{commit}", "--", layout.DOCUMENTS).output
    for line in listing.decode("ascii").splitlines():
        stamp, oid = line.split()[:2]
        when = datetime.fromtimestamp(int(stamp), UTC)
        if when < since - CLOCK_SKEW:
            message = worded(
                f"commit {oid[:12]} is dated {when:%Y-%m-%d %H:%M}, before the anchor of "
                f"{since:%Y-%m-%d %H:%M}, and was not in the history then"
            )
            yield fault_at(FaultKind.BACKDATED, None, message, oid)


def check_reach(repository: Repository, head: str) -> Iterator[Fault]:
    """Report the parts that cannot be checked in a shallow, partial or grafted clone."""
    ends = history.shallow(repository)
    if ends:
        first = ", ".join(sorted(commit[:12] for commit in ends)[:3])
        yield _unchecked(
            worded(
                f"this clone is shallow: what was recorded up to commit {first} was not checked against its history; "
                "git fetch --unshallow brings the rest (in a workflow: fetch-depth: 0)"
            )
        )
    missing = missing_objects(repository, head)
    if missing:
        yield _unchecked(
            worded(
                f"this clone is partial: {missing:,} of the objects of its history are not here and were not checked; "
                "git fetch --refetch --no-filter brings them"
            )
        )
    if _has_grafts(repository):
        yield _unchecked(
            worded(
                "this clone has grafts (info/grafts), which show git another history than the one that was checked: "
                "delete the file"
            )
        )
    if any(name.lower() == f"fsck.{SKIPPED}" for name in repository.setting_names(r"^fsck\.")):
        yield _unchecked(
            worded(
                "the settings of git tell its check to skip some objects (fsck.skipList), which were not looked at: "
                "git config --unset-all fsck.skipList takes that back"
            )
        )
    replaced = repository.run("for-each-ref", "--format=%(refname)", "refs/replace/").output.split()
    if replaced:
        yield _unchecked(
            worded(
                f"this clone replaces {len(replaced)} objects (refs/replace), which shows git other contents than those that "
                "were checked: git replace -d removes one"
            )
        )


def missing_objects(repository: Repository, head: str) -> int:
    """Return how many objects of the store's history a partial clone lacks; 0 in a complete clone."""
    if not history.partial(repository):
        return 0
    found = repository.run(
        "rev-list", "--objects", "--missing=print", head, "--", layout.DOCUMENTS, check=False
    )
    if found.status:
        return 1
    return sum(line.startswith(b"?") for line in found.output.splitlines())


def _has_grafts(repository: Repository) -> bool:
    try:
        lines = (repository.common_dir / "info" / "grafts").read_text("ascii", "replace").splitlines()
    except OSError:
        return False
    return any(line.strip() and not line.startswith("#") for line in lines)


def _unchecked(message: str) -> Fault:
    return fault_at(FaultKind.UNCHECKED, None, message)


def verify(
    repository: Repository,
    *,
    now: datetime,
    signed_by: Sequence[str] = (),
    anchor: str | None = None,
    authority: Path | None = None,
) -> list[Fault]:
    """Return every fault of a store, in the order of the checks; an empty list for a sound store.

    No commit may be later than `now` (with time zone), by this machine's clock. One of `signed_by` (fingerprints,
    mail addresses or ssh public keys) must have signed each commit that touched a document. The anchor must be part
    of the history: the full id of a commit known to be good and kept outside the store, the name of a signed tag, or
    a file with an RFC 3161 time stamp of a commit id (`.tsr`), verified by the certificates of `authority` (PEM).

    Raises UsageError if a person who changes the history could also move the anchor.
    """
    head = repository.head()
    if head is None:
        return []
    held_to = Anchor(anchor, tuple(signed_by), authority) if anchor is not None else None
    faults = list(check_reach(repository, head))
    try:
        faults.extend(_checks(repository, head, now, signed_by, held_to))
    except (DamagedStoreError, NotFoundError) as error:
        # Trees that a partial clone lacks end the checks; in a whole one this is damage.
        if not history.partial(repository):
            raise
        faults.append(_unchecked(worded(f"the store was not checked to its end: {error}")))
    return faults


def _checks(
    repository: Repository, head: str, now: datetime, signed_by: Sequence[str], anchor: Anchor | None
) -> Iterator[Fault]:
    recorded: Recorded = list_recorded(repository, head)
    yield from check_objects(repository, recorded)
    yield from check_recorded(repository, recorded)
    if not repository.bare:
        yield from _check_files(repository)
    yield from check_history(repository, head, recorded, now)
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
