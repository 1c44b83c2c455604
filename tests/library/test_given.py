"""What a verb takes as a document, and the one sentence where it cannot be one."""

import io
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import policydiff
from policydiff import NotFoundError, UnreadableInputError, UsageError

OLD = "某市办法\n第一条 为了发展，制定本办法。\n第二条 每家补助30万元。\n"
NEW = OLD.replace("30", "50")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "old.txt").write_text(OLD, "utf-8")
    (tmp_path / "new.txt").write_text(NEW, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_document_in_every_shape_is_the_same_document(files: Path) -> None:
    path = files / "old.txt"
    with path.open("rb") as opened:
        shapes = [
            policydiff.parse(OLD),
            policydiff.read("old.txt"),
            policydiff.read(path),
            policydiff.read(path.read_bytes()),
            policydiff.read(bytearray(path.read_bytes())),  # type: ignore[arg-type]
            policydiff.read(io.BytesIO(path.read_bytes())),
            policydiff.read(opened),
            policydiff.read(policydiff.read(path)),
        ]
    assert all(shape == shapes[0] for shape in shapes)
    assert {shape.reference.text_sha256 for shape in shapes} == {shapes[0].reference.text_sha256}
    assert {shape.text for shape in shapes} == {OLD}
    assert [shape.reference.file for shape in shapes[:4]] == [None, "old.txt", str(path), None]


def test_verbs_take_paths_and_documents_alike(files: Path) -> None:
    old, new = policydiff.read("old.txt"), policydiff.read("new.txt")
    assert policydiff.diff("old.txt", "new.txt") == policydiff.diff(old, new)
    assert policydiff.diff("old.txt", "new.txt").to_json() == policydiff.diff(old, new).to_json()
    assert policydiff.compare("new.txt", "old.txt").to_json() == policydiff.compare(new, old).to_json()


def _read_closed() -> object:
    with Path("old.txt").open("rb") as opened:
        pass
    return policydiff.read(opened)


@pytest.mark.parametrize("text", ["见附件。docx", "a.docx\n", "docx", "办法.docx 第一条"])
def test_a_text_that_is_no_name_of_a_file_is_parsed(text: str) -> None:
    assert policydiff.parse(text).text == text


@pytest.mark.parametrize(
    ("call", "error", "said", "why"),
    [
        (lambda: policydiff.parse(None), UsageError, "parse takes a text, not NoneType", "no text"),  # type: ignore[arg-type]
        (lambda: policydiff.parse(b"x"), UsageError, "policydiff.read", "bytes are read"),  # type: ignore[arg-type]
        (lambda: policydiff.read(None), UsageError, "not as NoneType", "nothing"),  # type: ignore[arg-type]
        (lambda: policydiff.read(12), UsageError, "not as int", "a number is no descriptor"),  # type: ignore[arg-type]
        (lambda: policydiff.read(""), UsageError, "is empty", "an empty name"),
        (lambda: policydiff.read(OLD), UsageError, "policydiff.parse", "a text is no path"),
        (lambda: policydiff.read("https://example.org/a.html"), UsageError, "watch add", "no fetching"),
        (lambda: policydiff.read("x" * 5000), UnreadableInputError, "no file", "longer than any name"),
        (lambda: policydiff.read("a\0b.txt"), UnreadableInputError, "no file", "no name of a file"),
        (lambda: policydiff.read("missing.txt"), UnreadableInputError, "missing.txt", "not there"),
        (lambda: policydiff.read(Path("missing.txt")), UnreadableInputError, "missing.txt", "not there"),
        (lambda: policydiff.read("city/act"), NotFoundError, "no store", "an id without a store"),
        (lambda: policydiff.read(b""), UnreadableInputError, "empty", "no bytes"),
        (lambda: policydiff.read(io.StringIO(OLD)), UsageError, "binary mode", "an open text file"),
        (lambda: policydiff.read(Path("https://example.org/a.html")), UsageError, "watch add", "pathlib drops a stroke of an address"),
        (lambda: policydiff.read("www.example.org/a.html"), UsageError, "watch add", "an address as browsers show it"),
        (lambda: policydiff.diff("old.txt", "HTTPS://EXAMPLE.ORG/"), UsageError, "watch add", "in capitals"),
        (lambda: policydiff.read(b"old.txt"), UsageError, "as a path", "the name of a file as bytes"),
        (lambda: policydiff.read(os.fsencode(Path("new.txt").resolve())), UsageError, "as a path", "a whole path as bytes"),
        (lambda: policydiff.read(bytearray(b"new.txt")), UsageError, "as a path", "in another type of bytes"),  # type: ignore[arg-type]
        (lambda: policydiff.read("old.txt", as_of="yesterday"), policydiff.InvalidIdentifierError, "YYYY-MM-DD", "no day, though no store is asked"),
        (lambda: policydiff.targets("old.txt", as_of="2024-13-01"), policydiff.InvalidIdentifierError, "YYYY-MM-DD", "no month"),
        (lambda: policydiff.compare(["new.txt", "old.txt"]), UsageError, "one after another", "a list without a superior"),  # type: ignore[call-overload]
        (lambda: policydiff.compare("missing.txt"), UnreadableInputError, "missing.txt", "the local file before its superior"),
        (lambda: policydiff.history("old.txt", "new.txt", clauses="art_1"), UsageError, "clauses takes a list", "one name is no list of letters"),
        (lambda: policydiff.read("old.txt", revisions="nope"), UsageError, "'nope'", "an unknown choice"),  # type: ignore[arg-type]
        (lambda: policydiff.diff("old.txt", None), UsageError, "NoneType", "one side missing"),  # type: ignore[arg-type]
        (lambda: policydiff.diff("old.txt", {}), UsageError, "dict", "JSON is no document"),  # type: ignore[arg-type]
        (policydiff.history, UsageError, "oldest first", "no version"),
        (lambda: policydiff.history("old.txt"), UsageError, "one version", "one file is no history"),
        (lambda: policydiff.compare("new.txt"), UsageError, "store finds it", "no superior and no store"),
        (lambda: policydiff.compare("new.txt", "old.txt", "old.txt", before="old.txt"), UsageError, "before goes with", "two superiors"),
        (lambda: policydiff.apply("old.txt", "new.txt"), UsageError, "nothing of new.txt", "no amendment"),
        (lambda: policydiff.check("old.txt"), UsageError, "later version", "half a pair"),
        (lambda: policydiff.search("  ", store="."), NotFoundError, "no store", "not a store"),
        (lambda: policydiff.diff("old.txt", "new.txt", store=12), UsageError, "not int", "no store"),  # type: ignore[arg-type]
        (lambda: policydiff.schema("diff"), UsageError, "revision", "no schema of the name"),
        (lambda: policydiff.render(policydiff.parse(OLD), "papyrus"), UsageError, "use one of", "no format"),
        (lambda: policydiff.render(OLD, "html"), UsageError, "not of str", "no result"),  # type: ignore[arg-type]
        (lambda: policydiff.parse("act.docx"), UsageError, "policydiff.read", "the name of a file is no text"),
        (lambda: policydiff.parse("某市 办法.PDF"), UsageError, "policydiff.read", "a name with a space, in capitals"),
        (lambda: policydiff.read("file:///etc/hosts"), UsageError, "is an address", "no scheme is fetched"),
        (_read_closed, UnreadableInputError, "closed", "a file that was closed"),
        (lambda: policydiff.diff_pairs(None), UsageError, "takes a list", "no list"),  # type: ignore[arg-type]
        (lambda: policydiff.diff_pairs("old.txt"), UsageError, "takes a list, not str", "one name"),  # type: ignore[arg-type]
        (lambda: policydiff.check(pairs=3), UsageError, "takes a list, not int", "a number"),  # type: ignore[arg-type]
        *((lambda given=given: policydiff.Store.open(given), UsageError, "by its folder", "no path") for given in (None, 3, b"store", ["store"], {})),
        *((lambda given=given: policydiff.history(given), UsageError, "a document is given as", "no document") for given in (None, 3, {})),
        (lambda: policydiff.schema([]), UsageError, "no schema", "no name"),  # type: ignore[arg-type]
        (lambda: policydiff.parse(OLD).to_html(lang=""), UsageError, "zh and en", "an empty language"),  # type: ignore[arg-type]
        (lambda: policydiff.read(policydiff), UsageError, "no file opened in binary mode", "a module with a read of its own"),  # type: ignore[arg-type]
        (policydiff.check, UsageError, "later version", "nothing to check is no pass"),
        (lambda: policydiff.check(None), UsageError, "later version", "no version"),
        (lambda: policydiff.check("old.txt", "new.txt", pairs=[]), UsageError, "not both", "two questions"),
        (lambda: policydiff.compare("new.txt", peers="old.txt"), UsageError, "peers takes a list", "one peer"),
        (lambda: policydiff.compare("new.txt", peers=policydiff.parse(OLD)), UsageError, "not Document", "one peer"),  # type: ignore[call-overload]
        (lambda: policydiff.compare("new.txt", peers=[]), UsageError, "a second document", "a peer of nobody"),
        (lambda: policydiff.compare("new.txt", "old.txt", peers=()), UsageError, "a second document", "measures of a superior, and one document"),
        (lambda: policydiff.compare("new.txt", "old.txt", peers=[], before="old.txt"), UsageError, "two different", "two questions"),
        (lambda: policydiff.compare("new.txt", "old.txt", encoder=3), UsageError, "SentenceEncoder", "no encoder"),  # type: ignore[call-overload]
        (lambda: policydiff.Limits(pages=-1), UsageError, "from 1", "out of range"),
        (lambda: policydiff.Limits(seconds="3"), ValueError, "is a number", "caught as a wrong value too"),  # type: ignore[arg-type]
        (lambda: policydiff.parse(OLD).save("."), UsageError, "is a folder", "a folder is no file"),
        (lambda: policydiff.parse(OLD).save("x" * 5000), UsageError, "ending", "longer than any name"),
        (lambda: policydiff.parse(OLD).to_html(lang="fr"), UsageError, "zh and en", "no labels"),  # type: ignore[arg-type]
        (lambda: policydiff.parse(OLD).save("report.xyz"), UsageError, "ending", "no format by the ending"),
        (lambda: policydiff.parse("https://example.org/a.html"), UsageError, "is an address", "an address is no text"),
        (lambda: policydiff.read("第二条 每家补助30万元。"), UsageError, "policydiff.parse", "a text of one line is no path"),
        (lambda: policydiff.diff("old.txt", "new.txt", limits=3), UsageError, "takes limits as Limits | None, not 3", "a number"),  # type: ignore[arg-type]
        (lambda: policydiff.history("old.txt", "new.txt", clauses=3), UsageError, "clauses takes a list, not int", "a number"),  # type: ignore[arg-type]
        (lambda: policydiff.history("old.txt", "new.txt", clauses=[None]), UsageError, "not [None]", "a wrong item"),  # type: ignore[list-item]
        (lambda: policydiff.compare("old.txt", "new.txt", encoder="x"), UsageError, "SentenceEncoder, not str", "str has encode too"),  # type: ignore[call-overload]
        (lambda: policydiff.check(pairs=["x"]), UsageError, "an earlier and a later version", "no pair"),  # type: ignore[list-item]
        (lambda: policydiff.redline("old.txt", "new.txt", choices=True), UsageError, "RedlineChoices | None, not True", "a flag"),  # type: ignore[arg-type]
        (lambda: policydiff.schema("policydiff/revision/1"), UsageError, "writes policydiff/revision/2", "an older contract"),
        (lambda: policydiff.schema("policydiff/nothing/1"), UsageError, "no schema", "no contract"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_one_sentence(files: Path, call, error, said: str, why: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert said in str(caught.value), why
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda store: store.search(None), "search takes words as str | Sequence[str], not None"),
        (
            lambda store: store.search("补助", level="city"),
            "search takes level as Optional[Literal['state', 'province'",
        ),
        (lambda store: store.search("补助", limit=0), "1 or more, not 0"),
        (lambda store: store.search("补助", limit=-1), "1 or more, not -1"),
        (lambda store: store.add(OLD, id="c/p"), "not a text"),
        (lambda store: store.add(policydiff.parse(OLD), id="c/p"), "not Document"),
        (lambda store: store.search("补助", limit="3"), "search takes limit as int, not '3'"),
        (lambda store: store.blame(None), "not as NoneType"),
        (lambda store: store.log(3), "log takes doc as str, not 3"),
        (lambda store: store.verify(signed_by=3), "verify takes signed_by as Sequence[str], not 3"),
        (
            lambda store: store.sources_of("c/p", level="x"),
            "takes level as Literal['higher', 'any'], not 'x'",
        ),
        (
            lambda store: store.add("old.txt", id="c/p", level="city"),
            "add takes level as Literal['state', 'province'",
        ),
        (lambda store: store.add("old.txt", id="c/p", title=3), "add takes title as str, not 3"),
        (lambda store: store.add(b"x", id="c/p"), "give a path or an open file, not bytes"),
        (lambda store: store.add("https://example.org/a.html", id="c/p"), "is an address"),
        (lambda store: store.add(["old.txt"], id="c/p"), "one after another"),
    ],
)
def test_a_store_says_which_argument_does_not_fit(files: Path, call, said: str) -> None:
    with policydiff.Store.init("kept") as store:
        store.add("new.txt", id="c/p")
        with pytest.raises(UsageError) as caught:
            call(store)
    assert said in str(caught.value)


def test_a_failure_of_another_cause_is_not_laid_on_the_arguments() -> None:
    def pairs():
        yield policydiff.parse(OLD), policydiff.parse(NEW)
        raise RuntimeError("the list ended too early")

    with pytest.raises(RuntimeError, match="too early"):
        policydiff.diff_pairs(pairs())


def test_a_schema_is_named_by_the_word_or_as_results_name_it() -> None:
    found = policydiff.diff(policydiff.parse(OLD), policydiff.parse(NEW))
    assert policydiff.schema(json.loads(found.to_json())["schema"]) == policydiff.schema("revision")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of POSIX")
def test_a_pipe_with_a_name_is_read_once_like_a_file(files: Path) -> None:
    """A shell gives one for `<(pdftotext old.pdf -)`."""

    def filled(name: str) -> str:
        os.mkfifo(name)
        threading.Thread(target=Path(name).write_text, args=(OLD, "utf-8"), daemon=True).start()
        return name

    assert policydiff.read(filled("one")).text == OLD
    assert policydiff.diff(filled("two"), "new.txt").differs
    assert len(policydiff.redline(Path(filled("three")), "new.txt").to_docx()) > 1000


def test_a_format_may_be_named_by_its_word() -> None:
    document = policydiff.parse(OLD)
    assert str(policydiff.render(document, "html")).startswith("<!")
    assert policydiff.render(document, "json") == document.to_json()


def test_many_pairs_in_one_call(files: Path) -> None:
    found = policydiff.diff_pairs(
        [("old.txt", "new.txt"), ("old.txt", "missing.txt"), ("old.txt", "old.txt")]
    )
    assert [each.error is None for each in found] == [True, False, True]
    assert [each.diff.differs if each.diff else None for each in found] == [True, None, False]
    assert policydiff.check(pairs=[("old.txt", "new.txt"), ("old.txt", "old.txt")]).checked[1].findings == ()


def test_the_name_of_a_store_opens_it(tmp_path: Path) -> None:
    """`Store("folder")` is what a reader of the class tries first."""
    policydiff.Store.init(tmp_path / "kept").close()
    with policydiff.Store(tmp_path / "kept") as opened:
        assert repr(opened) == f"<Store: {opened.folder}>"
    with pytest.raises(NotFoundError, match="no store"):
        policydiff.Store(str(tmp_path / "missing"))


@pytest.mark.parametrize("verb", [policydiff.history, lambda given: policydiff.compare("old.txt", given)])
def test_a_list_of_documents_is_refused_by_its_own_sentence(verb: Callable[[Any], Any], files: Path) -> None:
    with pytest.raises(UsageError, match="one after another"):
        verb(["old.txt", "new.txt"])


def test_a_redline_tells_itself_and_saves_itself(files: Path, tmp_path: Path) -> None:
    drawn = policydiff.redline("old.txt", "new.txt")
    assert len(repr(drawn)) < 100
    assert "characters in" in repr(drawn)
    assert drawn.save(tmp_path / "new folder" / "redline.docx").read_bytes() == drawn.to_docx()
    with pytest.raises(UsageError, match="docx"):
        drawn.save(tmp_path / "redline.html")


@pytest.mark.parametrize("pair", ["old.txt", ("old.txt",), ("old.txt", "new.txt", "old.txt"), None, 3])
def test_what_is_no_pair_is_refused_by_its_own_sentence(pair: Any, files: Path) -> None:
    with pytest.raises(UsageError, match="a pair is an earlier and a later version"):
        policydiff.diff_pairs([pair])


@pytest.mark.parametrize("place", [io.BytesIO(), None, 3, b"x.html"])
def test_what_is_no_path_is_refused_by_its_own_sentence(place: Any) -> None:
    with pytest.raises(UsageError, match="path of a file"):
        policydiff.parse(OLD).save(place)


def test_half_a_character_is_refused_in_one_sentence() -> None:
    """A string of Python may hold half a surrogate pair, which no encoding can write."""
    with pytest.raises(UsageError, match="half of one"):
        policydiff.parse(OLD.replace("第一条", "第一条 \ud800", 1))


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are Unicode")
def test_a_file_whose_name_is_no_unicode_is_read_and_reported(files: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.txt")
    Path(name).write_text(OLD, "utf-8")
    found = policydiff.diff(name, "new.txt")
    assert json.loads(found.to_json())["old"]["file"] == name
    for form in ("html", "markdown", "terminal", "csv"):
        str(policydiff.render(found, form)).encode("utf-8", "surrogateescape")
    found.save("out.xlsx")
    found.save("out.docx")


def test_a_result_is_not_saved_over_a_file_it_was_made_from(files: Path) -> None:
    for result in (policydiff.diff("old.txt", "new.txt"), policydiff.read("new.txt")):
        with pytest.raises(UsageError, match="is a file that is read"):
            result.save(files / "new.txt")
    assert (files / "new.txt").read_text("utf-8") == NEW


_ACT = "某市办法\n第一条 企业应当在三十日内办理登记。\n第二条 违反本办法规定，未按期办理登记的企业，由登记机关处五十元罚款。\n第三条 本办法自2020年1月1日起施行。"


def _decision(order: str) -> policydiff.Document:
    return policydiff.parse(
        f"某市人民政府关于修改《某市办法》的决定\n决定对《某市办法》作如下修改：\n一、{order}\n本决定自2024年6月1日起施行。"
    )


def test_decisions_in_turn_count_the_orders_of_all_and_none_is_carried_out_twice() -> None:
    act = policydiff.parse(_ACT)
    first = _decision("将第一条中的“三十日”修改为“十五日”。")
    second = _decision("将第二条中的“五十元”修改为“一百元”。")
    found = policydiff.apply(act, first, second)
    assert [each.articles for each in found.applied] == [("1",), ("2",)]
    assert [each.articles for each in policydiff.apply(act, second).applied] == [("2",)]
    with pytest.raises(UsageError, match="named twice"):
        policydiff.apply(act, first, first)
    with pytest.raises(UsageError, match="named twice"):
        policydiff.apply(act, first, second, _decision("将第一条中的“三十日”修改为“十五日”。"))


def test_a_short_representation_of_a_comparison_says_what_changed() -> None:
    found = policydiff.compare(policydiff.parse(_ACT.replace("五十元", "一百元")), policydiff.parse(_ACT))
    assert "2 derived, 1 of them changed in substance" in repr(found)


def test_a_note_below_the_title_that_apply_drops_is_said() -> None:
    decision = _decision("将第一条中的“三十日”修改为“十五日”。")
    noted = policydiff.parse(
        _ACT.replace("\n第一条", "\n（2020年1月1日某市人民政府第1次常务会议通过）\n第一条", 1)
    )
    assert "通过" not in policydiff.apply(noted, decision).text
    told = "not carried over"
    assert told in policydiff.apply(noted, decision).to_markdown(lang="en")
    assert told not in policydiff.apply(policydiff.parse(_ACT), decision).to_markdown(lang="en")
