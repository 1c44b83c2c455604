"""Settings: what holds, and how a fault is named with its line."""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from policydiff.errors import NotFoundError, UsageError
from policydiff.report.catalog import sentence_told
from policydiff.settings import Source, SourceKind
from policydiff.settings.settings import Mail, NotifySettings, Service, TrackSettings, Webhook
from policydiff.settings.settings_file import (
    append_source,
    locate,
    parse_configuration,
    propose_name,
    read_configuration,
    source_block,
)

WHOLE = """\
spec_version = 1  # the store's own

[track]
pace = 0.5
allow_addresses = ["10.0.0.0/8"]

[[sources]]
name = "health"
url = "https://www.example.gov.cn/a.html"
id = "city/health"
every = "12h"
ignore = [
  ".share",   # buttons
  ".crumbs",
]
expect = { min_clauses = 3 }

[[sources]]
name = "inbox"
kind = "folder"
path = "inbox"

[check]
rules = [{ on = "any_change", documents = ["city/*"], level = "warning" }]

[[check.waivers]]
rule = "removed_clause"
document = "city/*"
until = 2027-06-30
reason = "moved elsewhere"
"""


def test_settings_are_read_with_their_types() -> None:
    configuration = parse_configuration(WHOLE)
    assert parse_configuration("\ufeff" + WHOLE.replace("\n", "\r\n")) == configuration, "saved on Windows"
    health, inbox = configuration.sources
    assert (health.every, health.expect.min_clauses, health.ignore) == (
        timedelta(hours=12),
        3,
        (".share", ".crumbs"),
    )
    assert (inbox.kind, inbox.origin) == (SourceKind.FOLDER, "inbox")
    assert configuration.check.waivers[0].until == date(2027, 6, 30)
    assert configuration.track.allow_addresses[0].num_addresses == 2**24


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (('every = "12h"', 'every = "soon"'), 11, "no duration"),
        (('every = "12h"', 'every = "0d"'), 11, "no duration"),
        (("pace = 0.5", "pace = -1"), 4, "greater than or equal to 0"),
        (("pace = 0.5", "pase = 0.5"), 4, "no such setting"),
        (('"10.0.0.0/8"', '"10.0.0.0/99"'), 5, "10.0.0.0/99"),
        (('"https://www.example.gov.cn/a.html"', '"ftp://x/a"'), 9, "no web address"),
        (('"https://www.example.gov.cn/a.html"', '"https://me:secret@x/a"'), 9, "leave it out"),
        (('".crumbs"', '"..crumbs"'), 12, "no CSS selector"),
        (('name = "inbox"', 'name = "In Box"'), 19, "no name"),
        (('name = "inbox"', 'name = "health"'), 19, "unique"),
        (('path = "inbox"', 'url = "https://x.cn/"'), 18, "a folder needs `path`"),
        (('id = "city/health"', 'id = "health"'), 10, "two to four parts"),
        (('id = "city/health"', 'id = "../etc"'), 10, "no document id"),
        (('id = "city/health"', 'id = "city/nul"'), 10, "'nul' is reserved"),
        (('id = "city/health"', 'id = "city/2024-01-01"'), 10, "'2024-01-01' is reserved"),
        (('id = "city/health"', 'id = "city"'), 10, "two to four parts"),
        (('id = "city/health"', 'id = "a/b/c/d/e"'), 10, "two to four parts"),
        (("until = 2027-06-30", 'until = "some day"'), 29, "date"),
        (('rule = "removed_clause"', 'rule = "removed"'), 27, "removed_clause"),
        (("min_clauses = 3", "min_clauses = 3, colour = 1"), 16, "no such setting"),
        (("[[sources]]\nname = \"inbox\"", "[[source]]\nname = \"inbox\""), 18, "did you mean 'sources'"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_its_line(change: tuple[str, str], line: int, words: str) -> None:
    text = WHOLE.replace(*change)
    assert text != WHOLE
    with pytest.raises(UsageError) as caught:
        parse_configuration(text)
    assert f"line {line}:" in str(caught.value)
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)


UNKNOWN_NAMES = [
    ("[publsh]\nbranch = 'main'", "there is no table 'publsh'; the tables are extract, track", "like none"),
    ("[sourcs]\nname = 'a'", "did you mean 'sources'?", "a letter left out"),
    ("[Track]\npace = 1", "did you mean 'track'?", "a capital"),
    ("[notifi]\nlang = 'zh'", "did you mean 'notify'?", "a letter for another"),
    ("[extracts]\npages = 3", "did you mean 'extract'?", "the plural"),
    ("[watch]\npace = 1", "did you mean 'sources'?", "the word of a command"),
    ("spec-version = 1", "did you mean 'spec_version'?", "a hyphen for an underscore"),
    ("pace = 1", "there is no table 'pace'; the tables are", "a setting outside its table"),
    ("[track]\nallow-addresses = []", "track.allow-addresses: no such setting: did you mean 'allow_addresses'?", "a hyphen"),
    ("[track]\ncolour = 1", "track.colour: no such setting", "like none"),
    ("[[sources]]\nname = 'a'\nurl = 'https://x.cn/'\nignore_line = ['x']", "did you mean 'ignore_lines'?", "in an array"),
    ("[[sources]]\nname = 'a'\nurl = 'https://x.cn/'\nexpect = { min_clause = 3 }", "did you mean 'min_clauses'?", "in a table of an array"),
    ("[[check.rules]]\non = 'any_change'\nlevels = 'note'", "did you mean 'level'?", "in an array of a table"),
    ("[notify.mail]\nhost = 'h'\nsender = 'a@b'\nrecipients = ['a@b']\nuserenv = 'U'", "did you mean 'user_env'?", "in a table that may be left out"),
    ("[extract]\nocr_page = 3", "did you mean 'ocr_pages'?", "in the limits of files"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "reason"), UNKNOWN_NAMES, ids=[row[2] for row in UNKNOWN_NAMES])
def test_an_unknown_name_is_refused_and_the_nearest_is_told(text: str, words: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_configuration(text + "\n")
    assert words in str(caught.value)
    assert "line " in str(caught.value)


def test_two_pages_for_one_document_are_refused() -> None:
    second = WHOLE + '[[sources]]\nname = "again"\nurl = "https://y.cn/"\nid = "city/health"\n'
    with pytest.raises(UsageError, match="alternate as false versions"):
        parse_configuration(second)


def test_what_is_no_toml_says_where() -> None:
    with pytest.raises(UsageError, match="line 2"):
        parse_configuration("[track]\npace = = 1\n")


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="policydiff init"):
        read_configuration(tmp_path / "policydiff.toml")


def test_lines_are_found_past_values_that_look_like_headers() -> None:
    text = 'a = """\n[[sources]]\nb = 1\n"""\nc = [\n  "[x]", # ]\n]\n[[t]]\n[t.u]\nd = \'\'\'x\'\'\'\n[[t]]\n"e f".g = 1\n'
    lines = locate(text)
    assert lines == {("a",): 1, ("c",): 5, ("t", 0): 8, ("t", 0, "u"): 9, ("t", 0, "u", "d"): 10, ("t", 1): 11, ("t", 1, "e f"): 12, ("t", 1, "e f", "g"): 12}  # fmt: skip


@given(st.text(max_size=200))
def test_locating_lines_never_fails(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in locate(text).values())


def test_a_source_is_appended_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "policydiff.toml"
    path.write_text(WHOLE, "utf-8")
    source = Source(
        name="list", kind=SourceKind.LISTING, url="https://z.cn/", entries='a[title*="意\\见"]', every=timedelta(days=14)
    )  # fmt: skip
    append_source(path, source)
    assert path.read_text("utf-8").startswith(WHOLE)
    assert read_configuration(path).source("list") == source
    with pytest.raises(UsageError, match="unique"):
        append_source(path, source)
    assert path.read_text("utf-8").count('name = "list"') == 1


@given(st.text(min_size=1, max_size=40), st.integers(1, 10_000))
def test_a_written_source_reads_back_as_it_was(words: str, minutes: int) -> None:
    source = Source(name="x", url="https://z.cn/", number=words, every=timedelta(minutes=minutes))
    assert parse_configuration(source_block(source)).sources == (source,)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.gov.cn/zwgk/2024/1.html", "example-gov-cn-zwgk-2024-1"),
        ("https://www.example.gov.cn/", "example-gov-cn"),
        ("https://市.cn/文件", "cn"),
        ("https://taken.cn/", "taken-cn-2"),
    ],
)
def test_names_are_proposed_from_addresses(url: str, name: str) -> None:
    assert propose_name(url, {"taken-cn"}) == name


@pytest.mark.parametrize(
    "text",
    [
        "a=" + "[" * 100_000,
        "a=" + "{a=" * 100_000,
        "[a" + ".a" * 100_000 + "]\nb=1",
        "a = {" + "a." * 100_000 + "a=1}",
        "a=" + "9" * 1_000_000,
        "# " + "x" * 5_000_000,
    ],
    ids=["arrays", "tables", "a key of parts", "a key inside a table", "digits", "size"],
)
def test_settings_that_would_take_long_are_refused(text: str) -> None:
    """They come with a store of a stranger; each of them ended in an error of Python's, or not within minutes."""
    with pytest.raises(UsageError, match=r"too deep|of any store need"):
        parse_configuration(text)


def test_long_addresses_and_patterns_are_no_deep_keys() -> None:
    address = "https://" + "a." * 38 + "gov.cn/x.html"
    parse_configuration(f'[[sources]]\nname = "s"\nurl = "{address}"\nid = "a/b"\n')


WRONG = ("3", "1.5", "true", "[]", '["a"]', "[[1]]", "{}", "2024-01-01", "nan", '"\\u0000"', '"（（"')
PLACES = (
    *((f"[[sources]]\nname = 'b'\nurl = 'https://a.cn/2'\n{key} = ", key) for key in Source.model_fields),
    *((f"[track]\n{key} = ", key) for key in TrackSettings.model_fields),
    *((f"[notify]\n{key} = ", key) for key in NotifySettings.model_fields),
    *((f"[[notify.webhooks]]\n{key} = ", key) for key in Webhook.model_fields),
    *((f"[[notify.services]]\n{key} = ", key) for key in Service.model_fields),
    *((f"[notify.mail]\n{key} = ", key) for key in Mail.model_fields),
)


@pytest.mark.parametrize(("place", "key"), PLACES)
def test_a_value_of_another_type_is_a_fault_of_the_settings(place: str, key: str) -> None:
    """A list in the place of a selector, a number in the place of an address: a sentence with the line, and no defect."""
    lines = [line for line in place.split("\n") if not line.startswith(f"{key} = ") or line == f"{key} = "]
    for value in WRONG:
        with suppress(UsageError):
            parse_configuration("\n".join(lines) + value + "\n")


@pytest.mark.parametrize("value", ["3", "true", '["ul a"]', "{}"])
@pytest.mark.parametrize("key", ["entries", "url", "match", "next"])
def test_no_number_or_list_is_a_selector_an_address_or_a_pattern(key: str, value: str) -> None:
    settings = f"[[sources]]\nname = 'b'\nkind = 'listing'\n{key} = {value}\n"
    with pytest.raises(UsageError, match=key):
        parse_configuration(settings)


def test_every_fault_of_several_is_told_in_chinese() -> None:
    """A sentence that holds a colon of its own, among others: none of them stays half English."""
    sources = "[[sources]]\nname = 'A_b'\nurl = 'x'\n[[sources]]\nname = 3\nurl = []\n"
    with pytest.raises(UsageError) as caught:
        parse_configuration(sources)
    told = sentence_told(str(caught.value), "zh")
    assert "'A_b' 不是名称：用 a-z、0-9 和 -，至多 63 个字符" in told
    assert "'x' 不是网址" in told
    assert "sources[1].name：应为文字" in told
    assert told.endswith("（另有 1 处）")
    assert not {"is", "use", "should", "Input"} & set(told.replace("：", " ").split())
