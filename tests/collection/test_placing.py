"""One document from two sources is one document, or the user is told."""

from datetime import date
from pathlib import Path

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


_POLICY = "某市停车管理办法\n某府发〔2021〕3号\n第一条 为了规范停车，制定本办法。\n第二条 本办法自2021年5月1日起施行。\n某市人民政府\n2021年4月1日\n"
_HEADED = (
    "# 文件汇编\n\n本目录收录某市文件，例如《某市停车管理办法》（某府发〔2021〕3号）。\n\n1. 下载\n2. 解压\n"
)
_INDEX = "id\ttitle\tnumber\tissued\na\t某市停车管理办法\t某府发〔2021〕3号\t2021-04-01\n"
_UNSIGNED = "关于规范停车的若干措施\n一、加强管理\n严格执法。\n"


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        # a repository speaks of itself, in whatever language and spelling
        ("README.md", _HEADED, False),
        ("readme.zh-CN.md", _HEADED, False),
        ("README", "各位用户：\n请先安装。\n", False),
        ("LICENSE", "MIT License\n\nCopyright (c) 2021\n1. Grant\n", False),
        ("LICENSE-APACHE", "Apache License\n1. Definitions.\n", False),
        ("CHANGELOG.txt", "# Changelog\n\n## 2021-04-01\n\n1. 新增某市文件\n", False),
        ("CONTRIBUTING.rst", "贡献指南\n一、提交\n", False),
        # tables of data, programs, settings: their rows may well tell of policies
        ("index.tsv", _INDEX, False),
        ("amounts.csv", "区,金额\n某区,1200\n", False),
        ("api.json", '{"title": "某市停车管理办法", "number": "某府发〔2021〕3号"}', False),
        ("collect.py", '"""Collect 某府发〔2021〕3号."""\n\nprint("第一条")\n', False),
        ("Makefile", "# 某市\nall:\n\techo\n", False),
        # nothing that a policy bears
        ("memo.txt", "今天讨论了若干问题。\n大家同意。\n", False),
        # a policy by its text, whatever it is called
        ("README.md", _POLICY, True),
        ("LICENSE", _POLICY, True),
        ("policy.csv", _POLICY, True),
        ("README.md", "第一条 为了规范停车，制定本办法。\n第二条 略。\n", True),
        # one thing that a policy bears is enough in a file of no such name: nobody can tell that it is none
        ("a.txt", _UNSIGNED, True),
        ("readme-first-of-all.txt", _UNSIGNED, False),
        ("a.txt", "一、加强管理\n严格执法。\n二、保障\n落实经费。\n", True),
        ("a.txt", "各区人民政府：\n为规范停车，提出以下意见。\n", True),
        ("licensing-rules.txt", _UNSIGNED, True),
    ],
)
def test_a_folder_holds_more_than_policies(
    store: Store, tmp_path: Path, name: str, text: str, kept: bool
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    done = import_files(store, folder, today=TODAY)
    assert (done.added, [each.file for each in done.left_out]) == ((1, []) if kept else (0, [name]))
    assert not done.failed
    assert len(store.documents()) == done.added


def test_a_file_left_out_is_named_and_recorded_where_a_person_names_it(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "README.md").write_text(_HEADED, encoding="utf-8")
    done = import_files(store, folder, today=TODAY)
    assert [record["status"] for record in done.to_records()] == ["left_out"]
    assert "1 left out as no policies" in repr(done)
    chinese = done.to_text(lang="zh")
    assert "非政策文件未收录 1 份" in chinese
    assert "未收录" in chinese
    assert "repository" not in chinese
    (folder / "manifest.jsonl").write_text('{"file": "README.md"}\n', encoding="utf-8")
    assert import_files(store, folder / "manifest.jsonl", today=TODAY).added == 1


def test_an_answer_takes_a_file_that_would_be_left_out(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "README.md").write_text(_HEADED, encoding="utf-8")
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"file": "README.md", "id": "city/guide"}\n', encoding="utf-8")
    assert import_files(store, folder, today=TODAY, answers=answers).added == 1
    assert store.identity("city/guide").title
