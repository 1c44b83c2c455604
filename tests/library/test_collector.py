"""How often the interpreter looks for garbage: seldom inside, as before outside, whatever ends the work."""

import gc
import threading
from collections.abc import Iterator

import pytest

import policydiff
from policydiff.collector import collecting_seldom

OLD = policydiff.parse("某办法\n第一条 补助30万元。")
NEW = policydiff.parse("某办法\n第一条 补助50万元。")


@pytest.fixture(autouse=True)
def before() -> Iterator[tuple[int, int, int]]:
    held = gc.get_threshold()
    gc.set_threshold(701, 11, 12)
    yield (701, 11, 12)
    gc.set_threshold(*held)


def test_it_looks_seldom_inside_and_as_before_outside(before: tuple[int, int, int]) -> None:
    with collecting_seldom():
        assert gc.get_threshold() == (20_000, 20, 20)
        with collecting_seldom():
            assert gc.get_threshold()[0] == 20_000
        assert gc.get_threshold()[0] == 20_000, "the outer one goes on"
    assert gc.get_threshold() == before


def test_an_error_brings_it_back(before: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="x"), collecting_seldom():
        raise ValueError("x")
    assert gc.get_threshold() == before


@pytest.mark.parametrize(
    ("own", "inside"),
    [((0, 10, 10), (0, 10, 10)), ((19_999, 10, 10), (20_000, 20, 20)), ((20_001, 30, 5), (20_001, 30, 20))],
    ids=["switched off stays off", "below", "what is more seldom already stays"],
)
def test_what_the_user_set_is_kept(own: tuple[int, int, int], inside: tuple[int, int, int]) -> None:
    gc.set_threshold(*own)
    with collecting_seldom():
        assert gc.get_threshold() == inside
    assert gc.get_threshold() == own


def test_a_collector_that_is_off_is_not_switched_on() -> None:
    gc.disable()
    try:
        policydiff.diff(OLD, NEW)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_threads_that_overlap_bring_it_back(before: tuple[int, int, int]) -> None:
    """The second begins while the first is inside, and ends after it: each alone would bring back what it found."""
    inside, left = threading.Event(), threading.Event()

    def second() -> None:
        with collecting_seldom():
            inside.set()
            left.wait(30)

    with collecting_seldom():
        thread = threading.Thread(target=second)
        thread.start()
        inside.wait(30)
    assert gc.get_threshold()[0] == 20_000, "the second is still inside"
    left.set()
    thread.join(30)
    assert gc.get_threshold() == before


@pytest.mark.parametrize(
    "verb",
    [
        lambda: policydiff.diff(OLD, NEW),
        lambda: policydiff.compare(OLD, NEW),
        lambda: policydiff.draft(OLD, NEW),
        lambda: policydiff.check(OLD, NEW),
        lambda: policydiff.history(OLD, NEW),
    ],
    ids=["diff", "compare", "draft", "check", "history"],
)
def test_the_verbs_leave_no_trace(verb: "object", before: tuple[int, int, int]) -> None:
    assert callable(verb)
    verb()
    assert gc.get_threshold() == before
