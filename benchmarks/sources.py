"""Where benchmarks find real documents: the development data beside the repository, and gold kept here."""

import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policydiff.extract import extract

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
_DATED = re.compile(r"(.+?)[(（](\d{4}-\d{2}-\d{2})[)）]\.md$")


@dataclass(frozen=True)
class GoldCase:
    """One pair of versions with its gold."""

    name: str
    gold: dict[str, Any]
    old: str
    new: str
    held_out: bool


def gold_cases() -> list[GoldCase]:
    """Return all pairs whose texts are there: those of the development data first."""
    cases = []
    for path in sorted((SHARED / "revisions").glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        texts = [
            next(path.parent.glob(f"{side}.*")).read_text(encoding="utf-8", errors="replace")
            for side in ("old", "new")
        ]
        cases.append(GoldCase(gold["name"], gold, texts[0], texts[1], held_out=False))
    own = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "benchmarks/gold/revisions").glob("*.json"))
    ]
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for gold in own:
        wanted[gold["archive"]].update((gold["old"], gold["new"]))
    texts_of = {archive: read_members(archive, frozenset(names)) for archive, names in wanted.items()}
    for gold in own:
        there = texts_of[gold["archive"]]
        if gold["old"] in there and gold["new"] in there:
            cases.append(
                GoldCase(gold["name"], gold, there[gold["old"]], there[gold["new"]], gold["held_out"])
            )
    return cases


@cache
def read_members(archive: str, names: frozenset[str]) -> dict[str, str]:
    """Return the texts of the members whose paths end with one of `names`; empty where the archive is absent."""
    path = SHARED / archive
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    with tarfile.open(path) as tar:
        for member in tar:
            name = _ends_with(member.name, names) if member.isfile() else None
            file = tar.extractfile(member) if name else None
            if name and file:
                found[name] = file.read().decode("utf-8", "replace")
    return found


@cache
def read_texts(archive: str, names: frozenset[str]) -> dict[str, str]:
    """Return the texts of files of an archive, of DOCX too, by the names of the files."""
    path = SHARED / archive
    if not path.is_file():
        return {}
    with tarfile.open(path) as tar:
        return {
            Path(member.name).name: extract(file.read(), name=member.name).text
            for member in tar
            if member.isfile() and Path(member.name).name in names and (file := tar.extractfile(member))
        }


def _ends_with(path: str, names: Iterable[str]) -> str | None:
    parts = path.split("/")
    tails = {"/".join(parts[index:]) for index in range(len(parts))}
    return next((name for name in names if name in tails), None)


def law_pairs() -> list[tuple[str, str, str]]:
    """Return title, older and newer text of the laws that are there in exactly two versions."""
    path = SHARED / "laws.tar.xz"
    if not path.is_file():
        return []
    versions: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    with tarfile.open(path) as tar:
        for member in tar:
            if not member.isfile() or not member.name.endswith(".md"):
                continue
            folder, _, file_name = member.name.rpartition("/")
            dated = _DATED.match(file_name)
            title, date = (dated[1], dated[2]) if dated else (file_name.removesuffix(".md"), "")
            file = tar.extractfile(member)
            if file:
                versions[folder, title][date] = file.read().decode("utf-8", "replace")
    return [
        (title, texts[min(texts)], texts[max(texts)])
        for (_, title), texts in sorted(versions.items())
        if len(texts) == 2
    ]
