"""Further kinds of forgery, written before any rule knew them: links, merges, records and times that say something else."""

import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from policydiff.store import Action, Plan
from policydiff.store.history import commit_message

from .forging import BEGIN, DOCUMENTS, Files, Forge, _json, _of


def an_octopus_merge_changes_a_text(forge: Forge) -> str:
    folder, _ = forge.version()
    sides = [
        forge.typed(forge.head, forge.new_version(forge.now, f"20{year}-03-04"), Action.REVISE)
        for year in (34, 35)
    ]
    brought: Files = {
        path: forge.read(side, path)
        for side in sides
        for path in forge.paths(side)
        if "2034-03-04" in path or "2035-03-04" in path
    }
    return forge.commit([forge.head, *sides], {**brought, **forge.other_words(folder, forge.head)}, "Merge\n")


def a_correction_that_is_not_marked(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(forge.head, forge.other_words(folder, forge.head, corrected=False), Action.CORRECT)


def a_correction_adds_a_version(forge: Forge) -> str:
    folder, _ = forge.version()
    corrected = forge.other_words(folder, forge.head, corrected=True)
    return forge.typed(forge.head, {**corrected, **forge.new_version(forge.now)}, Action.CORRECT)


def a_correction_describes_another_document(forge: Forge) -> str:
    folder, _ = forge.version()
    path = f"documents/{forge.chance.choice(DOCUMENTS)}/document.json"
    described = _json(json.loads(forge.read(forge.head, path)) | {"title": "另一文件"})
    corrected = forge.other_words(folder, forge.head, corrected=True)
    return forge.typed(forge.head, {**corrected, path: described}, Action.CORRECT)


def a_reextraction_by_the_same_extractor(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(forge.head, forge.other_words(folder, forge.head), Action.REEXTRACT)


def recorded_in_the_future(forge: Forge) -> str:
    when = datetime(2090, 1, 1, tzinfo=UTC) + timedelta(days=forge.chance.randint(0, 900))
    return forge.typed(forge.head, forge.new_version(when), Action.REVISE, when=when)


def _with_entry(forge: Forge, path: str, mode: str, oid: str) -> str:
    """Return a commit on HEAD in which a path is an entry of this mode."""
    environment = {**os.environ, "GIT_INDEX_FILE": str(forge.folder / "forged-index")}

    def git(*arguments: str) -> str:
        made = subprocess.run(
            ["git", *arguments], cwd=forge.folder, env=environment, capture_output=True, check=True
        )
        return made.stdout.decode().strip()

    git("read-tree", "HEAD")
    git("rm", "-r", "-q", "--cached", "--ignore-unmatch", "--", path)
    git("update-index", "--add", "--cacheinfo", f"{mode},{oid},{path}")
    stamp = f"F <f@example.org> {int(forge.now.timestamp())} +0000"
    said = f"tree {git('write-tree')}\nparent {forge.head}\nauthor {stamp}\ncommitter {stamp}\n\ntidy\n"
    return _object(forge, "commit", said.encode())


def _object(forge: Forge, kind: str, data: bytes) -> str:
    made = subprocess.run(
        ["git", "hash-object", "-t", kind, "-w", "--stdin", "--literally"],
        cwd=forge.folder, input=data, capture_output=True, check=True,
    )  # fmt: skip
    return made.stdout.decode().strip()


def a_text_becomes_a_link(forge: Forge) -> str:
    folder, _ = forge.version()
    return _with_entry(forge, f"{folder}/text.txt", "120000", _object(forge, "blob", b"/etc/passwd"))


def a_version_becomes_a_submodule(forge: Forge) -> str:
    folder, _ = forge.version()
    return _with_entry(forge, folder, "160000", forge.line()[0])


def a_record_that_gives_two_times(forge: Forge) -> str:
    """Readers of JSON differ in which of two equal names they believe."""
    files = forge.new_version(forge.now)
    path = next(path for path in files if path.endswith("version.json"))
    files[path] = (files[path] or b"").replace(b"{", b'{\n  "recorded_at": "2019-01-01T00:00:00Z",', 1)
    return forge.typed(forge.head, files, Action.REVISE)


def a_text_in_another_encoding(forge: Forge) -> str:
    files = forge.new_version(forge.now)
    place = next(iter(files)).rpartition("/")[0]
    text = "第一条　补助三十万元。\n".encode("gb18030")
    record = json.loads(files[f"{place}/version.json"] or b"")
    record["text_sha256"] = hashlib.sha256(text).hexdigest()
    files |= {f"{place}/text.txt": text, f"{place}/version.json": _json(record)}
    return forge.typed(forge.head, files, Action.REVISE)


def a_typed_merge_changes_a_text(forge: Forge) -> str:
    folder, _ = forge.version()
    side = forge.typed(forge.head, forge.new_version(forge.now), Action.REVISE)
    said = commit_message(Plan({}, (Action.CORRECT,), "Correct"), forge.head, {})
    files = {**_of(forge, side), **forge.other_words(folder, forge.head, corrected=True)}
    return forge.commit([forge.head, side], files, said)


def removed_and_put_back_changed(forge: Forge) -> str:
    folder, _ = forge.version()
    files: Files = {
        path: forge.read(forge.head, path)
        for path in forge.paths(forge.head)
        if path.startswith(f"{folder}/")
    }
    changed = forge.other_words(folder, forge.head)
    gone = forge.commit([forge.head], dict.fromkeys(files, None))
    return forge.commit([gone], {**files, **changed}, 'Revert "tidy"\n')


def times_that_creep_backwards(forge: Forge) -> str:
    """Each step is one that two honest clocks may differ by."""
    commit = forge.head
    for step in (1, 2, 3):
        when = forge.now - timedelta(hours=20 * step)
        commit = forge.typed(commit, forge.new_version(when, f"203{step}-03-04"), Action.REVISE, when=when)
    return commit


def a_tree_with_one_name_twice(forge: Forge) -> str:
    folder, _ = forge.version()
    found = forge.repository.read(f"{forge.head}:{folder}")
    assert found is not None
    other = _object(forge, "blob", "第一条　别的话。\n".encode())
    entry_of = b"100644 text.txt\0"
    doubled = found[2].replace(entry_of, entry_of + bytes.fromhex(other) + entry_of)
    tree = _object(forge, "tree", doubled)
    # Put the doubled tree into its parents, up to the root.
    place = folder
    while place:
        above, _, name = place.rpartition("/")
        held = forge.repository.read(f"{forge.head}:{above}" if above else f"{forge.head}^{{tree}}")
        assert held is not None
        old = forge.repository.read(f"{forge.head}:{place}")
        assert old is not None
        data = held[2].replace(
            name.encode() + b"\0" + bytes.fromhex(old[0]), name.encode() + b"\0" + bytes.fromhex(tree)
        )
        tree, place = _object(forge, "tree", data), above
    stamp = f"F <f@example.org> {int(forge.now.timestamp())} +0000"
    said = f"tree {tree}\nparent {forge.head}\nauthor {stamp}\ncommitter {stamp}\n\ntidy\n"
    return _object(forge, "commit", said.encode())


def the_root_amended(forge: Forge) -> str:
    line = forge.line()
    raw = forge.repository.read(line[0])
    assert raw is not None
    settings = forge.read(line[0], "policydiff.toml") + b"# older than it is\n"
    files: Files = {path: forge.read(line[0], path) for path in forge.paths(line[0])}
    when = BEGIN - timedelta(days=forge.chance.randint(30, 900))
    root = forge.commit(
        [], {**files, "policydiff.toml": settings}, raw[2].partition(b"\n\n")[2].decode(), when
    )
    return forge.rebuild(root, line[1:])


def a_correction_without_a_digest(forge: Forge) -> str:
    folder, _ = forge.version()
    said = f"Correct\n\nPolicydiff-Action: correct\nPolicydiff-Parent: {forge.head}\n"
    return forge.commit([forge.head], forge.other_words(folder, forge.head, corrected=True), said)


def a_document_renamed(forge: Forge) -> str:
    old, new = f"documents/{DOCUMENTS[2]}/", "documents/state/other-law/"
    files: Files = {}
    for path in forge.paths(forge.head):
        if path.startswith(old):
            data = forge.read(forge.head, path)
            files[path] = None
            files[path.replace(old, new)] = data.replace(DOCUMENTS[2].encode(), b"state/other-law")
    return forge.commit([forge.head], files, "Rename\n")


def a_source_of_another_kind(forge: Forge) -> str:
    folder, _ = forge.version()
    source = forge.read(forge.head, f"{folder}/source.html")
    files = {**forge.record(folder, forge.head, media_type="application/pdf"), f"{folder}/source.pdf": source}
    return forge.typed(forge.head, files, Action.META)


FURTHER: tuple[Callable[[Forge], str], ...] = (
    an_octopus_merge_changes_a_text, a_correction_that_is_not_marked, a_correction_adds_a_version, a_correction_describes_another_document, recorded_in_the_future, a_text_becomes_a_link, a_version_becomes_a_submodule, a_record_that_gives_two_times, a_text_in_another_encoding, a_typed_merge_changes_a_text, removed_and_put_back_changed, times_that_creep_backwards, a_tree_with_one_name_twice, the_root_amended, a_correction_without_a_digest, a_document_renamed, a_source_of_another_kind,
)  # fmt: skip
