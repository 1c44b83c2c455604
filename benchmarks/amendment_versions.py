"""Versions of laws that public repositories hold in their history, paired with the decisions that lie between them.

The repositories keep one file a law, its day in its name (`监察法(2018-03-20).md`, `…_20251028.md`); a version that was
replaced is still in their history. A pair is drawn by title, number and day: the last version before a decision, and the
version of the decision's day. Nothing is chosen by hand.

    from benchmarks.amendment_versions import drawn
    for pair in drawn(folder, decisions): ...
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from git import Git

from policydiff.amendment.named_texts import same_act
from policydiff.lexicon.widths import fold_words

_NAMED = re.compile(r"(?P<title>.+?)(?:[(（](?P<day>\d{4}-\d\d-\d\d)[)）]|_(?P<digits>\d{8}))\.md$")
_DAY = len("2020-01-01")
_PUBLISHED_AFTER = 60
"""Days between the day a decision is taken and the day its text is published (judicial interpretations wait some weeks)."""


@dataclass(frozen=True)
class Version:
    """One text of a law at one day, as one repository has it."""

    title: str
    day: str
    repository: Path
    blob: str

    def source(self) -> str:
        """Return the owner of the repository."""
        return next(part for part in self.repository.parts if "+" in part).split("+")[0]

    def text(self) -> str:
        """Return the file as it stands in the repository."""
        return run_git(self.repository, "cat-file", "blob", self.blob)


@dataclass(frozen=True)
class Drawn:
    """A law before a decision and after it."""

    act: str
    decisions: tuple[str, ...]
    """Names of the decisions between the two, in the order of their days."""
    old: Version
    published: Version


def repository_in(folder: Path) -> Path | None:
    """Return the git directory of a clone or of a snapshot: the folder itself, its `.git`, or those of its `repo`."""
    places = (folder / "repo" / ".git", folder / "repo", folder / ".git", folder)
    return next((each for each in places if (each / "HEAD").is_file()), None)


def run_git(place: Path, *arguments: str) -> str:
    """Return the output of git on a git directory, also on a snapshot without configuration."""
    return str(Git().execute(["git", f"--git-dir={place}", *arguments]))


def versions(folder: Path) -> dict[str, list[Version]]:
    """Return every dated file in the history of every repository below a folder, by the law's title without blanks.

    Of several blobs of one day the newest is taken: repositories mend their own misprints.
    """
    found: dict[tuple[str, str, Path], Version] = {}
    for repository in sorted(folder.iterdir()):
        place = repository_in(repository)
        if place is not None:
            for title, day, blob in _files(place):
                found.setdefault((title, day, place), Version(title, day, place, blob))
    by_title: dict[str, list[Version]] = defaultdict(list)
    for version in found.values():
        by_title[version.title].append(version)
    return by_title


def consecutive(folder: Path) -> Iterator[tuple[Version, Version]]:
    """Yield each version of a law with the next one, one text a day; texts that several repositories hold once."""
    for held in versions(folder).values():
        by_day = {each.day: each for each in sorted(held, key=lambda each: (each.day, str(each.repository)))}
        yield from pairwise(by_day.values())


def _files(place: Path) -> Iterator[tuple[str, str, str]]:
    """Yield title, day and blob of each dated file, newest commit first."""
    log = run_git(
        place, "log", "--all", "--format=", "--raw", "--no-abbrev", "--no-renames", "-m", "-z", "--", "*.md"
    )
    parts = iter(log.split("\0"))
    for meta in parts:
        if not meta.lstrip("\n").startswith(":"):
            continue
        path = next(parts)
        match = _NAMED.fullmatch(path.rsplit("/", 1)[-1])
        blob = meta.split()[3]
        if match is not None and blob.strip("0"):
            digits = match["digits"]
            day = match["day"] or f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
            yield key(match["title"]), day, blob


def key(title: str) -> str:
    """Return a title without what publishers write in several ways."""
    return re.sub(r"[《》〈〉\s]|中华人民共和国", "", fold_words(title))


def drawn(folder: Path, decisions: Iterable[tuple[str, str, Iterable[str]]]) -> Iterator[Drawn]:
    """Yield the pairs of versions on both sides of each decision: (its name, its day, the laws it names).

    A pair is drawn only where no other version of the law lies between the two; the decisions at hand that lie between
    them are all the pair's.
    """
    held = versions(folder)
    dated = sorted(
        ((day, name, tuple(dict.fromkeys(acts))) for name, day, acts in decisions if len(day) == _DAY),
        key=lambda each: each[:2],
    )
    for day, _, acts in dated:
        last = (date.fromisoformat(day) + timedelta(days=_PUBLISHED_AFTER)).isoformat()
        for act in acts:
            of_act = sorted(held.get(key(act), []), key=lambda each: (each.day, str(each.repository)))
            before = [each for each in of_act if each.day < day]
            after = [each for each in of_act if day <= each.day <= last]
            if before and after and same_act(act, before[-1].title):
                between = tuple(
                    other
                    for on, other, named in dated
                    if before[-1].day < on <= day and any(same_act(act, one) for one in named)
                )
                yield Drawn(act, between, before[-1], after[0])
