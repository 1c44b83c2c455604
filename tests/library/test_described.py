"""Fields of the published schemas say what they mean."""

from collections.abc import Iterator

from policydiff.api.rendering import schema, schemas


def _fields() -> Iterator[tuple[str, bool]]:
    for name in schemas():
        found = schema(name)
        for part, described in [(name, found), *found.get("$defs", {}).items()]:  # type: ignore[attr-defined]
            for field, told in described.get("properties", {}).items():
                yield f"{part}.{field}", bool(told.get("description"))


def test_every_field_is_described_and_none_loses_its_words() -> None:
    fields = dict(_fields())
    silent = sorted(name for name, told in fields.items() if not told)
    assert len(silent) <= MOST_SILENT, silent


MOST_SILENT = 0
"""A field without words gets a docstring below it."""


def test_a_docstring_below_a_field_is_its_description() -> None:
    properties = schema("document")["properties"]
    assert properties["document_number"]["description"] == "发文字号 with 〔〕: `沪府发〔2018〕25号`."  # type: ignore[index]
