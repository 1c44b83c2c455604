"""Fields that site generators keep above a Markdown text are what the page says of itself, no words of the text."""

import pytest

from policydiff.extract import extract

FIELDS = '---\ntitle: "某市条例"\ndate: 1982-12-04\ntag: []\n---\n\n# 某市条例\n\n第一条 略。\n'


def test_fields_are_left_out_and_listed() -> None:
    found = extract(FIELDS.encode(), name="act.md")
    assert found.text.split() == ["某市条例", "第一条", "略。"]
    assert [each.kind for each in found.left_out] == ["front matter"]


@pytest.mark.parametrize(
    "text",
    [
        "---\n第一条 略。\n---\n第二条 略。\n",
        "# 某市条例\n---\ntitle: 甲\n---\n",
        "---\ntitle: 甲\n第一条 略。\n",
    ],
    ids=["a rule around words", "below a heading", "never closed"],
)
def test_rules_of_a_text_are_no_fields(text: str) -> None:
    found = extract(text.encode(), name="act.md")
    assert not [each for each in found.left_out if each.kind == "front matter"]
    assert "略" in found.text or "甲" in found.text
