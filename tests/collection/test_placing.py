"""One document from two sources is one document, or the user is told."""

from datetime import date

import pytest

from policydiff.collection.importing import ImportItem, import_files
from policydiff.collection.index import Index
from policydiff.intake.placing import place
from policydiff.intake.versions import Given, Intake, prepare
from policydiff.store import AddStatus, Store

from .conftest import DIRECTIVE, LOCAL, STATUTE, add

TODAY = date(2024, 3, 1)
LATER = DIRECTIVE.replace("2018年3月1日", "2021年7月1日").replace("10万张", "12万张")


def placed(store: Store, text: str, **given: object) -> Intake:
    intake = prepare(text.encode(), name="a.txt", today=TODAY, given=Given.model_validate(given))
    with Index.open(store) as index:
        (found,) = place(index, [intake])
    return found


@pytest.mark.parametrize(
    ("text", "given", "expected", "warned"),
    [
        (LATER, {}, "city/care", "recorded as a version of it"),
        (DIRECTIVE, {"document_number": "某府发[2018]25号"}, "city/care", "recorded as a version of it"),
        (DIRECTIVE, {"id": "city/care"}, "city/care", None),
        (DIRECTIVE, {"id": "city/other"}, "city/other", "recorded apart from it, as city/other"),
        (DIRECTIVE, {"issuing_bodies": ["丙市人民政府"], "title": "丙市的意见"}, "moufufa/2018/25", None),
        (LOCAL, {}, "jiafufa/2019/3", None),
        (
            LATER,
            {"document_number": "国务院令第714号", "id": "state/order"},
            "state/order",
            "recorded apart from it",
        ),
    ],
    ids=[
        "another version of it",
        "brackets written otherwise",
        "the same id",
        "an id of the user's own",
        "another body's number of the same letters",
        "another number",
        "an order may amend many",
    ],
)
def test_a_number_that_the_store_holds_names_the_document(
    store: Store, text: str, given: dict[str, object], expected: str, warned: str | None
) -> None:
    add(store, DIRECTIVE, id="city/care")
    found = placed(store, text, **given)
    assert found.entry.identity.id == expected
    assert (found.placement is None) if warned is None else (warned in str(found.placement))


def test_two_documents_of_one_number_leave_the_choice_to_the_user(store: Store) -> None:
    add(store, DIRECTIVE, id="city/care")
    add(store, DIRECTIVE, id="city/copy")
    found = placed(store, LATER)
    assert found.candidates == ("city/care", "city/copy")
    assert "--version-of city/care or --id moufufa/2018/25" in str(found.doubt)


def test_files_of_one_import_meet_in_one_document(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.txt").write_text(DIRECTIVE, encoding="utf-8")
    (folder / "b.txt").write_text(LATER, encoding="utf-8")
    (folder / "manifest.jsonl").write_text(
        '{"file": "a.txt", "id": "city/care"}\n{"file": "b.txt"}\n', encoding="utf-8"
    )
    items: list[ImportItem] = []
    done = import_files(
        store, folder / "manifest.jsonl", today=TODAY, progress=lambda *step: items.append(step[2])
    )
    assert done.added == 2
    told = ["".join(item.outcome.notes) for item in items if item.outcome]
    assert ["as a version of it" in notes for notes in told] == [False, True]
    assert [record.version for record in store.versions("city/care")] == ["2018-03-01", "2021-07-01"]
    assert store.add(placed(store, LATER).entry).status is AddStatus.UNCHANGED


def test_statutes_meet_by_title(store: Store) -> None:
    event = "2015年9月1日某市人民代表大会常务委员会通过"
    first = add(store, STATUTE.format(event=event, third="略。"))
    assert placed(store, STATUTE.format(event=event, third="详。")).entry.identity.id == first.id
