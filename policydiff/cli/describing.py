"""Putting right what the store says of a document or a version: meta."""

from datetime import date
from typing import Annotated

import typer

from policydiff.cli.grouping import grouped
from policydiff.cli.options import Description, DocumentTypeOption, StoreOption
from policydiff.cli.output import write
from policydiff.errors import UsageError

_NONE = "none"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("meta")(grouped(meta))


def meta(
    doc: Annotated[
        str, typer.Argument(metavar="ID[@VERSION]", help="The document; dates are those of the version.")
    ],
    described: Description = Description(),
    document_type: DocumentTypeOption = None,
    issued: Annotated[
        str | None,
        typer.Option("--issued", metavar="DATE", help="成文日期, or none; the version keeps its name."),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="公布日期, or none.")
    ] = None,
    effective: Annotated[
        str | None, typer.Option("--effective", metavar="DATE", help="施行日期, or none.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="DATE", help="Last day in force, or none.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Put right what is recorded of a document: title, number, issuer, dates; never a change of the policy."""
    from policydiff.cli.opening import open_store, parse_level
    from policydiff.lexicon.document_numbers import DocumentNumber

    said = {
        "title": described.title,
        "document_number": DocumentNumber.normal(described.number) if described.number else None,
        "issuing_bodies": tuple(described.issuer) if described.issuer else None,
        "jurisdiction": described.jurisdiction,
        "level": parse_level(described.level),
        "document_type": document_type,
    }
    identity_changes = {name: value for name, value in said.items() if value is not None}
    days = {"issued": issued, "published": published, "effective": effective, "expires": expires}
    changes: dict[str, object] = {
        name: _day(value, f"--{name}") for name, value in days.items() if value is not None
    }
    changes |= {"url": described.source_url} if described.source_url else {}
    if not identity_changes and not changes:
        raise UsageError(f"nothing to put right: say what is wrong, e.g. policydiff meta {doc} --title …")
    with open_store(store) as opened:
        identity, record = opened.resolve(doc)
        commits = []
        if identity_changes:
            commits.append(opened.meta(identity.model_copy(update=identity_changes)))
        if changes:
            commits.append(opened.meta_version(identity.id, record.version, **changes))
    write(f"{identity.id}@{record.version} {'described anew' if any(commits) else 'unchanged'}\n", None)


def _day(text: str, option: str) -> date | None:
    from policydiff.cli.opening import parse_day

    return None if text == _NONE else parse_day(text, option)
