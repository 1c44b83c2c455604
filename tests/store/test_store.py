"""Recording, reading, and both times."""

from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest

from policydiff.errors import (
    InvalidIdentifierError,
    NotFoundError,
    UnreadableInputError,
    UsageError,
    WriteConflictError,
)
from policydiff.model import DocumentIdentity
from policydiff.store import Action, AddStatus, Reextraction, Store, periods
from tests.version_names import turn

from .conftest import Clock, entry, git

ID = "shanghai/jingan/plan"


def tree(folder: Path) -> list[str]:
    return sorted(git(folder, "ls-files").splitlines())


def test_a_text_lies_where_the_layout_says(store: Store) -> None:
    outcome = store.add(entry())
    assert (outcome.status, outcome.action, outcome.version) == (AddStatus.ADDED, Action.ADD, "2021-11-29")
    assert outcome.commit == store.commit
    assert tree(store.folder) == [
        ".gitattributes",
        ".gitignore",
        "documents/shanghai/jingan/plan/2021-11-29/source.html",
        "documents/shanghai/jingan/plan/2021-11-29/text.txt",
        "documents/shanghai/jingan/plan/2021-11-29/version.json",
        "documents/shanghai/jingan/plan/document.json",
        "policydiff.toml",
    ]
    assert git(store.folder, "status", "--porcelain") == ""
    assert "Policydiff-Action: add" in git(store.folder, "log", "-1", "--format=%B")


def test_text_and_source_come_back_as_they_went_in(store: Store) -> None:
    odd = entry(text="﻿一\r\n二\r三 \t\n\n\x0c四", source=b"\x00\xff\r\n\r\x1a")
    store.add(odd)
    assert store.text(ID, "2021-11-29") == odd.text
    assert store.source(ID, "2021-11-29") == odd.source
    checked_out = store.folder / "documents" / ID / "2021-11-29"
    assert (checked_out / "text.txt").read_bytes() == odd.text.encode()
    assert (checked_out / "source.html").read_bytes() == odd.source


def test_the_same_text_again_changes_neither_head_nor_tree(store: Store, clock: Clock) -> None:
    store.add(entry())
    before = store.commit, tree(store.folder), git(store.folder, "reflog")
    clock.tick(days=400)
    outcome = store.add(entry(source=b"another page with the same words"))
    assert (outcome.status, outcome.commit, outcome.version) == (AddStatus.UNCHANGED, None, "2021-11-29")
    assert (store.commit, tree(store.folder), git(store.folder, "reflog")) == before


def test_a_different_text_under_a_date_taken_is_a_silent_edit(store: Store) -> None:
    texts = ["一\n", "二\n", "三\n"]
    outcomes = [store.add(entry(text=text)) for text in texts]
    assert [turn(outcome.version) for outcome in outcomes] == ["2021-11-29", "2021-11-29.2", "2021-11-29.3"]
    assert outcomes[1].notes
    assert [store.add(entry(text=text)).status for text in texts] == [AddStatus.UNCHANGED] * 3


def test_a_text_without_date_is_named_by_the_day_it_was_seen(store: Store) -> None:
    def see(text: str, day: str) -> str:
        outcome = store.add(entry(text=text, issued=None, seen=day))
        return f"{outcome.status} {outcome.version}"

    assert see("甲\n", "2019-06-18") == "added seen-2019-06-18"
    assert see("甲\n", "2019-07-01") == "unchanged seen-2019-06-18"
    assert see("乙\n", "2019-08-01") == "added seen-2019-08-01"
    assert see("甲\n", "2019-09-01") == "added seen-2019-09-01"
    assert store.versions(ID)[0].issued is None


@pytest.mark.parametrize(
    ("held", "text", "issued", "version"),
    [
        # the text that was seen next after its date is that text: its date was not known
        (["甲 seen 2019-06-18"], "甲", "2018-03-01", "seen-2019-06-18"),
        (["甲 seen 2019-06-18"], "甲", "2019-06-18", "seen-2019-06-18"),
        (["乙 2017-01-01", "甲 seen 2019-06-18"], "甲", "2018-03-01", "seen-2019-06-18"),
        (["甲 seen 2019-06-18", "乙 seen 2019-08-01"], "甲", "2018-03-01", "seen-2019-06-18"),
        # issued anew after it was seen
        (["甲 seen 2019-06-18"], "甲", "2019-06-19", "2019-06-19"),
        # another text
        (["甲 seen 2019-06-18"], "乙", "2018-03-01", "2018-03-01"),
        # another text between: the source went back to the first
        (["乙 2018-05-01", "甲 seen 2019-06-18"], "甲", "2018-03-01", "2018-03-01"),
        (["乙 seen 2018-05-01", "甲 seen 2019-06-18"], "甲", "2018-03-01", "2018-03-01"),
        (["乙 2018-03-01", "甲 seen 2019-06-18"], "甲", "2018-03-01", "2018-03-01.2"),
        # the same words under two dates are two versions
        (["甲 2019-06-18"], "甲", "2018-03-01", "2018-03-01"),
    ],
)
def test_a_text_that_was_seen_and_comes_again_with_its_date_is_one_version(
    store: Store, held: list[str], text: str, issued: str, version: str
) -> None:
    for each in held:
        words, *_, day = each.split()
        is_seen = "seen" in each
        store.add(entry(text=words + "\n", issued=None if is_seen else day, seen=day if is_seen else None))
    outcome = store.add(entry(text=text + "\n", issued=issued))
    assert turn(outcome.version) == version
    assert (outcome.status is AddStatus.UNCHANGED) == version.startswith("seen")
    assert any(f"@{version} --issued {issued}" in note for note in outcome.notes) == version.startswith(
        "seen"
    )
    assert len(store.versions(ID)) == len(held) + (not version.startswith("seen"))


def test_a_text_with_no_date_at_all_is_refused(store: Store) -> None:
    with pytest.raises(InvalidIdentifierError):
        store.add(entry(issued=None))


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_a_text_without_words_is_refused(store: Store, text: str) -> None:
    with pytest.raises(UnreadableInputError):
        store.add(entry(text=text, source=b"x"))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_versions_are_by_date_in_whatever_order_they_came(
    tmp_path: Path, clock: Clock, order: tuple[int, ...]
) -> None:
    days = ["2015-05-05", "2018-08-08", "2021-11-29"]
    with Store.init(tmp_path / "any", clock=clock) as store:
        for place in order:
            store.add(entry(text=f"{days[place]}\n", issued=days[place]))
            clock.tick(days=1)
        assert [record.version for record in store.versions(ID)] == days
        assert store.resolve(ID)[1].version == "2021-11-29"
        assert store.verify() == []


@pytest.mark.parametrize(
    ("when", "version"),
    [
        ("@2018-03-31", "2015-05-05"),
        ("@2018-04-01", "2018-03-01"),
        ("@2018-03-01", "2018-03-01"),
        ("@2021-11-28", "2018-03-01"),
        ("@2021-11-30", "2021-11-29.2"),
        ("@2021-11-29", "2021-11-29"),
        ("@2021-11-29.2", "2021-11-29.2"),
        ("@2099-01-01", "2021-11-29.2"),
        ("", "2021-11-29.2"),
    ],
)
def test_a_day_means_the_version_in_force_then(store: Store, when: str, version: str) -> None:
    """The second version, of 1 March 2018, takes effect in April; asked for by its name it comes all the same."""
    store.add_many(
        [
            entry(text="1\n", issued="2015-05-05"),
            entry(text="2\n", issued="2018-03-01", effective="2018-04-01"),
            entry(text="3\n"),
            entry(text="4\n"),
        ]
    )
    assert turn(store.resolve(ID + when)[1].version) == version


def test_an_amended_statute_does_not_take_effect_before_its_amendment(store: Store) -> None:
    """Amended statutes repeat the day on which their first version took effect."""
    store.add(entry(text="1\n", issued="2011-04-29", effective="2011-07-01"))
    store.add(entry(text="2\n", issued="2017-10-27", effective="2011-07-01"))
    assert store.resolve(f"{ID}@2015-01-01")[1].version == "2011-04-29"


def test_nothing_is_in_force_once_the_newest_version_expired(store: Store) -> None:
    """The version before it, which bears no term, was replaced and does not revive."""
    store.add_many(
        [
            entry(text="1\n", issued="2015-05-05"),
            entry(text="2\n", effective="2022-01-01", expires="2026-12-31"),
        ]
    )
    assert store.resolve(f"{ID}@2026-12-31")[1].version == "2021-11-29"
    with pytest.raises(NotFoundError, match=r"expired on 2026-12-31; .*@2021-11-29 is its text"):
        store.resolve(f"{ID}@2027-01-01")
    assert store.resolve(ID)[1] == store.resolve(f"{ID}@2021-11-29")[1], "its text is there all the same"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([{"issued": "2015-05-05"}], [("2015-05-05", None)]),
        ([{"issued": "2015-05-05", "expires": "2020-05-04"}], [("2015-05-05", "2020-05-04")]),
        (
            [{"issued": "2015-05-05"}, {"issued": "2018-03-01", "effective": "2018-04-01"}],
            [("2015-05-05", "2018-03-31"), ("2018-04-01", None)],
        ),
        (
            [{"issued": "2015-05-05", "expires": "2016-05-04"}, {"issued": "2018-03-01"}],
            [("2015-05-05", "2016-05-04"), ("2018-03-01", None)],
        ),
        ([{"issued": "2015-05-05"}, {"issued": "2015-05-05"}], [(None, None), ("2015-05-05", None)]),
        (
            [{"issued": "2015-05-05", "effective": "2019-01-01"}, {"issued": "2018-03-01"}],
            [(None, None), ("2018-03-01", None)],
        ),
    ],
    ids=[
        "alone",
        "with a term",
        "replaced when the next takes effect",
        "a gap",
        "a silent edit",
        "overtaken",
    ],
)
def test_periods_follow_each_other(
    store: Store, entries: list[dict[str, str]], expected: list[tuple[str | None, str | None]]
) -> None:
    store.add_many(entry(text=f"{number}\n", **fields) for number, fields in enumerate(entries))
    found = [tuple(day and day.isoformat() for day in period) for period in periods(store.versions(ID))]
    assert found == expected


def test_a_silent_edit_that_goes_back_is_recorded_where_it_was_retrieved_later(store: Store) -> None:
    """The same three captures again, in whatever order, change nothing."""
    captures = [
        entry(text=text, retrieved_at=datetime(2024, 3, day, tzinfo=UTC))
        for text, day in (("一\n", 1), ("二\n", 2), ("一\n", 3))
    ]
    assert [turn(store.add(each).version) for each in captures] == [
        "2021-11-29",
        "2021-11-29.2",
        "2021-11-29.3",
    ]
    before = store.commit
    assert {store.add(each).status for each in reversed(captures)} == {AddStatus.UNCHANGED}
    assert store.add(entry(text="一\n")).status is AddStatus.UNCHANGED, (
        "a file says nothing of when it was captured"
    )
    assert store.commit == before
    assert store.verify() == []


def test_a_revision_is_read_as_it_was(store: Store) -> None:
    first = store.add(entry()).commit
    store.add(entry(text="二\n"))
    assert first is not None
    assert store.at_revision(first).version_names(ID) == store.at_revision("HEAD~1").version_names(ID)
    assert [turn(str(name)) for name in store.at_revision("main").version_names(ID)] == [
        "2021-11-29",
        "2021-11-29.2",
    ]
    assert store.before_anything().document_ids() == []
    for wrong in ("--all", "", "a\nb", ":/x"):
        with pytest.raises(UsageError):
            store.at_revision(wrong)
    with pytest.raises(NotFoundError, match="nowhere"):
        store.at_revision("nowhere")


def test_nothing_is_in_force_before_the_first_version(store: Store) -> None:
    store.add(entry())
    with pytest.raises(NotFoundError, match="2021-11-29"):
        store.resolve(f"{ID}@2020-01-01")


@pytest.mark.parametrize("reference", ["a/unknown", f"{ID}@seen-2020-01-01", f"{ID}@2021-11-29.2"])
def test_unknown_documents_and_versions_are_not_found(store: Store, reference: str) -> None:
    store.add(entry())
    with pytest.raises(NotFoundError):
        store.resolve(reference)


def test_as_of_answers_as_the_store_knew_it(store: Store, clock: Clock) -> None:
    store.add(entry(text="新\n"))
    clock.tick(days=10)
    store.add(entry(text="旧，后来才收到\n", issued="2018-01-01"))
    clock.tick(days=10)
    store.correct(ID, "2021-11-29", "新，校正\n")
    early, between = datetime(2024, 3, 1, 8, tzinfo=UTC), date(2024, 3, 11)
    assert [record.version for record in store.versions(ID, as_of=early)] == ["2021-11-29"]
    assert [record.version for record in store.versions(ID, as_of=between)] == ["2018-01-01", "2021-11-29"]
    assert store.text(ID, "2021-11-29", as_of=between) == "新\n"
    assert store.text(ID, "2021-11-29") == "新，校正\n"
    with pytest.raises(NotFoundError):
        store.resolve(f"{ID}@2019-01-01", as_of=early)
    with pytest.raises(NotFoundError):
        store.versions(ID, as_of=date(2024, 2, 29))


def test_a_second_document_under_one_id_is_refused_and_nothing_is_written(store: Store) -> None:
    store.add(entry())
    before = store.commit
    other = entry(
        text="别的\n", issued="2022-01-01", identity=DocumentIdentity(id=ID, title="完全不同的办法")
    )
    with pytest.raises(WriteConflictError, match="完全不同的办法"):
        store.add_many([entry(document_id="a/b"), other])
    assert store.commit == before
    outcomes = store.add_many([entry(document_id="a/b"), other], report_refusals=True)
    assert [outcome.status for outcome in outcomes] == [AddStatus.ADDED, AddStatus.REFUSED]
    assert store.add(other.model_copy(update={"same_document": True})).action is Action.REVISE


@pytest.mark.parametrize(
    ("recorded", "other", "same"),
    [
        ({"title": "甲办法"}, {"title": "甲办法（2018年修正）"}, True),
        ({"title": "甲办法"}, {"title": "甲办法（试行）"}, True),
        ({"title": "甲办法"}, {"title": "乙办法"}, False),
        (
            {"title": "甲", "document_number": "沪府发〔2018〕25号"},
            {"title": "乙", "document_number": "沪府发[2018]25号"},
            True,
        ),
        (
            {"title": "甲", "issuing_bodies": ("静安区人民政府",)},
            {"title": "甲", "issuing_bodies": ("普陀区人民政府",)},
            False,
        ),
        (
            {"title": "甲", "issuing_bodies": ("某市人民代表大会",)},
            {"title": "甲", "issuing_bodies": ("某市人民代表大会常务委员会",)},
            True,
        ),
        ({"title": "甲", "issuing_bodies": ("A", "B")}, {"title": "甲", "issuing_bodies": ("B",)}, True),
    ],
)
def test_what_makes_one_document(
    store: Store, recorded: dict[str, object], other: dict[str, object], same: bool
) -> None:
    store.add(entry(identity=DocumentIdentity.model_validate({"id": ID, **recorded})))
    new = entry(
        text="新\n", issued="2022-01-01", identity=DocumentIdentity.model_validate({"id": ID, **other})
    )
    outcome = store.add_many([new], report_refusals=True)[0]
    assert (outcome.status is AddStatus.ADDED) == same


def test_one_batch_is_one_commit_typed_by_what_it_did(store: Store) -> None:
    store.add(entry(document_id="a/b"))
    outcomes = store.add_many(
        [entry(document_id="a/b", text="二\n"), entry(document_id="a/c"), entry(document_id="a/b")]
    )
    assert [outcome.status for outcome in outcomes] == [AddStatus.ADDED, AddStatus.ADDED, AddStatus.UNCHANGED]
    assert git(store.folder, "rev-list", "--count", "HEAD").strip() == "3"
    message = git(store.folder, "log", "-1", "--format=%B")
    assert "Policydiff-Action: add\nPolicydiff-Action: revise\n" in message
    assert [(each.id, each.action) for each in store.log()[:2]] == [
        ("a/b", Action.REVISE),
        ("a/c", Action.ADD),
    ]


def test_corrections_reextractions_and_descriptions_are_told_apart(store: Store, clock: Clock) -> None:
    store.add(entry())
    steps = [
        lambda: store.correct(ID, "2021-11-29", "第一条　正文，校正。\n"),
        lambda: store.meta_version(ID, "2021-11-29", effective=date(2022, 1, 1)),
        lambda: store.meta(store.identity(ID).model_copy(update={"jurisdiction": "310106"})),
    ]
    for step in steps:
        clock.tick(hours=1)
        assert step() is not None
        assert step() is None, "the same again changes nothing"
    assert [each.action for each in store.log(ID)] == [Action.META, Action.META, Action.CORRECT, Action.ADD]
    record = store.versions(ID)[0]
    assert (record.effective, record.corrected) == (date(2022, 1, 1), True)
    assert store.verify() == []


def test_a_reextraction_changes_texts_only_and_leaves_corrections_alone(store: Store) -> None:
    store.add_many([entry(), entry(text="二\n", issued="2022-01-01")])
    store.correct(ID, "2022-01-01", "二，校正\n")
    items = [
        Reextraction(id=ID, version=version, text="新读\n", extractor="html", extractor_version="2")
        for version in ("2021-11-29", "2022-01-01")
    ]
    assert store.reextract(items) is not None
    assert [store.text(ID, record.version) for record in store.versions(ID)] == ["新读\n", "二，校正\n"]
    assert store.log()[0].action is Action.REEXTRACT
    assert store.log()[0].versions == ("2021-11-29",)
    assert store.reextract(items) is None
    assert store.verify() == []


def test_a_correction_made_in_the_work_tree_is_recorded(store: Store) -> None:
    store.add(entry())
    place = store.folder / "documents" / ID / "2021-11-29" / "text.txt"
    place.write_text("手工校正\n", "utf-8")
    assert store.text(ID, "2021-11-29") != "手工校正\n", "what is not recorded is not in the store"
    assert store.status().unrecorded == (f"documents/{ID}/2021-11-29/text.txt",)
    store.correct(ID, "2021-11-29")
    assert store.text(ID, "2021-11-29") == "手工校正\n"
    assert store.verify() == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b"\xef\xbb\xbf\xe4\xba\x8c\r\n\xe4\xb8\x89\r\n", "the editor of Windows, as UTF-8 with a mark"),
        (b"\xe4\xba\x8c\r\n\xe4\xb8\x89\r\n", "another editor of Windows"),
        (b"\xe4\xba\x8c\n\xe4\xb8\x89\n", "an editor of any other system"),
    ],
)
def test_what_an_editor_adds_is_no_correction(store: Store, written: bytes, reason: str) -> None:
    store.add(entry())
    place = store.folder / "documents" / ID / "2021-11-29" / "text.txt"
    place.write_bytes(written)
    assert store.correct(ID, "2021-11-29")
    assert store.text(ID, "2021-11-29") == "二\n三\n"
    assert place.read_bytes() == "二\n三\n".encode(), "the folder shows what is recorded"
    assert store.status().unrecorded == ()
    assert store.verify() == []


@pytest.mark.parametrize("field", ["version", "source_sha256", "recorded_at", "nonsense"])
def test_what_proves_a_version_cannot_be_described_away(store: Store, field: str) -> None:
    store.add(entry())
    with pytest.raises(UsageError):
        store.meta_version(ID, "2021-11-29", **{field: "x"})


def test_record_time_never_runs_backwards(store: Store, clock: Clock) -> None:
    store.add(entry())
    clock.tick(days=-30)
    store.add(entry(text="二\n", issued="2022-01-01"))
    assert store.versions(ID)[1].recorded_at == store.versions(ID)[0].recorded_at
    assert store.verify() == []


def test_status_counts(store: Store) -> None:
    assert (store.status().documents, store.status().recorded_at) == (0, None)
    store.add_many([entry(), entry(text="二\n"), entry(document_id="a/b")])
    status = store.status()
    assert (status.documents, status.versions) == (2, 3)
    assert status.recorded_at == datetime(2024, 3, 1, 8, tzinfo=UTC)


def test_a_document_may_lie_below_another(store: Store) -> None:
    store.add_many([entry(document_id="a/b"), entry(document_id="a/b/c")])
    assert [identity.id for identity in store.documents()] == ["a/b", "a/b/c"]
    assert [each.id for each in store.log("a/b")] == ["a/b"]
    assert store.verify() == []
