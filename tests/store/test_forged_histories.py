"""Two hundred forged histories, each named; fifty honest ones, none named.

The quick run takes one of each kind, the slow one as many as make two hundred.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from policydiff.errors import NotFoundError, UsageError
from policydiff.store import Fault, FaultKind, Store
from policydiff.store.history import records

from .conftest import Clock, entry, git
from .forging import FORGERIES, HONEST, Forge, honest_store
from .forging_more import FURTHER, a_reextraction_by_the_same_extractor
from .forging_times import TIMES

Kind = Callable[[Forge], str]
ALL = (*FORGERIES, *FURTHER, *TIMES)


def judged(folder: Path, kind: Kind, seed: int) -> tuple[list[Fault], list[Fault]]:
    """Return the faults before and after a history was forged."""
    chance = random.Random(f"{kind.__name__}{seed}")
    clock = honest_store(folder, chance)
    with Store.open(folder) as store:
        before = store.verify()
    forge = Forge(folder, clock, chance)
    try:
        forge.publish(kind(forge))
    finally:
        forge.repository.close()
    with Store.open(folder) as store:
        return before, store.verify()


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_forged_history_is_named(kind: Kind, tmp_path: Path) -> None:
    before, after = judged(tmp_path / "store", kind, 0)
    assert before == []
    assert after, "this forgery passes"
    assert all(fault.message for fault in after)


@pytest.mark.parametrize("kind", HONEST, ids=lambda kind: kind.__name__)
def test_an_honest_history_is_not_named(kind: Kind, tmp_path: Path) -> None:
    assert judged(tmp_path / "store", kind, 0) == ([], [])


def test_what_no_rule_can_see_is_seen_by_signatures(tmp_path: Path) -> None:
    """A commit typed as a re-extraction, or a correction, may hold any words: only who made it can be asked."""
    folder = tmp_path / "store"
    assert judged(folder, a_reextraction_by_the_same_extractor, 0) == ([], [])
    with Store.open(folder) as store:
        head = git(folder, "rev-parse", "HEAD").strip()
        unsigned = store.verify(signed_by=["a@example.org"])
        assert (FaultKind.UNSIGNED, head) in {(fault.kind, fault.commit) for fault in unsigned}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_two_hundred_forgeries_are_named(kind: Kind, tmp_path: Path) -> None:
    count = -(-200 // len(ALL))
    passed = [seed for seed in range(1, count + 1) if not judged(tmp_path / f"{seed}", kind, seed)[1]]
    assert passed == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", HONEST, ids=lambda kind: kind.__name__)
def test_fifty_honest_histories_are_not_named(kind: Kind, tmp_path: Path) -> None:
    for seed in range(1, 6):
        (tmp_path / f"{seed}").mkdir()
        assert judged(tmp_path / f"{seed}" / "store", kind, seed)[1] == []


def _shallow(origin: Path, clone: Path) -> None:
    git(clone.parent, "clone", "-q", "--depth", "1", origin.as_uri(), str(clone))


def _partial(origin: Path, clone: Path) -> None:
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(clone.parent, "clone", "-q", "--filter=blob:none", "--no-checkout", origin.as_uri(), str(clone))


def _treeless(origin: Path, clone: Path) -> None:
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(clone.parent, "clone", "-q", "--filter=tree:0", "--no-checkout", origin.as_uri(), str(clone))


def _grafted(origin: Path, clone: Path) -> None:
    git(clone.parent, "clone", "-q", str(origin), str(clone))
    (clone / ".git" / "info" / "grafts").write_text(git(clone, "rev-parse", "HEAD"))


def _replaced(origin: Path, clone: Path) -> None:
    git(clone.parent, "clone", "-q", str(origin), str(clone))
    git(clone, "replace", "HEAD", "HEAD~1")


@pytest.mark.parametrize("make", [_shallow, _partial, _treeless, _grafted, _replaced])
def test_what_a_clone_does_not_show_is_said(
    store: Store, clock: Clock, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    for year in (2019, 2020):
        store.add(entry(issued=f"{year}-01-02", text=f"第一条　{year}。\n"))
        clock.tick(days=1)
    make(store.folder, tmp_path / "clone")
    (tmp_path / "clone" / "policydiff.toml").write_text("spec_version = 1\n")
    with Store.open(tmp_path / "clone") as opened:
        assert FaultKind.UNCHECKED in {fault.kind for fault in opened.verify()}


def test_an_object_that_a_partial_clone_lacks_is_told_from_damage(store: Store, tmp_path: Path) -> None:
    store.add(entry())
    _partial(store.folder, tmp_path / "clone")
    git(tmp_path / "clone", "config", "core.bare", "true")
    with pytest.raises(NotFoundError, match="partial"):
        Store.open(tmp_path / "clone" / ".git")


def test_a_partial_clone_that_lacks_nothing_is_whole(store: Store, tmp_path: Path) -> None:
    store.add(entry())
    git(store.folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", store.folder.as_uri(), "clone")
    with Store.open(tmp_path / "clone") as clone:
        assert clone.verify() == [], "a checkout of everything fetched everything"


@pytest.mark.parametrize("anchor", ["HEAD", "main", "HEAD~1", "--all", "1234567", "plain", "", "no such"])
def test_what_can_be_moved_is_no_anchor(store: Store, anchor: str) -> None:
    store.add(entry())
    git(store.folder, "tag", "plain")
    with pytest.raises(UsageError, match="no anchor"):
        store.verify(anchor=anchor)


def test_a_tag_without_signature_is_no_anchor_either(store: Store) -> None:
    store.add(entry())
    git(store.folder, "tag", "-a", "-m", "x", "v1")
    assert [fault.kind for fault in store.verify(anchor="v1")] == [FaultKind.UNSIGNED]


def test_what_claims_to_be_older_than_the_anchor_was_in_it(tmp_path: Path) -> None:
    """A side branch that is merged late may claim any time since the store was made; an anchor of then tells."""
    chance = random.Random(1)
    clock = honest_store(tmp_path / "store", chance)
    forge = Forge(tmp_path / "store", clock, chance)
    anchor, early = forge.head, forge.line()[1]
    when = next(records(forge.repository, [early])).when
    side = forge.commit([early], {"documents/a/b/document.json": b"{}"}, when=when)
    forge.publish(forge.commit([anchor, side], {"documents/a/b/document.json": b"{}"}, "Merge\n"))
    forge.repository.close()
    with Store.open(tmp_path / "store") as store:
        assert any(
            fault.commit == side and fault.kind is FaultKind.BACKDATED
            for fault in store.verify(anchor=anchor)
        )
