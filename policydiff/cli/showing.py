"""Commands that show one document (parse, targets, responsibilities, cites, show) or describe the program (schema, man, completion)."""

import json as json_codec
import re
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from policydiff.cli.options import (
    DocArgument,
    Input,
    OutputOption,
    RevisionsOption,
    argument,
    given_documents,
    open_store,
    option,
)
from policydiff.cli.output import Output, emit, is_read_at_once, note, write
from policydiff.version import __version__

if TYPE_CHECKING:
    from policydiff.api.stores import Store
    from policydiff.model import Document
    from policydiff.model.lagging import Ground


def parse(
    doc: DocArgument,
    given: Input = Input(),
    revisions: RevisionsOption = "final",
    text: Annotated[
        bool, option("--text", "Print the text that was read from the file, and nothing else.")
    ] = False,
    unplaced: Annotated[
        bool, option("--unplaced", "List lines in no field or clause, and words that the text omits.")
    ] = False,
    output: Output = Output(),
) -> None:
    """Read a document, and show its title, number, dates and the tree of its clauses."""
    from policydiff import read

    with given.found([doc]) as found:
        if text:
            from policydiff.api.opening import text_of

            write(text_of(*given_documents([doc]), revisions=revisions, **found), output.path)
            return
        document = read(*given_documents([doc]), revisions=revisions, **found)
    if unplaced:
        write(_unplaced(document, as_json=output.form() == "json"), output.path)
        return
    emit(document, output)


def _unplaced(document: "Document", *, as_json: bool) -> str:
    """Return the words without a place (span, reason, words), and the words of the file that its text leaves out."""
    if as_json:
        left = [one.model_dump(mode="json") for one in document.not_placed]
        aside = [one.model_dump(mode="json") for one in document.left_out]
        found = {"schema": "policydiff/not-placed/1", "not_placed": left, "left_out": aside}
        return json_codec.dumps(found, ensure_ascii=False, indent=2) + "\n"
    rows = (f"{one.span.start}-{one.span.end}\t{one.reason}\t{one.text}\n" for one in document.not_placed)
    listed = (f"×{one.count}\t{one.kind}\t{one.text}\n" for one in document.left_out)
    return "".join((*rows, *listed))


def targets(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List a document's quantified targets: metric, value, deadline."""
    from policydiff import targets as targets_of

    with given.found([doc]) as found:
        emit(targets_of(*given_documents([doc]), **found), output)


def responsibilities(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List who leads and who supports each measure of a document."""
    from policydiff import responsibilities as responsibilities_of

    with given.found([doc]) as found:
        emit(responsibilities_of(*given_documents([doc]), **found), output)


def cites(doc: DocArgument, given: Input = Input(), output: Output = Output()) -> None:
    """List the documents that a document cites, each with the relation (basis, repeal …)."""
    from policydiff import cites as cited_by

    with given.found([doc]) as found:
        emit(cited_by(*given_documents([doc]), **found), output)


def show(
    doc: DocArgument,
    clause: Annotated[
        str | None, argument("CLAUSE", "Id of a clause (see parse): only its words are printed.")
    ] = None,
    source: Annotated[bool, option("--source", "Print the captured file, byte for byte.")] = False,
    given: Input = Input(),
    path: OutputOption = None,
) -> None:
    """Print the text of a document, of one of its versions, or of one clause."""
    from policydiff.api.opening import text_of

    if source:
        with open_store(given.store) as store:
            write(store.source(doc, as_of=given.as_of), path)
        return
    with given.found([doc]) as found:
        text = text_of(*given_documents([doc]), clause=clause, **found)
        for said in _clauses_out_of_force(doc, found.get("store")):
            note(
                f"{doc} was amended from {said.day} on, and the store holds no text after that: {said.document} says “{said.text}”"
                if said.kind == "amends"
                else f"{said.part} is not in force then: {said.document} says “{said.text}”"
            )
    if path is None and is_read_at_once():
        # A pipe or file gets the text as recorded; a terminal or job log would obey commands in a stranger's text.
        from policydiff.lexicon.widths import visible

        if (shown := visible(text)) != text and not sys.stdout.isatty():
            note(
                "characters of the text that could command this job are shown as codes: use -o for the text as recorded"
            )
        text = shown
    write(text if text.endswith("\n") else text + "\n", path)


def _clauses_out_of_force(doc: str, store: "Store | None") -> "tuple[Ground, ...]":
    """Return the sentences by which clauses of `id@date` are not in force, or its text is amended; empty for a file or version."""
    document_id, _, when = doc.partition("@")
    if store is None or re.fullmatch(r"\d{4}-\d\d-\d\d", when) is None:
        return ()
    standing = next(iter(store.validity(document_id, on=when)), None)
    if standing is None:
        return ()
    day = date.fromisoformat(when)
    amended = (each for each in standing.amended_by if each.day is None or each.day <= day)
    return (*standing.parts_out_of_force(day), *amended)


def schema(
    name: Annotated[
        str | None, argument("NAME", "document, revision, comparison …; default: list all names.")
    ] = None,
) -> None:
    """Print the JSON Schema of a result; without a name, list the schemas."""
    from policydiff.api.rendering import schema as schema_named, schemas

    if name is None:
        write("".join(f"{known}\n" for known in schemas()))
    else:
        write(json_codec.dumps(schema_named(name), ensure_ascii=False, indent=2) + "\n")


def man(
    form: Annotated[
        Literal["man", "markdown"], option("--format -f", "A page for man, or the reference as Markdown.")
    ] = "man",
) -> None:
    """Print the manual of all commands: policydiff man > policydiff.1."""
    from policydiff.cli.app import program

    write(manual_page(program()) if form == "man" else reference(program()))


def reference(app: typer.Typer) -> str:
    """Return the reference of all commands as Markdown."""
    lines = [
        "# Command line",
        "",
        "Made by `policydiff man --format markdown`; every command also has `--help`.",
        "",
        "`DOC` is a file of any usual format, `-` for standard input, an id in the store, or `id@date` for the version",
        "in force then. `--json` prints the published JSON, an object with `schema`; `policydiff schema NAME` describes it.",
        "Results go to standard output, everything else to standard error.",
        "",
        "| exit code | meaning |",
        "|---|---|",
        *(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()),
        "",
    ]
    for name, command in commands(app):
        lines += [f"## {name}", "", _plain(command.help), "", f"`{_usage(name, command)}`", ""]
        shown = [each for each in command.params if each.name != "help"]
        rows = [[said.replace("|", "\\|") for said in (_flags(each), _plain(each.help))] for each in shown]
        if rows:
            lines += ["| | |", "|---|---|"]
            lines += [f"| `{flags}` | {said} |" for flags, said in rows]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def manual_page(app: typer.Typer) -> str:
    """Return the manual of all commands in the format of man."""
    purpose = "versions of policy documents, what changed, and what one took from another"
    lines = [
        f'.TH POLICYDIFF 1 "" "policydiff {__version__}" "User Commands"',
        ".SH NAME",
        f"policydiff \\- {purpose}",
        ".SH SYNOPSIS",
        ".B policydiff",
        "COMMAND [OPTIONS] [ARGUMENTS]",
        ".SH COMMANDS",
    ]
    for name, command in commands(app):
        lines += [f".SS {_roff(_usage(name, command))}", _roff(_plain(command.help))]
        for each in command.params:
            if each.name != "help":
                lines += [".TP", f".B {_roff(_flags(each))}", _roff(_plain(each.help))]
    lines.append(".SH EXIT STATUS")
    for code, meaning in EXIT_CODES.items():
        lines += [".TP", f".B {code}", _roff(meaning)]
    return "\n".join(lines) + "\n"


EXIT_CODES = {
    0: "done",
    1: "differences, with --exit-code; or a check that fails",
    2: "options or arguments that do not fit",
    10: "input that cannot be read",
    11: "no such document, version, clause or store",
    12: "a damaged store",
    13: "some sources failed; the texts that were read are kept",
    14: "a write conflict",
    15: "a text whose document the rules of identity cannot tell",
    16: "an amendment of which nothing was carried out",
    17: "no redline that could be proved",
    18: "the disk is full; versions already recorded are safe",
    19: "the workers of a long run were lost; finished work is kept",
    70: "a bug in policydiff",
    130: "interrupted",
}
"""Meaning of each exit code."""


def commands(app: typer.Typer) -> Iterator[tuple[str, Any]]:
    """Yield each command with its full name, including its group."""
    yield from _below("", typer.main.get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    for own, each in command.commands.items():
        full = f"{name} {own}".strip()
        if hasattr(each, "commands"):
            yield from _below(full, each)
        else:
            yield full, each


def _usage(name: str, command: Any) -> str:
    arguments = [_flags(each) for each in command.params if each.param_type_name == "argument"]
    return " ".join(["policydiff", name, "[OPTIONS]", *arguments])


def _flags(parameter: Any) -> str:
    shown = parameter.metavar or "|".join(_choices(parameter)) or None
    if parameter.param_type_name == "argument":
        return str(shown or parameter.name.upper())
    flags = ", ".join([*parameter.opts, *parameter.secondary_opts])
    if parameter.is_flag:
        return flags
    return f"{flags} {shown or parameter.name.upper()}"


def _choices(parameter: Any) -> list[str]:
    """Return the values that a parameter accepts; Typer keeps the annotation from 0.26 on, a type of click before."""
    described = getattr(parameter, "type_descriptor", None)
    if described is not None:
        return [str(each) for each in get_args(described.annotation) if isinstance(each, str)]
    return [str(each) for each in getattr(parameter.type, "choices", ())]


def _plain(text: str | None) -> str:
    """Return help as one paragraph, without the backslashes that protect brackets from being read as markup."""
    return " ".join((text or "").replace("\\[", "[").split())


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def completion(
    shell: Annotated[
        Literal["bash", "zsh", "fish", "powershell"], typer.Argument(help="Shell that reads the script.")
    ] = "bash",
) -> None:
    """Print the completion script of a shell: eval "$(policydiff completion bash)"."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined] # re-exported without saying so

    script = get_completion_script(
        prog_name="policydiff",
        complete_var="_POLICYDIFF_COMPLETE",
        shell="pwsh" if shell == "powershell" else shell,
    )
    write(script + "\n")
