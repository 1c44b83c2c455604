"""Checkouts that record texts of one day, merged by git itself: nothing conflicts, nothing is lost, nothing is mixed up."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from policydiff import NotFoundError, Store

OPINION = (
    "某某市停车管理办法\n某府发〔2020〕1号\n第一条 停车收费实行{}。\n第二条 本办法由市交通委负责解释。\n"
    "某某市人民政府\n2020年1月2日\n"
)
OTHER = "某某市养老管理办法\n某府发〔2020〕2号\n第一条 养老机构应当取得许可。\n某某市人民政府\n2020年1月2日\n"
UNDATED = "某某市停车管理办法\n第一条 停车收费实行{}。\n第二条 本办法由市交通委负责解释。\n"
WORDS = ("政府指导价", "市场调节价", "政府定价", "分区定价")


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def added(folder: Path, store: Store, words: str) -> None:
    path = folder.with_suffix(".txt")
    path.write_text(OPINION.format(words), encoding="utf-8")
    store.add(path, id="city/a")


def imported(folder: Path, store: Store, words: str) -> None:
    files = folder.with_name(f"{folder.name}-files")
    files.mkdir(exist_ok=True)
    (files / "停车.txt").write_text(OPINION.format(words), encoding="utf-8")
    (files / "养老.txt").write_text(OTHER, encoding="utf-8")
    assert not store.import_files(files).failed


def seen(folder: Path, store: Store, words: str) -> None:
    path = folder.with_suffix(".txt")
    path.write_text(UNDATED.format(words), encoding="utf-8")
    store.add(path, id="city/a", seen="2021-05-06")


WAYS = (added, imported, seen)


def cloned(place: Path, names: list[str]) -> None:
    """Make a store that holds nothing of the documents yet, with a clone for each name."""
    Store.init(place / "origin").close()
    for name in names:
        git(place, "clone", "-q", "origin", name)


def merge(place: Path, names: list[str]) -> Path:
    """Merge all into the first one as git does, and return a fresh clone that `verify` finds whole."""
    for other in names[1:]:
        git(place / names[0], "pull", "-q", "--no-rebase", "--no-edit", str(place / other), "HEAD")
    git(place, "clone", "-q", names[0], "fresh")
    with Store.open(place / "fresh") as store:
        assert [fault.message for fault in store.recorded.verify()] == []
    return place / "fresh"


def texts(store: Store) -> dict[str, list[str]]:
    recorded = store.recorded
    return {
        identity.id: [recorded.text(identity.id, each.version) for each in recorded.versions(identity.id)]
        for identity in recorded.documents()
    }


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", [2, 3, 4])
def test_different_first_texts_of_one_day_are_all_kept(
    tmp_path: Path, way: Callable[[Path, Store, str], None], count: int
) -> None:
    names = ["one", "two", "three", "four"][:count]
    cloned(tmp_path, names)
    for name, words in zip(names, WORDS, strict=False):
        with Store.open(tmp_path / name) as store:
            way(tmp_path / name, store, words)
            [document] = [each for each, found in texts(store).items() if words in found[0]]
            [record] = store.recorded.versions(document)
            assert record.version in {"2020-01-02", "seen-2021-05-06"}, (
                "shown by its day as long as it is alone"
            )
    with Store.open(merge(tmp_path, names)) as store:
        found = texts(store)
        held = [text for each in found.values() for text in each]
        assert len([text for text in held if "停车" in text]) == count
        assert all(any(words in text for text in held) for words in WORDS[:count])
        if way is imported:
            assert sum("养老" in text for text in held) == 1, "one text recorded by all is one version"


@pytest.mark.parametrize("way", WAYS)
def test_the_same_text_recorded_by_both_is_one_version(
    tmp_path: Path, way: Callable[[Path, Store, str], None]
) -> None:
    cloned(tmp_path, ["one", "two"])
    for name in ("one", "two"):
        with Store.open(tmp_path / name) as store:
            way(tmp_path / name, store, WORDS[0])
    fresh = merge(tmp_path, ["one", "two"])
    with Store.open(fresh) as store:
        assert all(len(found) == 1 for found in texts(store).values())
        way(fresh, store, WORDS[0])
        assert all(len(found) == 1 for found in texts(store).values()), "the same text again changes nothing"


@pytest.mark.parametrize("way", [added, seen])
@pytest.mark.parametrize(
    ("words", "others", "versions"), [("ab", "b", 2), ("b", "ab", 2), ("abc", "bd", 4), ("a", "b", 2)]
)
def test_every_count_of_versions_is_the_number_listed(
    tmp_path: Path, way: Callable[[Path, Store, str], None], words: str, others: str, versions: int
) -> None:
    cloned(tmp_path, ["one", "two"])
    for name, recorded in (("one", words), ("two", others)):
        for each in recorded:
            with Store.open(tmp_path / name) as store:
                way(tmp_path / name, store, WORDS["abcd".index(each)])
    fresh = merge(tmp_path, ["one", "two"])
    with Store.open(fresh) as store:
        listed = {each.identity.id: each.versions for each in store.documents()}
        assert {document: len(store.log(document).versions) for document in listed} == listed
        total = sum(listed.values())
        assert (store.status().store.versions, store.verify().versions) == (total, total)
        assert total == versions
        records = list(fresh.glob("documents/**/version.json"))
        assert len(records) == len(words) + len(others), "each checkout's record is kept"


def test_a_text_of_the_first_repository_meets_that_of_a_clone(tmp_path: Path) -> None:
    """The repository that was cloned has no remote itself: its names are the plain ones of a lone store."""
    cloned(tmp_path, ["two"])
    for name, words in (("origin", WORDS[0]), ("two", WORDS[1])):
        with Store.open(tmp_path / name) as store:
            added(tmp_path / name, store, words)
    assert (tmp_path / "origin/documents/city/a/2020-01-02").is_dir()
    with Store.open(merge(tmp_path, ["origin", "two"])) as store:
        assert {each.version[:12] for each in store.recorded.versions("city/a")} == {"2020-01-02.1"}
        first = store.recorded.versions("city/a")[0].version
        assert WORDS[0] in store.recorded.text("city/a", first)


def test_copies_of_a_folder_are_two_checkouts(tmp_path: Path) -> None:
    with Store.init(tmp_path / "one") as store:
        added(tmp_path / "one", store, WORDS[0])
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    for name, words in (("one", WORDS[1]), ("two", WORDS[2])):
        with Store.open(tmp_path / name) as store:
            path = tmp_path / f"{name}-b.txt"
            path.write_text(OTHER.replace("许可", words), encoding="utf-8")
            store.add(path, id="city/b")
    with Store.open(merge(tmp_path, ["one", "two"])) as store:
        assert [len(found) for found in texts(store).values()] == [1, 2]


def test_two_branches_of_one_repository_merge(tmp_path: Path) -> None:
    with Store.init(tmp_path / "one") as store:
        folder = tmp_path / "one"
        main = git(folder, "symbolic-ref", "--short", "HEAD")
        git(folder, "checkout", "-q", "-b", "side")
        added(folder, store, WORDS[0])
        git(folder, "checkout", "-q", main)
        added(folder, store, WORDS[1])
        git(folder, "merge", "-q", "--no-edit", "side")
    with Store.open(merge(tmp_path, ["one"])) as store:
        assert len(texts(store)["city/a"]) == 2


def test_the_day_alone_is_refused_where_it_may_mean_either(tmp_path: Path) -> None:
    cloned(tmp_path, ["one", "two"])
    for name, words in zip(("one", "two"), WORDS, strict=False):
        with Store.open(tmp_path / name) as store:
            added(tmp_path / name, store, words)
            assert words in store.read("city/a@2020-01-02").text
    with Store.open(merge(tmp_path, ["one", "two"])) as store:
        for ask in (store.read, store.name, store.recorded.resolve):
            with pytest.raises(
                NotFoundError, match=r"2020-01-02\.1-[0-9a-f]{8} or 2020-01-02\.1-[0-9a-f]{8}"
            ):
                ask("city/a@2020-01-02")
        records = store.recorded.versions("city/a")
        first, second = (each.version for each in records)
        held = [store.read(f"city/a@{name}").text for name in (first, second)]
        assert all(any(words in text for text in held) for words in WORDS[:2])
        assert records[0].recorded_at <= records[1].recorded_at
        assert store.read("city/a").text == held[1], "what was recorded last is the newest of its day"
        assert len(store.diff(f"city/a@{first}", f"city/a@{second}").changes) > 0


def test_a_silent_edit_in_each_clone_is_kept(tmp_path: Path) -> None:
    with Store.init(tmp_path / "origin") as store:
        added(tmp_path / "origin", store, WORDS[0])
    for name in ("one", "two", "three"):
        git(tmp_path, "clone", "-q", "origin", name)
    for name, words in zip(("one", "two", "three"), (*WORDS[1:3], WORDS[1]), strict=True):
        with Store.open(tmp_path / name) as store:
            added(tmp_path / name, store, words)
    with Store.open(merge(tmp_path, ["one", "two", "three"])) as store:
        found = texts(store)["city/a"]
        assert [sum(words in text for text in found) for words in WORDS] == [1, 1, 1, 0]


def test_what_was_put_right_in_one_clone_is_not_hidden_by_its_double(tmp_path: Path) -> None:
    cloned(tmp_path, ["one", "two"])
    path = tmp_path / "a.txt"
    path.write_text(OPINION.format(WORDS[0]), encoding="utf-8")
    for name in ("one", "two"):
        with Store.open(tmp_path / name) as store:
            store.add(path, id="city/a", url=f"https://example.org/{name}")
            if name == "two":
                store.correct("city/a@2020-01-02", OPINION.format(WORDS[3]))
    with Store.open(merge(tmp_path, ["one", "two"])) as store:
        found = texts(store)["city/a"]
        assert len(found) == 2
        assert sum(WORDS[3] in text for text in found) == 1


def test_versions_kept_under_a_hash_can_be_worked_with(tmp_path: Path) -> None:
    """In a clone: correct, describe, read anew, separate, export, search, by the name that is shown."""
    cloned(tmp_path, ["one"])
    folder = tmp_path / "one"
    with Store.open(folder) as store:
        added(folder, store, WORDS[0])
        path = tmp_path / "b.txt"
        path.write_text(OTHER.replace("2020年1月2日", "2021年3月4日"), encoding="utf-8")
        store.add(path, version_of="city/a")
        text = folder / store.recorded.text_path("city/a", "2020-01-02")
        text.write_text(OPINION.format(WORDS[2]), encoding="utf-8")
        store.correct("city/a@2020-01-02")
        assert WORDS[2] in store.read("city/a@2020-01-02").text
        store.recorded.meta_version("city/a", "2020-01-02", url="https://example.org/a")
        assert store.recorded.at(None).version("city/a", "2020-01-02").url == "https://example.org/a"
        store.reextract()
        store.separate("city/a", "2021-03-04", to="city/b")
        assert [each.version for each in store.recorded.versions("city/b")] == ["2021-03-04"]
        assert [each.version for each in store.recorded.versions("city/a")] == ["2020-01-02"]
        assert [hit.document.version for hit in store.search("养老机构").hits] == ["2021-03-04"]
        assert store.export(tmp_path / "out")
        assert [entry.versions for entry in store.recorded.log("city/a")][-1] == ("2020-01-02",)
    merge(tmp_path, ["one"])


def test_verify_names_a_name_that_was_recorded_twice(tmp_path: Path) -> None:
    """What two lone repositories recorded under one name, one of them lost in the merge, shows."""
    Store.init(tmp_path / "one").close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    for name, words in zip(("one", "two"), WORDS, strict=False):
        home = tmp_path / name / ".git/policydiff/home"
        home.unlink(missing_ok=True)  # each takes itself for the first
        with Store.open(tmp_path / name) as store:
            added(tmp_path / name, store, words)
    git(
        tmp_path / "one",
        "pull",
        "-q",
        "--no-rebase",
        "--no-edit",
        "-X",
        "ours",
        str(tmp_path / "two"),
        "HEAD",
    )
    folder = tmp_path / "one"
    with Store.open(folder) as store:
        faults = [fault for fault in store.recorded.verify() if "recorded twice" in fault.message]
    assert {fault.path.rpartition("/")[2] for fault in faults if fault.path} >= {"source.txt", "text.txt"}
    told = next(fault for fault in faults if fault.path and fault.path.endswith("source.txt"))
    assert told.commit is not None
    assert told.path is not None
    place = told.path.rpartition("/")[0]
    assert f"git restore --source={told.commit[:12]} --worktree {place}" in told.message
    assert "policydiff add COPY --version-of city/a" in told.message
    # what it tells to do keeps both texts
    git(folder, "restore", f"--source={told.commit[:12]}", "--worktree", place)
    lost = tmp_path / "lost.txt"
    lost.write_bytes((folder / told.path).read_bytes())
    git(folder, "restore", place)
    with Store.open(folder) as store:
        store.add(lost, version_of="city/a")
        found = texts(store)["city/a"]
        assert all(any(words in text for text in found) for words in WORDS[:2])
        assert [fault.message for fault in store.recorded.verify()] == []


def test_a_store_of_before_opens_unchanged(tmp_path: Path) -> None:
    """Plain names stay in a clone, and what comes later under their days is a silent edit."""
    with Store.init(tmp_path / "old") as store:
        added(tmp_path / "old", store, WORDS[0])
    git(tmp_path, "clone", "-q", "old", "one")
    with Store.open(tmp_path / "one") as store:
        assert [each.version for each in store.recorded.versions("city/a")] == ["2020-01-02"]
        added(tmp_path / "one", store, WORDS[0])
        assert len(store.recorded.versions("city/a")) == 1
        added(tmp_path / "one", store, WORDS[1])
        assert [each.version[:12] for each in store.recorded.versions("city/a")] == [
            "2020-01-02",
            "2020-01-02.2",
        ]
