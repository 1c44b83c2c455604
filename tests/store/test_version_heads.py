"""A revision may bear another number, title or issuer than the version recorded first: each version is told by its own head."""

import json
from datetime import date
from pathlib import Path

import pytest

from policydiff import Store, diff
from policydiff.model import VersionRecord

TEXT = """{title}
{number}
{issuer}
第一条 为了规范养老服务，制定本办法。
第二条 养老机构不得向老年人收取押金。
第三条 补贴比例为{share}，2025年底前完成。
第四条 市民政局负责监督管理。
"""
FIRST = {
    "title": "某市养老服务管理办法",
    "number": "某政规〔2020〕7号",
    "issuer": "某市人民政府",
    "share": "80%",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.init(tmp_path / "kept")


def _add(store: Store, folder: Path, day: str, **changed: str) -> None:
    file = folder / f"{day}.txt"
    file.write_text(TEXT.format(**{**FIRST, **changed}), "utf-8")
    again = {"version_of": "x/v"} if len(store.documents()) else {}
    store.add(file, id="x/v", issued=date.fromisoformat(day), **again)


def _told(store: Store) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    found = diff("x/v@2020-01-01", "x/v@2022-02-02", store=store)
    return [(side.title, side.document_number, side.issuing_bodies) for side in (found.old, found.new)]


CITY = (FIRST["issuer"],)


@pytest.mark.parametrize(
    ("changed", "told", "why"),
    [
        ({}, (FIRST["title"], FIRST["number"], CITY), "nothing of the head differs"),
        (
            {"number": "某政规〔2022〕14号"},
            (FIRST["title"], "某政规〔2022〕14号", CITY),
            "the revision bears a number of its own",
        ),
        (
            {"title": "某市养老服务条例实施办法"},
            ("某市养老服务条例实施办法", FIRST["number"], CITY),
            "renamed under its number",
        ),
        (
            {"number": ""},
            (FIRST["title"], FIRST["number"], CITY),
            "a text without a number is told by the document's",
        ),
        (
            {"issuer": "某市人民政府办公厅", "number": "某政办规〔2022〕3号"},
            (FIRST["title"], "某政办规〔2022〕3号", ("某市人民政府办公厅",)),
            "reissued by the office",
        ),
    ],
)
def test_a_version_is_told_by_its_own_head(
    store: Store, tmp_path: Path, changed: dict[str, str], told: tuple[object, ...], why: str
) -> None:
    _add(store, tmp_path, "2020-01-01")
    _add(store, tmp_path, "2022-02-02", share="2%", **changed)
    assert _told(store) == [(FIRST["title"], FIRST["number"], CITY), told], why
    assert store.verify().faults == ()


def test_what_a_person_puts_right_goes_before_the_heads(store: Store, tmp_path: Path) -> None:
    _add(store, tmp_path, "2020-01-01")
    _add(store, tmp_path, "2022-02-02", share="2%", number="某政规〔2022〕14号")
    store.meta("x/v@2022-02-02", document_number="某政规〔2022〕15号")
    assert [number for _, number, _ in _told(store)] == [FIRST["number"], "某政规〔2022〕15号"], (
        "of one version alone"
    )
    store.meta("x/v", document_number=FIRST["number"])
    assert [number for _, number, _ in _told(store)] == [FIRST["number"]] * 2, (
        "what the document is called already"
    )
    store.meta("x/v@2022-02-02", document_number="某政规〔2022〕15号")
    store.meta("x/v", document_number="某政规〔2020〕8号")
    assert [number for _, number, _ in _told(store)] == ["某政规〔2020〕8号"] * 2, "of all"
    assert store.verify().faults == ()


def test_a_separated_version_keeps_its_head(store: Store, tmp_path: Path) -> None:
    _add(store, tmp_path, "2020-01-01")
    _add(store, tmp_path, "2022-02-02", share="2%", number="某政规〔2022〕14号")
    store.separate("x/v", "2022-02-02", to="x/w")
    found = diff("x/v", "x/w", store=store)
    assert (found.old.document_number, found.new.document_number) == (FIRST["number"], "某政规〔2022〕14号")


def test_a_version_recorded_before_heads_were_kept_is_told_by_its_document(
    store: Store, tmp_path: Path
) -> None:
    _add(store, tmp_path, "2020-01-01")
    _add(store, tmp_path, "2022-02-02", share="2%", number="某政规〔2022〕14号")
    file = next(iter((tmp_path / "kept" / "documents" / "x" / "v").glob("2022*/version.json")))
    kept = json.loads(file.read_text("utf-8"))
    assert kept.pop("head") == {
        "title": None,
        "document_number": "某政规〔2022〕14号",
        "issuing_bodies": [],
        "drafting_body": None,
    }
    assert VersionRecord.model_validate(kept).head is None
