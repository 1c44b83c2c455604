"""Clauses followed through several versions."""

import tarfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.errors import NotFoundError
from policydiff.model import Document, Reference, RevisionHistory
from policydiff.parsing import parse_text
from policydiff.revision.diffing import choose_clauses, history
from policydiff.revision.units import document_units
from tests.revision.statutes import FEES, FINE, PERMIT, REPORT, START, TRAINING, statute
from tests.revision.test_always import DOCUMENTS

FIRST = statute(FEES, PERMIT, REPORT)
SECOND = statute(FEES, TRAINING, PERMIT, REPORT)
THIRD = statute(TRAINING, PERMIT.replace("三年", "五年"), REPORT, START)


def test_a_clause_keeps_its_line_through_renumbering() -> None:
    lines = {line.key: line for line in history([FIRST, SECOND, THIRD]).clauses}
    permit = lines["0:art_2"]
    assert [seen.unit.label for seen in permit.appearances] == ["第二条", "第三条", "第二条"]
    assert [seen.kind.value for seen in permit.appearances] == ["added", "unchanged", "modified"]
    assert permit.last_changed == 2
    assert lines["0:art_3"].last_changed == 0
    assert lines["0:art_1"].removed_in == 2
    assert lines["1:art_2"].appearances[0].kind == "added"
    assert lines["2:art_4"].appearances[0].unit.text == START


def test_keys_do_not_depend_on_later_versions() -> None:
    two = {line.key for line in history([FIRST, SECOND]).clauses}
    three = {line.key for line in history([FIRST, SECOND, THIRD]).clauses}
    assert two <= three


def test_parts_of_a_split_know_where_they_came_from() -> None:
    lines = {
        line.key: line
        for line in history([statute(FEES, f"{PERMIT}\n{TRAINING}"), statute(FEES, PERMIT, TRAINING)]).clauses
    }
    assert [seen.unit.label for seen in lines["0:art_2"].appearances] == ["第二条", "第二条"]
    assert lines["1:art_3"].last.also_from == ("0:art_2",)


def test_a_merged_clause_ends_in_the_other() -> None:
    lines = {
        line.key: line
        for line in history(
            [statute(FEES, PERMIT, TRAINING, FINE), statute(FEES, f"{PERMIT}\n{TRAINING}", FINE)]
        ).clauses
    }
    assert lines["0:art_3"].removed_in == 1
    assert lines["0:art_3"].merged_into == "0:art_2"
    assert lines["0:art_2"].last.also_from == ("0:art_3",)


def test_no_and_one_version() -> None:
    assert history([]).clauses == ()
    assert [line.removed_in for line in history([FIRST]).clauses] == [None] * 4


def test_what_changed_is_told_with_each_appearance() -> None:
    lines = {line.key: line for line in history([FIRST, SECOND, THIRD]).clauses}
    permit = lines["0:art_2"].last
    assert [(run.op.value, run.text) for run in permit.wording if run.op != "equal"] == [
        ("delete", "三年"),
        ("insert", "五年"),
    ]
    assert [(signal.old, signal.new) for signal in permit.signals] == [("三年", "五年")]
    assert [step.summary.added for step in history([FIRST, SECOND, THIRD]).steps] == [1, 1]


def test_clauses_stand_in_the_order_of_the_newest_version_and_ended_ones_where_they_stood() -> None:
    order = [line.key for line in history([FIRST, SECOND, THIRD]).clauses]
    assert order == ["0:title", "0:art_1", "1:art_2", "0:art_2", "0:art_3", "2:art_4"]


def test_versions_of_a_store_name_the_keys() -> None:
    references = [Reference(version="2019-01-01"), Reference(version="2021-05-01")]
    found = history([each.known_as(one, "") for each, one in zip((FIRST, SECOND), references, strict=True)])
    assert found.clauses[2].key == "2021-05-01:art_2"
    assert found.versions == tuple(references)


def numbers(found: RevisionHistory) -> list[list[str | None]]:
    return [[seen.unit.label for seen in line.appearances] for line in found.clauses]


@pytest.mark.parametrize(
    ("name", "expected", "why"),
    [
        ("第二条", [["第二条", "第三条", "第二条"]], "the clause that is article 2 now, not those that were"),
        ("art_2", [["第二条", "第三条", "第二条"]], "an id is looked for in the same way"),
        ("第一条", [["第一条", "第一条"], ["第二条", "第一条"]], "a clause that ended bears its last number"),
    ],
)
def test_clauses_are_chosen_by_number_or_id(name: str, expected: list[list[str]], why: str) -> None:
    assert numbers(choose_clauses(history([FIRST, SECOND, THIRD]), [name])) == expected, why


def test_a_number_that_no_clause_bears_now_is_looked_for_in_all_versions() -> None:
    short = statute(FEES, REPORT)
    found = history([FIRST, SECOND, short])
    assert numbers(choose_clauses(found, ["第四条"])) == [["第三条", "第四条", "第二条"]]
    with pytest.raises(NotFoundError, match="第九条"):
        choose_clauses(found, ["第九条"])


def check(documents: Sequence[Document]) -> None:
    """Assert that each unit of each version stands in one line, and that lines have no gaps."""
    found = history(documents)
    for version, document in enumerate(documents):
        said = Counter(
            seen.unit.id for line in found.clauses for seen in line.appearances if seen.version == version
        )
        assert said == Counter(unit.id for unit in document_units(document))
    keys = {line.key for line in found.clauses}
    assert len(keys) == len(found.clauses)
    for line in found.clauses:
        versions = [seen.version for seen in line.appearances]
        assert versions == list(range(versions[0], versions[-1] + 1))
        assert line.removed_in == (None if versions[-1] == len(documents) - 1 else versions[-1] + 1)
        assert all(keys.issuperset(seen.also_from) for seen in line.appearances)
        assert line.merged_into is None or line.merged_into in keys


@settings(max_examples=40, deadline=None)
@given(st.lists(DOCUMENTS, min_size=1, max_size=4))
def test_every_unit_of_every_version_stands_in_one_line(documents: list[Document]) -> None:
    check(documents)


def test_a_law_in_six_versions(company_law: list[Document]) -> None:
    check(company_law)
    named = choose_clauses(history(company_law), ["第十六条"])
    assert numbers(named) == [["第十六条", "第十六条", "第十六条"]], "new in 2005, unchanged since"
    assert named.clauses[0].appearances[0].version == 3


@pytest.fixture(scope="module")
def company_law(shared_data: Path) -> list[Document]:
    """公司法 of 1993, 1999, 2004, 2005, 2013 and 2018."""
    folder = shared_data / "revisions" / "gongsifa_1993_1999"
    texts = [(folder / f"{side}.txt").read_text("utf-8") for side in ("old", "new")]
    wanted = ("1999_2004/new.txt", "2005_2013/old.txt", "2005_2013/new.txt", "2013_2018/new.txt")
    with tarfile.open(shared_data / "unlabelled_pairs.tar.xz") as archive:
        for name in wanted:
            file = archive.extractfile(f"./gongsifa_{name}")
            assert file is not None
            texts.append(file.read().decode("utf-8"))
    return [parse_text(text) for text in texts]
