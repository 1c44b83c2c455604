"""Options that several commands share, and the stores and documents that these options name."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, NamedTuple, get_args

import typer

from policydiff.errors import UsageError

if TYPE_CHECKING:
    from policydiff import Limits, RedlineChoices, Store


def option(flags: str, words: str, metavar: str | None = None, **more: Any) -> Any:
    """Return the declaration of an option: its flags (`--format -f`), its help text, the name of its value (a `DATE` is validated)."""
    if metavar == "DATE":
        more["callback"] = _checked_day
    return typer.Option(*flags.split(), help=words, metavar=metavar, **more)


def _checked_day(parameter: typer.CallbackParam, value: str | None) -> str | None:
    """Check the date given for an option, so that an error names the option as typed, not the library's argument."""
    if value not in (None, "none"):  # `--expires none` removes a date
        from policydiff.api.arguments import as_day

        as_day(value, parameter.opts[0])
    return value


def argument(metavar: str, words: str) -> Any:
    """Return the declaration of an argument: its name in the usage, and its help text."""
    return typer.Argument(metavar=metavar, help=words)


DocArgument = Annotated[str, argument("DOC", "A file, - for standard input, an id in the store, or id@date.")]
StoreOption = Annotated[
    Path | None,
    option(
        "--store",
        "Folder of the store; default: the nearest folder upward with a policydiff.toml.",
        "DIR",
        envvar="POLICYDIFF_STORE",
    ),
]
AsOfOption = Annotated[str | None, option("--as-of", "Use only records made by the end of this day.", "DATE")]
ReadLimitOption = Annotated[
    list[str] | None,
    option(
        "--read-limit",
        (
            "Refuse a file beyond this limit; may be repeated, and overrides the table \\[extract] of policydiff.toml. "
            "Names: file_bytes, text_characters, pages, unpacked_bytes, members, nesting, seconds, memory_bytes, "
            "ocr_pages, ocr_seconds, ocr_pixels."
        ),
        "NAME=VALUE",
        envvar="POLICYDIFF_READ_LIMIT",
    ),
]
OutputOption = Annotated[Path | None, option("--output -o", "Output file; default: standard output.", "FILE")]
JsonOption = Annotated[bool, option("--json", "Short for --format json.")]
LangOption = Annotated[
    Literal["zh", "en"] | None,
    option(
        "--lang",
        "Language of labels; documents are never translated. Default: zh where the locale is Chinese, else en.",
        envvar="POLICYDIFF_LANG",
    ),
]
ExitCodeOption = Annotated[bool, option("--exit-code", "Exit 1 if there are differences.")]
EverythingOption = Annotated[
    bool,
    option("--all", "Terminal, Markdown and Word: list unchanged rows and rows without source in full too."),
]
PairsOption = Annotated[
    str | None,
    option(
        "--pairs",
        "File with many pairs for one run, a pair a line: OLD, a tab, NEW; - reads standard input.",
        "FILE",
    ),
]
RevisionsOption = Annotated[
    Literal["final", "original"],
    option("--revisions", "Tracked changes in Word files: read as accepted or as rejected."),
]
LevelOption = Annotated[
    Literal["state", "province", "prefecture", "county", "township"] | None,
    option("--level", "Level of the issuer's government."),
]
DocumentTypeOption = Annotated[str | None, option("--type", "意见, 办法, 条例 …", "文种")]


Form = Literal["terminal", "markdown", "html", "json", "csv", "xlsx", "docx", "redline", "annotated"]


OF_ONE_COMMAND = {"redline": "diff", "annotated": "compare"}
"""Formats that are not reports of a result, with the command that makes them."""


def form_option(command: str) -> Any:
    """Return the declaration of the option `--format` with the formats that the command can make."""
    made = tuple(form for form in get_args(Form) if OF_ONE_COMMAND.get(form, command) == command)
    words = "Format of the report; default: by the extension of -o, else terminal."
    return Annotated[Literal[made] | None, option("--format -f", words)]


class Description(NamedTuple):
    """Facts about a document given by options, which replace facts read from its text or recorded."""

    title: Annotated[str | None, option("--title", "Its title.")] = None
    number: Annotated[str | None, option("--number", "Document number, e.g. 沪府发〔2018〕25号.", "文号")] = (
        None
    )
    issuer: Annotated[list[str] | None, option("--issuer", "Issuing body; may be repeated.")] = None
    jurisdiction: Annotated[str | None, option("--jurisdiction", "GB/T 2260 code, e.g. 310106.", "CODE")] = (
        None
    )
    level: LevelOption = None
    source_url: Annotated[str | None, option("--source-url", "Web address of the captured file.", "URL")] = (
        None
    )

    def fields(self) -> dict[str, object]:
        """Return the given facts, by the name of the field."""
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
    """Dates of a version given by options."""

    issued: Annotated[str | None, option("--issued", "Day of signature (成文日期).", "DATE")] = None
    published: Annotated[str | None, option("--published", "Day of publication (公布日期).", "DATE")] = None
    effective: Annotated[str | None, option("--effective", "First day in force (施行日期).", "DATE")] = None
    expires: Annotated[str | None, option("--expires", "Last day in force (失效日期).", "DATE")] = None

    def days(self) -> dict[str, object]:
        """Return the given dates by name; None for a date removed with `none`."""
        from policydiff.api.arguments import as_day

        given = {name: value for name, value in self._asdict().items() if value is not None}
        return {name: None if value == "none" else as_day(value, name) for name, value in given.items()}


class Ruling(NamedTuple):
    """A person's decision on legal force, which overrides the statements of the texts."""

    validity: Annotated[
        Literal["in-force", "ended", "none"] | None,
        option("--validity", "Decide by hand whether the document is in force; none withdraws the decision."),
    ] = None
    ended: Annotated[str | None, option("--ended", "First day out of force, with --validity.", "DATE")] = None
    why: Annotated[str | None, option("--why", "The reason, with --validity.")] = None
    who: Annotated[str | None, option("--by", "Who decided, with --validity.", "NAME")] = None

    def change(self) -> dict[str, object]:
        """Return the change of the record; empty without a decision.

        Raises:
            UsageError: if reason or name is missing.
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
                "ended": as_day(self.ended, "ended"),
                "why": self.why,
                "who": self.who,
                "decided": local_day(),
            }
        }


class Marks(NamedTuple):
    """Options of a redline, as given."""

    author: Annotated[
        str, option("--author", "Redline: the name that Word shows beside each change.", "NAME")
    ] = "policydiff"
    date: Annotated[
        str | None,
        option(
            "--date",
            "Redline: the time of the changes (2026-01-31T00:00:00Z); default: none, so that the same input gives the same bytes.",
            "TIME",
        ),
    ] = None
    existing: Annotated[
        Literal["keep-apart", "accept", "reject"],
        option("--existing", "Redline: keep apart, accept or reject changes tracked already."),
    ] = "keep-apart"
    quiet_references: Annotated[
        bool, option("--quiet-references", "Redline: do not mark references that only follow a renumbering.")
    ] = False

    def choices(self) -> "RedlineChoices":
        """Return the options in the form that the library takes.

        Raises:
            UsageError: if `date` is no time.
        """
        from policydiff.redlining import Existing, RedlineChoices

        return RedlineChoices(
            author=self.author,
            date=self.date,
            existing=Existing(self.existing),
            quiet_references=self.quiet_references,
        )


STDIN = "-"
"""Name of standard input for all documents."""


class Place(NamedTuple):
    """Folder of the store (None for the nearest one), and the day up to which its records are used."""

    store: StoreOption = None
    as_of: AsOfOption = None


class Input(NamedTuple):
    """Options on the source of documents: limits for a file, or a store."""

    store: StoreOption = None
    as_of: AsOfOption = None
    read_limit: ReadLimitOption = None

    @contextmanager
    def found(
        self, docs: Sequence[str], *, needed: bool = False, looked: bool = False
    ) -> Iterator[dict[str, Any]]:
        """Yield the keyword arguments for a library call over these documents; a store is opened if one of them is no file.

        Args:
            docs: Files, `-`, ids, or ids with `@when`.
            needed: Whether a store is needed even if all documents are files.
            looked: Whether a store is used if there is one, even if all documents are files.

        Raises:
            NotFoundError: if a store is needed but does not exist.
            UsageError: if an option or the store's `policydiff.toml` sets an invalid limit.
        """
        from policydiff.api.opening import is_file

        how = {"as_of": self.as_of, "limits": limits_in_force(self.store, self.read_limit)}
        if (
            self.store is None
            and not (needed or looked)
            and all(doc == STDIN or is_file(doc) for doc in docs)
        ):
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
    """Return the named documents, with standard input for `-`.

    Raises:
        UsageError: if standard input is named twice.
    """
    if list(docs).count(STDIN) > 1:
        raise UsageError("standard input holds one document: name - once")
    return [sys.stdin.buffer if doc == STDIN else doc for doc in docs]


def words_of(file: str) -> str:
    """Return the text that a person wrote in a file, or on standard input for `-`.

    Raises:
        UnreadableInputError: if it cannot be read, or is no text.
    """
    from policydiff.extract.decoding import bytes_of_file, plain_text

    return plain_text(sys.stdin.buffer.read() if file == STDIN else bytes_of_file(Path(file)), file)


def read_pairs(listed: str) -> list[tuple[str, str]]:
    """Return the pairs of a list with lines `OLD<tab>NEW`; empty lines and lines that begin with # are ignored.

    Raises:
        UnreadableInputError: if the list cannot be read.
        UsageError: if a line does not name two documents, or the list is empty.
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
    if not pairs:  # a check of no pairs must not pass
        raise UsageError(f"{listed} names no pair of versions: a line OLD and NEW, separated by a tab")
    return pairs


def limits_in_force(folder: Path | None, given: Sequence[str] | None) -> "Limits":
    """Return the limits for reading a file: those given, then those of the store's settings, then the defaults.

    Args:
        folder: The store; None for the nearest one upward.
        given: `NAME=VALUE`, as in the option `--read-limit`.

    Raises:
        UsageError: if an option or the store's `policydiff.toml` sets an invalid limit.
    """
    from policydiff.api.opening import limits_of
    from policydiff.extract.reading import DEFAULT_LIMITS, parse_limits

    path = settings_file(folder)
    limits = DEFAULT_LIMITS if path is None else limits_of(path.parent)
    try:
        return parse_limits(given or (), limits)
    except ValueError as error:
        raise UsageError(f"--read-limit: {error}") from error


def settings_file(folder: Path | None) -> Path | None:
    """Return the settings file of the store; None if there is none, or for a bare store, which has no file to edit."""
    from policydiff.api.opening import is_file

    try:
        places = (Path.cwd(), *Path.cwd().parents) if folder is None else (folder,)
    except FileNotFoundError:  # the working folder was deleted
        return None
    files = (place / "policydiff.toml" for place in places)
    return next((file for file in files if is_file(file)), None)


def open_store(folder: Path | None) -> "Store":
    """Open the store that an option names, else the nearest one upward.

    Raises:
        NotFoundError: if there is no store.
    """
    from policydiff import Store

    return Store.discover() if folder is None else Store.open(folder)
