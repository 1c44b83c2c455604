"""The same bytes give the same text by every way in: path, bytes, open file, stream, standard input, store."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from typer.testing import CliRunner

from benchmarks.file_kinds import GOLD, files
from policydiff import Store, parse, read, search
from policydiff.cli.app import program
from policydiff.errors import UnreadableInputError, UsageError
from policydiff.extract import dispatch
from policydiff.intake import read_bytes
from tests.extract.rich_files import RICH
from tests.extract.small_files import ofd, ofd_text

HERE = Path(__file__).parents[1] / "extract"
KINDS = {
    **{name.lower(): data for name, (_, data, _, _) in RICH.items()},
    "doc": (HERE / "small.doc").read_bytes(),
    "ofd": ofd(ofd_text("第一条 为了规范停车，制定本办法。")),
    **{
        each["name"]: data
        for each, data in files(GOLD / "first.toml")
        if each["format"] in {"pdf", "plain", "bytes"} and "refused" not in each
    },
}
"""A file of each format that is read, and of each encoding."""


@pytest.fixture(scope="module", autouse=True)
def one_worker_for_each_request() -> Iterator[None]:
    """Let a worker answer each request once: ways that ask the same of the same bytes share the answer, others get their own."""
    with pytest.MonkeyPatch.context() as patch:
        ask = dispatch.read_in_worker

        @cache
        def answered(kind: object, *request: object) -> object:
            return ask(kind, dispatch.Request(*request[:5], whole=request[-1]))  # type: ignore[arg-type]

        patch.setattr(
            dispatch,
            "read_in_worker",
            lambda kind, asked: answered(kind, *asked._replace(page_done=None)),
        )
        yield


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.init(tmp_path_factory.mktemp("every") / "store") as made:
        yield made


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_by_every_way(tmp_path: Path, store: Store, name: str) -> None:
    data = KINDS[name]
    expected = read_bytes(data).text
    # A name says nothing of what a file is.
    file = tmp_path / "a.doc"
    file.write_bytes(data)
    with file.open("rb") as opened:
        texts = {
            "path": read(file).text,
            "bytes": read(data).text,
            "file": read(opened).text,
            "stream": read(io.BytesIO(data)).text,
        }
    texts["stdin"] = CliRunner().invoke(program(), ["parse", "--text", "-"], input=data).stdout
    document = f"a/{sorted(KINDS).index(name)}"
    store.add(file, id=document, seen="2026-01-01")
    [record] = store.recorded.versions(document)
    texts["store"] = store.recorded.text(document, record.version)
    assert store.source(document) == data
    assert {way: text for way, text in texts.items() if text.rstrip("\n") != expected.rstrip("\n")} == {}


@pytest.mark.parametrize("name", ["docx", "html"])
def test_standard_input_of_a_process(name: str) -> None:
    """A format that a worker reads, and one that is read at once."""
    done = subprocess.run(
        [sys.executable, "-m", "policydiff", "parse", "--text", "-"],
        input=KINDS[name],
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode().rstrip("\n") == read_bytes(KINDS[name]).text.rstrip("\n")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from([name for name in sorted(KINDS) if name.startswith(("plain", "markdown", "html"))]),
    cut=st.integers(0, 400),
    put=st.binary(max_size=6),
    at=st.integers(0, 400),
)
def test_changed_bytes_by_every_way(tmp_path: Path, name: str, cut: int, put: bytes, at: int) -> None:
    data = KINDS[name]
    data = data[: max(1, len(data) - cut)]
    data = data[:at] + put + data[at:]
    file = tmp_path / "b.txt"
    file.write_bytes(data)
    found = set()
    for way in (
        lambda: read_bytes(data),
        lambda: read(file),
        lambda: read(data),
        lambda: read(io.BytesIO(data)),
    ):
        try:
            found.add(way().text)
        except UnreadableInputError as error:
            found.add(str(error).partition(": ")[2])
    assert len(found) == 1


ACT = "某市住房办法\n第一条 住房应当登记。\n第二条 本办法自公布之日起施行。\n"
HALF = "\ud83d"
"""The first half of 😀, as a program leaves it that cuts a text by UTF-16 units."""


@pytest.mark.parametrize("half", [*"\ud800\udbff\udc80\udfff", "\ud83d\ude00"], ids=ascii)
@pytest.mark.parametrize("place", ["某市", "登记", "。\n第二条", "\n"])
def test_a_text_with_half_of_a_character_is_refused(half: str, place: str) -> None:
    with pytest.raises(UsageError, match=r"'\\ud.{3}' is no character but half of one"):
        parse(ACT.replace(place, place + half, 1))


def test_a_whole_character_beyond_the_first_plane_is_text() -> None:
    assert "😀" in str(parse(ACT.replace("登记", "登记\U0001f600")).text)


@pytest.mark.parametrize(
    "ask",
    [
        lambda store, file: store.add(file, title=HALF),
        lambda store, file: store.add(file, id="test/other", issuing_bodies=(HALF,)),
        lambda store, file: store.add(file, id="test/other", document_number=f"某政发〔2020〕{HALF}号"),
        lambda store, _: store.meta("test/act", title=HALF),
        lambda store, _: store.meta("test/act", issuing_bodies=(HALF,)),
        lambda store, _: store.correct("test/act", ACT + HALF),
        lambda store, _: search(HALF, store=store),
        lambda store, _: search(["登记", HALF], store=store),
        lambda store, _: search("登记", store=store, issuer=HALF),
        lambda store, _: search("登记", store=store, document_type=HALF),
    ],
)
def test_a_store_takes_no_half_of_a_character(ask: Callable[[Store, Path], object], tmp_path: Path) -> None:
    """Written into a record it would be damage for ever: no reader of JSON takes it back."""
    file = tmp_path / "act.txt"
    file.write_text(ACT, "utf-8")
    with Store.init(tmp_path / "store") as store:
        store.add(file, id="test/act")
        before = store.documents().to_json()
        file.write_text(ACT.replace("登记", "备案"), "utf-8")
        with pytest.raises(UsageError, match="half of one"):
            ask(store, file)
        assert store.documents().to_json() == before
        assert not store.verify().faults


def test_bytes_of_another_encoding_on_the_command_line_are_refused_in_the_reader_s_language(
    tmp_path: Path,
) -> None:
    file = tmp_path / "act.txt"
    file.write_text(ACT, "utf-8")
    Store.init(tmp_path / "store").close()
    asked = ["add", str(file), "--title", "住房".encode("gbk"), "--store", str(tmp_path / "store")]
    for language, told in (("en", "is no character but half of one"), ("zh", "不是字符，只是半个字符")):
        run = subprocess.run(
            [sys.executable, "-m", "policydiff", *asked],
            capture_output=True,
            check=False,
            env={"POLICYDIFF_LANG": language, "LC_ALL": "C.UTF-8"},
        )
        assert run.returncode == 2
        assert told in run.stderr.decode()
