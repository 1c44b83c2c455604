"""The word lists and tables that the parser reads."""

import re
import tomllib
from importlib import resources

_FILES = resources.files("policydiff.parsing")


def _regions() -> list[list[str]]:
    rows = (
        resources.files("policydiff.lexicon").joinpath("areas.tsv").read_text(encoding="utf-8").splitlines()
    )
    return [row.split("\t") for row in rows if not row.startswith("#")][1:]


def test_regions_are_well_formed_and_named_once_a_code() -> None:
    rows = _regions()
    assert len(rows) > 6000
    for code, name, first, last in rows:
        assert re.fullmatch(r"[1-9]\d{5}", code)
        assert re.fullmatch(r"[\u4e00-\u9fff]{2,}", name)
        assert 1980 <= int(first) <= 2026
        assert last == "" or int(first) <= int(last) <= 2026
    assert len({(code, name) for code, name, _, _ in rows}) == len(rows)


def test_every_province_is_there_today() -> None:
    provinces = [code for code, _, _, last in _regions() if code.endswith("0000") and not last]
    assert len(provinces) == 34


def test_kinds_of_documents_are_listed_once() -> None:
    lists = tomllib.loads(_FILES.joinpath("document_types.toml").read_text(encoding="utf-8"))
    words = [word for name in ("statutory", "carried", "legislation", "annexes") for word in lists[name]]
    assert len(words) == len(set(words))
    assert len(lists["statutory"]) == 16  # 命令 and 令 are one kind
