"""Both catalogs hold every label the renderers ask for, and nothing else."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog as Messages
from babel.messages.pofile import read_po

from policydiff.errors import UsageError
from policydiff.report import words
from policydiff.report.catalog import LANGUAGES, catalog
from policydiff.report.doubts import doubt

from .messages import REPORT, Message, messages


def read(lang: str) -> Messages:
    with (REPORT / "catalogs" / f"{lang}.po").open("rb") as stream:
        return read_po(stream, locale=lang)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_catalogs_hold_exactly_what_is_asked_for(lang: str) -> None:
    held: set[Message] = {message.id for message in read(lang) if message.id}
    assert held == messages()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_is_translated_with_its_places(lang: str) -> None:
    for message in read(lang):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), f"{lang}: {message.id!r} is not translated"
        assert not message.fuzzy
        for string in strings:
            assert places(string) == places(ids[-1]), f"{lang}: {message.id!r} lost a place"


def test_chinese_labels_are_chinese() -> None:
    """A label left in English would show as Latin words between Chinese ones."""
    allowed = {"policydiff", "Tab", "Enter", "Esc", "j", "k"}
    for message in read("zh"):
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for string in strings if message.id else ():
            latin = set(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", string)))
            assert latin <= allowed, string


def test_no_label_hides_from_extraction() -> None:
    """Extraction does not look into f-strings, nor at method calls in templates."""
    for path in REPORT.rglob("*.py"):
        assert not re.search(r"f\"[^\"\n]*\{say\(", path.read_text("utf-8")), path
    for path in (REPORT / "templates").glob("*.j2"):
        assert "say.plural(" not in path.read_text("utf-8"), path


def test_every_published_name_has_a_label() -> None:
    for table in vars(words).values():
        if isinstance(table, dict) and table and table is not vars(words).get("__builtins__"):
            enumeration = type(next(iter(table)))
            if enumeration is not str:
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
        said = doubt(filled, catalog("zh"))
        assert not re.search("[A-Za-z]", said), message
        assert said.count("第三条") == filled.count("第三条")
        assert doubt(filled, catalog("en")) == filled
    assert doubt("no message of the parser", catalog("zh")) == "no message of the parser"
