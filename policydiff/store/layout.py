"""Where things lie in a store, relative to its folder, and the files that make a folder a store.

policydiff.toml                           spec_version, settings, watched sources
.gitattributes .gitignore                 no conversion of recorded bytes; the index is not recorded
documents/<id>/document.json              what stays the same through all versions
documents/<id>/<version>/source.<ext>     the captured bytes, untouched
documents/<id>/<version>/text.txt         extracted text, UTF-8, exactly as extracted
documents/<id>/<version>/version.json     dates, hashes, origin
"""

import re
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import UsageError
from policydiff.store.names import VersionName, find_version

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
    """Return the name under which captured bytes are kept; an extension that is none becomes `bin`."""
    extension = extension.lower().lstrip(".")
    return f"source.{extension if _EXTENSION.match(extension) else 'bin'}"


def is_source(file: str) -> bool:
    """Say whether a file of a version's folder holds captured bytes."""
    return _SOURCE.match(file) is not None


def read_path(path: str) -> StorePath | None:
    """Return what a path under `documents/` stands for, None where it belongs to no document or version."""
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
    """Return a path inside a folder, links followed.

    Raises:
        UsageError: if a symbolic link on the way leads out of the folder.
    """
    path = folder / relative
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{relative!r} leaves {folder} by a symbolic link: give a path inside it")
    return path


def cached(folder: Path, name: str) -> Path:
    """Return the place of a file that can be rebuilt, in the folder that a store keeps for such files.

    Raises:
        UsageError: if a symbolic link leads out of the store there: a store may come from anybody.
    """
    return path_inside(folder.parent, f"{folder.name}/{name}")


def edited_text(file: Path) -> str:
    """Return a text that a person edited in the folder, without the marks and carriage returns that an editor adds.

    Editors of Windows put a mark before the text and carriage returns into it: neither is a correction. They are taken
    out of the file too, which would not show what is recorded otherwise.
    """
    edited = file.read_bytes()
    words = edited.decode("utf-8-sig").replace("\r\n", "\n")
    if words.encode() != edited:
        file.write_bytes(words.encode())
    return words
