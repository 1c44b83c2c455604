"""The first day in force: one function decides it, and says whether it is stated, the text's own date or a sighting."""

from datetime import date

import pytest

from policydiff.model.document import BeginsBy, Dates, first_day

STATED, DATED, SEEN = BeginsBy.STATED, BeginsBy.DATED, BeginsBy.SEEN


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


KINDS = [
    ("2022-01-01", "2021-11-29", None, True, "2022-01-01", STATED, "a start after the text's date"),
    ("2021-11-29", "2021-11-29", None, True, "2021-11-29", STATED, "the same day is stated"),
    (None, "2021-11-29", None, True, "2021-11-29", DATED, "none stated: the text's own date"),
    (
        "1995-05-01",
        "2018-10-26",
        None,
        True,
        "2018-10-26",
        DATED,
        "an amended statute repeats its first start",
    ),
    ("1995-05-01", "2018-10-26", None, False, "2018-10-26", DATED, "the same for a later version"),
    (None, None, "2019-06-18", True, "2019-06-18", SEEN, "no date at all: seen then"),
    (None, None, "2019-06-18", False, "2019-06-18", SEEN, "a later sighting"),
    ("2015-01-01", None, "2019-06-18", True, "2015-01-01", STATED, "the first undated text: as it states"),
    ("2015-01-01", None, "2019-06-18", False, "2019-06-18", SEEN, "a later undated text cannot begin before"),
    ("2020-01-01", None, "2019-06-18", False, "2020-01-01", STATED, "a start that is still to come"),
    ("2018-10-27", "2018-10-26", None, False, "2018-10-27", STATED, "the day after counts as stated"),
    ("2018-10-25", "2018-10-26", None, False, "2018-10-26", DATED, "the day before does not"),
    (None, None, None, True, None, SEEN, "a file that says nothing"),
    ("2015-01-01", None, None, True, "2015-01-01", STATED, "a file that states a start alone"),
]


@pytest.mark.parametrize(("effective", "own", "seen", "is_first", "begins", "by", "why"), KINDS)
def test_one_function_decides(
    effective: str | None,
    own: str | None,
    seen: str | None,
    is_first: bool,
    begins: str | None,
    by: BeginsBy,
    why: str,
) -> None:
    assert first_day(day(effective), day(own), day(seen), is_first=is_first) == (day(begins), by), why


def test_the_own_date_of_a_statute_is_that_of_its_last_amendment() -> None:
    assert Dates(adopted=day("1995-02-28"), amended=day("2018-10-26")).own == day("2018-10-26")
    assert Dates(issued=day("2021-11-29"), adopted=day("2021-11-01")).own == day("2021-11-29")
    assert Dates(published=day("2021-11-29")).own is None
