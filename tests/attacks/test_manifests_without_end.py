"""Manifests, answers and settings nested without end, or with values that no field takes, are refused with a sentence, at once."""

import json
from pathlib import Path

import pytest

from policydiff.store import Store

from .command_line import run

DEEP = 200_000
LINES = {
    "arrays in arrays": '{"file": "a.txt", "id": ' + "[" * DEEP + "]" * DEEP + "}",
    "objects in objects": '{"file": "a.txt", "id": ' + '{"a":' * DEEP + "1" + "}" * DEEP + "}",
    "arrays that do not close": '{"file": "a.txt", "id": ' + "[" * DEEP,
    "objects that do not close": '{"file":' * DEEP,
    "a name nested": '{"file": ' + "[" * DEEP + "]" * DEEP + "}",
    "rules nested": '{"file": "a.txt", "reading": ' + '{"select": [' * DEEP + "]}" * DEEP + "}",
    "a number without end": '{"file": "a.txt", "id": ' + "9" * DEEP + "}",
    "a fraction without end": '{"file": "a.txt", "issued": 0.' + "9" * DEEP + "}",
    "no number": '{"file": "a.txt", "issued": NaN}',
    "infinite": '{"file": "a.txt", "issued": 1e999999}',
    "a bare array": "[" * DEEP + "]" * DEEP,
    "a bare word": "nullnull",
    "a name that is no string": '{"file": {"a": 1}}',
    "a name that leads out": '{"file": "../../etc/passwd"}',
    "a name that is the folder": '{"file": "."}',
    "an empty name": '{"file": ""}',
    "a name with a zero": '{"file": "a\\u0000b.txt"}',
    "half a letter": '{"file": "a\\ud800.txt"}',
    "a field that is none": '{"file": "a.txt", "__class__": "x"}',
    "a day that is none": '{"file": "a.txt", "issued": "0000-00-00"}',
    "a day of year zero": '{"file": "a.txt", "issued": "-9999999-01-01"}',
}


@pytest.mark.parametrize("reason", LINES)
@pytest.mark.parametrize("as_answers", [False, True], ids=["manifest", "answers"])
def test_a_hostile_manifest_is_refused_with_a_sentence(
    tmp_path: Path, reason: str, *, as_answers: bool
) -> None:
    Store.init(tmp_path / "store").close()
    (tmp_path / "a.txt").write_text("某市办法\n第一条　甲。\n", "utf-8")
    (tmp_path / "m.jsonl").write_text(LINES[reason] + "\n", "utf-8")
    (tmp_path / "good.jsonl").write_text('{"file": "a.txt"}\n', "utf-8")
    arguments = ["good.jsonl", "--answers", "m.jsonl"] if as_answers else ["m.jsonl"]
    done = run(["import", *arguments, "--store", "store"], tmp_path)
    assert done.code in {0, 2, 10, 13}, done.told[-600:]
    assert "Traceback" not in done.told
    assert len(done.told) < 6_000
    assert "root:" not in done.told


@pytest.mark.parametrize("deep", [1, 50, 900])
def test_what_is_not_too_deep_is_judged_by_its_fields(tmp_path: Path, deep: int) -> None:
    Store.init(tmp_path / "store").close()
    (tmp_path / "m.jsonl").write_text(
        json.dumps({"file": "a.txt"})[:-1] + ', "id": ' + "[" * deep + "]" * deep + "}\n", "utf-8"
    )
    done = run(["import", "m.jsonl", "--store", "store"], tmp_path)
    assert done.code == 2
    assert "line 1" in done.err


TABLES = [
    "[" + "a." * 50_000 + "b]", "a = " + "[" * 100_000, "a = " + "{b = " * 50_000, "a = " + "9" * 100_000, "a." * 60_000 + "b = 1", 'a = """' + "x" * 4_100_000 + '"""',
    "a = " + "[" * 900 + "]" * 900, "[[" + "a." * 60 + "b]]", "a = 1e999999", "a = -" + "0" * 10_000, "a = 9999-99-99",
]  # fmt: skip


@pytest.mark.parametrize("text", TABLES, ids=range(len(TABLES)))
def test_hostile_settings_are_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    Store.init(tmp_path / "store").close()
    (tmp_path / "store" / "policydiff.toml").write_text(f"spec_version = 1\n{text}\n", "utf-8")
    for command in (["list"], ["watch", "list"], ["track"]):
        done = run([*command, "--store", "store"], tmp_path)
        assert done.code in {0, 2}, done.told[-600:]
        assert "Traceback" not in done.told
        assert len(done.told) < 6_000
