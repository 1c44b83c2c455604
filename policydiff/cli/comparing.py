"""Commands over two documents: diff, apply, compare."""

from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.options import (
    AsOfOption,
    ColorOption,
    DocArgument,
    ExitCodeOption,
    FormatOption,
    JsonOption,
    LangOption,
    OutputOption,
    StoreOption,
)
from policydiff.cli.output import Output, emit, note, write

if TYPE_CHECKING:
    from policydiff.model import RevisionDiff

_DIFFERENCES = 1


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("diff")(diff)
    app.command("apply")(apply)
    app.command("compare")(compare)


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The old version: a file, an id, or id@date.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new version: a file, an id, or id@date.")],
    store: StoreOption = None,
    as_of: AsOfOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Count punctuation, width and character variants as changes.")
    ] = False,
    exit_code: ExitCodeOption = False,
    form: FormatOption = None,
    path: OutputOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
    color: ColorOption = "auto",
) -> None:
    """Show clause by clause what changed between two versions of one document.

    Example: policydiff diff old.docx new.docx -o changes.html
    """
    from policydiff.cli.opening import open_documents
    from policydiff.report import RevisionReport
    from policydiff.revision import diff_documents

    first, second = open_documents((old, new), store, as_of)
    result = diff_documents(
        first.document,
        second.document,
        old_reference=first.reference,
        new_reference=second.reference,
        strict=strict,
    )
    emit(
        RevisionReport(diff=result, old=first.document, new=second.document),
        Output(form, path, json, lang, color),
    )
    if exit_code and _differs(result):
        raise typer.Exit(_DIFFERENCES)


def _differs(result: "RevisionDiff") -> bool:
    summary = result.summary
    return len(result.changes) != summary.unchanged or bool(summary.renumbered or summary.moved)


def apply(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The text before: a file, an id, or id@date.")],
    amendment: Annotated[
        str, typer.Argument(metavar="AMENDMENT", help="The 修改决定 or 修正案: a file, an id, or id@date.")
    ],
    store: StoreOption = None,
    as_of: AsOfOption = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 if an instruction could not be carried out.")
    ] = False,
    path: OutputOption = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print text, changed articles and instructions as JSON.")
    ] = False,
) -> None:
    """Build the new text from an official amendment, and name each instruction that could not be carried out.

    Example: policydiff apply act-2018.md decision-2024.md -o built.md && policydiff diff built.md act-2024.md
    """
    from policydiff.cli.opening import open_documents
    from policydiff.revision import apply_amendment

    before, change = open_documents((old, amendment), store, as_of)
    result = apply_amendment(before.document, change.text)
    write(result.model_dump_json(indent=2) + "\n" if json else result.text, path)
    note(f"{len(result.applied)} instructions carried out, {len(result.unapplied)} not")
    for each in result.unapplied:
        note(f"not carried out: {each.text} ({each.reason})")
    if exit_code and result.unapplied:
        raise typer.Exit(_DIFFERENCES)


def compare(
    local: DocArgument,
    superior: Annotated[
        str | None,
        typer.Argument(
            metavar="SUPERIOR",
            help="The directive it implements: a file, an id, or id@date; left out, the one it cites is looked up in the store.",
        ),
    ] = None,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = None,
    path: OutputOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
    color: ColorOption = "auto",
) -> None:
    """Show what a local document adopted, adapted, added and left out of its superior document.

    Example: policydiff compare district.docx directive.pdf -o adoption.html
    """
    from policydiff.cli.opening import open_documents, open_with_superior
    from policydiff.comparison import compare_documents
    from policydiff.report import ComparisonReport

    if superior is None:
        own, above = open_with_superior(local, store, as_of)
    else:
        own, above = open_documents((local, superior), store, as_of)
    result = compare_documents(
        own.document,
        above.document,
        local_reference=own.reference,
        superior_reference=above.reference,
    )
    emit(
        ComparisonReport(comparison=result, local=own.document, superior=above.document),
        Output(form, path, json, lang, color),
    )
