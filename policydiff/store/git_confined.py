"""Calls of git in which the settings and files of a repository start no program: options, environment, refusals."""

import os
from collections.abc import Iterable
from pathlib import Path

from policydiff.errors import UsageError

SETTINGS = (
    # Settings of the user that would change what git prints, converts or runs behind our back.
    "core.fsmonitor=false",
    "core.alternateRefsCommand=",
    "core.attributesFile=",
    "diff.external=",
    # A commit graph is a copy of what the commits say, and nothing proves that it agrees with them.
    "core.commitGraph=false",
    "advice.graftFileDeprecated=false",
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.quotePath=false",
    # Files from this size on are not looked into, which git's check then calls a fault of theirs.
    "core.bigFileThreshold=512m",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "log.showSignature=false",
    # What is reported as recorded must survive a power cut, loose objects included.
    "core.fsync=committed,reference",
    "core.fsyncMethod=batch",
    # On Windows, where a long id makes paths of more than 260 characters.
    "core.longpaths=true",
)
ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",  # a replace ref could hide a rewritten history
    "GIT_LITERAL_PATHSPECS": "1",
    **dict.fromkeys(("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"), "0"),
    "GIT_OPTIONAL_LOCKS": "0",  # reading never writes the index
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_GRAFT_FILE": os.devnull,  # grafts could hide a rewritten history as well
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_PAGER": "cat",
    # An object that a partial clone lacks is missing: nothing is fetched by reading. Where git is too old for the
    # first (2.45, and the corrected older ones), no transport is allowed.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
}
ELSEWHERE = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}
)
"""Variables that point git to a repository other than that of its working folder; a hook sets some of them."""
_ONLY_WARNINGS = frozenset(
    {
        "emptyname", "fullpathname", "hasdot", "hasdotdot", "hasdotgit", "nullsha1", "zeropaddedfilemode", "nulincommit",
        "largepathname", "extraheaderentry", "badfilemode", "badtagname", "missingtaggerentry", "gitmodulesparse",
        "gitignoresymlink", "gitattributessymlink", "mailmapsymlink",
    }
)  # fmt: skip
"""Faults for which `git fsck` by default only prints a warning or a remark."""
HOOKED = "update-ref"
"""The only command that runs a hook (`reference-transaction`): it moves the branch after a version was recorded."""
CONVERTING = frozenset({"update-index", "checkout-index", "reset"})
"""Commands that would otherwise pass files through the filters of the settings."""
BARE = "bare:"
"""Prefix with which a path deliberately names a bare repository inside a work tree."""


def unsilenced(names: Iterable[str]) -> list[str]:
    """Return the options that override the settings of these names (`fsck.…`), which tell git's check of objects to ignore faults."""
    options = []
    for name in names:
        about = name.partition(".")[2].lower()
        if about != SKIPPED:
            options += ["-c", f"{name}={'warn' if about in _ONLY_WARNINGS else 'error'}"]
    return options


SKIPPED = "skiplist"
"""The setting under `fsck.` that lists objects excluded from the check; no option can override it."""


def own_folders(git_dir: Path, work_tree: Path | None = None) -> dict[str, str]:
    """Return the variables that fix git to the repository of a git folder, whatever the environment of the caller contains.

    Objects may lie in a folder inside it: while a hook judges a push, git keeps the new objects apart.
    """
    try:
        common = (git_dir / (git_dir / "commondir").read_text("utf-8").strip()).resolve()
    except OSError:
        common = git_dir.resolve()
    held = {"GIT_DIR": str(git_dir), "GIT_INDEX_FILE": str(git_dir / "index"), "GIT_COMMON_DIR": str(common)}
    objects = os.environ.get("GIT_OBJECT_DIRECTORY")
    if objects is not None and not Path(objects).resolve().is_relative_to(common):
        held["GIT_OBJECT_DIRECTORY"] = str(common / "objects")
    return held if work_tree is None else {**held, "GIT_WORK_TREE": str(work_tree)}


def is_git_folder(folder: Path) -> bool:
    """Return whether a folder is the inside of a git repository by git's own criteria."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def refuse_hidden(folder: Path) -> None:
    """Refuse a bare repository inside the work tree of another repository: a clone may bring such a folder along unasked.

    Raises UsageError if there is a work tree around it.
    """
    place = folder.resolve()
    if place.name == ".git":
        return  # git says itself that this is no place for a store
    if any((above / ".git").exists() for above in (place, *place.parents)):
        raise UsageError(
            f"{folder} is a bare repository inside the work tree of another one, which may have come with it: if it "
            f"is yours, name it as {BARE}{folder}"
        )
