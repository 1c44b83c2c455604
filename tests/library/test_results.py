"""What every result can do: a short representation, a length, records, a report in each format."""

import asyncio
import copy
import json
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

import jsonschema
import pandas
import pytest

import policydiff
from policydiff.api.rendering import model_of, schemas
from policydiff.model.base import Result, cells

OLD = "某市办法\n第一条 为了发展，制定本办法。\n第二条 到2025年，绿化率达到40%。（责任部门：市园林局）\n第三条 每家补助30万元。\n"
NEW = OLD.replace("30万元", "50万元")
SUPERIOR = "省办法\n第一条 为了发展，制定本办法。\n第二条 到2025年，绿化率达到35%。\n第三条 支持企业上市。\n"
AMENDMENT = "关于修改《某市办法》的决定\n一、将第三条修改为：“每家补助60万元。”\n"


def _made() -> dict[str, Result]:
    old, new, above = policydiff.parse(OLD), policydiff.parse(NEW), policydiff.parse(SUPERIOR)
    return {
        "document": old,
        "diff": policydiff.diff(old, new),
        "batch": policydiff.diff_pairs([(old, new)]),
        "history": policydiff.history(old, new, old),
        "comparison": policydiff.compare(new, above),
        "several": policydiff.compare(new, above, old),
        "peers": policydiff.compare(new, above, peers=[old]),
        "over time": policydiff.compare(new, above, before=old),
        "applied": policydiff.apply(old, policydiff.parse(AMENDMENT)),
        "check": policydiff.check(old, new),
        "targets": policydiff.targets(old),
        "responsibilities": policydiff.responsibilities(old),
        "cites": policydiff.cites(policydiff.parse(AMENDMENT)),
    }


MADE = _made()
REPORTS = [name for name in MADE if name not in ("batch", "applied", "check")]


@pytest.mark.parametrize("name", MADE)
def test_short_representation_length_and_truth(name: str) -> None:
    result = MADE[name]
    assert len(repr(result)) < 160
    assert repr(result).startswith(f"<{type(result).__name__}: ")
    assert len(result) == len(list(result)) > 0
    assert all(len(repr(item)) < 4000 for item in result)
    assert result


@pytest.mark.parametrize("name", MADE)
def test_an_item_shows_itself_within_two_lines(name: str) -> None:
    assert all(len(repr(item)) <= 160 for item in MADE[name])


@pytest.mark.parametrize("name", MADE)
def test_a_result_is_a_value(name: str) -> None:
    result, again = MADE[name], _made()[name]
    copies = [copy.deepcopy(result), copy.copy(result), pickle.loads(pickle.dumps(result)), again]
    assert all(each == result and hash(each) == hash(result) for each in copies)
    assert copies[2].to_markdown(lang="zh") == result.to_markdown(lang="zh")
    assert result[0] == next(iter(result))
    assert result[-1] == list(result)[-1]
    assert list(result[:2]) == list(result)[:2]
    with pytest.raises(IndexError):
        result[len(result)]
    assert not {"construct", "parse_obj", "from_orm"} & set(dir(result)), "nothing deprecated is completed"
    assert {"to_html", "to_records", "sides", "save"} <= set(dir(result))


def _titles(text: str) -> str:
    return policydiff.diff(policydiff.parse(OLD), policydiff.parse(text)).to_json()


def test_threads_processes_and_tasks_give_the_same() -> None:
    texts = [OLD.replace("30万元", f"{amount}万元") for amount in range(31, 39)]
    told = [_titles(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(_titles, texts)) == told
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        assert list(processes.map(_titles, texts[:2])) == told[:2]

    async def tasks() -> list[str]:
        return await asyncio.gather(*(asyncio.to_thread(_titles, text) for text in texts))

    assert asyncio.run(tasks()) == told


def test_a_text_without_a_title_is_told_as_one() -> None:
    empty = policydiff.parse("")
    assert repr(policydiff.diff(empty, empty)) == (
        "<RevisionDiff: a text without a title → a text without a title, no clauses>"
    )


@pytest.mark.parametrize("name", MADE)
def test_records_are_flat_and_alike(name: str) -> None:
    records = MADE[name].to_records()
    assert records
    assert len({tuple(record) for record in records}) == 1, "the same columns in each"
    assert all(value is None or isinstance(value, str | int | float) for r in records for value in r.values())
    frame = pandas.DataFrame(records)
    assert list(frame.columns) == list(records[0])
    assert len(frame) == len(records)


def test_several_superiors_give_the_records_of_a_pair() -> None:
    """One table holds pairs and texts with several superiors; the relation, effect and source clause of each sentence stand in both."""
    local = policydiff.parse(
        "某区办法\n第一条 支持企业上市。\n第二条 每家企业补助三十万元。\n第三条 举办龙舟赛。\n"
    )
    listing = policydiff.parse(
        "省上市办法\n第一条 支持企业上市。\n第二条 支持企业在北京证券交易所发行股票。\n"
    )
    grants = policydiff.parse("省补助办法\n第一条 每家企业补助五十万元。\n第二条 补助每年发放。\n")
    found = policydiff.compare(local, listing, grants).to_records()
    assert tuple(found[0]) == tuple(policydiff.compare(local, listing).to_records()[0])
    assert [(each["superior_document"], each["relation"], each["source_clause"]) for each in found] == [
        ("省上市办法", "verbatim", "art_1"),
        ("省补助办法", "adapted", "art_1"),
        (None, "added", None),
    ]
    assert found == [
        next(pair for pair in pairs if pair["text"] == each["text"])
        for each, pairs in zip(
            found,
            (
                policydiff.compare(local, listing).to_records(),
                policydiff.compare(local, grants).to_records(),
                [found[2]],
            ),
            strict=True,
        )
    ], "each row is that of the pair with its nearest superior"


def test_a_column_may_begin_with_many_missing_values() -> None:
    polars = pytest.importorskip("polars")
    text = "某办法\n" + "".join(f"第{number}条 企业应当报告第{number}项。\n" for number in range(1, 200))
    found = policydiff.diff(
        policydiff.parse(text), policydiff.parse(text.replace("报告第180项", "备案第180项"))
    )
    frame = polars.DataFrame(found.to_records(), infer_schema_length=None)
    assert frame.filter(polars.col("kind") == "modified").height == 1
    assert pandas.DataFrame(found.to_records()).shape == frame.shape


@pytest.mark.parametrize("name", MADE)
def test_json_has_its_schema_and_fits_it(name: str) -> None:
    dumped = json.loads(MADE[name].to_json())
    family, named, number = dumped["schema"].split("/")
    assert (family, number.isdecimal()) == ("policydiff", True)
    jsonschema.validate(dumped, policydiff.schema(named))
    assert model_of(named) is type(MADE[name])


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "csv", "md", "json", "txt"])
def test_every_report_is_saved_in_every_form(name: str, suffix: str, tmp_path: Path) -> None:
    one = MADE[name].save(tmp_path / "below" / f"one.{suffix}", lang="zh")
    two = MADE[name].save(tmp_path / f"two.{suffix}", lang="zh")
    assert one.read_bytes() == two.read_bytes() != b""


@pytest.mark.parametrize("name", REPORTS)
def test_a_notebook_shows_the_report(name: str) -> None:
    shown = MADE[name]._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert shown.count('"') == 4, "nothing of the page ends its frame"


def test_a_result_knows_its_sides_and_they_are_no_part_of_the_json() -> None:
    found = MADE["diff"]
    assert [side.title for side in found.sides] == ["某市办法", "某市办法"]  # type: ignore[attr-defined]
    assert "sides" not in json.loads(found.to_json())
    again = type(found).model_validate_json(found.to_json())
    assert again == found
    assert again.sides == ()
    assert pickle.loads(pickle.dumps(found)).sides == found.sides


def test_languages_are_those_of_the_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    found = MADE["diff"]
    assert found.to_markdown(lang="zh") != found.to_markdown(lang="en")
    monkeypatch.setenv("POLICYDIFF_LANG", "zh")
    assert found.to_markdown() == found.to_markdown(lang="zh")
    monkeypatch.delenv("POLICYDIFF_LANG")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert found.to_markdown() == found.to_markdown(lang="zh")


def _step(kind: object, step: str) -> object:
    """Return the type that a step of a way leads to, None aside."""
    if step == "#":
        return int
    if step == "*" or step[0].isdecimal():
        return kind if step.endswith(":") else get_args(kind)[0]
    if isinstance(kind, type) and step in getattr(kind, "model_fields", {}):
        found = kind.model_fields[step].annotation  # type: ignore[attr-defined]
    else:
        found = get_type_hints(getattr(kind, step).fget)["return"]
    some = [each for each in get_args(found) if each is not type(None)]
    return some[0] if get_origin(found) in {UnionType, Union} else found


@pytest.mark.parametrize("name", schemas())
def test_every_column_of_a_record_is_a_field(name: str) -> None:
    """Columns are declared in words, which no type checker reads."""
    model = model_of(name)
    if not model._columns or model._columns == "*":
        return
    items = model.model_fields.get(model._list)
    member = get_args(items.annotation)[0] if items else get_args(get_type_hints(model._items)["return"])[0]
    for column in model._columns.split():
        column_name, _, way = column.partition("=")
        kind = model if way.startswith("/") else member
        for step in (way or column_name).lstrip("/").split("."):
            kind = _step(kind, step)


@pytest.mark.parametrize(
    ("columns", "record", "why"),
    [
        ("id", {"id": "art_2"}, "a field"),
        ("clause=id", {"clause": "art_2"}, "under another name"),
        ("kind", {"kind": "article"}, "an enumeration by its value"),
        ("start=span.start", {"start": 4}, "a field of a field"),
        ("none=heading.text", {"none": None}, "a value that is missing ends the way"),
        ("number=children.#", {"number": 0}, "how many"),
        ("first=children.0.id", {"first": None}, "no first one"),
        ("all=children.*.id", {"all": None}, "several as one cell, none as None"),
        ("title=/title", {"title": "某办法"}, "of the result itself"),
        ("rest=/clauses.1:.*.id", {"rest": None}, "from a place on"),
    ],
)
def test_ways_of_columns(columns: str, record: dict[str, object], why: str) -> None:
    document = policydiff.parse("某办法\n第二条 补助30万元。")
    assert cells(next(iter(document)), columns, document) == record, why


@pytest.mark.parametrize("name", schemas())
def test_every_schema_is_of_a_result_that_names_it(name: str) -> None:
    model = model_of(name)
    assert issubclass(model, Result)
    assert model.model_fields["schema_id"].default.startswith(f"policydiff/{name}/")
    assert model.__doc__


def test_every_result_has_a_published_schema() -> None:
    import importlib
    import pkgutil

    for each in pkgutil.walk_packages(policydiff.__path__, "policydiff."):
        if not each.name.endswith(("__main__", "worker", "rapid")):
            importlib.import_module(each.name)
    waiting, results = [Result], set()
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        results |= {model for model in below if "schema_id" in model.model_fields}
    assert results - {model_of(name) for name in schemas()} == set()


@pytest.mark.parametrize("name", sorted(MADE))
def test_records_are_what_polars_takes(name: str) -> None:
    polars = pytest.importorskip("polars")
    result = MADE[name]
    records = result.to_records()
    frame = polars.DataFrame(records, infer_schema_length=None, strict=False)
    assert frame.height == len(records)
    if records:
        assert frame.columns == list(records[0])


def test_a_report_does_not_depend_on_whether_its_type_was_named() -> None:
    """Asking for the public name renames the module of the type: its page is found all the same."""
    made = policydiff.diff(
        policydiff.parse("某办法\n第一条 补助30万元。"), policydiff.parse("某办法\n第一条 补助50万元。")
    )
    before = made.to_markdown(lang="en")
    assert policydiff.RevisionDiff.__module__ == "policydiff"
    assert made.to_markdown(lang="en") == before
    assert "What changed between two versions" in before
