"""Options that several commands share, declared once."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

DocArgument = Annotated[str, typer.Argument(metavar="DOC", help="A file, an id in the store, or id@date.")]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        envvar="POLICYDIFF_STORE",
        help="The store; default: the nearest folder upward with a policydiff.toml.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Read the store as it was known at the end of this day."),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="terminal, markdown, html, json, csv, xlsx, docx or docx-tracked; default: by the extension of -o, else terminal.",
    ),
]
ReadLimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--read-limit",
        metavar="NAME=VALUE",
        envvar="POLICYDIFF_READ_LIMIT",
        help=(
            "Refuse a file beyond this; may be repeated, and goes before the table \\[extract] of policydiff.toml. "
            "Names: file_bytes, text_characters, pages, unpacked_bytes, members, nesting, seconds, memory_bytes, "
            "ocr_pages, ocr_seconds, ocr_pixels."
        ),
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of standard output.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        envvar="POLICYDIFF_LANG",
        help="Language of labels; texts are never translated. Default: zh where the locale is Chinese, else en.",
    ),
]
ColorOption = Annotated[
    str,
    typer.Option(
        "--color", metavar="auto|always|never", help="Colour in the terminal; NO_COLOR is honoured."
    ),
]
ExitCodeOption = Annotated[bool, typer.Option("--exit-code", help="Exit 1 if there are differences.")]
EverythingOption = Annotated[
    bool,
    typer.Option(
        "--all", help="Terminal, Markdown and Word: also what is unchanged or has no source, in full."
    ),
]
RevisionsOption = Annotated[
    str,
    typer.Option(
        "--revisions", metavar="final|original", help="Tracked changes in Word files: accepted or refused."
    ),
]
LevelOption = Annotated[
    str | None,
    typer.Option("--level", metavar="LEVEL", help="state, province, prefecture, county or township."),
]
DocumentTypeOption = Annotated[str | None, typer.Option("--type", metavar="文种", help="意见, 办法, 条例 …")]


class Description(NamedTuple):
    """What options say of a document, in place of what was read from its text or is recorded."""

    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None
    number: Annotated[
        str | None, typer.Option("--number", metavar="文号", help="Document number, e.g. 沪府发〔2018〕25号.")
    ] = None
    issuer: Annotated[list[str] | None, typer.Option("--issuer", help="Issuing body; may be repeated.")] = (
        None
    )
    jurisdiction: Annotated[
        str | None, typer.Option("--jurisdiction", metavar="CODE", help="GB/T 2260 code.")
    ] = None
    level: LevelOption = None
    source_url: Annotated[
        str | None, typer.Option("--source-url", metavar="URL", help="Where it was captured.")
    ] = None
