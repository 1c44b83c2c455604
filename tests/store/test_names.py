"""Ids and version names: the only strings from outside that become paths."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from policydiff.errors import InvalidIdentifierError
from policydiff.store import VersionName, check_id, find_version, parse_version, split_reference
from policydiff.store.layout import read_path, source_name, version_path


@pytest.mark.parametrize(
    "document_id",
    ["jingfufa/2021/17", "a/b", "shanghai/jingan/life-health-2021", "x1/y2/z3/w4", "a/" + "b" * 64],
)
def test_well_formed_ids_are_kept(document_id: str) -> None:
    assert check_id(document_id) == document_id


@pytest.mark.parametrize(
    ("document_id", "why"),
    [
        ("a", "one part only"),
        ("a/b/c/d/e", "five parts"),
        ("../b", "would leave the folder"),
        ("a/..", "would leave the folder"),
        ("a//b", "empty part"),
        ("/a/b", "absolute"),
        ("a/b/", "empty last part"),
        ("-a/b", "an option to git"),
        ("a/--upload-pack=x", "an option to git"),
        ("a/b-", "ends with a dash"),
        ("A/b", "capitals differ on some systems only"),
        ("a/.git", "git's own folder"),
        ("a/静安", "not ASCII"),
        ("a/b\n", "line break"),
        ("a/b\0c", "NUL"),
        ("a/b:c", "git's syntax for objects"),
        ("a/2021-11-29", "looks like a version"),
        ("a/seen-2021-11-29", "looks like a version"),
        ("a/nul", "a device on Windows"),
        ("a/" + "b" * 65, "too long"),
    ],
)
def test_other_ids_are_refused(document_id: str, why: str) -> None:
    with pytest.raises(InvalidIdentifierError):
        check_id(document_id)


@pytest.mark.parametrize(
    "name",
    [
        "2021-11-29",
        "seen-2019-06-18",
        "2021-11-29.2",
        "seen-2019-06-18.13",
        "2021-11-29.2-1a2b3c4d",
        "2021-11-29.1-1a2b3c4d",
        "seen-2019-06-18.13-00000000",
    ],
)
def test_version_names_round_trip(name: str) -> None:
    assert str(parse_version(name)) == name


@pytest.mark.parametrize(
    "name",
    [
        "2021-11-31",
        "2021-1-1",
        "2021-11-29.2.1",
        "2021-11-29.2-1a2b3c4d.1",
        "2021-11-29.1-1a2b3c4",
        "2021-11-29.0",
        "2021-11-29.02",
        "seen-",
        "latest",
        "",
        "２０２１-11-29",
    ],
)
def test_other_version_names_are_refused(name: str) -> None:
    with pytest.raises(InvalidIdentifierError):
        parse_version(name)


def test_versions_sort_by_date_then_edit() -> None:
    names = ["2021-11-29.2", "seen-2021-11-29", "2021-11-29", "2019-01-01", "2021-11-29.10"]
    ordered = sorted(map(parse_version, names))
    assert [str(name) for name in ordered] == [
        "2019-01-01",
        "2021-11-29",
        "2021-11-29.2",
        "2021-11-29.10",
        "seen-2021-11-29",
    ]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("a/b", ("a/b", None)),
        ("a/b@2021-11-29", ("a/b", "2021-11-29")),
        ("a/b@seen-2021-11-29.3", ("a/b", "seen-2021-11-29.3")),
    ],
)
def test_references_split(reference: str, expected: tuple[str, str | None]) -> None:
    assert split_reference(reference) == expected


@pytest.mark.parametrize(
    "reference", ["a/b@", "a/b@x", "a/b@2021", "@2021-11-29", "a/b@2021-11-29@2020-01-01"]
)
def test_other_references_are_refused(reference: str) -> None:
    with pytest.raises(InvalidIdentifierError):
        split_reference(reference)


@given(st.text())
def test_no_text_becomes_an_id_that_leaves_the_store(text: str) -> None:
    try:
        parts = check_id(text).split("/")
    except InvalidIdentifierError:
        return
    assert all(part.isascii() and part.strip("-").replace("-", "").isalnum() for part in parts)


@given(st.dates(), st.booleans(), st.integers(1, 999_999))
def test_every_version_name_is_read_back(day: date, seen: bool, edit: int) -> None:
    name = VersionName(day, seen, edit)
    assert find_version(str(name)) == name


@given(st.text(max_size=12))
def test_a_source_name_is_always_plain(extension: str) -> None:
    place = read_path(version_path("a/b", "2021-11-29", source_name(extension)))
    assert place is not None
    assert place.document_id == "a/b"
