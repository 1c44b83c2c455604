"""Putting right what the store says of a document or a version: meta."""

from datetime import date
from typing import Annotated

import typer

from policydiff.cli.options import StoreOption
from policydiff.cli.output import write
from policydiff.errors import UsageError

_NONE = "none"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("meta")(meta)


def meta(
    doc: Annotated[
        str, typer.Argument(metavar="ID[@VERSION]", help="The document; dates are those of the version.")
    ],
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar="文号", help="Document number, e.g. 沪府发〔2018〕25号.")
    ] = None,
    issuer: Annotated[
        list[str] | None, typer.Option("--issuer", help="Issuing body; may be repeated.")
    ] = None,
    jurisdiction: Annotated[
        str | None, typer.Option("--jurisdiction", metavar="CODE", help="GB/T 2260 code.")
    ] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="LEVEL", help="state, province, prefecture, county or township."),
    ] = None,
    document_type: Annotated[
        str | None, typer.Option("--type", metavar="文种", help="意见, 办法, 条例 …")
    ] = None,
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
    source_url: Annotated[
        str | None, typer.Option("--source-url", metavar="URL", help="Where it was captured.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Put right what is recorded of a document: title, number, issuer, dates; never a change of the policy."""
    from policydiff.cli.opening import open_store, parse_level
    from policydiff.collection.numbers import normal_number

    said = {
        "title": title,
        "document_number": normal_number(number) if number else None,
        "issuing_bodies": tuple(issuer) if issuer else None,
        "jurisdiction": jurisdiction,
        "level": parse_level(level),
        "document_type": document_type,
    }
    identity_changes = {name: value for name, value in said.items() if value is not None}
    days = {"issued": issued, "published": published, "effective": effective, "expires": expires}
    changes: dict[str, object] = {
        name: _day(value, f"--{name}") for name, value in days.items() if value is not None
    }
    changes |= {"url": source_url} if source_url else {}
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
