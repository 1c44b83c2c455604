"""Options that several commands share, and the stores and documents that they name."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, NamedTuple

import typer

from policydiff.errors import UsageError

if TYPE_CHECKING:
    from policydiff import Limits, RedlineChoices, Store


DocArgument = Annotated[
    str,
    typer.Argument(metavar="DOC", help="A file, - for standard input, an id in the store, or id@date."),
]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        envvar="POLICYDIFF_STORE",
        help="Folder of the store; default: the nearest folder upward with a policydiff.toml.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Use only records made by the end of this day."),
]
ReadLimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--read-limit",
        metavar="NAME=VALUE",
        envvar="POLICYDIFF_READ_LIMIT",
        help=(
            "Refuse a file beyond this limit; may be repeated, and overrides the table \\[extract] of policydiff.toml. "
            "Names: file_bytes, text_characters, pages, unpacked_bytes, members, nesting, seconds, memory_bytes, "
            "ocr_pages, ocr_seconds, ocr_pixels."
        ),
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Output file; default: standard output.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
LangOption = Annotated[
    Literal["zh", "en"] | None,
    typer.Option(
        "--lang",
        envvar="POLICYDIFF_LANG",
        help="Language of labels; documents are never translated. Default: zh where the locale is Chinese, else en.",
    ),
]
ExitCodeOption = Annotated[bool, typer.Option("--exit-code", help="Exit 1 if there are differences.")]
EverythingOption = Annotated[
    bool,
    typer.Option(
        "--all", help="Terminal, Markdown and Word: list unchanged rows and rows without source in full too."
    ),
]
PairsOption = Annotated[
    str | None,
    typer.Option(
        "--pairs",
        metavar="FILE",
        help="File with many pairs for one run, a pair a line: OLD, a tab, NEW; - reads standard input.",
    ),
]
RevisionsOption = Annotated[
    Literal["final", "original"],
    typer.Option("--revisions", help="Tracked changes in Word files: read as accepted or as rejected."),
]
LevelOption = Annotated[
    Literal["state", "province", "prefecture", "county", "township"] | None,
    typer.Option("--level", help="Level of the issuer's government."),
]
DocumentTypeOption = Annotated[str | None, typer.Option("--type", metavar="文种", help="意见, 办法, 条例 …")]


class Description(NamedTuple):
    """Facts of a document from options, in place of facts read from its text or recorded."""

    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None
    number: Annotated[
        str | None, typer.Option("--number", metavar="文号", help="Document number, e.g. 沪府发〔2018〕25号.")
    ] = None
    issuer: Annotated[list[str] | None, typer.Option("--issuer", help="Issuing body; may be repeated.")] = (
        None
    )
    jurisdiction: Annotated[
        str | None, typer.Option("--jurisdiction", metavar="CODE", help="GB/T 2260 code, e.g. 310106.")
    ] = None
    level: LevelOption = None
    source_url: Annotated[
        str | None, typer.Option("--source-url", metavar="URL", help="Web address of the captured file.")
    ] = None

    def fields(self) -> dict[str, object]:
        """Return the facts given, by the name of the field."""
        given = {
            "title": self.title,
            "document_number": self.number,
            "issuing_bodies": tuple(self.issuer or ()),
            "jurisdiction": self.jurisdiction,
            "level": self.level,
            "url": self.source_url,
        }
        return {name: value for name, value in given.items() if value}


class Dates(NamedTuple):
    """The dates of a version as options give them."""

    issued: Annotated[
        str | None, typer.Option("--issued", metavar="DATE", help="Day of signature (成文日期).")
    ] = None
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Day of publication (公布日期).")
    ] = None
    effective: Annotated[
        str | None, typer.Option("--effective", metavar="DATE", help="First day in force (施行日期).")
    ] = None
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="DATE", help="Last day in force (失效日期).")
    ] = None

    def days(self) -> dict[str, object]:
        """Return the dates that are given, None for one that is taken away with `none`.

        Raises:
            InvalidIdentifierError: if one is no day of the calendar.
        """
        from policydiff.api.arguments import as_day

        given = {name: value for name, value in self._asdict().items() if value is not None}
        return {
            name: None if value == "none" else as_day(value, f"--{name}") for name, value in given.items()
        }


class Ruling(NamedTuple):
    """A person's decision on validity, against the statements of the texts."""

    validity: Annotated[
        Literal["in-force", "ended", "none"] | None,
        typer.Option(
            "--validity", help="Decide by hand whether the document is in force; none withdraws the decision."
        ),
    ] = None
    ended: Annotated[
        str | None, typer.Option("--ended", metavar="DATE", help="First day out of force, with --validity.")
    ] = None
    why: Annotated[str | None, typer.Option("--why", help="The reason, with --validity.")] = None
    who: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decided, with --validity.")] = (
        None
    )

    def change(self) -> dict[str, object]:
        """Return the change of the record, empty where nothing is decided.

        Raises:
            UsageError: if reason or name is missing.
            InvalidIdentifierError: if the day is no day of the calendar.
        """
        from policydiff.api.arguments import as_day
        from policydiff.platforms import local_day

        if self.validity is None:
            if self.ended or self.why or self.who:
                raise UsageError("--ended, --why and --by belong to --validity")
            return {}
        if self.validity == "none":
            return {"ruling": None}
        if not self.why or not self.who:
            raise UsageError("a decision on validity names its reason and who decided: --why … --by …")
        return {
            "ruling": {
                "in_force": self.validity == "in-force",
                "ended": as_day(self.ended, "--ended"),
                "why": self.why,
                "who": self.who,
                "decided": local_day(),
            }
        }


class Marks(NamedTuple):
    """The options of a redline, as given."""

    author: Annotated[
        str,
        typer.Option(
            "--author", metavar="NAME", help="Redline: the name that Word shows beside each change."
        ),
    ] = "policydiff"
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="TIME",
            help="Redline: the time of the changes (2026-01-31T00:00:00Z); default: none, so that the same input gives the same bytes.",
        ),
    ] = None
    existing: Annotated[
        Literal["keep-apart", "accept", "reject"],
        typer.Option("--existing", help="Redline: keep apart, accept or reject changes tracked already."),
    ] = "keep-apart"
    quiet_references: Annotated[
        bool,
        typer.Option(
            "--quiet-references", help="Redline: do not mark references that only follow a renumbering."
        ),
    ] = False

    def choices(self) -> "RedlineChoices":
        """Return them as the library takes them.

        Raises:
            UsageError: if the time is none.
        """
        from policydiff.redlining import Existing, RedlineChoices

        return RedlineChoices(
            author=self.author,
            date=self.date,
            existing=Existing(self.existing),
            quiet_references=self.quiet_references,
        )


STDIN = "-"
"""Name of standard input wherever a document is read."""


class Place(NamedTuple):
    """Where documents are looked up: the folder of the store, None for the nearest one, and the day of record time."""

    store: StoreOption = None
    as_of: AsOfOption = None


class Input(NamedTuple):
    """Options on the source of the documents: a file within limits, or a store."""

    store: StoreOption = None
    as_of: AsOfOption = None
    read_limit: ReadLimitOption = None

    @contextmanager
    def found(self, docs: Sequence[str], *, needed: bool = False) -> Iterator[dict[str, Any]]:
        """Give the options of a verb over these documents; a store is opened where one of them is no file.

        Args:
            docs: Files, -, ids, or ids with `@when`.
            needed: A store is needed whatever is named.

        Raises:
            NotFoundError: if a store is needed and there is none.
            UsageError: if an option or the store's `policydiff.toml` sets what is no limit.
        """
        from policydiff.api.opening import is_file

        how = {"as_of": self.as_of, "limits": limits_in_force(self.store, self.read_limit)}
        if self.store is None and not needed and all(doc == STDIN or is_file(doc) for doc in docs):
            yield how
            return
        from policydiff.api.stores import Store, store_if_any

        store = Store.discover() if needed and self.store is None else store_if_any(self.store)
        if store is None:
            yield how
            return
        with store:
            yield {**how, "store": store}


def given_documents(docs: Sequence[str]) -> "list[str | BinaryIO]":
    """Return the documents named, standard input for -.

    Raises:
        UsageError: if standard input is named twice.
    """
    if list(docs).count(STDIN) > 1:
        raise UsageError("standard input holds one document: name - once")
    return [sys.stdin.buffer if doc == STDIN else doc for doc in docs]


def words_of(file: str) -> str:
    """Return the words that a person wrote in a file, or on standard input.

    Raises:
        UnreadableInputError: if it cannot be read, or is no text.
    """
    from policydiff.extract.decoding import bytes_of_file, plain_text

    return plain_text(sys.stdin.buffer.read() if file == STDIN else bytes_of_file(Path(file)), file)


def read_pairs(listed: str) -> list[tuple[str, str]]:
    """Return the pairs of a list: a line OLD and NEW, separated by a tab; empty lines and lines after # do not count.

    Raises:
        UnreadableInputError: if the list cannot be read.
        UsageError: if a line names other than two documents, or there is no such line.
    """
    pairs = []
    for number, line in enumerate(words_of(listed).split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            names = [name.strip() for name in line.split("\t")]
            if len(names) != 2 or not all(names):
                raise UsageError(
                    f"{listed}, line {number}: name the earlier and the later version, separated by a tab"
                )
            pairs.append((names[0], names[1]))
    if not pairs:  # a gate that holds nothing must not pass
        raise UsageError(f"{listed} names no pair of versions: a line OLD and NEW, separated by a tab")
    return pairs


def limits_in_force(folder: Path | None, given: Sequence[str] | None) -> "Limits":
    """Return the limits on reading a file: as given, else those of the store's settings, else the default ones.

    Args:
        folder: The store, None for the nearest one upward.
        given: `NAME=VALUE`, as the option `--read-limit` takes it.

    Raises:
        UsageError: if an option or the store's `policydiff.toml` sets what is no limit.
    """
    from policydiff.extract.reading import DEFAULT_LIMITS, parse_limits

    limits = DEFAULT_LIMITS
    path = settings_file(folder)
    if path is not None:
        from policydiff.settings import read_limits_table

        limits = read_limits_table(path)
    try:
        return parse_limits(given or (), limits)
    except ValueError as error:
        raise UsageError(f"--read-limit: {error}") from error


def settings_file(folder: Path | None) -> Path | None:
    """Return the settings of the store; None where there is none, and for a bare one, which has no file to edit."""
    try:
        places = (Path.cwd(), *Path.cwd().parents) if folder is None else (folder,)
    except FileNotFoundError:  # the working folder was deleted
        return None
    files = (place / "policydiff.toml" for place in places)
    return next((file for file in files if file.is_file()), None)


def open_store(folder: Path | None) -> "Store":
    """Open the store an option names, else the nearest one upward.

    Raises:
        NotFoundError: if there is none.
    """
    from policydiff import Store

    return Store.discover() if folder is None else Store.open(folder)
