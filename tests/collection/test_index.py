"""Listing, searching and relating the documents of a store."""

import re
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import policydiff
from policydiff.collection import packed_clauses, search as searching
from policydiff.collection.delegated import stale_locals
from policydiff.collection.index import Filter, Index
from policydiff.collection.packed_clauses import (
    enter_clauses,
    forget_clauses,
    holding,
    pack,
    searched,
    unpack,
)
from policydiff.collection.relations import find_superior, implementers, relations
from policydiff.errors import UsageError
from policydiff.model import CitationRelation
from policydiff.model.listed import SearchHit
from policydiff.store import Store

from .conftest import DIRECTIVE, LOCAL, STATUTE, add

NEWER = DIRECTIVE.replace("2018年3月1日", "2021年7月1日").replace("10万张", "12万张")


def search(index: Index, query: str, wanted: Filter | None = None, **how: Any) -> list[SearchHit]:
    """Return the hits of a search alone."""
    return list(searching.search(index, query, wanted, **how).hits)


@pytest.fixture
def filled(store: Store) -> Store:
    add(store, DIRECTIVE, id="city/care", jurisdiction="310000", document_type="意见")
    add(store, LOCAL, id="city/jia/care", jurisdiction="310106")
    add(
        store,
        STATUTE.format(event="2015年9月1日某市人民代表大会常务委员会通过", third="养老机构应当登记。"),
        id="city/act",
        jurisdiction="440000",
    )
    return store


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), ["city/act", "city/care", "city/jia/care"]),
        (Filter(jurisdiction="310000"), ["city/care", "city/jia/care"]),
        (Filter(jurisdiction="310106"), ["city/jia/care"]),
        (Filter(jurisdiction="000000"), []),
        (Filter(level="province"), ["city/act", "city/care"]),
        (Filter(level="county"), ["city/jia/care"]),
        (Filter(level="township"), []),
        (Filter(issuer="甲区"), ["city/jia/care"]),
        (Filter(title="养老服务"), ["city/act", "city/care", "city/jia/care"]),
        (Filter(title="%"), []),
        (Filter(since=date(2018, 1, 1)), ["city/care", "city/jia/care"]),
        (Filter(since=date(2018, 1, 1), until=date(2018, 12, 31)), ["city/care"]),
        (Filter(document_type="条例"), ["city/act"]),
    ],
)
def test_listing_filters(filled: Store, wanted: Filter, ids: list[str]) -> None:
    with Index.open(filled) as index:
        assert [each.identity.id for each in index.documents(wanted)] == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("养老机构", {"city/act", "city/care", "city/jia/care"}),
        ("机构", {"city/act", "city/care", "city/jia/care"}),
        ("护理员", {"city/care"}),
        ("综合服务中心 ２家", {"city/jia/care"}),
        ("综合服务中心 街道", {"city/care", "city/jia/care"}),
        ("没有的词语", set()),
        ('"街道建设2家"', {"city/jia/care"}),
        ("服务%", set()),
        ('AND OR NOT * ^ " (', set()),
    ],
)
def test_search_finds_clauses_with_all_words(filled: Store, query: str, ids: set[str]) -> None:
    with Index.open(filled) as index:
        hits = search(index, query)
    assert {hit.document.id for hit in hits} == ids
    for hit in hits:
        assert hit.spans
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.spans)


@pytest.mark.parametrize(
    "query", ["养老机构", "养老服务 床位", "民政局 机构 建设", "12万张", "ＡＢＣ", "每千名 护理员"]
)
def test_trigrams_leave_no_clause_out(filled: Store, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They only spare versions that cannot hold the words: looking into all of them finds the same."""
    with Index.open(filled) as index:
        found = search(index, query, all_versions=True)
        monkeypatch.setattr("policydiff.collection.search.holding", lambda _: None)
        assert search(index, query, all_versions=True) == found


@pytest.mark.parametrize(
    ("clauses", "reason"),
    [
        ([], "a text without clauses"),
        ([("art_1", "第一条", "养老机构")], "one"),
        (
            [("art_1", None, "一\0二三四"), ("art_2", None, "ＡＢＣ")],
            "a NUL, at which the tokenizer would end",
        ),
        ([("a", None, "𠮷野家店")], "characters beyond the first plane"),
    ],
)
def test_clauses_come_and_go(filled: Store, clauses: list[tuple[str, str | None, str]], reason: str) -> None:
    with Index.open(filled) as index:
        index.parse()
        database = index.database
        (key,) = database.execute("SELECT min(key) FROM version").fetchone()
        forget_clauses(database, key)
        enter_clauses(database, key, pack(clauses))
        (packed,) = database.execute("SELECT clauses FROM version WHERE key = ?", (key,)).fetchone()
        assert unpack(packed) == clauses, reason
        for _, _, text in clauses:
            matched = database.execute(
                "SELECT rowid FROM version_words WHERE version_words MATCH ?",
                (holding([searched(text[-3:])]),),
            ).fetchall()
            assert (key,) in matched, reason
        forget_clauses(database, key)
        database.execute("INSERT INTO version_words (version_words) VALUES ('integrity-check')")


def test_search_ranks_limits_and_filters(filled: Store) -> None:
    with Index.open(filled) as index:
        assert len(search(index, "养老机构", limit=1)) == 1
        everywhere = searching.search(index, "养老机构")
        assert everywhere.total == len(everywhere.hits) > 1
        assert searching.search(index, "养老机构", limit=1).total == everywhere.total, (
            "a limit hides no number"
        )
        assert {hit.document.id for hit in search(index, "养老机构", Filter(jurisdiction="310106"))} == {
            "city/jia/care"
        }
        shares = [hit.text.count("养老机构") / (len(hit.text) + 40) for hit in search(index, "养老机构")]
        assert shares == sorted(shares, reverse=True)
        for empty in ("", "  ", '""'):
            with pytest.raises(UsageError):
                search(index, empty)


def test_search_looks_into_newest_versions_unless_asked(filled: Store) -> None:
    add(filled, NEWER, id="city/care")
    with Index.open(filled) as index:
        assert {hit.document.version for hit in search(index, "全市养老床位")} == {"2021-07-01"}
        assert {hit.document.version for hit in search(index, "全市养老床位", all_versions=True)} == {
            "2018-03-01",
            "2021-07-01",
        }


def test_who_implements_a_document_is_told_by_its_number_or_title(filled: Store) -> None:
    with Index.open(filled) as index:
        assert implementers(index, "某府发〔2018〕25号", "无此标题") == ["city/jia/care"]
        assert implementers(index, None, "某市人民政府关于推进养老服务发展的若干意见") == ["city/jia/care"]
        assert implementers(index, None, "某市养老服务条例") == []


def test_a_small_store_keeps_its_index_where_git_does_not_see_it(filled: Store) -> None:
    """Else each search would parse every text again."""
    with Index.open(filled) as index:
        search(index, "养老")
    assert (filled.cache_folder / "index.sqlite").is_file()
    assert filled.status().unrecorded == ()
    with Index.open(filled) as index:
        assert index.database.execute("SELECT count(*) FROM version WHERE parsed = 0").fetchone() == (0,)


def test_an_index_follows_what_is_recorded(filled: Store) -> None:
    with Index.open(filled) as index:
        assert search(index, "12万张") == []
    add(filled, NEWER, id="city/care")
    filled.correct("city/jia/care", "2019-05-06", LOCAL.replace("民政局", "卫生局"))
    with Index.open(filled) as index:
        assert index.database.execute("SELECT count(*) FROM version WHERE parsed = 0").fetchone() == (2,)
        assert len(search(index, "12万张")) == 1
        assert search(index, "区民政局") == []
        listed = {each.identity.id: (each.newest, each.versions) for each in index.documents()}
        assert listed["city/care"] == ("2021-07-01", 2)
    assert filled.status().unrecorded == ()
    assert filled.verify() == []


def test_another_parser_reads_all_texts_anew(filled: Store) -> None:
    """The version of the package stays while its rules change."""
    with Index.open(filled) as index:
        found = search(index, "养老")
        index.database.execute("UPDATE meta SET value = 'old' WHERE key = 'parser'")
        index.database.execute("UPDATE version SET clauses = ?", (pack([]),))
        index.database.commit()
    with Index.open(filled) as index:
        assert search(index, "养老") == found
        assert index.database.execute(
            "SELECT count(*) FROM version WHERE length(clauses) < 20"
        ).fetchone() == (0,)


def test_builds_follow_the_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One byte in one data file makes another build; what the interpreter compiles does not."""
    for folder in ("annotate", "collection", "intake", "model", "parsing", "lexicon"):
        (tmp_path / folder).mkdir()
    (tmp_path / "intake" / "__init__.py").write_text("x = 1\n")
    for name in ("index.py", "loaded.py"):
        (tmp_path / "collection" / name).write_text("x = 1\n")
    monkeypatch.setattr(packed_clauses, "files", lambda _: tmp_path)

    def build() -> str:
        return packed_clauses.parser_build.__wrapped__()

    (tmp_path / "parsing" / "words.toml").write_text("a")
    first = build()
    (tmp_path / "parsing" / "__pycache__").mkdir()
    (tmp_path / "parsing" / "__pycache__" / "words.pyc").write_text("x")
    assert build() == first
    (tmp_path / "parsing" / "words.toml").write_text("b")
    assert build() != first


def test_an_index_follows_a_branch_that_is_switched(filled: Store) -> None:
    import subprocess

    with Index.open(filled):
        pass
    subprocess.run(["git", "checkout", "-q", "--detach", "HEAD~1"], cwd=filled.folder, check=True)
    with Index.open(filled) as index:
        assert [each.identity.id for each in index.documents()] == ["city/care", "city/jia/care"]


@pytest.mark.parametrize("damage", ["garbage", "other build", "empty"])
def test_a_useless_index_is_built_anew(filled: Store, damage: str) -> None:
    with Index.open(filled) as index:
        search(index, "养老")
    place = filled.cache_folder / "index.sqlite"
    if damage == "other build":
        with sqlite3.connect(place) as database:
            database.execute("UPDATE meta SET value = 'old' WHERE key = 'build'")
        database.close()
    else:
        place.write_bytes(b"x" * 5000 if damage == "garbage" else b"")
    with Index.open(filled) as index:
        assert len(index.documents()) == 3
        assert search(index, "护理员")


def test_citations_resolve_to_the_version_in_force_on_the_citing_day(filled: Store) -> None:
    add(filled, NEWER, id="city/care")
    with Index.open(filled) as index:
        found = [each for each in relations(index, "city/jia/care") if each.id]
        assert [(each.relation, each.id, each.version, each.assumed) for each in found] == [
            (CitationRelation.IMPLEMENTS, "city/care", "2018-03-01", False)
        ]
        stale = stale_locals(index)
        assert [(each.id, each.made_under, each.newest) for each in stale] == [
            ("city/jia/care", "2018-03-01", "2021-07-01")
        ]


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("《某市人民政府关于推进养老服务发展的若干意见》", True),
        ("《关于推进养老服务发展的若干意见》", True),
        ("《某市人民政府关于印发〈关于推进养老服务发展的若干意见〉的通知》", True),
        ("《某市人民政府关于推进养老服务发展的意见》", False),
        ("《若干意见》", False),
    ],
)
def test_titles_are_recognised_with_and_without_the_issuer(filled: Store, cited: str, found: bool) -> None:
    text = LOCAL.replace("《某市人民政府关于推进养老服务发展的若干意见》（某府发〔2018〕25号）", cited)
    add(filled, text.replace("〔2019〕3号", "〔2019〕4号"), id="city/yi/care")
    with Index.open(filled) as index:
        index.parse()
        own = index.citations_of("city/yi/care", "2019-05-06")
        superior = find_superior(index, own, date(2019, 5, 6), own_id="city/yi/care")
    assert (superior is not None and superior.id == "city/care") == found


def test_a_superior_known_only_from_later_is_assumed(store: Store) -> None:
    add(store, DIRECTIVE.replace("2018年3月1日\n", ""), id="city/care", seen="2022-02-02")
    add(store, LOCAL, id="city/jia/care")
    with Index.open(store) as index:
        found = next(each for each in relations(index, "city/jia/care") if each.id)
    assert (found.version, found.assumed) == ("seen-2022-02-02", True)


def test_blame_follows_clauses_through_renumbering(store: Store) -> None:
    first = STATUTE.format(
        event="2015年9月1日某市人民代表大会常务委员会通过",
        third="养老机构应当依法登记，并接受民政部门的监督检查。",
    )
    inserted = (
        first.replace("第四条", "第五条").replace("第三条", "第四条").replace("2015年9月1日", "2018年9月1日")
    )
    inserted = inserted.replace(
        "第四条　养老", "第三条　市人民政府统筹规划本市养老服务设施布局。\n\n第四条　养老"
    )
    changed = inserted.replace("2018年9月1日", "2021年9月1日").replace("监督检查", "监督管理和检查")
    for text, day in ((first, "2015-09-01"), (inserted, "2018-09-01"), (changed, "2021-09-01")):
        add(store, text, id="city/act", issued=day)
    opened = policydiff.Store(store.folder)
    blamed = {each.label: (each.version, str(each.since)) for each in opened.blame("city/act") if each.label}
    assert blamed == {
        "第一条": ("2015-09-01", "2015-09-01"),
        "第二条": ("2015-09-01", "2015-09-01"),
        "第三条": ("2018-09-01", "2018-09-01"),
        "第四条": ("2021-09-01", "2021-09-01"),
        "第五条": ("2015-09-01", "2015-09-01"),
    }
    earlier = {each.label: each.version for each in opened.blame("city/act@2018-09-01") if each.label}
    assert earlier["第四条"] == "2015-09-01"


def test_blame_lists_every_part_of_a_split_with_the_age_of_its_words(store: Store) -> None:
    old = "某市养老条例\n第一条　市民政部门负责登记。养老机构应当公示收费标准和服务项目，并接受监督检查。\n第二条　本条例自公布之日起施行。\n"
    new = old.replace("。养老机构", "。\n第二条　养老机构").replace("第二条　本", "第三条　本")
    newest = new.replace("收费标准和", "收费标准与")
    for text, day in ((old, "2015-09-01"), (new, "2018-09-01"), (newest, "2021-09-01")):
        add(store, text, id="city/act", issued=day, same_document=True)
    opened = policydiff.Store(store.folder)
    split = [(each.label, each.version) for each in opened.blame("city/act@2018-09-01") if each.label]
    assert split == [("第一条", "2015-09-01"), ("第二条", "2015-09-01"), ("第三条", "2015-09-01")]
    reworded = [each.version for each in opened.blame("city/act") if each.label]
    assert reworded == ["2015-09-01", "2021-09-01", "2015-09-01"]


def test_no_placeholder_of_a_query_is_numbered() -> None:
    """Python 3.12.0 to 3.12.3 take `?1` for a name, and warn of values that are given by their order."""
    root = Path(packed_clauses.__file__).parents[1]
    numbered = re.compile(r"[=(,] *\?\d")
    assert [path.name for path in root.rglob("*.py") if numbered.search(path.read_text("utf-8"))] == []
