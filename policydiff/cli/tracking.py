"""Commands over watched sources: track, watch, health, check."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policydiff.cli.options import JsonOption, LangOption, ReadLimitOption, StoreOption
from policydiff.cli.output import Output, counted, emit, note, write

if TYPE_CHECKING:
    from policydiff.checks import CheckReport, Pair
    from policydiff.extract import Limits
    from policydiff.settings import CheckSettings, Configuration, Source
    from policydiff.store import Store
    from policydiff.watch.ledger import Entry

SummaryOption = Annotated[
    Path | None,
    typer.Option(
        "--summary", metavar="FILE", help="Append a Markdown summary here, e.g. $GITHUB_STEP_SUMMARY."
    ),
]
AnnotationsOption = Annotated[
    bool, typer.Option("--annotations", help="Print GitHub workflow annotations on standard output.")
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="REV|DATE",
        envvar=["POLICYDIFF_SINCE", "PRE_COMMIT_FROM_REF"],
        help="Check every version recorded after this revision or day.",
    ),
]
watch_app = typer.Typer(no_args_is_help=True, help="Add, list and try watched sources.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("track")(track)
    app.command("health")(health)
    app.command("check")(check)
    watch_app.command("add")(watch_add)
    watch_app.command("list")(watch_list)
    watch_app.command("try")(watch_try)
    app.add_typer(watch_app, name="watch")


def track(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE…", help="Names of sources; default: all that are due."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also check what is not due yet.")] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept", metavar="SOURCE", help="Record this source although it shrank or looks different."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write a report for each change into this folder."),
    ] = None,
    summary: SummaryOption = None,
    annotations: AnnotationsOption = False,
    store: StoreOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Check the watched sources, record new versions, and say what changed.

    Exits 13 if any source could not be read; what was read is kept.
    """
    from policydiff.cli.opening import open_store
    from policydiff.errors import SourcesFailedError
    from policydiff.report import render
    from policydiff.report.catalog import catalog
    from policydiff.report.plain_lines import workflow_commands
    from policydiff.watch.clock import SystemClock
    from policydiff.watch.run import RunOptions
    from policydiff.watch.run_page import run_page
    from policydiff.watch.session import SUMMARY, SessionOptions, carry_out

    language = Output(lang=lang).language()
    asked = RunOptions(names=tuple(names or ()), everything=everything, accepted=tuple(accept or ()))
    clock = SystemClock()
    with open_store(store) as opened:
        configuration = _configuration(opened)
        options = SessionOptions(asked, language, out, dict(os.environ), _progress)
        report, troubles = carry_out(configuration, opened, clock, options)
    if json:
        write(report.model_dump_json(indent=2) + "\n", None)
    elif not annotations:
        emit(report, Output(lang=lang))
    if annotations:
        page = run_page(report, catalog(language))
        write("".join(f"{line}\n" for line in workflow_commands(page)), None)
    if summary:
        _append(summary, str(render(report, "markdown", lang=language, options=SUMMARY)))
    for trouble in troubles:
        note(f"policydiff: {trouble}")
    if report.result.failed or troubles:
        raise typer.Exit(SourcesFailedError.exit_code)


def _progress(entry: "Entry") -> None:
    if entry.failure is not None or (entry.version and entry.outcome.value == "changed"):
        note(f"{entry.source} {entry.item}: {entry.failure or entry.version}".replace(" :", ":"))


def _configuration(store: "Store") -> "Configuration":
    from policydiff.errors import UsageError
    from policydiff.settings import CONFIG_NAME, read_configuration

    path = store.folder / CONFIG_NAME
    if not path.is_file():
        raise UsageError(
            f"{store.folder} is a bare store, without settings to edit or a place for a ledger: track in a clone of it"
        )
    return read_configuration(path)


def _gate(store: "Store") -> "CheckSettings":
    """Return the rules of a store; those of a bare one as recorded."""
    from policydiff.settings import CONFIG_NAME, parse_configuration

    if (store.folder / CONFIG_NAME).is_file():
        return _configuration(store).check
    recorded = store.at(None).blob(CONFIG_NAME) or b""
    return parse_configuration(recorded.decode("utf-8"), name=f"{store.folder}: {CONFIG_NAME}").check


def _append(path: Path, text: str) -> None:
    from policydiff.errors import UsageError

    try:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def health(
    full: Annotated[bool, typer.Option("--full", help="Check the chain of the whole ledger.")] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Say whether every source was read as often as it should be; exits 13 if one is late."""
    from policydiff.cli.opening import open_store
    from policydiff.errors import SourcesFailedError
    from policydiff.watch.clock import SystemClock
    from policydiff.watch.health import read_health

    with open_store(store) as opened:
        found = read_health(_configuration(opened), opened.folder, SystemClock().now(), full=full)
    if json:
        write(found.model_dump_json(indent=2) + "\n", None)
    else:
        last = f"last run {found.last_run.run}" if found.last_run else "no run yet"
        lines = [
            f"{counted(found.sources, 'source')}, {counted(found.items, 'item')}, {len(found.late)} late, {last}"
        ]
        for late in found.late:
            seen = f"read {late.read_at:%Y-%m-%d %H:%M} UTC" if late.read_at else "never read"
            lines.append(
                f"  late: {late.source}: {seen}, every {late.every_hours:g} h; {late.detail or ''}".rstrip(
                    "; "
                )
            )
        lines += [f"  failing: {name}" for name in found.failing]
        write("\n".join(lines) + "\n", None)
    if found.late:
        raise typer.Exit(SourcesFailedError.exit_code)


def check(
    docs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DOC…", help="Ids of documents, or two files: OLD NEW. Default: all documents."
        ),
    ] = None,
    since: SinceOption = None,
    sarif: Annotated[
        Path | None, typer.Option("--sarif", metavar="FILE", help="Write SARIF 2.1.0 here.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML here.")
    ] = None,
    summary: SummaryOption = None,
    annotations: AnnotationsOption = False,
    read_limit: ReadLimitOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Hold changes against the rules of policydiff.toml; exits 1 if one fails that is not waived.

    Without --since, the newest version of each document is held against the one before it.
    """
    from policydiff.checks import check as run_check
    from policydiff.checks import to_junit, to_sarif
    from policydiff.cli.opening import limits_in_force, open_store
    from policydiff.report import RenderOptions, render
    from policydiff.watch.clock import SystemClock

    language = Output(lang=lang).language()
    today = SystemClock().now().date()
    if docs and len(docs) == 2 and all(Path(doc).is_file() for doc in docs):
        pair = _files(*map(Path, docs), limits=limits_in_force(store, read_limit))
        report, prefix = run_check([pair], _file_rules(store), today), ""
    else:
        with open_store(store) as opened:
            report = run_check(_pairs(opened, docs, since), _gate(opened), today)
            prefix = _prefix(opened.folder)
    if sarif:
        write(to_sarif(report, prefix=prefix), sarif)
    if junit:
        write(to_junit(report), junit)
    if summary:
        _append(
            summary,
            str(render(report, "markdown", lang=language, options=RenderOptions(max_characters=300_000))),
        )
    _print_check(report, language, json=json, annotations=annotations)
    if report.fails:
        raise typer.Exit(1)


def _print_check(report: "CheckReport", language: str, *, json: bool, annotations: bool) -> None:
    from policydiff.checks import check_page
    from policydiff.report.catalog import catalog
    from policydiff.report.plain_lines import workflow_commands

    if json:
        write(report.model_dump_json(indent=2) + "\n", None)
    elif annotations:
        page = check_page(report, catalog(language))
        write("".join(f"{line}\n" for line in workflow_commands(page)), None)
    else:
        emit(report, Output(lang=language))


def _pairs(store: "Store", docs: list[str] | None, since: str | None) -> "list[Pair]":
    from policydiff.checks import newest_pairs, pairs_since, state_at

    # git's hooks name the far side of a branch that is new there with zeros.
    if since is None or not since.strip("0"):
        return list(newest_pairs(store, docs or [identity.id for identity in store.documents()]))
    pairs = pairs_since(store, state_at(store, _moment(since)))
    return [pair for pair in pairs if not docs or pair.new.reference.id in docs]


def _moment(since: str) -> str | date | datetime:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(since)
        except ValueError:
            continue
    return since


def _files(old: Path, new: Path, *, limits: "Limits") -> "Pair":
    from policydiff.checks import Pair
    from policydiff.collection.loaded import load_file

    return Pair(load_file(old, limits=limits), load_file(new, limits=limits))


def _file_rules(store: Path | None) -> "CheckSettings":
    from policydiff.cli.opening import open_store
    from policydiff.errors import NotFoundError
    from policydiff.settings import CheckSettings

    try:
        with open_store(store) as opened:
            return _gate(opened)
    except NotFoundError:
        return CheckSettings()


def _prefix(folder: Path) -> str:
    folder = folder.resolve()
    root = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)
    relative = folder.relative_to(root).as_posix()
    return "" if relative == "." else f"{relative}/"


def watch_add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The page, listing or feed; or a folder.")],
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the source; default: from the address.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="page|file|listing|feed|folder", help="Where the text is found.")
    ] = "page",
    document_id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Document id, or the leading part of ids of a listing."),
    ] = None,
    every: Annotated[
        str, typer.Option("--every", metavar="1d", help="How often it is due: 30m, 12h, 1d, 2w.")
    ] = "1d",
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CSS", help="Block that is the document.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CSS", help="Block inside that is not.")
    ] = None,
    link: Annotated[
        str | None, typer.Option("--link", metavar="CSS", help="Link to the file (kind file).")
    ] = None,
    entries: Annotated[
        str | None, typer.Option("--entries", metavar="CSS", help="Links of a listing.")
    ] = None,
    match: Annotated[
        str | None, typer.Option("--match", metavar="REGEX", help="Titles of entries to follow.")
    ] = None,
    following: Annotated[
        str | None, typer.Option("--next", metavar="CSS", help="Link to the next page.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would record.")] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Try a source at once, show what it would record, and add it to policydiff.toml if it can be read."""
    from policydiff.cli.opening import open_store
    from policydiff.settings import CONFIG_NAME
    from policydiff.settings.editing import append_source, make_source

    given: dict[str, object] = {
        "name": name, "kind": kind, "id": document_id, "every": every, "select": tuple(select or ()),
        "ignore": tuple(ignore or ()), "link": link, "entries": entries, "match": match, "next": following,
    }  # fmt: skip
    with open_store(store) as opened:
        configuration = _configuration(opened)
        source = make_source(url, given, configuration)
        readable = _show_trial(source, configuration, opened, json=json)
        if not readable:
            raise typer.Exit(13)
        if not dry_run:
            append_source(opened.folder / CONFIG_NAME, source)
            note(
                f"added to {opened.folder / CONFIG_NAME} as {source.name}: record it with policydiff track {source.name}"
            )


def watch_try(
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="Name of a source in policydiff.toml.")],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show what a source would record now, and record nothing."""
    from policydiff.cli.opening import open_store
    from policydiff.errors import NotFoundError

    with open_store(store) as opened:
        configuration = _configuration(opened)
        source = configuration.source(name)
        if source is None:
            raise NotFoundError(f"there is no source named {name!r} in policydiff.toml")
        if not _show_trial(source, configuration, opened, json=json):
            raise typer.Exit(13)


def watch_list(store: StoreOption = None, json: JsonOption = False) -> None:
    """List the watched sources."""
    from policydiff.cli.opening import open_store

    with open_store(store) as opened:
        sources = _configuration(opened).sources
    if json:
        write("[" + ",\n".join(source.model_dump_json() for source in sources) + "]\n", None)
        return
    for source in sources:
        paused = " (paused)" if source.paused else ""
        write(f"{source.name}\t{source.kind}\t{source.id or '-'}\t{source.origin}{paused}\n", None)


def _show_trial(source: "Source", configuration: "Configuration", store: "Store", *, json: bool) -> bool:
    from policydiff.watch.clock import SystemClock
    from policydiff.watch.run import make_client
    from policydiff.watch.store_archive import StoreArchive
    from policydiff.watch.trial import TrialReport, try_source

    client = make_client(configuration, SystemClock())
    try:
        trials = try_source(source, configuration, StoreArchive(store), client, store.folder)
    finally:
        client.close()
    if json:
        write("[" + ",\n".join(trial.model_dump_json() for trial in trials) + "]\n", None)
    else:
        emit(TrialReport(trials=tuple(trials)), Output())
    return all(trial.failure is None for trial in trials if not trial.item)
