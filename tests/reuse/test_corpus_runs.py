"""A run over a whole store: the same tables whoever does the work, going on after an end in the middle, and refusals."""

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

import policydiff
from policydiff import Store
from policydiff.cli.app import program
from policydiff.collection.packed_clauses import pack
from policydiff.errors import WorkersLostError
from policydiff.model.base import Language
from policydiff.platforms import CAN_FORK
from policydiff.reuse import CorpusReuse, bulk
from policydiff.reuse.bulk import (
    CorpusText,
    Executor,
    dask,
    processes,
    reuse_of_corpus,
    serial,
)
from policydiff.reuse.stages import Done, Task, run_task, stars
from tests.reuse.conftest import FIRST, FOREIGN, SECOND

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ARCHIVE = "老年人信息档案应当妥善保存，有关原始资料不得泄露，个人信息受法律保护。"
_PLACES = ("上海市", "浙江省", "杭州市", "江苏省", "南京市")
_CLAUSES = (
    (FIRST, SECOND),
    (FIRST, ARCHIVE),
    (FIRST, SECOND, ARCHIVE),
    (FOREIGN,),
    (SECOND.replace("文化娱乐", "安宁疗护"), FOREIGN),
)


def corpus() -> Iterator[CorpusText]:
    for place, (area, clauses) in enumerate(zip(_PLACES, _CLAUSES, strict=True)):
        packed = pack([(f"art_{number}", None, f"{area}{words}") for number, words in enumerate(clauses, 1)])
        yield CorpusText(
            f"doc/{place}", "2019-03-01", "2019-03-01", f"{area}条例", area, packed, f"{place:064}"
        )


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PART", 2)


def ran(folder: Path, executor: Executor | None = None) -> CorpusReuse:
    return reuse_of_corpus(corpus, folder, executor or serial)


def without_place(found: CorpusReuse) -> dict[str, object]:
    told = found.model_dump(exclude={"folder", "stages"})
    assert told["pairs"]
    return told


def test_every_pair_of_sentences_that_share_wording_is_found(tmp_path: Path) -> None:
    found = ran(tmp_path / "run")
    sentences = {
        row["sentence"]: (row["document"], row["clause"])
        for row in pq.read_table(tmp_path / "run" / "sentences.parquet").to_pylist()
    }
    pairs = {
        (sentences[row["a"]], sentences[row["b"]])
        for row in pq.read_table(tmp_path / "run" / "pairs.parquet").to_pylist()
    }
    same = {
        words: [
            (f"doc/{place}", f"art_{number}")
            for place, clauses in enumerate(_CLAUSES)
            for number, each in enumerate(clauses, 1)
            if each[:20] == words
        ]
        for words in (each[:20] for each in (FIRST, SECOND, ARCHIVE, FOREIGN))
    }
    assert pairs == {
        (one, other) for each in same.values() for one in each for other in each if one[0] < other[0]
    }
    assert found.pairs == len(pairs)
    documents = pq.read_table(tmp_path / "run" / "documents.parquet").to_pylist()
    assert found.documents == len(documents) == len({(one[0], other[0]) for one, other in pairs})
    near = next(row for row in documents if (row["document_a"], row["document_b"]) == ("doc/0", "doc/2"))
    assert (near["sentences_a"], near["share_a"], near["share_b"]) == (2, 1.0, 2 / 3)
    package = json.loads((tmp_path / "run" / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        columns = pq.read_table(tmp_path / "run" / resource["path"]).column_names
        assert [field["name"] for field in resource["schema"]["fields"]] == columns


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: processes(1), id="one process"),
        pytest.param(lambda: processes(2), id="two processes"),
        pytest.param(lambda: processes(3), id="three processes"),
    ],
)
def test_processes_give_the_tables_that_one_process_gives(
    tmp_path: Path, make: Callable[[], Executor]
) -> None:
    assert without_place(ran(tmp_path / "other", make())) == without_place(ran(tmp_path / "serial"))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_dask_cluster_gives_the_same_tables(tmp_path: Path, workers: int) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None, processes=False
    ) as cluster:
        found = ran(tmp_path / "dask", dask(cluster.scheduler_address))
    assert without_place(found) == without_place(ran(tmp_path / "serial"))


def dies_once(task: Task) -> Done:
    """Do a task, but let the worker be killed in the middle of the first one of a stage."""
    marker = Path(task.folder).parent / f"killed-{task.stage}"
    if task.number == 1 and not marker.exists():
        marker.touch()
        (Path(task.folder) / f".{task.name}.half").write_bytes(b"half")
        os.kill(os.getpid(), signal.SIGKILL)
    return run_task(task)


@pytest.mark.skipif(not CAN_FORK, reason="the stand-in for a task is known to forked processes only")
def test_a_killed_worker_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = without_place(ran(tmp_path / "serial"))
    monkeypatch.setattr(bulk, "run_task", dies_once)
    found = ran(tmp_path / "killed", processes(2))
    assert {each.name for each in (tmp_path / "killed").glob("killed-*")} >= {"killed-texts", "killed-pairs"}
    assert without_place(found) == expected


def lost_with_its_worker(task: Task) -> Done:
    """Do a task as `dies_once` does; known to the worker processes of a cluster, which import this module."""
    return dies_once(task)


@pytest.mark.skipif(not CAN_FORK, reason="a process is killed as POSIX does it")
def test_a_killed_worker_of_a_dask_cluster_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    expected = without_place(ran(tmp_path / "serial"))
    monkeypatch.setattr(bulk, "run_task", lost_with_its_worker)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        before = {each.pid for each in cluster.workers.values()}
        found = ran(tmp_path / "killed", dask(cluster.scheduler_address))
        after = {each.pid for each in cluster.workers.values()}
    assert {each.name for each in (tmp_path / "killed").glob("killed-*")} >= {"killed-texts", "killed-pairs"}
    assert before != after
    assert without_place(found) == expected


def dies(task: Task) -> Done:
    """Let the worker be killed each time."""
    os.kill(os.getpid(), signal.SIGKILL)
    return run_task(task)


@pytest.mark.skipif(not CAN_FORK, reason="the stand-in for a task is known to forked processes only")
def test_workers_that_always_die_are_an_error_and_what_was_done_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(bulk, "run_task", dies)
        with pytest.raises(WorkersLostError, match="texts-0000"):
            ran(tmp_path / "run", processes(2))
    assert without_place(ran(tmp_path / "run")) == without_place(ran(tmp_path / "serial"))


class BrokenOff:
    """Does the first stages and is then broken off."""

    def __init__(self, tasks: int) -> None:
        self.left = tasks

    def __call__(self, tasks: Sequence[Task]) -> Iterator[Done]:
        for task in tasks:
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            yield run_task(task)


@pytest.mark.parametrize("tasks", [0, 1, 3, 5, 9, 10])
def test_a_run_that_was_broken_off_goes_on_where_it_was(tmp_path: Path, tasks: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        ran(tmp_path / "run", BrokenOff(tasks))
    found = ran(tmp_path / "run")
    assert sum(each.done_before for each in found.stages) == tasks
    assert without_place(found) == without_place(ran(tmp_path / "serial"))


def test_a_table_that_was_lost_is_made_again(tmp_path: Path) -> None:
    expected = without_place(ran(tmp_path / "run"))
    (tmp_path / "run" / "pairs.parquet").unlink()
    again = ran(tmp_path / "run")
    assert without_place(again) == expected
    assert {each.name: each.tasks - each.done_before for each in again.stages}["finish"] == 1


def test_a_folder_of_another_run_or_of_other_things_is_refused(tmp_path: Path) -> None:
    ran(tmp_path / "run")
    changed = [*corpus()][:-1]
    with pytest.raises(policydiff.UsageError, match="another state of the store"):
        reuse_of_corpus(lambda: iter(changed), tmp_path / "run", serial)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x", "utf-8")
    with pytest.raises(policydiff.UsageError, match="holds other files"):
        ran(tmp_path / "mine")
    (tmp_path / "run" / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(policydiff.UsageError, match="cannot be read"):
        ran(tmp_path / "run")


def test_an_empty_corpus_gives_empty_tables(tmp_path: Path) -> None:
    found = reuse_of_corpus(lambda: iter(()), tmp_path / "run", serial)
    assert (found.texts, found.pairs, found.documents, found.families) == (0, 0, 0, 0)


def test_without_the_extra_the_refusal_says_what_to_install(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "find_spec", lambda name: None if name == "duckdb" else name)
    with pytest.raises(policydiff.UsageError, match=r"duckdb.*pip install 'policydiff\[scale\]'"):
        store.reuse_all(tmp_path / "run")


def test_workers_and_a_scheduler_are_not_named_together(store: Store, tmp_path: Path) -> None:
    with pytest.raises(policydiff.UsageError, match="not both"):
        store.reuse_all(tmp_path / "run", workers=2, scheduler="tcp://127.0.0.1:1")


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json", "csv", "xlsx", "docx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_in_every_form(store: Store, tmp_path: Path, form: str, lang: Language) -> None:
    found = store.reuse_all(tmp_path / "run")
    assert found.texts == 6
    assert policydiff.render(found, form, lang=lang)


def test_the_command_looks_at_the_whole_store_or_at_one_document(store: Store, tmp_path: Path) -> None:
    """One word, --all, means the whole store where no document is named, and everything in full where one is."""
    place = ["--store", str(store.recorded.folder), "--lang", "en"]
    run = CliRunner().invoke(program(), ["reuse", "--all", "--out", str(tmp_path / "run"), *place])
    assert run.exit_code == 0, run.output
    assert "6 texts" in run.output
    assert (tmp_path / "run" / "pairs.parquet").is_file()
    one = CliRunner().invoke(program(), ["reuse", "state/law", "--all", *place])
    assert one.exit_code == 0, one.output
    for refused in (["reuse", "--all"], ["reuse"], ["reuse", "state/law", "--out", "x"]):
        assert isinstance(CliRunner().invoke(program(), [*refused, *place]).exception, policydiff.UsageError)


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ([], []),
        ([(1, 2, 0.9)], [[1, 2]]),
        ([(1, 2, 0.9), (2, 3, 0.5)], [[2, 1, 3]]),
        ([(1, 2, 0.9), (2, 3, 0.5), (3, 4, 0.9), (4, 5, 0.9), (4, 6, 0.9)], [[4, 3, 5, 6], [2, 1]]),
    ],
)
def test_families_stand_around_the_text_near_to_most(
    near: list[tuple[int, int, float]], expected: list[list[int]]
) -> None:
    assert stars(near) == expected
