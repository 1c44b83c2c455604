"""Fetch, merge and push between a clone and its remote, without loss of any recorded version.

Also writes the texts of a store as a plain git repository, with one file for each document and one commit for each version.
"""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import UsageError, WriteConflictError, without_secrets
from policydiff.model import DocumentIdentity, VersionRecord
from policydiff.store import layout
from policydiff.store.git import Repository, create_repository
from policydiff.store.snapshot import date_order
from policydiff.store.store import Store

_FOLLOWS = "Update what follows from new versions"
_PERSON = ("policydiff", "policydiff@localhost")


_IN_CLEAR = re.compile(r"(?:http|ftp)://[^/?#]*@", re.IGNORECASE)


class _Answer(NamedTuple):
    status: int
    output: str
    error: str


class Exchange:
    """The local side of the exchange between a clone and one remote, given by name or address.

    Fetching and pushing use the user's own git configuration (credentials, proxies): a user who publishes trusts
    it.
    """

    def __init__(self, folder: Path, remote: str) -> None:
        from git.cmd import Git  # noqa: PLC0415 (GitPython fails on import where there is no git)

        if remote.startswith("-"):
            raise UsageError(f"{remote!r} is no remote")
        self._git = Git(str(folder))
        self._remote = remote
        address = self._ask("remote", "get-url", "--push", "--", remote).output or remote
        if _IN_CLEAR.match(address):
            raise UsageError(
                f"{without_secrets(address)} would be sent its login without TLS: use https or ssh"
            )
        self._prefix = self._ask("rev-parse", "--show-prefix").output

    def head(self) -> str:
        """Return the commit at HEAD. Raises UsageError if there is no commit yet."""
        answer = self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if answer.status:
            raise UsageError("there is no commit to publish yet")
        return answer.output

    def fetch(self, branch: str) -> str | None:
        """Fetch a branch and return its newest commit; None if the remote lacks the branch.

        Raises WriteConflictError if the remote cannot be reached.
        """
        listed = self._ask("ls-remote", "--heads", "--", self._remote, f"refs/heads/{branch}")
        if listed.status:
            raise WriteConflictError(f"the remote cannot be read: {_reason(listed)}")
        if not listed.output:
            return None
        fetched = self._ask("fetch", "--quiet", "--no-tags", "--", self._remote, f"refs/heads/{branch}")
        if fetched.status:
            raise WriteConflictError(f"{branch} cannot be fetched: {_reason(fetched)}")
        return self._ask("rev-parse", "FETCH_HEAD").output

    def contains(self, commit: str, other: str = "HEAD") -> bool:
        """Return whether `commit` is part of the history of `other`."""
        return self._ask("merge-base", "--is-ancestor", commit, other).status == 0

    def merge(self, commit: str) -> bool:
        """Merge a commit into the branch at HEAD; False, with everything as before, where the two contradict."""
        made = self._ask("merge", "--quiet", "--no-edit", "--no-verify", "--ff", commit)
        if made.status:
            self._ask("merge", "--abort")
        return made.status == 0

    def push(self, branch: str) -> str | None:
        """Push HEAD to a branch; return None, or the reason for which the remote did not take it."""
        pushed = self._ask("push", "--quiet", "--", self._remote, f"HEAD:refs/heads/{branch}")
        return _reason(pushed) if pushed.status else None

    def commit_paths(self, paths: Sequence[str]) -> bool:
        """Commit files of the store's folder as they are; return whether a commit was made."""
        present = [path for path in paths if (Path(str(self._git.working_dir)) / path).exists()]
        if not present or self._ask("add", "--", *present).status:
            return False
        if self._ask("diff", "--cached", "--quiet", "--", *present).status == 0:
            return False
        made = self._ask("commit", "--quiet", "--no-verify", "--message", _FOLLOWS, "--", *present)
        return made.status == 0

    def own_paths(self, other: str) -> list[str]:
        """Return the paths, relative to the store, that HEAD changed since its history and that of `other` parted."""
        base = self._ask("merge-base", "HEAD", other)
        listed = self._ask("diff", "--name-only", "-z", "--no-renames", base.output or other, "HEAD")
        return [path.removeprefix(self._prefix) for path in listed.output.split("\0") if path]

    def is_published(self) -> bool:
        """Return whether some branch of a remote contains HEAD."""
        return bool(self._ask("for-each-ref", "--contains", "HEAD", "refs/remotes").output)

    def stand_on(self, commit: str) -> None:
        """Move the branch at HEAD to `commit`, keeping the user's edits.

        Raises WriteConflictError if edited files would be overwritten.
        """
        moved = self._ask("reset", "--quiet", "--keep", commit)
        if moved.status:
            raise WriteConflictError(f"edited files are in the way of publishing: {_reason(moved)}")

    def _ask(self, *arguments: str) -> _Answer:
        status, output, error = self._git.execute(
            ["git", *arguments],
            with_extended_output=True,
            with_exceptions=False,
            env={"GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", **self._person(arguments)},
        )
        return _Answer(int(status), str(output).strip(), str(error).strip())

    def _person(self, arguments: Sequence[str]) -> dict[str, str]:
        """Return a plain identity for commits where git knows none."""
        if arguments[0] not in {"merge", "commit"} or "GIT_COMMITTER_NAME" in os.environ:
            return {}
        known = self._git.execute(
            ["git", "config", "user.email"], with_extended_output=True, with_exceptions=False
        )
        if known[0] == 0:
            return {}
        name, mail = _PERSON
        return {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", name), ("EMAIL", mail))}  # fmt: skip


def _reason(answer: _Answer) -> str:
    lines = [line for line in (answer.error or answer.output).splitlines() if line.strip()]
    # A forge says why it refuses in lines of its own, among ornaments: GitLab: You are not allowed to push
    said = [
        line for line in lines if line.startswith("remote:") and line.count(" ") > 1 and "http" not in line
    ]
    told = said or [line for line in lines if "error:" in line or "fatal:" in line or "rejected" in line]
    return (told or lines or ["git gave no reason"])[0].strip().strip("'")[:300]


def is_document_path(path: str) -> bool:
    """Return whether a path of the store belongs to a document."""
    return path.startswith(f"{layout.DOCUMENTS}/")


_AUTHOR = "policydiff <policydiff@localhost>"
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST = datetime(2099, 12, 31, tzinfo=UTC)


def write_plain_git(store: Store, folder: Path) -> int:
    """Write all versions to a new repository in an empty folder and return their number.

    Raises UsageError if git cannot write there.
    """
    ordered = sorted(
        ((identity, record) for identity in store.documents() for record in store.versions(identity.id)),
        key=lambda each: (date_order(each[1]), each[0].id),
    )
    create_repository(folder, bare=False)
    with Repository(folder) as target:
        made = target.stream("fast-import", "--quiet", "--done", data=_stream(store, target.branch, ordered))
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
