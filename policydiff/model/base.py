"""The base class of all values (frozen, unknown fields refused, dumped with their schema) and of all results.

A `Reference` names a text from which a result was made. A result is the return value of a public function; it knows its
documents and can render itself: `policydiff.renderer` gives it the code that does so, which lies several rooms above.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NamedTuple, Self, TypeVar, overload

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticSerializationError

from policydiff.errors import UsageError
from policydiff.renderer import renderer

if TYPE_CHECKING:
    from policydiff.model.document import Document


class Value(BaseModel):
    """A frozen value; unknown fields are refused."""

    model_config = ConfigDict(
        defer_build=True, frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True
    )

    def __repr__(self) -> str:
        return shortened(
            super().__repr__(), 160
        )  # two lines of a terminal: an item may hold a whole document


class Span(NamedTuple):
    """Half-open range of code points, `text[start:end]`; dumped as `[start, end]`."""

    start: int
    end: int


Level = Literal["state", "province", "prefecture", "county", "township"]
"""Level of the government that issued a text; a district of a municipality counts as county."""


class Severity(StrEnum):
    """How much a diagnostic matters to the reader."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class StoredVersion(Value):
    """A version of a document of a store, as lists name it."""

    id: str
    version: str
    title: str


class Reference(Value):
    """One side of a diff or comparison."""

    id: str | None = None
    """Document id in the store, None for a plain file."""
    version: str | None = None
    """Version name in the store, None for a plain file."""
    file: str | None = None
    """File name as the user gave it, None for a stored version."""
    title: str | None = None
    document_number: str | None = None
    issuing_bodies: tuple[str, ...] = ()
    issued: date | None = None
    text_sha256: str | None = None
    """SHA-256 of the extracted text, hexadecimal."""
    unread: tuple[str, ...] = ()
    """Parts of the file missing in its text, a sentence each (pictures, damaged pages, a next page); no result covers them."""

    @property
    def name(self) -> str | None:
        """The shortest name that identifies the text: `id@version`, else the file, else the title."""
        if self.id is not None:
            return f"{self.id}@{self.version}" if self.version else self.id
        return self.file or self.title

    def __str__(self) -> str:
        return self.name or "a text without a title"


Cell = str | int | float | bool | None
"""Value in one column of a record."""
Record = dict[str, Cell]
"""One row for pandas, polars or a CSV writer: column name to value."""
Language = Literal["zh", "en"]
"""Language of the labels in a report; words of documents are never translated."""


_DEPRECATED = frozenset(
    [
        "construct",
        "copy",
        "dict",
        "from_orm",
        "json",
        "parse_file",
        "parse_obj",
        "parse_raw",
        "schema_json",
        "update_forward_refs",
        "validate",
    ]
)
"""Deprecated methods that pydantic keeps from its first version."""

Item = TypeVar("Item")
"""Type of the items of a result."""


def published(schema: str) -> Any:
    """Return the field with the name and number of a result's published form (`policydiff/revision/2`), dumped as `schema`."""
    return Field(default=schema, alias="schema")


class Result(Value, Generic[Item]):  # noqa: PLW1641 (pydantic makes the hash of a frozen value)
    """Result of a verb: a frozen value with a published JSON form, a length, records, and a report in every format.

    `lang` is the language of a report's labels, None for the user's own (`POLICYDIFF_LANG`, else the locale).
    """

    _sides: tuple["Document", ...] = ()
    """The documents from which the result was made, in the result's order. Not part of the JSON."""
    _page_module: ClassVar[str | None] = None
    """Module that makes the page of this result, if it lies in a room above the reports; loaded on demand."""
    _thing: ClassVar[str] = ""
    """English name of an item, for the short representation; empty if it is the name in `_list` without its s."""
    _columns: ClassVar[str] = ""
    """Columns of the records, in the form of `cells`; empty if the class makes its records itself."""
    _list: ClassVar[str] = ""
    """Name of the field with the items; empty if the class yields its items itself."""

    @property
    def sides(self) -> tuple["Document", ...]:
        """The documents from which the result was made, in the result's order; empty if they are unknown.

        A document that was read only for a comparison holds its clauses, without citations, targets and
        responsibilities.
        """
        return self._sides

    def made_from(self, *documents: "Document") -> Self:
        """Return the same result with its documents, which give a report headings and addresses."""
        known = self.model_copy()
        known._sides = documents
        return known

    def to_html(self, *, lang: Language | None = None) -> str:
        """Return the report as one HTML page that loads nothing from the network."""
        return str(renderer().render(self, "html", lang=lang))

    def to_markdown(self, *, lang: Language | None = None) -> str:
        """Return the report as Markdown."""
        return str(renderer().render(self, "markdown", lang=lang))

    def to_text(self, *, lang: Language | None = None) -> str:
        """Return the report as plain text of 100 columns, as the terminal shows it."""
        return str(renderer().render(self, "terminal", lang=lang))

    def to_json(self) -> str:
        """Return the published JSON (`policydiff.schema` describes it)."""
        return as_json(self)

    def to_docx(self, *, lang: Language | None = None) -> bytes:
        """Return the report as a Word file (`policydiff.redline` instead marks the changes in the old Word file)."""
        return _binary(self, "docx", lang)

    def to_xlsx(self, *, lang: Language | None = None) -> bytes:
        """Return the report as an Excel workbook."""
        return _binary(self, "xlsx", lang)

    def to_csv(self, *, lang: Language | None = None) -> bytes:
        """Return the main table of the report as CSV (UTF-8 with a byte order mark, as Excel expects)."""
        return _binary(self, "csv", lang)

    def save(self, path: str | Path, *, form: str | None = None, lang: Language | None = None) -> Path:
        """Write the report to a file and return its path; missing folders are created.

        Args:
            path: The file. Its ending chooses the format: .html .docx .xlsx .csv .md .json .txt
            form: The format by name, if the ending does not state it.
            lang: Language of the labels; None for the user's language.

        Raises:
            UsageError: if no format fits, or the file cannot be written.
        """
        return renderer().save(self, path, form=form, lang=lang)

    def to_records(self) -> list[Record]:
        """Return one flat record for each item, with the same columns in each.

        `pandas.DataFrame(x.to_records())`, `polars.DataFrame(x.to_records(), infer_schema_length=None)`: a column may begin
        with more missing values than polars looks at by itself.
        """
        return [self._record(item) for item in self._items()]

    def _items(self) -> Sequence[Item]:
        """Return the items of the iteration."""
        return getattr(self, self._list) if self._list else ()

    def _record(self, item: Item) -> Record:
        """Return the record of one item."""
        if not self._columns:
            raise UsageError(f"a {type(self).__name__} has no records of {type(item).__name__}")
        return cells(item, self._columns, self)

    def _told(self) -> str:
        """Return the words of the short representation: by default the number of items."""
        return counted(len(self), self._thing or self._list.removesuffix("s") or "item")

    def __len__(self) -> int:
        return len(self._items())

    def __iter__(self) -> Iterator[Item]:  # type: ignore[override] # pydantic's yields pairs of field and value
        return iter(self._items())

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        return self._items()[place]

    def __bool__(self) -> bool:
        """Return True: a result without items is a result."""
        return True

    def __eq__(self, other: object) -> bool:
        """Compare the published fields; the documents a result was made from do not count."""
        if not isinstance(other, Result):
            return NotImplemented
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._told()}>"

    def __str__(self) -> str:
        return repr(self)

    def __dir__(self) -> Iterable[str]:
        """Leave out deprecated methods of pydantic, so that completion offers only methods for use."""
        return (name for name in super().__dir__() if name not in _DEPRECATED)

    def _repr_html_(self) -> str:
        """Return the report for a notebook, in a frame that keeps its style apart."""
        page = self.to_html().replace("&", "&amp;").replace('"', "&quot;")
        return f'<iframe srcdoc="{page}" style="width:100%;height:480px;border:1px solid #ccc"></iframe>'


class WordFile:
    """A result that is a Word file itself."""

    __slots__ = ()
    file: bytes
    """The DOCX."""

    def to_docx(self) -> bytes:
        """Return the file's bytes."""
        return self.file

    def save(self, path: str | Path) -> Path:
        """Write the file and return its path; missing folders are created.

        Raises:
            UsageError: if the file cannot be written, or its name has the ending of another format.
        """
        return renderer().save_word_file(self, path)

    def _told(self) -> str:
        """Return the words of the short representation."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._told()}>"


_HALF_PAIR = re.compile("[\ud800-\udfff]")


def refuse_half_pairs(words: str) -> None:
    """Refuse words with half of a surrogate pair, which no file, index or commit can hold.

    Raises UsageError for such words, as they come from JavaScript text cut within a character, or GBK
    bytes typed where UTF-8 is expected.
    """
    if half := _HALF_PAIR.search(words):
        raise UsageError(f"{half[0]!a} is no character but half of one: give the words in Unicode")


def as_json(value: Value, *, sound: bool = False) -> str:
    """Return a value as JSON: fields in the model's order, Chinese unescaped, two blanks of indent, a final line break.

    Half surrogate pairs (in a file name that is no Unicode) are escaped; if `sound`, for JSON to be read again, refused.
    """
    try:
        return value.model_dump_json(indent=2) + "\n"
    except PydanticSerializationError:
        whole = json.dumps(value.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
        if sound:
            refuse_half_pairs(whole)
        return _HALF_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", whole)


def counted(number: int, thing: str) -> str:
    """Return a number with its noun: 1 change, 2 changes."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def shortened(text: str, length: int = 24) -> str:
    """Return the beginning of a text on one line, with … if it continues."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def joined(words: Iterable[str]) -> str | None:
    """Return several words as one cell; None for no words."""
    return "; ".join(words) or None


def cells(item: Any, columns: str, result: Any = None) -> Record:
    """Return the given columns of an item's record: enumerations by their values, dates in ISO form, several words in one cell.

    A column is the name of a field, or `name=path`. The steps of a path are separated by dots: a field, an index of a list, `1:`
    for the rest of a list from an index, `*` for each member, `#` for their number. A path that begins with `/` starts at the result;
    `*` alone means all fields. A step on a missing value gives None.
    """
    if columns == "*":
        dumped = item.model_dump(mode="json")
        return {name: joined(value) if isinstance(value, list) else value for name, value in dumped.items()}
    named = (each.partition("=") for each in columns.split())
    ways = ((name, way or name) for name, _, way in named)
    return {
        name: _cell(_at_end(result if way[0] == "/" else item, way.lstrip("/").split(".")))
        for name, way in ways
    }


def _at_end(value: Any, steps: Sequence[str]) -> Any:
    for place, step in enumerate(steps):
        if value is None:
            return None
        if step == "*":
            return tuple(_at_end(each, steps[place + 1 :]) for each in value)
        if step == "#":
            return len(value)
        if step[0].isdecimal():
            start = int(step.rstrip(":"))
            value = value[start:] if step[-1] == ":" else next(iter(value[start : start + 1]), None)
        else:
            value = getattr(value, step)
    return value


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return joined(value)
    told: Cell = value.isoformat() if isinstance(value, date) else getattr(value, "value", value)
    return told


def _binary(result: Result[Any], form: str, lang: Language | None) -> bytes:
    content = renderer().render(result, form, lang=lang)
    return content.encode("utf-8") if isinstance(content, str) else content
