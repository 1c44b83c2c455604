"""One store handed to several threads, and taken along by a forked process: every question gets its own answer."""

import multiprocessing
import pickle
import sys
import threading
from pathlib import Path

import pytest

from policydiff import Store

NAMES = "甲乙丙丁"


def work(store: Store, folder: Path, name: str) -> None:
    """Record two versions of one document, and ask for what is held between them."""
    for year in (2010, 2011):
        place = folder / f"{name}{year}.txt"
        place.write_text(f"某{name}办法\n第一条 每家补助{year}元。\n第二条 {name}类企业应当备案。\n", "utf-8")
        store.add(place, id=f"city/d{NAMES.index(name)}", issued=f"{year}-01-01")
        store.search("补助")
        assert f"city/d{NAMES.index(name)}" in {each.identity.id for each in store.documents()}
        assert store.log(f"city/d{NAMES.index(name)}").versions


@pytest.fixture
def shared(tmp_path: Path) -> Store:
    Store.init(tmp_path / "store").close()
    return Store.open(tmp_path / "store")


def sound(store: Store, versions: int) -> bool:
    verified = store.verify()
    return (verified.versions, verified.faults) == (versions, ())


def test_threads_share_a_store(shared: Store, tmp_path: Path) -> None:
    failed: list[str] = []

    def run(name: str) -> None:
        try:
            work(shared, tmp_path, name)
        except Exception as error:
            failed.append(repr(error))

    threads = [threading.Thread(target=run, args=(name,), daemon=True) for name in NAMES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)  # sharing one reader without taking turns, they waited for ever
    assert not any(thread.is_alive() for thread in threads)
    assert failed == []
    assert sound(shared, 2 * len(NAMES))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_forked_processes_share_a_store(shared: Store, tmp_path: Path) -> None:
    assert list(shared.documents()) == []  # the reader of git runs by now
    forked = multiprocessing.get_context("fork")
    processes = [forked.Process(target=work, args=(shared, tmp_path, name)) for name in NAMES]
    for process in processes:
        process.start()
    for process in processes:
        process.join(240)
    assert [process.exitcode for process in processes] == [0] * len(NAMES)
    assert sound(shared, 2 * len(NAMES))


def test_a_pool_of_processes_takes_a_store(shared: Store, tmp_path: Path) -> None:
    """Processes that are spawned, and those of a pool, get it pickled: each opens it for itself."""
    work(pickle.loads(pickle.dumps(shared)), tmp_path, "甲")
    assert sound(shared, 2)
