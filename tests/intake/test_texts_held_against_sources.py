"""`verify --extract` tells a text that is not what its extractor reads from the captured bytes, however its commit calls itself."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import policydiff
from policydiff.model import DocumentIdentity
from policydiff.store import FaultKind, NewVersion, Reextraction
from policydiff.version import __version__
from tests.extract.small_files import docx, paragraph

LINES = [
    "某市科技计划管理办法",
    "某府发〔2024〕9号",
    "第一条　每家企业补助30万元。",
    "第二条　企业应当在三十日内申报。",
    "2024年3月5日",
]
TEXT = "\n".join(LINES) + "\n"
FILES = {
    "txt": TEXT.encode(),
    "html": ("<html><head><title>某市科技计划管理办法</title></head><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>").encode(),
    "docx": docx("".join(paragraph(line) for line in LINES)),
}  # fmt: skip


def recorded(folder: Path, ending: str = "txt") -> policydiff.Store:
    (folder / f"law.{ending}").write_bytes(FILES[ending])
    store = policydiff.Store.init(folder / "store")
    store.add(str(folder / f"law.{ending}"))
    return store


def only(store: policydiff.Store) -> tuple[str, str]:
    document = store.recorded.documents()[0].id
    return document, store.recorded.versions(document)[0].version


@pytest.mark.parametrize("ending", FILES)
def test_what_was_read_is_as_it_was_read(tmp_path: Path, ending: str) -> None:
    store = recorded(tmp_path, ending)
    assert not store.verify(extract=True).faults
    assert not store.verify(extract=True).unchecked


FORGED: list[tuple[str, Callable[[str], str]]] = [
    ("an amount", lambda text: text.replace("30万元", "50万元")),
    ("a duty made a wish", lambda text: text.replace("应当", "可以")),
    ("a word dropped", lambda text: text.replace("每家", "")),
    ("a deadline moved", lambda text: text.replace("三十日", "六十日")),
    ("an article gone", lambda text: text.replace(f"{LINES[3]}\n", "")),
    ("an article more", lambda text: text.replace("2024年", "第三条　本办法不适用于外地企业。\n2024年")),
    ("articles in another order", lambda text: text.replace(f"{LINES[2]}\n{LINES[3]}", f"{LINES[3]}\n{LINES[2]}")),
    ("the number of the document", lambda text: text.replace("9号", "8号")),
    ("the day", lambda text: text.replace("3月5日", "3月6日")),
    ("a mark alone", lambda text: text.replace("。\n第二", "；\n第二")),
    ("a character of no width", lambda text: text.replace("补助", "补\u200b助")),
    ("a blank at the end", lambda text: f"{text} "),
    ("another text altogether", lambda _: "某市另一办法\n第一条　甲。\n"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "change"), FORGED, ids=[row[0] for row in FORGED])
@pytest.mark.parametrize("ending", ["txt", "docx"])
def test_a_forged_reextraction_by_the_same_extractor_is_named(
    tmp_path: Path, reason: str, change: Callable[[str], str], ending: str
) -> None:
    store = recorded(tmp_path, ending)
    document, version = only(store)
    record = store.recorded.versions(document)[0]
    text = change(store.recorded.text(document, version))
    assert store.recorded.reextract(
        [
            Reextraction(
                id=document,
                version=version,
                text=text,
                extractor=record.extractor,
                extractor_version=record.extractor_version,
                declared_title=record.declared_title,
                declared=record.declared,
            )
        ]
    )
    assert not store.verify().faults, "its history is that of an honest re-extraction"
    (fault,) = store.verify(extract=True).faults
    assert (fault.kind, fault.id, fault.version) == (FaultKind.REWRITTEN, document, version)


@pytest.mark.parametrize(("reason", "change"), FORGED[:6], ids=[row[0] for row in FORGED[:6]])
def test_a_text_forged_when_it_came_in_is_named(
    tmp_path: Path, reason: str, change: Callable[[str], str]
) -> None:
    honest = recorded(tmp_path)
    record = honest.recorded.versions(only(honest)[0])[0]
    store = policydiff.Store.init(tmp_path / "other")
    store.recorded.add(
        NewVersion(
            identity=DocumentIdentity(id="city/law", title=LINES[0]), source=FILES["txt"], text=change(TEXT), issued=date(2024, 3, 5), media_type="text/plain",
            extension="txt", extractor=record.extractor, extractor_version=record.extractor_version, declared_title=record.declared_title,
        )
    )  # fmt: skip
    assert [fault.kind for fault in store.verify(extract=True)] == [FaultKind.REWRITTEN]


def test_a_correction_and_another_extractor_are_said_not_to_be_checked(tmp_path: Path) -> None:
    store = recorded(tmp_path)
    document, version = only(store)
    store.recorded.correct(document, version, TEXT.replace("30", "31"))
    (fault,) = store.verify(extract=True).faults
    assert fault.kind is FaultKind.UNCHECKED
    assert store.verify(extract=True, incomplete_ok=True).unchecked == (fault,)
    store.recorded.reextract(
        [
            Reextraction(
                id=document,
                version=version,
                text=TEXT.replace("30", "32"),
                extractor="plain",
                extractor_version=f"{__version__}.9",
                replace_correction=True,
            )
        ]
    )
    (fault,) = store.verify(extract=True).faults
    assert fault.kind is FaultKind.UNCHECKED
    assert f"{__version__}.9" in fault.message


def test_an_honest_reextraction_after_a_correction_is_as_read(tmp_path: Path) -> None:
    store = recorded(tmp_path)
    document, version = only(store)
    store.recorded.correct(document, version, TEXT.replace("30", "31"))
    store.reextract(replace_corrections=True)
    assert store.recorded.text(document, version) == TEXT
    assert not store.verify(extract=True).faults


def test_an_older_extractor_that_read_the_same_is_no_doubt(tmp_path: Path) -> None:
    store = policydiff.Store.init(tmp_path / "store")
    store.recorded.add(
        NewVersion(
            identity=DocumentIdentity(id="city/law", title=LINES[0]), source=FILES["txt"], text=TEXT, issued=date(2024, 3, 5), media_type="text/plain",
            extension="txt", extractor="plain", extractor_version="0.0.1",
        )
    )  # fmt: skip
    assert not store.verify(extract=True).faults
