"""The texts of a store as a plain git repository: one file a document, one commit a version, dated by the version.

For reading with ordinary git tools. The store itself stays the record: dates before 1970, which git cannot hold, are
clamped, and the order of commits is that of the versions' dates.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from policydiff.errors import UsageError
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.store.git import Repository, create_repository
from policydiff.store.snapshot import date_order
from policydiff.store.store import Store

_AUTHOR = "policydiff <policydiff@localhost>"
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST = datetime(2099, 12, 31, tzinfo=UTC)


def write_plain_git(store: Store, folder: Path) -> int:
    """Write all versions to a new repository in an empty folder and return how many there were.

    Raises:
        UsageError: if git cannot write there.
    """
    ordered = sorted(
        ((identity, record) for identity in store.documents() for record in store.versions(identity.id)),
        key=lambda each: (date_order(each[1]), each[0].id),
    )
    create_repository(folder, bare=False)
    with Repository(folder) as target:
        branch = target.run("symbolic-ref", "HEAD").output.decode().strip()
        made = target.stream("fast-import", "--quiet", "--done", data=_stream(store, branch, ordered))
        if made.status:
            raise UsageError(f"git could not write to {folder}: {made.error}")
        if ordered:
            target.run("reset", "--hard", "--quiet")
    return len(ordered)


def _stream(
    store: Store, branch: str, ordered: list[tuple[DocumentIdentity, VersionRecord]]
) -> Iterator[bytes]:
    for identity, record in ordered:
        day = datetime.combine(date_order(record)[0], time(12), UTC)
        stamp = f"{int(min(max(day, _EARLIEST), _LATEST).timestamp())} +0000"
        lines = [
            f"{identity.title} ({record.version})",
            "",
            f"Policydiff-Version: {identity.id}@{record.version}",
        ]
        lines += [f"Policydiff-Number: {identity.document_number}"] if identity.document_number else []
        lines += [f"Policydiff-Url: {record.url}"] if record.url else []
        message = "\n".join(lines).encode()
        text = store.text(identity.id, record.version).encode()
        yield f"commit {branch}\nauthor {_AUTHOR} {stamp}\ncommitter {_AUTHOR} {stamp}\n".encode()
        yield b"data %d\n%b\n" % (len(message), message)
        yield f"M 100644 inline {identity.id}.txt\ndata {len(text)}\n".encode()
        yield text
        yield b"\n"
    yield b"done\n"
