"""Histories as a forger would leave them, made by rule, and honest ones that look alike.

All in bare repositories: a forger who also falsifies the work tree gains nothing, and it saves time.
"""

import hashlib
import json
import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from policydiff.model import DocumentIdentity
from policydiff.store import Action, Plan, Store
from policydiff.store.git import Repository
from policydiff.store.history import commit_message, records

from .conftest import Clock, entry

Files = dict[str, bytes | None]
BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
DOCUMENTS = ("shanghai/jingan/plan", "shanghai/rules", "state/law")


def honest_store(folder: Path, chance: random.Random) -> Clock:
    """Record some documents with versions, corrections and descriptions over some weeks."""
    clock = Clock()
    clock.now = BEGIN
    with Store.init(folder, bare=True, clock=clock) as store:
        for name in DOCUMENTS:
            for year in range(2018, 2018 + chance.randint(2, 3)):
                clock.tick(hours=chance.randint(1, 80))
                store.add(
                    entry(name, f"第一条　{name}每家补助{chance.randint(10, 99)}万元。\n", f"{year}-01-02")
                )
        clock.tick(days=1)
        store.correct(
            DOCUMENTS[0], "2018-01-02", f"第一条　每家补助{chance.randint(100, 999)}万元（校正）。\n"
        )
        clock.tick(days=2)
        store.meta(DocumentIdentity(id=DOCUMENTS[1], title=f"条例{chance.randint(1, 99)}"))
        for number in range(chance.randint(1, 3)):
            clock.tick(hours=chance.randint(1, 80))
            store.add(entry(f"state/late-{number}", f"第一条　其{number}。\n", f"{2000 + number}-05-06"))
    return clock


class Forge:
    """Writes whatever commit it is told to."""

    def __init__(self, folder: Path, clock: Clock, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.repository = Repository(folder)
        self.now = clock.now + timedelta(hours=5)

    @property
    def head(self) -> str:
        found = self.repository.head()
        assert found is not None
        return found

    def line(self) -> list[str]:
        """Return the commits, oldest first."""
        return self.repository.run("rev-list", "--reverse", "--first-parent", "HEAD").output.decode().split()

    def read(self, commit: str, path: str) -> bytes:
        found = self.repository.read(f"{commit}:{path}")
        assert found is not None, path
        return found[2]

    def paths(self, commit: str) -> list[str]:
        return self.repository.run("ls-tree", "-r", "--name-only", commit).output.decode().split()

    def commit(
        self, parents: list[str], files: Files, message: str = "tidy\n", when: datetime | None = None
    ) -> str:
        stamp = f"F <f@example.org> {int((when or self.now).timestamp())} +0000"
        said = message.encode()
        out = [
            f"commit refs/forged\nmark :1\nauthor {stamp}\ncommitter {stamp}\ndata {len(said)}\n".encode(),
            said,
            b"\n",
        ]
        for word, parent in zip(["from", *["merge"] * len(parents)], parents, strict=False):
            out.append(f"{word} {parent}\n".encode())
        for path, content in files.items():
            if content is None:
                out.append(f"D {path}\n".encode())
            else:
                out += [f"M 100644 inline {path}\ndata {len(content)}\n".encode(), content, b"\n"]
        out.append(b"get-mark :1\ndone\n")
        made = subprocess.run(
            ["git", "fast-import", "--quiet", "--done", "--force"],
            cwd=self.folder, input=b"".join(out), capture_output=True, check=True,
        )  # fmt: skip
        return made.stdout.decode().strip()

    def typed(
        self, parent: str, files: Files, *actions: Action, when: datetime | None = None, extra: str = ""
    ) -> str:
        """Make a commit whose message is as policydiff writes it."""
        objects = {path: self.repository.object_id(data) for path, data in files.items() if data is not None}
        message = commit_message(Plan({}, actions, "Describe"), parent, objects)
        return self.commit([parent] + ([extra] if extra else []), files, message, when)

    def publish(self, commit: str) -> None:
        subprocess.run(["git", "update-ref", "HEAD", commit], cwd=self.folder, check=True)
        # What the forger's clone remembers is not what a stranger's clone has.
        (self.folder / "policydiff" / "recorded").unlink(missing_ok=True)

    def version(self) -> tuple[str, int]:
        """Return the folder of a version that was never corrected, and the place in the line that recorded it."""
        line = self.line()
        choices = [
            (change.path.rpartition("/")[0], place)
            for place, commit in enumerate(records(self.repository, line))
            for change in commit.changes
            if change.path.endswith("/version.json")
            and change.status == "A"
            and "jingan/plan/2018" not in change.path
        ]
        return self.chance.choice(choices)

    def version_count(self, commit: str) -> int:
        """Return how many versions a commit recorded."""
        found = next(records(self.repository, [commit]))
        return sum(change.path.endswith("/version.json") for change in found.changes)

    def other_words(self, folder: str, commit: str, **fields: object) -> Files:
        """Return the files of a version with another amount, its hashes put right."""
        text = (
            self.read(commit, f"{folder}/text.txt")
            .decode()
            .replace("第一条", f"第{self.chance.randint(100, 999)}条")
        )
        return self.with_text(folder, commit, text, **fields)

    def with_text(self, folder: str, commit: str, text: str, **fields: object) -> Files:
        record = json.loads(self.read(commit, f"{folder}/version.json"))
        record |= {"text_sha256": hashlib.sha256(text.encode()).hexdigest(), **fields}
        return {f"{folder}/text.txt": text.encode(), f"{folder}/version.json": _json(record)}

    def record(self, folder: str, commit: str, **fields: object) -> Files:
        return {
            f"{folder}/version.json": _json(json.loads(self.read(commit, f"{folder}/version.json")) | fields)
        }

    def new_version(self, when: datetime, name: str = "2033-03-04") -> Files:
        """Return the files of a further version of a document, recorded at a time."""
        folder = f"documents/{DOCUMENTS[2]}/2018-01-02"
        text = f"第一条　新{self.chance.randint(1, 999)}。\n".encode()
        record = json.loads(self.read(self.line()[-1], f"{folder}/version.json"))
        record |= {
            "version": name, "issued": name, "recorded_at": f"{when:%Y-%m-%dT%H:%M:%SZ}",
            "text_sha256": hashlib.sha256(text).hexdigest(), "source_sha256": hashlib.sha256(text).hexdigest(),
        }  # fmt: skip
        place = f"documents/{DOCUMENTS[2]}/{name}"
        return {
            f"{place}/source.html": text,
            f"{place}/text.txt": text,
            f"{place}/version.json": _json(record),
        }

    def rebuild(self, base: str, commits: list[str], changed: dict[str, Files] | None = None) -> str:
        """Make commits again on another base, with the messages and dates they have."""
        for found in list(records(self.repository, commits)):
            files: Files = {
                change.path: None if change.status == "D" else self.read(found.oid, change.path)
                for change in found.changes
            }
            files |= (changed or {}).get(found.oid, {})
            raw = self.repository.read(found.oid)
            assert raw is not None
            base = self.commit([base], files, raw[2].partition(b"\n\n")[2].decode(), found.when)
        return base


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def text_and_hash(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.commit([forge.head], forge.other_words(folder, forge.head))


def hash_alone(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.commit([forge.head], forge.record(folder, forge.head, effective="1999-09-09"))


def replaced_on_a_side_branch(forge: Forge) -> str:
    folder, place = forge.version()
    files = forge.other_words(folder, forge.head)
    files[f"{folder}/source.html"] = forge.read(forge.head, f"{folder}/source.html")
    when = next(records(forge.repository, [forge.line()[place]])).when
    side = forge.typed(forge.line()[place - 1], files, Action.REVISE, when=when)
    return forge.commit([forge.head, side], files, "Merge branch 'side'\n")


def record_replaced_on_a_side_branch(forge: Forge) -> str:
    folder, place = forge.version()
    files = {
        path: forge.read(forge.head, path)
        for path in forge.paths(forge.head)
        if path.startswith(f"{folder}/")
    }
    forged: Files = {**files, **forge.record(folder, forge.head, effective="2001-01-01")}
    when = next(records(forge.repository, [forge.line()[place]])).when
    side = forge.typed(forge.line()[place - 1], forged, Action.REVISE, when=when)
    return forge.commit([forge.head, side], forged, "Merge branch 'side'\n")


def lost_in_a_merge(forge: Forge) -> str:
    side = forge.typed(forge.line()[-2], forge.new_version(forge.now), Action.REVISE)
    return forge.commit([forge.head, side], dict.fromkeys(forge.new_version(forge.now)), "Merge\n")


def one_of_two_under_one_name(forge: Forge) -> str:
    parent = forge.head
    one = forge.typed(parent, forge.new_version(forge.now), Action.REVISE)
    other = forge.typed(parent, forge.new_version(forge.now), Action.REVISE)
    return forge.commit([one, other], {}, "Merge\n")


def removed(forge: Forge) -> str:
    folder, _ = forge.version()
    gone: Files = {path: None for path in forge.paths(forge.head) if path.startswith(f"{folder}/")}
    return forge.commit([forge.head], gone)


def meta_changes_the_time(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(
        forge.head, forge.record(folder, forge.head, recorded_at="2009-01-01T00:00:00Z"), Action.META
    )


def meta_changes_a_hash(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(forge.head, forge.other_words(folder, forge.head), Action.META)


def meta_changes_the_extractor(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(forge.head, forge.record(folder, forge.head, extractor="mine"), Action.META)


def a_correction_changes_the_time(forge: Forge) -> str:
    folder, _ = forge.version()
    files = forge.other_words(folder, forge.head, recorded_at="2026-03-01T00:00:00Z", corrected=True)
    return forge.typed(forge.head, files, Action.CORRECT)


def a_correction_replaces_the_source(forge: Forge) -> str:
    folder, _ = forge.version()
    source = f"<p>{forge.chance.random()}</p>".encode()
    files = forge.other_words(
        folder, forge.head, source_sha256=hashlib.sha256(source).hexdigest(), corrected=True
    )
    return forge.typed(forge.head, {**files, f"{folder}/source.html": source}, Action.CORRECT)


def a_revision_changes_a_text(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.typed(forge.head, forge.other_words(folder, forge.head), Action.REVISE)


def _corrected(forge: Forge) -> tuple[str, Files]:
    """Return the parent of the commit that corrected a text, and the files as they were there."""
    correction = next(
        found for found in records(forge.repository, forge.line()) if Action.CORRECT in found.trailers.actions
    )
    parent = correction.parents[0]
    return parent, {change.path: forge.read(parent, change.path) for change in correction.changes}


def a_correction_is_reverted(forge: Forge) -> str:
    return forge.commit([forge.head], _corrected(forge)[1], 'Revert "Correct"\n')


def a_correction_is_undone_in_a_merge(forge: Forge) -> str:
    parent, files = _corrected(forge)
    side = forge.typed(parent, forge.new_version(forge.now), Action.REVISE)
    return forge.commit([forge.head, side], {**files, **_of(forge, side)}, "Merge\n")


def _of(forge: Forge, commit: str) -> Files:
    return {path: forge.read(commit, path) for path in forge.paths(commit) if "2033-03-04" in path}


def an_identity_is_reverted(forge: Forge) -> str:
    described = [
        found for found in records(forge.repository, forge.line()) if found.trailers.actions == {Action.META}
    ][-1]
    path = described.changes[0].path
    return forge.commit([forge.head], {path: forge.read(described.parents[0], path)})


def before_the_store_was_made(forge: Forge) -> str:
    when = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(days=forge.chance.randint(0, 900))
    side = forge.typed(forge.line()[0], forge.new_version(when), Action.REVISE, when=when)
    return forge.commit([forge.head, side], _of(forge, side), "Merge\n")


def a_history_of_its_own_is_joined(forge: Forge) -> str:
    when = datetime(2020, 1, 1, tzinfo=UTC)
    files = forge.new_version(when)
    objects = {path: forge.repository.object_id(data or b"") for path, data in files.items()}
    root = forge.commit([], files, commit_message(Plan({}, (Action.ADD,), "Add"), None, objects), when)
    return forge.commit([forge.head, root], files, "Merge\n")


def dated_before_its_parent(forge: Forge) -> str:
    when = BEGIN + timedelta(minutes=forge.chance.randint(1, 50))
    return forge.typed(forge.head, forge.new_version(when), Action.REVISE, when=when)


def a_record_that_claims_an_earlier_time(forge: Forge) -> str:
    when = forge.now - timedelta(days=forge.chance.randint(2, 900))
    return forge.typed(forge.head, forge.new_version(when), Action.REVISE)


def a_commit_dropped(forge: Forge) -> str:
    line = forge.line()
    place = forge.chance.randint(1, len(line) - 2)
    while forge.version_count(line[place]) == 0:
        place = forge.chance.randint(1, len(line) - 2)
    return forge.rebuild(line[place - 1], line[place + 1 :])


def a_commit_amended(forge: Forge) -> str:
    folder, place = forge.version()
    line = forge.line()
    return forge.rebuild(line[place - 1], line[place:], {line[place]: forge.other_words(folder, line[place])})


def an_evil_merge(forge: Forge) -> str:
    folder, _ = forge.version()
    side = forge.typed(forge.head, forge.new_version(forge.now), Action.REVISE)
    return forge.commit(
        [forge.head, side], {**_of(forge, side), **forge.other_words(folder, forge.head)}, "Merge\n"
    )


def brought_by_a_merge_alone(forge: Forge) -> str:
    side = forge.commit([forge.head], {"README": b"x\n"})
    return forge.commit([forge.head, side], forge.new_version(forge.now), "Merge\n")


def moved_to_another_date(forge: Forge) -> str:
    folder, _ = forge.version()
    files = {
        path: forge.read(forge.head, path)
        for path in forge.paths(forge.head)
        if path.startswith(f"{folder}/")
    }
    other = folder.rpartition("/")[0] + "/2001-02-03"
    moved: Files = {path.replace(folder, other): data for path, data in files.items()}
    moved |= {
        f"{other}/version.json": next(
            iter(forge.record(folder, forge.head, version="2001-02-03", issued="2001-02-03").values())
        )
    }
    return forge.commit([forge.head], {**moved, **dict.fromkeys(files, None)})


def an_identity_changed(forge: Forge) -> str:
    path = f"documents/{forge.chance.choice(DOCUMENTS)}/document.json"
    return forge.commit(
        [forge.head], {path: _json(json.loads(forge.read(forge.head, path)) | {"title": "另一文件"})}
    )


def a_file_smuggled_in(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.commit(
        [forge.head], {f"{folder}/{forge.chance.choice(['source.pdf', 'notes.txt', 'x/y'])}": b"x"}
    )


def a_document_given_to_another(forge: Forge) -> str:
    folder, _ = forge.version()
    return forge.commit([forge.head], {f"{folder}/text.txt": b"\xe7\xac\xac\n"})


FORGERIES: tuple[Callable[[Forge], str], ...] = (
    text_and_hash, hash_alone, replaced_on_a_side_branch, record_replaced_on_a_side_branch, lost_in_a_merge,
    one_of_two_under_one_name, removed, meta_changes_the_time, meta_changes_a_hash, meta_changes_the_extractor,
    a_correction_changes_the_time, a_correction_replaces_the_source, a_revision_changes_a_text,
    a_correction_is_reverted, a_correction_is_undone_in_a_merge, an_identity_is_reverted, before_the_store_was_made,
    a_history_of_its_own_is_joined, dated_before_its_parent, a_record_that_claims_an_earlier_time, a_commit_dropped,
    a_commit_amended, an_evil_merge, brought_by_a_merge_alone, moved_to_another_date, an_identity_changed,
    a_file_smuggled_in, a_document_given_to_another,
)  # fmt: skip


class Runner:
    """A second checkout of a store, which records on its own."""

    def __init__(self, forge: Forge, name: str, at: str | None = None) -> None:
        self.forge = forge
        self.folder = forge.folder.with_name(name)
        shutil.copytree(forge.folder, self.folder)
        if at is not None:
            subprocess.run(["git", "update-ref", "HEAD", at], cwd=self.folder, check=True)
        self.clock = Clock()
        self.clock.now = forge.now

    def fetched(self) -> str:
        """Bring what it recorded into the first checkout and return its tip."""
        subprocess.run(["git", "fetch", "-q", str(self.folder), "HEAD"], cwd=self.forge.folder, check=True)
        found = self.forge.repository.read("FETCH_HEAD")
        assert found is not None
        return found[0]


def _merged(forge: Forge, ours: str, theirs: str, days: int = 0) -> str:
    """Merge as git does: what either side added or changed."""
    base = forge.repository.run("merge-base", ours, theirs).output.decode().strip()
    changed = forge.repository.run("diff-tree", "-r", "--name-only", base, theirs).output.decode().split()
    taken: Files = {path: forge.read(theirs, path) for path in changed}
    kept = forge.repository.run("diff-tree", "-r", "--name-only", base, ours).output.decode().split()
    for path in set(kept) & set(changed):
        del taken[path]
    return forge.commit([ours, theirs], taken, "Merge\n", forge.now + timedelta(days=days, hours=30))


def _adding(runner: Runner, *versions: tuple[str, str], hours: int = 1) -> str:
    with Store.open(runner.folder, clock=runner.clock) as store:
        for name, day in versions:
            runner.clock.tick(hours=hours)
            store.add(entry(name, f"第一条　{name}{day}。\n", day))
    return runner.fetched()


def linear(forge: Forge) -> str:
    return _adding(Runner(forge, "one"), ("state/law", "2030-01-01"), ("new/one", "2031-01-01"))


def late_additions(forge: Forge) -> str:
    return _adding(Runner(forge, "one"), ("state/law", "1990-01-01"), ("state/law", "1980-01-01"), hours=50)


def two_runners(forge: Forge) -> str:
    one = _adding(Runner(forge, "one"), ("state/law", "2030-01-01"), ("new/one", "2031-01-01"))
    other = _adding(Runner(forge, "two"), ("state/law", "2032-01-01"), ("new/two", "2031-01-01"), hours=3)
    return _merged(forge, one, other)


def merged_late(forge: Forge) -> str:
    one = _adding(Runner(forge, "one"), ("state/law", "2030-01-01"), hours=400)
    other = _adding(Runner(forge, "two", forge.line()[-2]), ("new/two", "2031-01-01"))
    return _merged(forge, one, other, days=forge.chance.randint(20, 60))


def the_same_text_twice(forge: Forge) -> str:
    one = _adding(Runner(forge, "one"), ("state/law", "2030-01-01"))
    other = _adding(Runner(forge, "two"), ("state/law", "2030-01-01"), hours=3)
    return _merged(forge, one, other)


def corrected_beside_additions(forge: Forge) -> str:
    runner = Runner(forge, "one")
    with Store.open(runner.folder, clock=runner.clock) as store:
        runner.clock.tick(hours=1)
        store.correct(DOCUMENTS[1], "2018-01-02", "第一条　又校正。\n")
        runner.clock.tick(hours=1)
        store.correct(DOCUMENTS[1], "2018-01-02", f"第一条　{DOCUMENTS[1]}。\n")
    other = _adding(Runner(forge, "two", forge.line()[-3]), ("new/two", "2031-01-01"))
    return _merged(forge, runner.fetched(), other)


def corrected_back(forge: Forge) -> str:
    runner = Runner(forge, "one")
    with Store.open(runner.folder, clock=runner.clock) as store:
        text = store.text(DOCUMENTS[1], "2018-01-02")
        for words in ("第一条　误。\n", text):
            runner.clock.tick(hours=1)
            store.correct(DOCUMENTS[1], "2018-01-02", words)
    return runner.fetched()


def described_on_both_sides(forge: Forge) -> str:
    one, other = Runner(forge, "one"), Runner(forge, "two")
    for runner, field, value in (
        (one, "jurisdiction", "310106"),
        (other, "document_number", "某府发〔2024〕5号"),
    ):
        with Store.open(runner.folder, clock=runner.clock) as store:
            runner.clock.tick(hours=1)
            store.meta(store.identity(DOCUMENTS[0]).model_copy(update={field: value}))
    path = f"documents/{DOCUMENTS[0]}/document.json"
    ours, theirs = one.fetched(), other.fetched()
    both = json.loads(forge.read(ours, path)) | {"document_number": "某府发〔2024〕5号"}
    return forge.commit([ours, theirs], {path: _json(both)}, "Merge\n", forge.now + timedelta(hours=30))


def removed_and_restored(forge: Forge) -> str:
    folder, _ = forge.version()
    files: Files = {
        path: forge.read(forge.head, path)
        for path in forge.paths(forge.head)
        if path.startswith(f"{folder}/")
    }
    gone = forge.commit([forge.head], dict.fromkeys(files, None))
    return forge.commit([gone], files, 'Revert "tidy"\n')


def other_things_beside_it(forge: Forge) -> str:
    side = forge.commit([forge.line()[-2]], {"README": b"x\n"}, when=forge.now)
    return forge.commit([forge.head, side], {"README": b"x\n", "notes/a": b"y\n"}, "Merge\n")


HONEST: tuple[Callable[[Forge], str], ...] = (
    linear, late_additions, two_runners, merged_late, the_same_text_twice, corrected_beside_additions, corrected_back,
    described_on_both_sides, removed_and_restored, other_things_beside_it,
)  # fmt: skip
