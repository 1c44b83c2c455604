"""Exports a store for other programs.

Formats: JSON lines; tables with a Frictionless data package; Akoma Ntoso 3.0 XML (OASIS LegalDocumentML) for legal
software.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from policydiff.errors import UsageError, cannot_write
from policydiff.intake import parse_stored
from policydiff.lexicon.widths import in_xml, safe
from policydiff.model import Clause, ClauseKind, Document, DocumentIdentity, Grammar, VersionRecord
from policydiff.store import Store, date_order, write_plain_git

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_ELEMENTS = {
    ClauseKind.PART: "part",
    ClauseKind.CHAPTER: "chapter",
    ClauseKind.SECTION: "section",
    ClauseKind.ARTICLE: "article",
    ClauseKind.PARAGRAPH: "paragraph",
    ClauseKind.SUBPARAGRAPH: "subparagraph",
    ClauseKind.ITEM: "point",
    ClauseKind.LEVEL: "level",
}
_UNKNOWN_DAY = "0001-01-01"
"""Placeholder date named `unknown`, for texts without a date: the schema demands a date."""


def to_akoma_ntoso(identity: DocumentIdentity, record: VersionRecord, document: Document) -> bytes:
    """Return one version as an XML file, UTF-8, valid against the schema of Akoma Ntoso 3.0."""
    is_statute = document.grammar is Grammar.LEGISLATION
    root = etree.fromstring(f'<akomaNtoso xmlns="{_NAMESPACE}"/>')
    name = "act" if is_statute else "doc"
    kind = etree.SubElement(
        root, _tag(name), name="".join(in_xml(identity.document_type or "").split()) or name
    )
    kind.append(_meta(identity, record, name))
    line = etree.SubElement(etree.SubElement(kind, _tag("preface")), _tag("p"))
    etree.SubElement(line, _tag("docTitle")).text = in_xml(identity.title)
    if identity.document_number:
        etree.SubElement(line, _tag("docNumber")).text = in_xml(identity.document_number)
    body = etree.SubElement(kind, _tag("body" if is_statute else "mainBody"))
    for clause in document.clauses:
        _clause(body, clause)
    if not len(body):
        empty = etree.SubElement(body, _tag("hcontainer"), name="empty", eId="empty")
        _paragraphs(etree.SubElement(empty, _tag("content")), "")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _meta(identity: DocumentIdentity, record: VersionRecord, name: str) -> etree._Element:
    work = f"/akn/cn/{name}/{identity.id}"
    expression = f"{work}/zho@{record.version}"
    issued = record.issued or record.published
    meta = etree.Element(_tag("meta"))
    identification = etree.SubElement(meta, _tag("identification"), source="#policydiff")
    levels = (
        ("FRBRWork", work, issued and issued.isoformat(), "issued" if issued else "unknown"),
        (
            "FRBRExpression",
            expression,
            date_order(record)[0].isoformat(),
            "seen" if record.seen else "issued",
        ),
        ("FRBRManifestation", f"{expression}.xml", record.recorded_at.date().isoformat(), "recorded"),
    )
    for level, uri, day, date_name in levels:
        part = etree.SubElement(identification, _tag(level))
        etree.SubElement(part, _tag("FRBRthis"), value=uri)
        etree.SubElement(part, _tag("FRBRuri"), value=uri)
        etree.SubElement(part, _tag("FRBRdate"), date=day or _UNKNOWN_DAY, name=date_name)
        etree.SubElement(part, _tag("FRBRauthor"), href="#issuer" if level == "FRBRWork" else "#policydiff")
        if level == "FRBRWork":
            etree.SubElement(part, _tag("FRBRcountry"), value="cn")
            if identity.document_number:
                etree.SubElement(part, _tag("FRBRnumber"), value=in_xml(identity.document_number))
        elif level == "FRBRExpression":
            etree.SubElement(part, _tag("FRBRlanguage"), language="zho")
        else:
            etree.SubElement(part, _tag("FRBRformat"), value="application/akn+xml")
    references = etree.SubElement(meta, _tag("references"), source="#policydiff")
    issuers = "、".join(identity.issuing_bodies) or "unknown"
    for eid, shown in (("issuer", issuers), ("policydiff", "policydiff")):
        etree.SubElement(
            references,
            _tag("TLCOrganization"),
            eId=eid,
            href=f"/akn/ontology/organization/{eid}",
            showAs=in_xml(shown),
        )
    return meta


def _clause(parent: etree._Element, clause: Clause) -> None:
    name = _ELEMENTS.get(clause.kind)
    element = etree.SubElement(parent, _tag(name or "hcontainer"), eId="".join(clause.id.split()))
    if name is None:
        element.set("name", clause.kind.value)
    if clause.label:
        etree.SubElement(element, _tag("num")).text = in_xml(clause.label)
    words = clause.text
    if clause.heading and words.startswith(clause.heading):
        etree.SubElement(element, _tag("heading")).text = in_xml(clause.heading)
        words = words[len(clause.heading) :]
    if clause.children:
        if words.strip():
            _paragraphs(etree.SubElement(element, _tag("intro")), words)
        for child in clause.children:
            _clause(element, child)
    else:
        _paragraphs(etree.SubElement(element, _tag("content")), words)


def _paragraphs(parent: etree._Element, words: str) -> None:
    for line in _lines(words):
        etree.SubElement(parent, _tag("p")).text = line


def _lines(words: str) -> Iterator[str]:
    lines = [line for line in words.split("\n") if line.strip()]
    yield from (in_xml(line) for line in lines or [""])


class ExportFormat(StrEnum):
    """Formats to which a store can be exported."""

    JSONL = "jsonl"
    """one line a version: identity, record, text, and the document as in the published JSON"""
    CSV = "csv"
    """tables of documents, versions, clauses, citations and targets, described by `datapackage.json`"""
    AKN = "akn"
    """one Akoma Ntoso 3.0 file a version"""
    GIT = "git"
    """a plain git repository: one text file a document, one commit a version, dated by the version"""


class _Version(NamedTuple):
    identity: DocumentIdentity
    record: VersionRecord
    text: str
    document: Document


Progress = Callable[[int], None]
"""Function called with the number of finished versions."""


def export(store: Store, folder: Path, form: ExportFormat, *, progress: Progress | None = None) -> list[Path]:
    """Write all versions of all documents to a new or empty folder and return the files written.

    Raises UsageError if the folder holds something already or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty: name a new folder for the export")
        if form is ExportFormat.GIT:
            write_plain_git(store, folder)
            return [folder]
        versions = _counted(_versions(store), progress)
        if form is ExportFormat.JSONL:
            return [_write_lines(versions, folder / "versions.jsonl")]
        if form is ExportFormat.AKN:
            return [_write_akn(version, folder) for version in versions]
        return _write_tables(versions, folder)
    except OSError as error:
        raise cannot_write(folder, error) from error


def _versions(store: Store) -> Iterator[_Version]:
    for identity in store.documents():
        for record in store.versions(identity.id):
            text = store.text(identity.id, record.version)
            yield _Version(identity, record, text, parse_stored(identity, record, text))


def _counted(versions: Iterator[_Version], progress: Progress | None) -> Iterator[_Version]:
    for done, version in enumerate(versions, 1):
        yield version
        if progress is not None:
            progress(done)


def _write_lines(versions: Iterator[_Version], file: Path) -> Path:
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        for version in versions:
            values = {
                "identity": version.identity.model_dump(mode="json"),
                "record": version.record.model_dump(mode="json"),
                "text": version.text,
                "document": version.document.model_dump(mode="json", by_alias=True),
            }
            lines.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n")
    return file


def _write_akn(version: _Version, folder: Path) -> Path:
    file = folder / version.identity.id / f"{version.record.version}.xml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(to_akoma_ntoso(version.identity, version.record, version.document))
    return file


Row = dict[str, object]

_TABLES = {
    "documents": (
        "id title document_number issuing_bodies drafting_body document_type jurisdiction level",
        "id",
    ),
    "versions": (
        "id version issued published effective expires seen url media_type source_sha256 text_sha256 recorded_at",
        "id version",
    ),
    "clauses": ("id version clause kind label heading text", "id version clause"),
    "citations": ("id version clause relation title document_number article", ""),
    "targets": ("id version clause metric value unit qualifier deadline kind", ""),
}
"""Columns and primary key of each table."""
_TYPES = dict.fromkeys(("issued", "published", "effective", "expires", "seen"), "date") | {
    "recorded_at": "datetime"
}
"""Types of the columns that do not hold strings."""


def _write_tables(versions: Iterator[_Version], folder: Path) -> list[Path]:
    files = {name: folder / f"{name}.csv" for name in _TABLES}
    streams: dict[str, io.TextIOWrapper] = {}
    try:
        writers = {}
        for name, file in files.items():
            streams[name] = file.open("w", encoding="utf-8", newline="")
            writers[name] = csv.DictWriter(streams[name], _TABLES[name][0].split(), extrasaction="ignore")
            writers[name].writeheader()
        last = None
        for version in versions:
            if version.identity.id != last:
                last = version.identity.id
                bodies = "、".join(version.identity.issuing_bodies)
                writers["documents"].writerow(
                    _cells(version.identity.model_dump() | {"issuing_bodies": bodies})
                )
            for name, row in _rows(version):
                writers[name].writerow(_cells(row))
    finally:
        for stream in streams.values():
            stream.close()
    package = folder / "datapackage.json"
    package.write_text(json.dumps(_package(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [*files.values(), package]


def _rows(version: _Version) -> Iterator[tuple[str, Row]]:
    key: Row = {"id": version.identity.id, "version": version.record.version}
    yield "versions", version.record.model_dump(mode="json") | key
    for clause in version.document.walk():
        yield "clauses", clause.model_dump(exclude={"children"}, mode="json") | key | {"clause": clause.id}
    for citation in version.document.citations:
        yield "citations", citation.model_dump(mode="json") | key
    for target in version.document.targets:
        yield "targets", target.model_dump(mode="json") | key


def _cells(row: Row) -> Row:
    """Return a row in which a spreadsheet takes no text for a formula."""
    return {name: safe(value) if isinstance(value, str) else value for name, value in row.items()}


def _package() -> dict[str, object]:
    resources = []
    for name, (columns, key) in _TABLES.items():
        fields = [{"name": column, "type": _TYPES.get(column, "string")} for column in columns.split()]
        schema: dict[str, object] = {"fields": fields}
        if key:
            schema["primaryKey"] = key.split()
        if name != "documents":
            target = {"resource": "documents", "fields": ["id"]}
            schema["foreignKeys"] = [{"fields": ["id"], "reference": target}]
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema,
            }
        )
    return {
        "profile": "tabular-data-package",
        "name": "policydiff-export",
        "title": "Documents of a policydiff store, all versions",
        "description": "Cells that a spreadsheet would take for a formula begin with an apostrophe.",
        "resources": resources,
    }
