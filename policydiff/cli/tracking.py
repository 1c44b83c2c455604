"""Commands for watched sources and checks: track, watch, health, publish, check."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from policydiff.cli.options import (
    STDIN,
    JsonOption,
    LangOption,
    PairsOption,
    ReadLimitOption,
    StoreOption,
    argument,
    given_documents,
    limits_in_force,
    open_store,
    option,
    read_pairs,
    settings_file,
)
from policydiff.cli.output import Output, append, emit, note, write

if TYPE_CHECKING:
    from policydiff import CheckReport, Store
    from policydiff.settings import Source
    from policydiff.watch.examine import RunReport
    from policydiff.watch.ledger import Entry
    from policydiff.watch.watched import TrialReport

SummaryOption = Annotated[
    Path | None,
    option("--summary", "Append a Markdown summary to this file, e.g. $GITHUB_STEP_SUMMARY.", "FILE"),
]
AnnotationsOption = Annotated[
    bool, option("--annotations", "Print GitHub workflow annotations on standard output.")
]
SinceOption = Annotated[
    str | None,
    option(
        "--since",
        "Check every version recorded after this revision or day.",
        "REV|DATE",
        envvar=["POLICYDIFF_SINCE", "PRE_COMMIT_FROM_REF"],
    ),
]


def track(
    names: Annotated[
        list[str] | None, argument("SOURCE…", "Names of sources; default: all sources that are due.")
    ] = None,
    everything: Annotated[bool, option("--all", "Also check sources not due yet.")] = False,
    accept: Annotated[
        list[str] | None,
        option("--accept", "Record this source although it shrank or looks different.", "SOURCE"),
    ] = None,
    out: Annotated[
        Path | None, option("--out", "Write a report for each change into this folder.", "DIR")
    ] = None,
    summary: SummaryOption = None,
    annotations: AnnotationsOption = False,
    store: StoreOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Check the watched sources, record new versions, and list the changes.

    Exits 13 if a source could not be read; the versions that were read are kept.
    """
    from policydiff.errors import SourcesFailedError
    from policydiff.report import render
    from policydiff.watch.session import SUMMARY

    language = Output(lang=lang).language()
    with open_store(store) as opened:
        report, troubles = opened.track(
            *(names or ()),
            everything=everything,
            accept=tuple(accept or ()),
            out=out,
            lang=language,
            on_entry=_progress,
        )
    if annotations:
        _annotate(report, language)
    if json or not annotations:
        emit(report, Output(json=json, lang=lang))
    if summary:
        append(summary, str(render(report, "markdown", lang=language, options=SUMMARY)))
    for trouble in troubles:
        note(f"policydiff: {trouble}")
    if report.result.failed or troubles:
        raise typer.Exit(SourcesFailedError.exit_code)


def _annotate(report: "RunReport | CheckReport", language: str) -> None:
    from policydiff.report import page_of
    from policydiff.report.catalog import catalog
    from policydiff.report.to_text import workflow_commands

    say = catalog(language)
    lines = workflow_commands(page_of(report, say), say)
    write("".join(f"{line}\n" for line in lines), commands=True)


def _progress(entry: "Entry") -> None:
    if entry.failure is not None or (entry.version and entry.outcome.value == "changed"):
        note(f"{entry.source} {entry.item}: {entry.failure or entry.version}".replace(" :", ":"))


def health(
    full: Annotated[bool, option("--full", "Check the ledger from its first line.")] = False,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Check that every source was read in time and every version is in the store; exits 13 if not."""
    from policydiff.errors import SourcesFailedError

    with open_store(store) as opened:
        found = opened.health(full=full)
    emit(found, output)
    if not found.is_well:
        raise typer.Exit(SourcesFailedError.exit_code)


def publish(
    branch: Annotated[str, argument("BRANCH", "Branch of the remote.")],
    remote: Annotated[str, option("--remote", "Name or address of the remote.", "REMOTE")] = "origin",
    begin: Annotated[
        bool, option("--begin", "Before a run: merge the branch's commits, and push nothing.")
    ] = False,
    commit: Annotated[
        list[str] | None,
        option("--commit", "Also commit this file or folder of the store (feed, ledger).", "PATH"),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Push recorded versions to a branch, merged with what others pushed; nothing is rebased or forced."""
    with open_store(store) as opened:
        if begin:
            trouble = opened.begin(branch, remote=remote)
            if trouble:
                note(f"policydiff: {trouble}")
            return
        done = opened.publish(branch, remote=remote, paths=tuple(commit or ()))
    if done.is_new:
        merged = f", merged {done.merges} times" if done.merges else ""
        again = f", {done.again} recorded again" if done.again else ""
        note(f"published {done.commit[:12]} to {branch}{merged}{again}")


def check(
    docs: Annotated[
        list[str] | None, argument("DOC…", "Ids of documents, or two files: OLD NEW. Default: all documents.")
    ] = None,
    pairs: PairsOption = None,
    since: SinceOption = None,
    against: Annotated[
        str | None, option("--against", "Check a local document against this superior document.", "SUPERIOR")
    ] = None,
    sarif: Annotated[Path | None, option("--sarif", "Write findings here as SARIF 2.1.0.", "FILE")] = None,
    junit: Annotated[Path | None, option("--junit", "Write findings here as JUnit XML.", "FILE")] = None,
    summary: SummaryOption = None,
    annotations: AnnotationsOption = False,
    read_limit: ReadLimitOption = None,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Check changes against the rules of policydiff.toml; exits 1 if a change fails that no waiver accepts.

    Without --since, the newest version of each document is compared with the version before it. With --against, the
    rules on effects and signals check the provisions that a local document takes from its superior document.
    """
    from policydiff.checks.check_page import left_out_of_sarif, to_junit, to_sarif
    from policydiff.report import RenderOptions, render

    language = output.language()
    report, prefix, paths = _checked(list(docs or ()), pairs, since, against, store, read_limit)
    if sarif:
        write(to_sarif(report, prefix=prefix, paths=paths), sarif)
        if told := left_out_of_sarif(report):
            note(told)
    if junit:
        write(to_junit(report), junit)
    if summary:
        looks = RenderOptions(max_characters=300_000)
        append(summary, str(render(report, "markdown", lang=language, options=looks)))
    if annotations and not output.json:
        _annotate(report, language)
    else:
        emit(report, output)
    if report.fails:
        raise typer.Exit(1)


def _checked(
    docs: list[str],
    pairs: str | None,
    since: str | None,
    against: str | None,
    folder: Path | None,
    read_limit: list[str] | None,
) -> "tuple[CheckReport, str, dict[tuple[str, str], str]]":
    """Return the report, the path of the store in its repository, and the paths of texts in the store, for locating findings."""
    from policydiff import UsageError, check as check_files
    from policydiff.api.opening import is_file

    files = len(docs) == 2 and all(doc == STDIN or is_file(doc) for doc in docs)
    if against is not None:
        if len(docs) != 1 or pairs or since:
            raise UsageError("check --against takes one document: the one that implements the other")
        own, above = given_documents([docs[0], against])
        limits = limits_in_force(folder, read_limit)
        with _store_of_rules(folder) as found:
            return check_files(own, against=above, store=found, limits=limits), "", {}
    if pairs and docs:
        raise UsageError("name the versions of one document, or give --pairs with a list")
    if files or pairs:
        if since:
            raise UsageError("--since goes with documents of the store, not with files")
        limits = limits_in_force(folder, read_limit)
        with _store_of_rules(folder) as found:
            how: Any = {"store": found, "limits": limits}
            if pairs:
                return check_files(pairs=read_pairs(pairs), **how), "", {}
            return check_files(*given_documents(docs), **how), "", {}
    if STDIN in docs or any(map(is_file, docs)):
        raise UsageError("check takes two files, OLD NEW, or ids of documents of the store")
    with open_store(folder) as store:
        report = store.check(*docs, since=since)
        paths = {
            (each.document, each.version): store.recorded.text_path(each.document, each.version)
            for each in report.findings
            if each.version
        }
        return report, _prefix(store.folder), paths


def _store_of_rules(folder: Path | None) -> "AbstractContextManager[Store | None]":
    """Return the store whose rules apply to files; a `policydiff.toml` outside a store is refused, because its rules would be ignored."""
    return open_store(folder) if folder or settings_file(folder) else nullcontext()


def _prefix(folder: Path) -> str:
    folder = folder.resolve()
    root = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)
    relative = folder.relative_to(root).as_posix()
    return "" if relative == "." else f"{relative}/"


def watch_add(
    url: Annotated[str | None, argument("URL", "Address of a page, listing or feed; or a folder.")] = None,
    listed: Annotated[
        Path | None, option("--from", "Many sources at once: a list, a CSV or an OPML file.", "FILE")
    ] = None,
    name: Annotated[
        str | None, option("--name", "Name of the source; default: that of its document.")
    ] = None,
    kind: Annotated[
        Literal["page", "file", "listing", "feed", "folder"],
        option("--kind", "Kind of source, which says where the text is found."),
    ] = "page",
    document_id: Annotated[
        str | None, option("--id", "Document id, or the leading part of ids of a listing.", "ID")
    ] = None,
    every: Annotated[str, option("--every", "Time between two checks: 30m, 12h, 1d, 2w.", "1d")] = "1d",
    select: Annotated[list[str] | None, option("--select", "Block that holds the document.", "CSS")] = None,
    ignore: Annotated[list[str] | None, option("--ignore", "Block inside to leave out.", "CSS")] = None,
    link: Annotated[str | None, option("--link", "Link to the file (kind file).", "CSS")] = None,
    entries: Annotated[str | None, option("--entries", "Links to the entries of a listing.", "CSS")] = None,
    match: Annotated[str | None, option("--match", "Pattern of the titles to follow.", "REGEX")] = None,
    following: Annotated[str | None, option("--next", "Link to the next page.", "CSS")] = None,
    dry_run: Annotated[bool, option("--dry-run", "Show the record, write nothing.")] = False,
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Try a source at once, show the record that it would make, and add it to policydiff.toml if it can be read."""
    from policydiff.errors import UsageError

    given: dict[str, object] = {
        "name": name, "kind": kind, "id": document_id, "every": every, "select": tuple(select or ()),
        "ignore": tuple(ignore or ()), "link": link, "entries": entries, "match": match, "next": following,
    }  # fmt: skip
    if (url is None) == (listed is None):
        raise UsageError("name one address, or a file of addresses with --from")
    with open_store(store) as opened:
        if listed is not None:
            shared: dict[str, object] = {"kind": kind if kind != "page" else None, "every": every}
            summary = opened.add_sources(listed, dry_run=dry_run, **shared)
            emit(summary, output)
            if summary.failed:
                raise typer.Exit(13)
            return
        source = opened.make_source(url or "", **given)
        trial = _show_trial(source, opened, output)
        if not dry_run:
            source = opened.add_source(source, None if name else trial)
            note(
                f"added to {opened.folder / 'policydiff.toml'} as {source.name}: record it with policydiff track {source.name}"
            )


def watch_try(
    name: Annotated[str, argument("SOURCE", "Name of a source in policydiff.toml.")],
    store: StoreOption = None,
    output: Output = Output(),
) -> None:
    """Read a source now, show the record that it would make, and record nothing."""
    with open_store(store) as opened:
        _show_trial(name, opened, output)


def watch_list(store: StoreOption = None, output: Output = Output()) -> None:
    """List the watched sources."""
    with open_store(store) as opened:
        found = opened.sources()
    emit(found, output)


def _show_trial(source: "Source | str", store: "Store", output: Output) -> "TrialReport":
    found = store.try_source(source)
    emit(found, output)
    if not found.readable:
        raise typer.Exit(13)
    return found
