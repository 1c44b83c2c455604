"""The history of clauses in every form, in both languages."""

import json

import jsonschema
import pytest

from policydiff.api.rendering import schema
from policydiff.model import (
    Appearance,
    ChangeKind,
    ClauseLine,
    Reference,
    RevisionHistory,
    RevisionStep,
    RevisionSummary,
    Signal,
    SignalType,
)
from policydiff.report import Format, RenderOptions, render

from .factories import unit, wording

OLD, NEW = "有效期为三年。", "有效期为五年。"
HISTORY = RevisionHistory(
    versions=tuple(
        Reference(id="city/permit", title="某市办法", version=f"{year}-01-01") for year in (2015, 2018, 2021)
    ),
    steps=(
        RevisionStep(summary=RevisionSummary(unchanged=2, added=1, renumbered=1)),
        RevisionStep(summary=RevisionSummary(unchanged=1, modified=1, merged=1)),
    ),
    clauses=(
        ClauseLine(
            key="2015-01-01:art_1",
            appearances=(
                Appearance(version=0, unit=unit("art_1", "第一条", OLD), kind=ChangeKind.ADDED),
                Appearance(
                    version=1, unit=unit("art_2", "第二条", OLD), kind=ChangeKind.UNCHANGED, renumbered=True
                ),
                Appearance(
                    version=2,
                    unit=unit("art_2", "第二条", NEW),
                    kind=ChangeKind.MODIFIED,
                    wording=wording(OLD, NEW),
                    signals=(Signal(type=SignalType.DEADLINE, old="三年", new="五年"),),
                ),
            ),
        ),
        ClauseLine(
            key="2018-01-01:art_1",
            appearances=(
                Appearance(version=1, unit=unit("art_1", "第一条", "应当申请。"), kind=ChangeKind.ADDED),
                Appearance(
                    version=2,
                    unit=unit("art_1", "第一条", "应当申请。"),
                    kind=ChangeKind.MERGED,
                    also_from=("2015-01-01:art_2",),
                ),
            ),
        ),
        ClauseLine(
            key="2015-01-01:art_2",
            appearances=(
                Appearance(version=0, unit=unit("art_2", "第二条", "按时换证。"), kind=ChangeKind.ADDED),
                Appearance(version=1, unit=unit("art_3", "第三条", "按时换证。"), kind=ChangeKind.UNCHANGED),
            ),
            removed_in=2,
            merged_into="2018-01-01:art_1",
        ),
        ClauseLine(
            key="2015-01-01:title",
            appearances=tuple(
                Appearance(version=n, unit=unit("title", None, "某市办法"), kind=ChangeKind.UNCHANGED)
                for n in range(3)
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            [
                "历经 3 个版本，4 处条款中有 3 处发生变化。",
                "第二条,2018-01-01,,有效期为三年。,第一条 → 第二条",
                "第二条,2021-01-01,有效期为[-三-]年。,有效期为{+五+}年。,修改\n时限",
                "第一条,2018-01-01,,{+应当申请。+},新增",
                "第一条,2021-01-01,,应当申请。,合并\n← 第三条",
                "第三条,2021-01-01,[-按时换证。-],,合并\n→ 第一条",
                "标题,,,某市办法,未变",
            ],
        ),
        ("en", ["Clauses that changed: 3 of 4; versions: 3.", ",modified\ndeadline"]),
    ],
)
def test_each_version_that_changed_a_clause_is_a_row(lang: str, expected: list[str]) -> None:
    answer, *rows = expected
    assert answer in str(render(HISTORY, Format.HTML, lang=lang))
    data = render(HISTORY, Format.CSV, lang=lang)
    assert isinstance(data, bytes)
    table = data.decode("utf-8-sig").replace('"', "").replace("\r\n", "\n")
    for row in rows:
        assert row in table


def test_every_form_twice_the_same() -> None:
    for form in Format:
        assert render(HISTORY, form) == render(HISTORY, form), form


def test_deleted_and_inserted_words_are_marked() -> None:
    shown = str(render(HISTORY, Format.TERMINAL, options=RenderOptions(width=160)))
    assert "有效期为[-三-]年" in shown
    assert "有效期为{+五+}年" in shown
    assert "某市办法" not in shown.partition("逐条对照")[2], "what no version changed is folded"


def test_json_is_the_published_one() -> None:
    text = str(render(HISTORY, Format.JSON))
    jsonschema.validate(json.loads(text), schema("history"))
    assert json.loads(text)["schema"] == "policydiff/history/2"
    assert RevisionHistory.model_validate_json(text) == HISTORY
