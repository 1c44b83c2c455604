"""The catalogue holds every label that is asked for and nothing else; each term has one word."""

import ast
import inspect
import re
import textwrap
from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from string import Formatter

import pytest
from babel.messages.catalog import Catalog as Messages
from babel.messages.pofile import read_po

from policydiff.cli.entry import PARSER_WORDS
from policydiff.errors import UsageError
from policydiff.model.base import Result
from policydiff.report import _PAGES, page_of, words
from policydiff.report.catalog import catalog, sentence_told
from policydiff.report.list_page import LISTS
from policydiff.report.records_page import _AS_RECORDS, _COLUMNS, _TITLES

from .messages import REPORT, Message, helps, messages, published, sentences


def read() -> Messages:
    with (REPORT / "catalogs" / "zh.po").open("rb") as stream:
        return read_po(stream, locale="zh")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_catalogue_holds_exactly_what_is_asked_for() -> None:
    held: set[Message] = {message.id for message in read() if message.id}
    assert held == messages() | published() | sentences() | helps()


def test_every_label_is_translated_with_its_places() -> None:
    for message in read():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), f"{message.id!r} is not translated"
        assert not message.fuzzy
        for string in strings:
            assert places(string) == places(ids[-1]), f"{message.id!r} lost a place"


WORDS_OF_THE_DESIGN = [
    (words.RELATIONS, "verbatim adapted added", "沿用 调整 本级新增"),
    (words.EFFECTS, "same localised tightened loosened different", "一致 本地化 收紧 放宽 变动"),
    (words.COVERAGE, "adopted touched omitted", "已承接 部分涉及 未见承接"),
    (words.CHANGES, "unchanged modified added removed split merged", "未变 修改 新增 删除 拆分 合并"),
    (words.TARGET_CHANGES, "kept tightened relaxed changed", "一致 收紧 放宽 变动"),
]


@pytest.mark.parametrize(("table", "names", "expected"), WORDS_OF_THE_DESIGN)
def test_the_words_are_those_of_the_glossary(table: dict[str, str], names: str, expected: str) -> None:
    say = catalog("zh")
    assert [say(table[name]) for name in names.split()] == expected.split()


def test_a_term_has_one_word() -> None:
    """Within one table no two names share a word, but for names that are kept for older results."""
    same = {"responsible_body", "penalty", "citation"}
    for name, table in vars(words).items():
        if isinstance(table, Mapping) and name.isupper():
            said = [catalog("zh")(label) for key, label in table.items() if str(key) not in same]
            assert len(said) == len(set(said)), name


CHINESE = re.compile("[\u4e00-\u9fff]")
OWN_WORDS = {
    "document_page.py": "qualifiers of figures, which the documents use, and how a person strings them together",
    "outline.py": "addresses as a memo writes them",
    "to_xlsx.py": "names of fonts",
    "to_official.py": "labels of headings",
    "revision_tables.py": "words of documents around figures",
    "terminal_grid.py": "units and marks a line is not broken before",
    "runs.py": "figures, and signs that a cut keeps in pairs",
    "__init__.py": "an address as an example",
    "to_docx.py": "names of fonts, and a heading as an example",
    "catalog.py": "the comma of an enumeration",
    "page.py": "the place of a clause as an example",
}
"""Modules of the reports whose code may hold Chinese, and what it is: words of documents, not labels."""


def test_no_label_stands_outside_the_catalogue() -> None:
    """Chinese in a string of the code is a label that the other language lacks."""
    rooms = [REPORT, *(REPORT.parent / name for name in ("checks", "watch"))]
    for path in (found for room in rooms for found in room.rglob("*.py")):
        if path.name in OWN_WORDS and path.parent == REPORT:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                is_pattern = path.parent.name in ("judge", "fetch", "ledger") or path.name == "gather.py"
                assert is_pattern or not CHINESE.search(node.value), (path.name, node.value)
    for path in (REPORT / "templates").glob("*.j2"):
        assert not CHINESE.search(path.read_text("utf-8")), path


def test_chinese_labels_are_chinese() -> None:
    """A label left in English would show as Latin words between Chinese ones."""
    allowed = {
        "html",
        "docx",
        "markdown",
        "terminal",
        "policydiff",
        "compare",
        "diff",
        "apply",
        "brief",
        "peers",
        "Tab",
        "Enter",
        "Esc",
        "j",
        "k",
        "Word",
        "Excel",
        "git",
        *("shall", "must", "may", "should"),  # words of English texts
    }
    of_the_command_line = sentences() | helps() | set(PARSER_WORDS)  # they name options, files and programs
    for message in read():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for string in strings if message.id and message.id not in of_the_command_line else ():
            latin = set(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", string)))
            assert latin <= allowed, string


def test_no_label_hides_from_extraction() -> None:
    """Extraction does not look into f-strings, nor at method calls in templates."""
    for path in REPORT.parent.rglob("*.py"):
        held = [
            node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.JoinedStr)
        ]
        for call in (found for node in held for found in ast.walk(node) if isinstance(found, ast.Call)):
            is_label = isinstance(call.func, ast.Name) and call.func.id == "say"
            assert not (is_label and isinstance(call.args[0], ast.Constant)), (path.name, ast.unparse(call))
    for path in (REPORT / "templates").glob("*.j2"):
        assert "say.plural(" not in path.read_text("utf-8"), path


def test_every_published_name_has_a_label() -> None:
    for table in vars(words).values():
        if isinstance(table, dict) and table and table is not vars(words).get("__builtins__"):
            enumeration = type(next(iter(table)))
            if issubclass(enumeration, StrEnum):
                assert set(table) == set(enumeration), f"{enumeration.__name__} has members without a label"


def test_plural_follows_the_language() -> None:
    assert (
        catalog("en").plural("({n} clause unchanged)", "({n} clauses unchanged)", 1) == "(1 clause unchanged)"
    )
    assert (
        catalog("en").plural("({n} clause unchanged)", "({n} clauses unchanged)", 2)
        == "(2 clauses unchanged)"
    )
    assert catalog("zh").plural("({n} clause unchanged)", "({n} clauses unchanged)", 2) == "（略）2 条未变"


def test_a_number_in_a_sentence_may_be_one() -> None:
    """A count before a verb needs both forms (1 is, 2 are): else the sentence is worded so that the number stands apart."""
    disagreeing = re.compile(r"\{[a-z_]{2,}\}(?: [a-z]+){0,3} (?:are|were|have|come|differ|rest|share)\b")
    single = [each for each in messages() if isinstance(each, str)]
    assert single
    assert [each for each in single if disagreeing.search(each)] == []


def test_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="'fr'"):
        catalog("fr")


def test_every_doubt_of_the_parser_is_said_in_chinese() -> None:
    """The parser's messages as they stand in its code, with 第三条 in each place."""
    given = re.compile(r"doubts\.(?:warn|note)\(f?\"([^\"]+)\"")
    sources = (REPORT.parent / "parsing").glob("*.py")
    messages_ = [found for path in sources for found in given.findall(path.read_text("utf-8"))]
    assert len(messages_) >= 6
    for message in messages_:
        filled = re.sub(r"\{[^}]*\}", "第三条", message)
        said = sentence_told(filled, "zh")
        assert not re.search("[A-Za-z]", said), message
        assert said.count("第三条") == filled.count("第三条")
        assert sentence_told(filled, "en") == filled


def results_of_the_package() -> list[type[Result]]:
    for path in REPORT.parent.rglob("*.py"):
        text = path.read_text("utf-8")
        if "(Result)" in text:
            name = path.relative_to(REPORT.parent.parent).with_suffix("").as_posix().replace("/", ".")
            import_module(name)
    found, left = [], [Result]
    while left:
        left += (below := left.pop().__subclasses__())
        found += [each for each in below if each.__module__.startswith("policydiff.")]
    return found


@pytest.mark.parametrize("kind", results_of_the_package(), ids=lambda kind: kind.__name__)
def test_a_result_shows_no_name_of_a_field(kind: type[Result]) -> None:
    """A result has a page of its own, or every field of its records has a label in both languages."""
    if kind._page_module:
        import_module(kind._page_module)
    is_document = kind.__name__ == "DraftedAmendment"  # a decision: written as it is, never listed
    name = (
        str(kind.model_fields["schema_id"].default).split("/")[1] if "schema_id" in kind.model_fields else ""
    )
    has_own = kind.__name__ in _PAGES or name in set(LISTS) - _AS_RECORDS
    if page_of.dispatch(kind) is page_of.dispatch(object) and not has_own and not is_document:
        keys = {each.partition("=")[0] for each in kind._columns.split()} - {"*"}
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(kind._record)))):
            if isinstance(node, ast.Dict):
                keys |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "cells":
                declared = ast.literal_eval(node.args[1]) if isinstance(node.args[1], ast.Constant) else ""
                keys |= {each.partition("=")[0] for each in declared.split()}
        assert keys <= set(_COLUMNS), keys - set(_COLUMNS)
        assert not name or name in _TITLES or name in LISTS, name


STRUNG = [
    # a sentence of the package, its Chinese form, why
    ("nothing of b.md is carried out on a.md: 甲。 (the text has no article 20)", "b.md 没有一处能在 a.md 上执行：甲。（文本没有第 20 条）", "a reason in brackets"),
    ("nothing of b is carried out on a: 甲。 (its wording is not one of the set phrases); 乙； (its wording is not one of the set phrases)", "b 没有一处能在 a 上执行：甲。（其表述不是已知的修改用语）；乙；（其表述不是已知的修改用语）", "several pairs"),
    ("nothing of b is carried out on a: 第三条 (第三条 has no paragraph 3)", "b 没有一处能在 a 上执行：第三条（第三条没有第 3 款）", "a reason with places of its own"),
    ("no decision turns the one text into the other: its wording is not one of the set phrases; its wording is not one of the set phrases", "没有决定能把一份文本改为另一份：其表述不是已知的修改用语；其表述不是已知的修改用语", "reasons alone"),
    ("../n.md: the text bears no date: it is recorded as seen on 2026-11-29, its date stays unknown", "../n.md：文本未注明日期：以 2026-11-29 抓取收录，成文日期仍不明", "a warning behind the name of a file"),
    ("act (1).md: there is no file x (2), and it is no id of a document in a store", "act (1).md：没有文件 x (2)，它也不是库内文件的标识", "brackets in names stay"),
    ("甲办法 (2020)", "甲办法 (2020)", "no sentence of the package"),
    ("a/b has no version", "a/b 没有任何版本", "one sentence"),
    ("x is no folder, so there is no store", "x 不是文件夹，因此没有文件库", "one sentence with a comma"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "told", "why"), STRUNG)
def test_sentences_strung_together_are_told_whole(sentence: str, told: str, why: str) -> None:
    assert sentence_told(sentence, "zh") == told, why
