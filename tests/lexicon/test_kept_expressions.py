"""Compiled expressions are kept from run to run like bytecode, are the same as `re.compile` makes, and no file of them can do harm."""

import marshal
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policydiff import expressions

OLD = "某市办法\n第一条 申请人应当在30日内缴纳保证金5万元。\n"
RUN = (
    "import sys\nfrom re import _compiler\ncompiled = []\nof_python = _compiler._code\n"
    "def counted(parsed, flags):\n    compiled.append(parsed)\n    return of_python(parsed, flags)\n"
    "_compiler._code = counted\nfrom policydiff.cli import main\nsys.argv[0] = 'policydiff'\n"
    "try:\n    main()\nexcept SystemExit:\n    pass\n"
    "print(len(compiled), file=sys.stderr)"
)


def run(folder: Path, *options: str) -> tuple[bytes, int]:
    """Return the JSON of a diff in a process of its own, and how many expressions it compiled."""
    (folder / "old.txt").write_text(OLD, encoding="utf-8")
    (folder / "new.txt").write_text(OLD.replace("应当", "可以"), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, *options, "-c", RUN, "diff", "old.txt", "new.txt", "--json"],
        capture_output=True,
        cwd=folder,
        env={**environment, "PYTHONPYCACHEPREFIX": str(folder / "kept")},
        check=True,
    )
    return done.stdout, int(done.stderr.split()[-1])


def kept(folder: Path) -> list[Path]:
    return list((folder / "kept").rglob("*.expressions*"))


def test_a_second_run_compiles_hardly_any_and_says_the_same(tmp_path: Path) -> None:
    first, many = run(tmp_path)
    second, few = run(tmp_path)
    assert first == second
    assert 3 * few < many  # those of libraries, and those that are made while a module is loaded
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\x00" * 100,
        b"no marshal",
        marshal.dumps(None),
        marshal.dumps((1, 2)),
        marshal.dumps((("another Python", 1, "little"), {})),
    ],
)
def test_a_damaged_file_is_passed_over(damaged: bytes, tmp_path: Path) -> None:
    whole, many = run(tmp_path)
    (file,) = kept(tmp_path)
    file.write_bytes(damaged)
    assert run(tmp_path) == (whole, many)
    assert run(tmp_path)[1] < many


def test_damaged_numbers_are_compiled_again(tmp_path: Path) -> None:
    whole, many = run(tmp_path)
    (file,) = kept(tmp_path)
    python, forms = marshal.loads(file.read_bytes())
    broken = {key: (form[0], form[1][:-8], *form[2:]) for key, form in forms.items()}
    file.write_bytes(marshal.dumps((python, broken)))
    assert run(tmp_path) == (whole, many)


def test_nothing_is_written_where_python_writes_no_bytecode(tmp_path: Path) -> None:
    run(tmp_path, "-B")
    assert not kept(tmp_path)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("第[一-鿿]{1,8}条", 0),
        ("(?P<year>\\d{4})年(?P<month>\\d{1,2})?月", 0),
        (" 应当 | 不得 # duty", re.VERBOSE),
        ("(?i)at least", 0),
        ("shall not", re.IGNORECASE | re.MULTILINE),
        (b"\\x00+", 0),
        ("(?:)", 0),
        ("(a)|(?P<b>b)(?(b)c|d)", 0),
        ("(?<!办)法$|条例$", 0),
        ("[^，。；𠀀-𪛟]*?的", re.DOTALL),
    ],
)
def test_a_kept_expression_is_the_one_that_python_compiles(
    text: str | bytes, flags: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expressions, "_new", {})
    monkeypatch.setattr(expressions, "_kept", dict)
    fresh, asked = expressions.compiled(text, flags), re.compile(text, flags)
    (form,) = expressions._new.values()
    again = expressions._of_form(text, marshal.loads(marshal.dumps(form)))
    for each in (fresh, again):
        assert each == asked
        assert each.groupindex == asked.groupindex
        assert each.flags == asked.flags
