"""Clauses followed through several versions."""

from policydiff.revision import history
from tests.revision.statutes import FEES, FINE, PERMIT, REPORT, START, TRAINING, statute

FIRST = statute(FEES, PERMIT, REPORT)
SECOND = statute(FEES, TRAINING, PERMIT, REPORT)
THIRD = statute(TRAINING, PERMIT.replace("三年", "五年"), REPORT, START)


def test_a_clause_keeps_its_line_through_renumbering() -> None:
    lines = {line.key: line for line in history([FIRST, SECOND, THIRD])}
    permit = lines["0:art_2"]
    assert [seen.unit.label for seen in permit.appearances] == ["第二条", "第三条", "第二条"]
    assert [seen.kind.value for seen in permit.appearances] == ["added", "unchanged", "modified"]
    assert permit.last_changed == 2
    assert lines["0:art_3"].last_changed == 0
    assert lines["0:art_1"].removed_in == 2
    assert lines["1:art_2"].appearances[0].kind == "added"
    assert lines["2:art_4"].appearances[0].unit.text == START


def test_keys_do_not_depend_on_later_versions() -> None:
    two = {line.key for line in history([FIRST, SECOND])}
    three = {line.key for line in history([FIRST, SECOND, THIRD])}
    assert two <= three


def test_parts_of_a_split_know_where_they_came_from() -> None:
    lines = {
        line.key: line
        for line in history([statute(FEES, f"{PERMIT}\n{TRAINING}"), statute(FEES, PERMIT, TRAINING)])
    }
    assert [seen.unit.label for seen in lines["0:art_2"].appearances] == ["第二条", "第二条"]
    assert lines["1:art_3"].parents == ("0:art_2",)


def test_a_merged_clause_ends_in_the_other() -> None:
    lines = {
        line.key: line
        for line in history(
            [statute(FEES, PERMIT, TRAINING, FINE), statute(FEES, f"{PERMIT}\n{TRAINING}", FINE)]
        )
    }
    assert lines["0:art_3"].removed_in == 1
    assert lines["0:art_2"].parents == ("0:art_3",)


def test_no_and_one_version() -> None:
    assert history([]) == ()
    assert [line.removed_in for line in history([FIRST])] == [None] * 4
