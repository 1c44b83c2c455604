"""Accidents of the machine and of the settings: a full disk, another id, a shallow clone; each ends with `verify` in a fresh clone."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from watch.portal import Portal, page
from watch.test_never_lost import Project, edition, git


@pytest.fixture
def project(tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, portal, monkeypatch)


def _serve(portal: Portal) -> list[bytes]:
    body = [page(edition(0))]
    portal.pages["/0"] = lambda request: request.send(200, body[0])
    return body


@pytest.mark.slow
@pytest.mark.parametrize("writes", [0, 1, 3])
def test_a_full_disk_while_the_ledger_is_written(
    portal: Portal, project: Project, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    body = _serve(portal)
    one = project.checkout("one")
    project.track(one)
    project.publish(one)
    project.save("one")
    project.advance(1)
    body[0] = page(edition(1))
    again = project.checkout("one")
    left, real = [writes], os.fsync

    def full(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            project.track(again)
    project.save("one")
    project.advance(1)
    project.track(again)
    project.publish(again)
    texts = project.texts()
    assert len(texts) == len(set(texts)) == 2


def test_a_source_that_gets_another_id_keeps_what_it_had(portal: Portal, project: Project) -> None:
    body = _serve(portal)
    one = project.checkout("one")
    project.track(one)
    project.publish(one)
    project.save("one")
    project.advance(1)
    body[0] = page(edition(1))
    project.settings = project.settings.replace('id = "city/s0"', 'id = "city/renamed"')
    again = project.checkout("one")
    project.track(again)
    project.publish(again)
    held = [name for name, _ in project.texts()]
    assert held.count("city/s0") >= 1
    assert len(set(project.texts())) == len(project.texts())
    assert any("51万元" in text for _, text in project.texts())


def test_a_shallow_clone_loses_nothing(portal: Portal, project: Project) -> None:
    body = _serve(portal)
    for number in range(3):
        body[0] = page(edition(number))
        one = project.checkout("one")
        project.track(one)
        project.publish(one)
        project.save("one")
        project.advance(1)
    body[0] = page(edition(3))
    shallow = project.place / "shallow"
    git(project.place, "clone", "-q", "--depth", "1", f"file://{project.remote}", str(shallow))
    shutil.copytree(project.place / "one.ledger", shallow / ".policydiff" / "track", dirs_exist_ok=True)
    project.track(shallow)
    project.publish(shallow)
    project.advance(1)
    whole = project.checkout("one")
    project.track(whole)
    project.publish(whole)
    assert len(project.texts()) == 4
