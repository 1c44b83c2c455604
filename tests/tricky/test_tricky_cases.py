"""The hard cases come out right, and the page shows what is said of them today."""

from typing import Any

import pytest

from tests.tricky.page import CASES, PAGE, compared, page, said


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_different_shows(case: dict[str, Any]) -> None:
    lines = "\n".join(said(compared(case)))
    if case["expect"]:
        assert all(words in lines for words in case["expect"]), lines
    else:
        assert not lines


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.tricky.page"
