"""Fused documents are parted, and look-alike ones are named."""

import subprocess
from pathlib import Path

import pytest

from policydiff import NotFoundError, Store, UsageError

FIRST = (
    "某某市停车管理办法\n某府发〔2020〕1号\n第一条 停车收费实行政府指导价。\n某某市人民政府\n2020年1月2日\n"
)
SECOND = (
    "某某市养老管理办法\n某府发〔2023〕9号\n第一条 养老机构应当取得许可。\n某某市人民政府\n2023年4月5日\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def fused(tmp_path: Path) -> Store:
    store = Store.init(tmp_path / "s")
    store.add(write(tmp_path, "1.txt", FIRST), id="city/a")
    store.add(write(tmp_path, "2.txt", SECOND), version_of="city/a")
    return store


def test_versions_are_given_to_a_document_of_their_own(fused: Store) -> None:
    texts = {each: fused.recorded.text("city/a", each) for each in ("2020-01-02", "2023-04-05")}
    commit = fused.recorded.commit
    assert fused.separate("city/a", "2023-04-05", to="city/b") == "city/b"
    assert [each.version for each in fused.recorded.versions("city/a")] == ["2020-01-02"]
    assert [each.version for each in fused.recorded.versions("city/b")] == ["2023-04-05"]
    assert fused.recorded.text("city/b", "2023-04-05") == texts["2023-04-05"]
    identity = fused.recorded.identity("city/b")
    assert (identity.title, identity.document_number) == ("某某市养老管理办法", "某府发〔2023〕9号")
    assert fused.recorded.verify() == []
    assert (fused.status().store.versions, fused.verify().versions) == (2, 2), "parted, not copied"
    log = subprocess.run(
        ["git", "-C", fused.folder, "merge-base", "--is-ancestor", str(commit), "HEAD"], check=False
    )
    assert log.returncode == 0, "the history was not rewritten"
    assert fused.read("city/a").title == "某某市停车管理办法"


def test_a_separated_version_comes_back_under_its_own_document(fused: Store, tmp_path: Path) -> None:
    fused.separate("city/a", "2023-04-05", to="city/b")
    report = fused.add(tmp_path / "2.txt")
    assert (report.files[0].id, report.files[0].outcome.status.value) == ("city/b", "unchanged")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("versions", "to", "error"),
    [
        (("2020-01-02", "2023-04-05"), "city/b", UsageError),  # nothing would be left
        ((), "city/b", UsageError),
        (("2023-04-05",), "city/a", UsageError),  # taken
        (("2021-01-01.2",), "city/b", NotFoundError),
    ],
)
def test_what_cannot_be_separated(
    fused: Store, versions: tuple[str, ...], to: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        fused.separate("city/a", *versions, to=to)


def test_status_names_documents_that_look_alike(tmp_path: Path) -> None:
    with Store.init(tmp_path / "s") as store:
        store.add(write(tmp_path, "1.txt", FIRST), id="city/a")
        store.add(write(tmp_path, "2.txt", FIRST.replace("指导价", "定价")), id="city/b")
        store.add(write(tmp_path, "3.txt", SECOND), id="city/c")
        assert [(each.ids, each.reason) for each in store.status().alike] == [
            (("city/a", "city/b"), "they bear one document number")
        ]
