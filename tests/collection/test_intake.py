"""What a file becomes: id, version, identity; and the words of the user before those of the text."""

from datetime import UTC, date, datetime

import pytest

import policydiff
from policydiff.collection.lookalikes import load, load_stored
from policydiff.errors import NotFoundError, UnreadableInputError
from policydiff.intake import load_bytes
from policydiff.intake.identity import derive_id, fingerprint, initials, spell
from policydiff.intake.versions import Given, prepare
from policydiff.lexicon.titles import bare_title
from policydiff.store import Store, check_id

from .conftest import DIRECTIVE, STATUTE, add

TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("words", "spelt", "first"),
    [
        ("沪府发", "hufufa", "hff"),
        ("绿地", "lvdi", "ld"),
        ("A股2级", "agu2ji", "ag2j"),
        ("閩府", "u95a9fu", "uf"),
    ],
)
def test_words_are_spelt(words: str, spelt: str, first: str) -> None:
    assert (spell(words), initials(words)) == (spelt, first)


@pytest.mark.parametrize(
    ("title", "number", "bodies", "statute", "expected"),
    [
        ("某意见", "静府发〔2021〕17号", ("静安区人民政府",), False, "jingfufa/2021/17"),
        ("某办法", "长绿容规〔2025〕1号", ("长宁区绿化和市容管理局",), False, "changlvronggui/2025/1"),
        ("某办法", "厦府规〔2024〕3号", ("厦门市人民政府",), False, "xiafugui/2024/3"),
        ("某办法", "番府办〔2023〕9号", ("番禺区人民政府办公室",), False, "panfuban/2023/9"),
        ("某市条例", "某市人大公告〔2021〕17号", ("某市人大",), True, f"msrd/mstl-{fingerprint('某市条例')}"),
        ("某意见", "第17号", (), False, f"unknown/myj-{fingerprint('某意见')}"),
        ("《》", None, (), False, f"unknown/untitled-{fingerprint('')}"),
    ],
)
def test_ids_are_derived(
    title: str, number: str | None, bodies: tuple[str, ...], statute: bool, expected: str
) -> None:
    assert check_id(derive_id(title, number, bodies, is_statute=statute)) == expected


def test_versions_of_a_statute_meet_in_one_id() -> None:
    ids = {
        derive_id(title, None, ("国务院",), is_statute=True)
        for title in (
            "物业管理条例",
            "物业管理条例（2018年修正）",
            "物业管理条例(2007修订)",
            "《物业管理条例》",
        )
    }
    assert len(ids) == 1
    assert bare_title("管理办法（试行）") != bare_title("管理办法"), "a trial text is a document of its own"


def test_a_directive_is_read(store: Store) -> None:
    intake = prepare(DIRECTIVE.encode(), name="a.txt", today=TODAY)
    entry = intake.entry
    assert entry.identity.id == "moufufa/2018/25"
    assert entry.identity.title == "某市人民政府关于推进养老服务发展的若干意见"
    assert entry.identity.document_number == "某府发〔2018〕25号"
    assert (entry.issued, entry.seen, entry.extension) == (date(2018, 3, 1), None, "txt")
    assert store.add(entry).version == "2018-03-01"
    assert store.source("moufufa/2018/25", "2018-03-01") == DIRECTIVE.encode()


def test_the_users_word_goes_first() -> None:
    given = Given(
        id="x/y",
        title="另一题目",
        document_number="某府 [2020] 1号",
        issuing_bodies=("某局",),
        jurisdiction="310000",
        issued=date(2020, 2, 2),
        effective=date(2020, 3, 3),
        url="https://example.org/a",
    )
    entry = prepare(DIRECTIVE.encode(), name="a.txt", today=TODAY, given=given).entry
    identity = entry.identity
    assert (identity.id, identity.title, identity.document_number) == ("x/y", "另一题目", "某府〔2020〕1号")
    assert (identity.issuing_bodies, identity.jurisdiction) == (("某局",), "310000")
    assert (entry.issued, entry.effective, entry.url) == (
        date(2020, 2, 2),
        date(2020, 3, 3),
        "https://example.org/a",
    )


@pytest.mark.parametrize(
    ("given", "version"),
    [
        (Given(), "seen-2024-03-01"),
        (Given(seen=date(2019, 6, 18)), "seen-2019-06-18"),
        (Given(retrieved_at=datetime(2019, 6, 18, 3, tzinfo=UTC)), "seen-2019-06-18"),
        (Given(published=date(2018, 1, 1)), "2018-01-01"),
    ],
)
def test_a_text_without_date_gets_none(store: Store, given: Given, version: str) -> None:
    undated = DIRECTIVE.replace("2018年3月1日\n", "")
    intake = prepare(undated.encode(), name="a.txt", today=TODAY, given=given)
    assert store.add(intake.entry).version == version
    assert any("bears no date" in warning for warning in intake.warnings) == version.startswith("seen")


def test_an_amended_statute_is_named_by_its_amendment() -> None:
    event = "2015年9月1日某市人民代表大会常务委员会通过　根据2020年5月6日某市人民代表大会常务委员会《关于修改〈某市养老服务条例〉的决定》修正"
    entry = prepare(STATUTE.format(event=event, third="略。").encode(), name="a.txt", today=TODAY).entry
    assert entry.issued == date(2020, 5, 6)


@pytest.mark.parametrize("data", [b"", b"  \n ", b"%PDF-1.7 nothing"])
def test_what_holds_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInputError):
        prepare(data, name="a.txt", today=TODAY)


def test_stored_documents_are_loaded_with_what_is_recorded_of_them(store: Store) -> None:
    add(store, DIRECTIVE, id="city/care", title="人工题目")
    loaded = load_stored("city/care@2018-03-01", store)
    assert (loaded.reference.id, loaded.reference.version) == ("city/care", "2018-03-01")
    assert (loaded.document.title, loaded.reference.title) == ("人工题目", "人工题目")
    assert loaded.document.clauses == load_bytes(DIRECTIVE.encode(), "a.txt").document.clauses
    assert loaded.document.targets


def test_a_file_goes_before_an_id(store: Store, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    add(store, DIRECTIVE, id="city/care")
    monkeypatch.chdir(tmp_path)
    assert load("city/care", store).reference.id == "city/care"
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "care").write_text(DIRECTIVE, "utf-8")
    assert policydiff.read("city/care", store=store.folder).reference.file == "city/care"
    with pytest.raises(UnreadableInputError, match="folder"):
        load("city", store)
    for doc, reason in (
        ("other/care", "no document"),
        ("city/care@1999-01-01", "in force"),
    ):
        with pytest.raises(NotFoundError, match=reason):
            load(doc, store)
    with pytest.raises(UnreadableInputError, match="no file"):
        load("nothing.docx", store)
    with pytest.raises(NotFoundError, match="--store"):
        load("other/care")
