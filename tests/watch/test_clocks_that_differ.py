"""Runners whose clocks differ, and stores at unusual places: every version is kept, and `verify` finds nothing in a fresh clone."""

from pathlib import Path

import pytest

from watch.portal import Portal, page
from watch.test_never_lost import Project, edition


@pytest.mark.parametrize("days", [40, -400], ids=["weeks ahead", "a year behind"])
def test_a_clock_that_is_wrong_loses_no_version(
    tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    project = Project(tmp_path, portal, monkeypatch)
    for number, (name, off) in enumerate((("one", 0), ("two", days), ("one", -days))):
        project.advance(1 + off)
        portal.pages["/0"] = page(edition(number))
        assert len(project.track(project.checkout(name)).changed) == 1
        project.publish(project.place / name)
        project.save(name)
    assert len(project.texts()) == 3


def test_blanks_brackets_and_chinese_in_the_path(
    tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "政策 库 (2)"
    place.mkdir()
    project = Project(place, portal, monkeypatch)
    for day in range(2):
        portal.pages["/0"] = page(edition(day))
        project.track(project.checkout("跑 一"))
        project.publish(place / "跑 一")
        project.save("跑 一")
        project.advance(1)
    assert len(project.texts()) == 2
