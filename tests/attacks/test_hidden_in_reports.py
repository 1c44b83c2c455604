"""No word of a stranger is obeyed or hidden by any report: each result of a store whose documents bear such words, in each form."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

import policydiff
from policydiff.model import DocumentIdentity
from policydiff.report import Format
from policydiff.store import NewVersion, Store

from .hidden import FORMULAS, HIDDEN, hidden_in

WORDS = {**HIDDEN, **{f"formula {number}": words for number, words in enumerate(FORMULAS)}}


def version(number: int, words: str, day: date, share: str, cites: str = "") -> NewVersion:
    identity = DocumentIdentity(
        id=f"city/d{number}",
        title=f"{words}某市办法",
        document_number=f"{words}某府发〔2024〕{number}号",
        issuing_bodies=(f"{words}某市人民政府",),
    )
    lines = [
        f"某市{words}办法", f"一、{words}总则", f"{words}企业应当在{share}日内申报{words}。", f"（责任单位：{words}市科技局）",
        f"二、到2030年{words}比例达到{share}%。{cites}", f"| {words} | {share} |",
    ]  # fmt: skip
    return NewVersion(
        identity=identity, text="\n".join(lines) + "\n", issued=day, source=b"x", extension="txt", media_type="text/plain",
        extractor="plain", extractor_version="1", url=f"https://a.cn/{words}", same_document=True,
        declared=((f"{words}标签", f"{words}值"),), declared_title=f"{words}题",
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> policydiff.Store:
    folder = tmp_path_factory.mktemp("hidden") / "store"
    with Store.init(folder) as recorded:
        recorded.add_many(
            version(number, words, day, share, "根据《某市办法》制定。" if number % 2 else "")
            for number, words in enumerate(WORDS.values())
            for day, share in ((date(2024, 3, 5), "80"), (date(2024, 4, 5), "20"))
        )
    return policydiff.Store.open(folder)


Make = Callable[[policydiff.Store], object]
ALL: dict[str, Make] = {
    "list": lambda store: store.documents(),
    "search": lambda store: store.search("比例"),
    "audit": lambda store: store.audit(),
    "verify": lambda store: store.verify(),
    "status": lambda store: store.status(),
    "validity": lambda store: store.validity(on=date(2026, 1, 1)),
    "radar": lambda store: store.radar(on=date(2026, 1, 1)),
    "delegations": lambda store: store.delegations(on=date(2026, 1, 1)),
    "families": lambda store: store.families(),
    "spread": lambda store: store.spread("企业应当在20日内申报。"),
}
"""Results of the whole store: all words at once."""
ONE: dict[str, Callable[[policydiff.Store, str], object]] = {
    "document": lambda store, doc: store.read(doc),
    "log": lambda store, doc: store.log(doc, changes=True),
    "blame": lambda store, doc: store.blame(doc),
    "targets": lambda store, doc: store.targets(doc),
    "responsibilities": lambda store, doc: store.responsibilities(doc),
    "cites": lambda store, doc: store.cites(doc),
    "diff": lambda store, doc: store.diff(f"{doc}@2024-03-05", doc),
    "history": lambda store, doc: store.history(f"{doc}@2024-03-05", doc),
    "check": lambda store, doc: store.check(doc),
    "compare": lambda store, doc: store.compare(doc, f"{doc}@2024-03-05"),
    "several": lambda store, doc: store.compare(doc, f"{doc}@2024-03-05", "city/d1"),
    "sources": lambda store, doc: store.sources_of(doc),
}
"""Results of one document, for each of the words."""
TEXTS = [Format.TERMINAL, Format.MARKDOWN, Format.HTML]


def shown(result: object, form: Format) -> str:
    """Return what a report shows, as text: of Office files, every part."""
    made = policydiff.render(result, form, lang="zh")  # type: ignore[arg-type]
    if isinstance(made, str):
        return made
    if form is Format.CSV:
        return bytes(made).decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return "\n".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))
        )


def check(result: object, form: Format, reason: str) -> None:
    text = shown(result, form).replace("\r\n", "\n")
    assert hidden_in(text) == [], reason
    if form is Format.CSV:
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert [cell for cell in cells if is_formula(cell)] == [], reason
    if form is Format.XLSX:
        assert "<f>" not in text, reason
        assert "<f " not in text, reason
        assert "evil.example" not in "".join(part for part in text.split("\n") if "Relationship" in part), (
            reason
        )
    if form is Format.DOCX:
        assert "instrText" not in text.replace("PAGE", "") or "DDE" not in text.partition("instrText")[2], (
            reason
        )


def is_formula(cell: str) -> bool:
    """Say whether a sheet program could calculate a cell; blanks before it do not count for some of them."""
    return cell.strip()[:1] in set("=+-@＝＋－＠") and not is_number(cell)


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return cell in {"-", "—"}
    return True


FORMS = [form for form in Format if form is not Format.JSON]


@pytest.mark.parametrize("form", FORMS, ids=[form.value for form in FORMS])
@pytest.mark.parametrize("name", ALL)
def test_results_of_a_store(store: policydiff.Store, name: str, form: Format) -> None:
    check(ALL[name](store), form, name)


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("reason", WORDS)
def test_results_of_a_document(store: policydiff.Store, name: str, reason: str) -> None:
    result = ONE[name](store, f"city/d{list(WORDS).index(reason)}")
    for form in FORMS:
        check(result, form, f"{name}: {reason}")


@pytest.mark.parametrize("reason", WORDS)
def test_json_is_the_same_data_and_harmless_where_it_is_read_at_once(
    store: policydiff.Store, reason: str
) -> None:
    from policydiff.lexicon.widths import escaped

    data = store.read(f"city/d{list(WORDS).index(reason)}").to_json()
    told = escaped(data)
    assert hidden_in(told) == []
    assert json.loads(told) == json.loads(data)


@pytest.mark.parametrize("reason", WORDS)
def test_a_report_in_a_file_of_such_a_name(store: policydiff.Store, tmp_path: Path, reason: str) -> None:
    """The name is the user's: the report is written there."""
    name = f"{WORDS[reason]}.html".replace("/", "_").replace("\x00", "")
    store.documents().save(tmp_path / name, lang="zh")
    assert etree.HTML((tmp_path / name).read_text("utf-8")) is not None
