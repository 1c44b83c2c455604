"""Titles and sentences of a page stand on one line each: no line of a stranger's words begins one of ours."""

import pytest

import policydiff
from policydiff.model.listed import SearchHits


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_break_in_what_was_asked_begins_no_line(form: str, lang: str) -> None:
    hits = SearchHits(query="公开\npolicydiff: FORGED\n", hits=(), total=0)
    shown = policydiff.render(hits, form, lang=lang)
    assert isinstance(shown, str)
    assert "FORGED" in shown
    assert [line for line in shown.splitlines() if line.startswith("policydiff: FORGED")] == []
