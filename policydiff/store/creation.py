"""Make a folder a store."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from policydiff.errors import NotFoundError, UsageError
from policydiff.store import layout
from policydiff.store.git import Repository, create_repository
from policydiff.store.values import Action, Plan
from policydiff.store.writing import write


def create(folder: Path, clock: Callable[[], datetime], *, bare: bool) -> Repository:
    """Make a folder a store, in the repository around it or in a new one, and return it.

    Raises:
        UsageError: if it is a store already, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}") from error
    repository = _enclosing(folder, bare)
    if repository is None:
        create_repository(folder, bare=bare)
        repository = Repository(folder, bare_on_purpose=bare)
    try:
        written = write(repository, clock, lambda snapshot, _: _plan(snapshot.blob, folder))
        if written.commit is None:
            raise UsageError(f"{folder} is a store already")
    except BaseException:
        repository.close()
        raise
    return repository


def _enclosing(folder: Path, bare: bool) -> Repository | None:
    try:
        repository = Repository(folder, bare_on_purpose=bare)
    except NotFoundError:
        return None
    if not bare or repository.bare:
        return repository
    repository.close()
    return None


def _plan(blob: Callable[[str], bytes | None], folder: Path) -> Plan:
    if blob(layout.CONFIG) is not None or (folder / layout.CONFIG).exists():
        return Plan({}, (), "")
    files = {path: content.encode() for path, content in layout.INITIAL_FILES.items()}
    for path in (".gitattributes", ".gitignore"):
        held = blob(path)
        if held is None and (folder / path).is_file():
            held = (folder / path).read_bytes()
        if held is not None:
            # The folder's owner has rules already; ours stand last and win.
            files[path] = held.rstrip(b"\n") + b"\n" + files[path]
    return Plan(files, (Action.META,), "Make this folder a policydiff store")
