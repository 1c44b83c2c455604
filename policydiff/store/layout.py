"""Names in a store, and where things lie: document ids and names of versions, the only strings from outside that become part of a path.

The marks of this clone (commits it made, whether it is alone) lie in its git folder. Relative to the folder of a store:

policydiff.toml                           spec_version, settings, watched sources .gitattributes .gitignore
no conversion of recorded bytes; the index is not recorded documents/<id>/document.json              what stays the same
through all versions documents/<id>/<version>/source.<ext>     the captured bytes, untouched
documents/<id>/<version>/text.txt         extracted text, UTF-8, exactly as extracted documents/<id>/<version>/version.json
dates, hashes, origin
"""

import contextlib
import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policydiff.errors import InvalidIdentifierError, UsageError
from policydiff.store.git import Repository

if TYPE_CHECKING:
    from policydiff.model import VersionRecord


_SEGMENT = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")
_VERSION = re.compile(
    r"(?P<seen>seen-)?(?P<date>\d{4}-\d{2}-\d{2})(?:\.(?P<edit>[1-9]\d{0,5})(?:-(?P<mark>[0-9a-f]{8}))?)?\Z",
    re.ASCII,
)
_VERSION_LIKE = re.compile(r"(?:seen-)?\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_FIRST = ".1"
"""Suffix of the first text of a day recorded in a lone repository, used where a further checkout recorded a first text as well."""
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows cannot check out."""


class VersionName(NamedTuple):
    """A version's name in parts; sorts by date, then a dated text before an undated text (`seen`), then by turn."""

    day: date
    seen: bool
    edit: int = 1
    """1 for the first text under a date, 2 for the first silent edit."""
    mark: str = ""
    """Eight digits of a SHA-256 over record and text; empty for a first text of a lone repository, and in old stores."""

    def __str__(self) -> str:
        """Return the name as used in a path."""
        turn = f".{self.edit}-{self.mark}" if self.mark else f".{self.edit}" if self.edit > 1 else ""
        return f"{'seen-' if self.seen else ''}{self.day.isoformat()}{turn}"

    @property
    def day_name(self) -> str:
        """The name without turn and hash: `2021-11-29`, `seen-2019-06-18`."""
        return f"{'seen-' if self.seen else ''}{self.day.isoformat()}"


def shown_names(records: Mapping[VersionName, "VersionRecord"]) -> dict[VersionName, str]:
    """Return the versions of a document that are shown, as a mapping from the kept name to the displayed name.

    A single first text of a day is displayed by the day alone. If two checkouts each recorded a first text of the
    same day, both are displayed with turn and hash, because the day alone would be ambiguous. If two checkouts
    recorded the same text, in one turn or in two, the earlier record is shown.
    """
    again = _seen_twice(records)
    records = {name: record for name, record in records.items() if name not in again}
    turns: dict[tuple[date, bool, int], dict[str, VersionName]] = {}
    for name in sorted(records, key=lambda each: (records[each].recorded_at, each.mark)):
        turns.setdefault(name[:3], {}).setdefault(records[name].text_sha256, name)
    found: dict[VersionName, str] = {}
    for (_, _, turn), texts in turns.items():
        for name in texts.values():
            if turn > 1 or (len(texts) == 1 and not name.mark):
                found[name] = str(name)
            else:
                found[name] = name.day_name if len(texts) == 1 else str(name) if name.mark else f"{name}.1"
    return found


def _seen_twice(records: Mapping[VersionName, "VersionRecord"]) -> set[VersionName]:
    """Return versions whose text repeats that of the previously retrieved version, because two checkouts recorded it in different turns.

    A page that returned to an earlier text is not included: a different text was retrieved in between.
    """
    days: dict[tuple[date, bool], list[VersionName]] = {}
    for name in sorted(
        records, key=lambda each: (_retrieved(records[each]), records[each].recorded_at, each)
    ):
        days.setdefault(name[:2], []).append(name)
    twice: set[VersionName] = set()
    for names in days.values():
        last: dict[tuple[object, ...], VersionName] = {}
        for name in names:
            said = _text_and_facts(records[name])
            before = last.setdefault(said, name)
            if before is name:
                continue
            since, until = _retrieved(records[before]), _retrieved(records[name])
            between = (each for each in names if since < _retrieved(records[each]) < until)
            if all(_text_and_facts(records[each]) == said for each in between):
                twice.add(name)
            else:
                last[said] = name
    return twice


def _retrieved(record: "VersionRecord") -> datetime:
    moment = record.retrieved_at or record.recorded_at
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text_and_facts(record: "VersionRecord") -> tuple[object, ...]:
    return record.text_sha256, record.declared, record.declared_title


def check_id(text: str) -> str:
    """Return `text` if it is a well-formed document id. Raises InvalidIdentifierError if it is not."""
    segments = text.split("/")
    if not 2 <= len(segments) <= 4:
        raise InvalidIdentifierError(
            f"{text!r} is no document id: it needs two to four parts joined by /, e.g. shanghai/jingan/life-health-2021"
        )
    for segment in segments:
        if not _SEGMENT.match(segment):
            raise InvalidIdentifierError(
                f"{text!r} is no document id: a part holds only a-z, 0-9 and - inside (at most 64), not {segment!r}"
            )
        if segment in _RESERVED or _VERSION_LIKE.match(segment):
            raise InvalidIdentifierError(
                f"{text!r} is no document id: {segment!r} is reserved, choose another part"
            )
    return text


def parse_version(text: str) -> VersionName:
    """Return the parts of a version's name, as kept or as shown. Raises InvalidIdentifierError if it is not well formed."""
    name = _read_shown(text)
    if name is None:
        raise InvalidIdentifierError(
            f"{text!r} is no version: write 2021-11-29, seen-2019-06-18 or 2021-11-29.2"
        )
    return name


def _read_shown(text: str) -> VersionName | None:
    name = find_version(text.removesuffix(_FIRST))
    return None if name is None or (text.endswith(_FIRST) and (name.edit > 1 or name.mark)) else name


def is_exact(text: str) -> bool:
    """Return whether a version's name can mean only one text; a day alone, or a turn without hash, may mean several."""
    name = parse_version(text)
    return bool(name.mark) or text.endswith(_FIRST)


def find_version(text: str) -> VersionName | None:
    """Return the parts of a version's name as used in a path; None if `text` is no such name."""
    match = _VERSION.match(text)
    if match is None or (match["edit"] == "1" and not match["mark"]):
        return None
    try:
        day = date.fromisoformat(match["date"])
    except ValueError:
        return None
    return VersionName(day, match["seen"] is not None, int(match["edit"] or 1), match["mark"] or "")


def split_reference(reference: str) -> tuple[str, str | None]:
    """Return id and version (or date) of `id@when`; the second is None without `@`.

    Raises InvalidIdentifierError if either part is not well formed.
    """
    document_id, at, when = reference.partition("@")
    check_id(document_id)
    if at and _read_shown(when) is None:
        raise InvalidIdentifierError(
            f"{reference!r}: after @ stands a version or a date, e.g. @2021-11-29 or @seen-2019-06-18"
        )
    return document_id, when if at else None


def remember_commit(repository: Repository, commit: str) -> None:
    """Remember a commit put on the branch at HEAD; a failure loses evidence only, never a version."""
    with contextlib.suppress(OSError):
        place = repository.common_dir / "policydiff" / "recorded"
        with place.open("ab") as marks:
            marks.write(os.fsencode(f"{commit} {repository.branch or 'HEAD'}\n"))


def remembered_commits(repository: Repository) -> list[str]:
    """Return the commits remembered for the branch at HEAD, oldest first."""
    branch = repository.branch or "HEAD"
    try:
        lines = os.fsdecode((repository.common_dir / "policydiff" / "recorded").read_bytes()).splitlines()
    except OSError:
        return []
    pairs = (line.partition(" ") for line in lines)
    return [commit for commit, _, name in pairs if name == branch]


_REMOTE = re.compile(r"^[ \t]*\[remote[ \t]", re.MULTILINE)


def is_alone(repository: Repository) -> bool:
    """Return whether this work tree is the only place that records into the store, so that no names can collide in a merge.

    This holds if there is no remote, one branch, one work tree, and the repository still lies where policydiff first
    recorded in it, so that it is no copy.
    """
    folder = repository.common_dir
    try:
        if (folder / "worktrees").is_dir() or _REMOTE.search(
            (folder / "config").read_text(encoding="utf-8", errors="replace")
        ):
            return False
        place = folder / "policydiff" / "home"
        here = os.fsencode(folder.resolve())
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(here)
        if place.read_bytes() != here:
            return False
    except OSError:
        return False
    names = repository.run("for-each-ref", "--count=2", "--format=%(refname)", "refs/heads", "refs/remotes")
    return len(names.output.split()) < 2


SPEC_VERSION = 1
CONFIG = "policydiff.toml"
DOCUMENTS = "documents"
IDENTITY = "document.json"
RECORD = "version.json"
TEXT = "text.txt"

INITIAL_FILES = {
    CONFIG: f"""\
# A policydiff store: every version of every document, in git.
spec_version = {SPEC_VERSION}
""",
    # Git must never convert what was recorded: hashes are over the bytes as captured.
    ".gitattributes": f"/{DOCUMENTS}/** -text -ident -filter -working-tree-encoding\n",
    ".gitignore": "/.policydiff/\n",
}

_EXTENSION = re.compile(r"[a-z0-9]{1,8}\Z")
_SOURCE = re.compile(r"source\.[a-z0-9]{1,8}\Z")


class StorePath(NamedTuple):
    """A recorded file's place, read back from its path."""

    document_id: str
    version: VersionName | None
    """None for the identity."""
    file: str
    """`document.json`, `version.json`, `text.txt` or `source.html`."""


def identity_path(document_id: str) -> str:
    """Return the path of a document's identity."""
    return f"{DOCUMENTS}/{document_id}/{IDENTITY}"


def version_path(document_id: str, version: str, file: str) -> str:
    """Return the path of a file of a version."""
    return f"{DOCUMENTS}/{document_id}/{version}/{file}"


def source_name(extension: str) -> str:
    """Return the name under which captured bytes are kept; an invalid extension becomes `bin`."""
    extension = extension.lower().lstrip(".")
    return f"source.{extension if _EXTENSION.match(extension) else 'bin'}"


def is_source(file: str) -> bool:
    """Return whether a file of a version's folder holds captured bytes."""
    return _SOURCE.match(file) is not None


def read_path(path: str) -> StorePath | None:
    """Return the document, version and file of a path under `documents/`; None if the path has no such form."""
    parts = path.split("/")
    if len(parts) < 4 or parts[0] != DOCUMENTS:
        return None
    if parts[-1] == IDENTITY:
        return StorePath("/".join(parts[1:-1]), None, IDENTITY)
    version = find_version(parts[-2])
    if version is None or len(parts) < 5 or not (parts[-1] in {RECORD, TEXT} or is_source(parts[-1])):
        return None
    return StorePath("/".join(parts[1:-2]), version, parts[-1])


def path_inside(folder: Path, relative: str) -> Path:
    """Return a path inside a folder, links followed. Raises UsageError if a symbolic link on the way leads out of the folder."""
    path = folder / relative
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{relative!r} leaves {folder} by a symbolic link: give a path inside it")
    return path


def cached(folder: Path, name: str) -> Path:
    """Return the place of a file that can be rebuilt, in the folder that a store keeps for such files.

    Raises UsageError if a symbolic link leads out of the store there: a store may come from anybody.
    """
    return path_inside(folder.parent, f"{folder.name}/{name}")


def edited_text(file: Path) -> str:
    """Return a text that a person edited in the folder, without the byte order mark and carriage returns that an editor adds.

    Editors of Windows add a mark before the text and carriage returns to its lines: neither is a correction. Both are also
    removed from the file, which would otherwise differ from the recorded text.
    """
    edited = file.read_bytes()
    words = edited.decode("utf-8-sig").replace("\r\n", "\n")
    if words.encode() != edited:
        file.write_bytes(words.encode())
    return words
