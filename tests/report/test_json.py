"""JSON is the model's dump, and the published schemas describe it."""

import json
from pathlib import Path

import jsonschema
import pytest

from policydiff.api.rendering import schema, schemas
from policydiff.errors import UsageError
from policydiff.model import Comparison, Document, RevisionDiff
from policydiff.report import Format, render

from .factories import every_kind, revised

NUMBERS = {"revision": 2, "history": 2, "comparison": 2}
"""Contracts that have changed, with their present number."""
PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schemas"


@pytest.mark.parametrize("name", schemas())
def test_published_schemas_are_the_models(name: str) -> None:
    """`policydiff schema NAME > docs/schemas/NAME.json` renews them."""
    published = json.loads((PUBLISHED / f"{name}.json").read_text("utf-8"))
    assert published == schema(name)
    jsonschema.Draft202012Validator.check_schema(published)


def test_nothing_else_is_published() -> None:
    assert sorted(path.stem for path in PUBLISHED.iterdir()) == sorted(schemas())


def test_unknown_schema_is_refused() -> None:
    with pytest.raises(UsageError, match="comparison, document, documents"):
        schema("diff")


def test_json_validates_and_reads_back(report: Comparison) -> None:
    diff = revised(every_kind())
    assert isinstance(diff, RevisionDiff)
    for name, value, model in (
        ("comparison", report, Comparison),
        ("document", report.sides[0], Document),
        ("revision", diff, RevisionDiff),
    ):
        text = render(value, Format.JSON)
        assert isinstance(text, str)
        jsonschema.validate(json.loads(text), schema(name))
        assert model.model_validate_json(text) == value
        assert json.loads(text)["schema"] == f"policydiff/{name}/{NUMBERS.get(name, 1)}"


def test_a_report_dumps_its_result_only(report: Comparison) -> None:
    assert render(report, Format.JSON) == render(report.made_from(), Format.JSON)


def test_chinese_is_readable_in_json(report: Comparison) -> None:
    assert "促进生命健康产业发展" in str(render(report, Format.JSON))
