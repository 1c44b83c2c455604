"""A name that leads nowhere is answered with the nearest one that leads somewhere; names unlike it are not offered."""

from pathlib import Path

import pytest

from policydiff import NotFoundError, Store, UnreadableInputError, diff, read
from policydiff.lexicon.shortest_edits import nearest

FILES = [
    ("REDME.md", ["README.md", "CHANGELOG.md"], "README.md", "a letter lost"),
    ("readme.md", ["README.md"], "README.md", "capitals"),
    ("report.doc", ["report.docx", "reports.xlsx"], "report.docx", "another ending of the same name"),
    (
        "静安实施方案.docx",
        ["静安区实施方案.docx", "徐汇区实施方案.docx"],
        "静安区实施方案.docx",
        "one character",
    ),
    ("办法（2024）.pdf", ["办法(2024).pdf", "附件.pdf"], "办法(2024).pdf", "brackets of another width"),
    (
        "办法2023.docx",
        ["细则2023.docx", "办法2024.docx"],
        "办法2024.docx",
        "a year, and not the kind of text",
    ),
    ("实施办法 .docx", ["实施办法.docx"], "实施办法.docx", "a blank before the ending"),
    ("a.docx", ["b.docx", "c.docx"], None, "the ending alone is no likeness"),
    ("old.txt", ["new.txt"], None, "two words of three letters"),
    ("实施方案.docx", ["通知.docx", "总结.docx"], None, "another kind of text"),
    ("管理办法.docx", ["管理规定.docx"], None, "half of the name is another one"),
    ("规定.txt", [], None, "an empty folder"),
]
IDS = [
    ("shanghai/jingan/life-helth-2021", "shanghai/jingan/life-health-2021", "a letter lost"),
    ("shanghai/jingan/life-health", "shanghai/jingan/life-health-2021", "the year left out"),
    ("life-health-2021", "shanghai/jingan/life-health-2021", "the folders left out"),
    (
        "shanghai/jinan/plan-2021",
        "shanghai/jingan/plan-2021",
        "of two of the same last name, the likelier folder",
    ),
    ("beijing/haidian/budget", None, "nothing like it"),
]
HELD = ["shanghai/jingan/life-health-2021", "shanghai/jingan/plan-2021", "shanghai/xuhui/plan-2021"]


@pytest.mark.parametrize(("given", "held", "expected", "reason"), FILES)
def test_the_nearest_file_is_offered(
    given: str, held: list[str], expected: str | None, reason: str, tmp_path: Path
) -> None:
    for name in held:
        (tmp_path / name).write_text("第一条 略。", "utf-8")
    for ask in (lambda: read(str(tmp_path / given)), lambda: diff(tmp_path / given, tmp_path / given)):
        with pytest.raises(UnreadableInputError) as refused:
            ask()
        assert (": the nearest name there is " in str(refused.value)) is (expected is not None), reason
        assert expected is None or str(refused.value).endswith(expected), reason


def test_a_folder_that_is_not_there_has_no_names(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="there is no file"):
        read(str(tmp_path / "nowhere" / "办法.docx"))


@pytest.mark.parametrize(("given", "expected", "reason"), IDS)
def test_the_nearest_id_is_offered(given: str, expected: str | None, reason: str) -> None:
    assert nearest(given, HELD) == expected, reason


def test_a_store_names_the_nearest_id(tmp_path: Path) -> None:
    with Store.init(tmp_path) as store:
        file = tmp_path / "办法.txt"
        file.write_text("某市停车办法\n第一条 停车应当缴费。\n", "utf-8")
        store.add(file, id="city/parking-2021")
        for ask in (lambda: store.read("city/parking-2020"), lambda: store.log("city/parkin-2021")):
            with pytest.raises(NotFoundError, match="the nearest id is city/parking-2021"):
                ask()
        with pytest.raises(NotFoundError, match="policydiff list"):
            store.log("county/budget")
