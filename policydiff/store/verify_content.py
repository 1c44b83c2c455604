"""Checks the files recorded at HEAD by their hashes and forms, and the files of the work tree by the recorded files.

Where signers are given, each commit that touched a document must have a good signature.
"""

import hashlib
import json
import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from policydiff.errors import DamagedStoreError, InvalidIdentifierError, NotFoundError, worded
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.store import Fault, FaultKind, history, layout
from policydiff.store.git import Repository
from policydiff.store.git_confined import unsilenced
from policydiff.store.layout import StorePath, check_id

Recorded = dict[str, str]
"""Path relative to the store, under `documents/`, to object id; an empty id for an entry that is no regular file."""

_OBJECT = re.compile(r"\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b")
_FSCK_TROUBLE = re.compile(r"error|missing|corrupt|broken|bad |mismatch|cannot|fatal", re.IGNORECASE)


def list_recorded(repository: Repository, head: str) -> Recorded:
    """Return every file recorded under `documents/`."""
    listing = repository.run(
        "ls-tree", "-r", "-z", "--full-tree", head, "--", f"{repository.prefix}{layout.DOCUMENTS}/"
    ).output
    recorded = {}
    for line in os.fsdecode(listing).split("\0"):
        if line:
            about, _, path = line.partition("\t")
            mode, _, oid = about.split(" ")
            recorded[path.removeprefix(repository.prefix)] = oid if mode in {"100644", "100755"} else ""
    return recorded


def fault_at(kind: FaultKind, path: str | None, message: str, commit: str | None = None) -> Fault:
    """Return the fault of a file of the store, with the document and the version that its path names; path None means the history."""
    place = None if path is None else layout.read_path(path)
    document_id = None if place is None else place.document_id
    version = None if place is None or place.version is None else str(place.version)
    return Fault(kind=kind, id=document_id, version=version, path=path, commit=commit, message=message)


def check_objects(repository: Repository, recorded: Recorded) -> Iterator[Fault]:
    """Let git re-hash every object it holds."""
    silenced = repository.setting_names(r"^fsck\.")
    checked = repository.run(
        *unsilenced(silenced), "fsck", "--full", "--no-dangling", "--no-progress", check=False
    )
    if not checked.status:
        return
    paths = {oid: path for path, oid in recorded.items() if oid}
    seen: set[str] = set()
    for line in (os.fsdecode(checked.output) + "\n" + checked.error).splitlines():
        if not _FSCK_TROUBLE.search(line) or line.startswith("warning"):
            continue
        found = [oid for oid in _OBJECT.findall(line) if oid not in seen]
        path = next((paths[oid] for oid in found if oid in paths), None)
        if found or not _OBJECT.search(line):
            seen.update(found)
            damage = worded(f"git's object is damaged ({line.strip()})")
            yield fault_at(FaultKind.OBJECT, path, damage if path is None else f"{path}: {damage}")
    if not seen:
        told = worded(f"git fsck finds the repository damaged: {checked.error}")
        yield fault_at(FaultKind.OBJECT, None, told)


def check_recorded(repository: Repository, recorded: Recorded) -> Iterator[Fault]:
    """Check forms, names and hashes of all documents and versions."""
    versions: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    documents: set[str] = set()
    for path, oid in recorded.items():
        place = layout.read_path(path)
        if place is None or not oid:
            told = worded(f"{path} belongs to no document or version of the store")
            yield fault_at(FaultKind.UNEXPECTED, path, told)
        elif place.version is None:
            documents.add(place.document_id)
            yield from _check_identity(repository, path, oid, place)
        else:
            versions[place.document_id, str(place.version)][place.file] = oid
    for (document_id, version), files in versions.items():
        if document_id not in documents:
            path = layout.identity_path(document_id)
            documents.add(document_id)
            yield fault_at(FaultKind.MISSING, path, worded(f"{path} is missing"))
        yield from _check_version(repository, document_id, version, files)


def _check_identity(repository: Repository, path: str, oid: str, place: StorePath) -> Iterator[Fault]:
    data = _read(repository, oid)
    if data is None:
        return
    try:
        check_id(place.document_id)
        identity = DocumentIdentity.model_validate_json(data)
    except (ValidationError, InvalidIdentifierError):
        yield fault_at(FaultKind.DAMAGED, path, worded(f"{path} cannot be read as a document's identity"))
        return
    if identity.id != place.document_id:
        yield fault_at(FaultKind.DAMAGED, path, worded(f"{path} says that it belongs to {identity.id}"))
    yield from _said_twice(path, data)


def _check_version(
    repository: Repository, document_id: str, version: str, files: dict[str, str]
) -> Iterator[Fault]:
    def path_of(file: str) -> str:
        return layout.version_path(document_id, version, file)

    path = path_of(layout.RECORD)
    if layout.RECORD not in files:
        yield fault_at(FaultKind.MISSING, path, worded(f"{path} is missing"))
        return
    data = _read(repository, files[layout.RECORD])
    if data is None:
        return
    try:
        record = VersionRecord.model_validate_json(data)
    except ValidationError:
        yield fault_at(FaultKind.DAMAGED, path, worded(f"{path} cannot be read as a version's record"))
        return
    if record.version != version:
        told = worded(f"{path} says that it is version {record.version}")
        yield fault_at(FaultKind.DAMAGED, path, told)
    yield from _said_twice(path, data)
    for file, expected in ((record.source_name, record.source_sha256), (layout.TEXT, record.text_sha256)):
        wrong = _wrong_with(repository, path_of(file), files.get(file), expected)
        if wrong is not None:
            kind = FaultKind.DAMAGED if file in files else FaultKind.MISSING
            yield fault_at(kind, path_of(file), wrong)
    for path in map(path_of, sorted(files.keys() - {layout.RECORD, layout.TEXT, record.source_name})):
        told = worded(f"{path} is not the source that the version's record names")
        yield fault_at(FaultKind.UNEXPECTED, path, told)


def _wrong_with(repository: Repository, path: str, oid: str | None, expected: str) -> str | None:
    """Return the fault of a version's source or text as a sentence, None where it agrees with its record or cannot be read."""
    if oid is None:
        return worded(f"{path} is missing")
    content = _read(repository, oid)
    if content is None:
        return None
    if hashlib.sha256(content).hexdigest() != expected:
        return worded(f"{path} does not have the SHA-256 that {layout.RECORD} records")
    is_text = path.endswith(f"/{layout.TEXT}")
    return worded(f"{path} is no text in UTF-8") if is_text and not _is_text(content) else None


def _said_twice(path: str, data: bytes) -> list[Fault]:
    """Return a fault for each name that an object of a JSON file gives twice: programs differ in which value they use."""
    twice: list[str] = []

    def look(pairs: list[tuple[str, object]]) -> None:
        twice.extend(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)

    json.loads(data, object_pairs_hook=look)
    return [fault_at(FaultKind.DAMAGED, path, worded(f"{path} gives {name} twice")) for name in twice]


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read(repository: Repository, oid: str) -> bytes | None:
    """Return an object's data; None where git cannot read it, which `check_objects` or `check_reach` has named."""
    try:
        found = repository.read(oid)
    except (DamagedStoreError, NotFoundError):
        return None
    return None if found is None else found[2]


def check_work_tree(repository: Repository, head: str, recorded: Recorded) -> Iterator[Fault]:
    """Yield a fault for every file under `documents/` that differs from its recorded content."""
    named = _changed_files(repository, recorded)
    for path in named:
        place = repository.folder / path
        if place.is_symlink() or not place.is_file():
            message = worded(f"{path} is missing in the work tree: git restore brings it back")
            yield fault_at(FaultKind.MISSING, path, message)
            continue
        message = worded(
            f"{path} in the work tree differs from what is recorded: git restore brings back what is recorded"
        )
        if path.endswith(f"/{layout.TEXT}"):
            message = worded(
                f"{path} in the work tree differs from what is recorded: git restore brings back what is recorded, "
                "policydiff correct records a correction"
            )
        yield fault_at(FaultKind.CHANGED, path, message)
    for path in _staged(repository, head):
        if path not in named:
            message = worded(f"{path} has a change that is staged and not recorded")
            yield fault_at(FaultKind.UNRECORDED, path, message)
    for path in _untracked(repository):
        if path not in recorded and layout.read_path(path) is not None:
            message = worded(f"{path} lies in the work tree and is not recorded")
            yield fault_at(FaultKind.UNRECORDED, path, message)


def differing(repository: Repository, head: str | None, recorded: Recorded) -> list[str]:
    """Return the paths under `documents/` whose file or index entry differs from the recorded one; ignored files are left out."""
    found = {*_changed_files(repository, recorded), *_staged(repository, head)}
    found.update(path for path in _untracked(repository, "--exclude-standard") if path not in recorded)
    return sorted(found)


def _changed_files(repository: Repository, recorded: Recorded) -> list[str]:
    """Return the paths whose file in the work tree is missing or different; files that a sparse checkout leaves out are skipped."""
    # The paths that a sparse checkout leaves out on purpose
    listing = repository.run("ls-files", "-t", "-z", "--full-name", "--", layout.DOCUMENTS).output
    lines = os.fsdecode(listing).split("\0")
    left_out = {line[2:].removeprefix(repository.prefix) for line in lines if line.startswith("S ")}
    looked_at = (path for path in recorded if path not in left_out)
    return [path for path in looked_at if not _holds(repository, path, recorded[path])]


def _holds(repository: Repository, path: str, oid: str) -> bool:
    """Return whether a file of the work tree equals the recorded file; an entry that is no regular file counts as equal."""
    place = repository.folder / path
    if not oid:
        return True
    try:
        return not place.is_symlink() and place.is_file() and repository.object_id(place.read_bytes()) == oid
    except OSError:
        return False


def _staged(repository: Repository, head: str | None) -> list[str]:
    if head is None:
        return repository.paths("ls-files", "-z", "--full-name", "--", layout.DOCUMENTS)
    against = ("--name-only", "-z", "--no-renames", head, "--", layout.DOCUMENTS)
    return repository.paths("diff-index", "--cached", *against)


def _untracked(repository: Repository, *options: str) -> list[str]:
    return repository.paths("ls-files", "--others", *options, "-z", "--full-name", "--", layout.DOCUMENTS)


_FORMAT = "%H%x1f%G?%x1f%GF%x1f%GP%x1f%GK%x1f%GS"
_GOOD = {"G", "U"}
"""Git's codes for a good signature: G, and U if the local keyring does not vouch for the owner; the caller names the key."""
_SSH_KEY = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-\S+ \S+")
_JUDGES = {
    "gpg.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.ssh.allowedSignersFile": os.devnull,
    "gpg.ssh.revocationFile": "",
    "gpg.minTrustLevel": "undefined",
}
"""Settings of git that decide about a signature, each with the value used if the user's own settings lack it."""
_MAIL = re.compile(r"<([^<>]+)>")


def check_signatures(
    repository: Repository, head: str, path: str, signed_by: Sequence[str]
) -> Iterator[Fault]:
    """Name each commit on a path, from `head` on, that is not signed by one of `signed_by`: fingerprints, addresses, whole ssh public keys."""
    oids = history.commits(repository, head, path, everything=True)
    with _judging(repository, signed_by) as (settings, wanted):
        for start in range(0, len(oids), 1000):
            part = oids[start : start + 1000]
            answer = repository.run(
                *settings, "log", "--no-walk=unsorted", "--stdin", f"--format={_FORMAT}",
                data="\n".join([*part, ""]).encode("ascii"),
            ).output  # fmt: skip
            yield from _judge(answer.decode("utf-8", "replace"), wanted, ", ".join(map(_name, signed_by)))


def tag_fault(repository: Repository, name: str, data: bytes, signed_by: Sequence[str]) -> Fault | None:
    """Return the fault of a tag's signature; None if the signature is good and by one of the required signers."""
    if b"-----BEGIN " not in data:
        return fault_at(FaultKind.UNSIGNED, None, worded(f"the tag {name} bears no signature"))
    with _judging(repository, signed_by) as (settings, wanted):
        judged = repository.run(*settings, "verify-tag", "--raw", "--", name, check=False)
        told = f"{judged.output.decode('utf-8', 'replace')}\n{judged.error}"
    by_wanted = not wanted or any(signer in told or signer in told.lower() for signer in wanted)
    if judged.status or not by_wanted:
        signers = ", ".join(map(_name, signed_by))
        message = (
            worded(f"the tag {name} bears no good signature by {signers}")
            if signed_by
            else worded(f"the tag {name} bears no good signature")
        )
        return fault_at(FaultKind.UNSIGNED, None, message)
    return None


@contextmanager
def _judging(repository: Repository, signed_by: Sequence[str]) -> Iterator[tuple[list[str], set[str]]]:
    """Yield the options with which git judges signatures, and the required signers in git's spelling."""
    wanted = {_plain(signer) for signer in signed_by}
    keys = [match[0] for match in map(_SSH_KEY.match, signed_by) if match]
    # The options under which the user's own programs and lists judge signatures, not those the store names
    options = []
    for name, usual in _JUDGES.items():
        own = repository.own_setting(name)
        options += ["-c", f"{name}={usual if own is None else own}"]
        if name == "gpg.program":  # the same setting has two names
            openpgp = repository.own_setting("gpg.openpgp.program")
            options += ["-c", f"gpg.openpgp.program={openpgp or own or usual}"]
    settings = options
    with tempfile.TemporaryDirectory(prefix="policydiff-") as folder:
        if keys:
            allowed = Path(folder) / "allowed_signers"
            allowed.write_text("".join(f"policydiff {key}\n" for key in keys), "utf-8")
            settings += ["-c", f"gpg.ssh.allowedSignersFile={allowed}"]
            wanted.add("policydiff")
        yield settings, wanted


def _judge(answer: str, wanted: set[str], signers: str) -> Iterator[Fault]:
    for line in answer.splitlines():
        commit, state, *identities = line.split("\x1f")
        mails = [mail for identity in identities for mail in _MAIL.findall(identity)]
        if state not in _GOOD or not wanted & {_plain(each) for each in (*identities, *mails)}:
            message = (
                worded(f"commit {commit[:12]} bears no signature by {signers}")
                if state == "N"
                else worded(f"commit {commit[:12]} bears no good signature by {signers}")
            )
            yield fault_at(FaultKind.UNSIGNED, None, message, commit)


def _plain(signer: str) -> str:
    """Return a fingerprint or address for comparison; ssh fingerprints are case-sensitive."""
    return signer if signer.startswith("SHA256:") else signer.replace(" ", "").lower()


def _name(signer: str) -> str:
    return Path(signer).name if _SSH_KEY.match(signer) is None else signer[:40] + "…"
