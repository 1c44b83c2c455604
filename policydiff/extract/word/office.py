"""The three programs that read Word 97 binaries."""

import os
import re
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.reading import Reading, Remark, Request
from policydiff.extract.word.docx import read_docx
from policydiff.extract.word.ooxml import child
from policydiff.lexicon.table_rows import table_lines
from policydiff.platforms import dying_with_parent

_SHARE = 0.8
# No macro runs, nothing that a document links to is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
_PAGE_FIELD = re.compile(r"^[\s—–\-]*PAGE[\s\d—–\-]*$")
_BARS = re.compile(r"^\|(.*)\|\s*$")


def by_soffice(program: str, request: Request) -> Reading:
    """Convert to DOCX with LibreOffice, in a folder and with a profile of its own, and read that.

    Raises:
        UnreadableInputError: if LibreOffice fails or takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="policydiff-") as folder:
        place = Path(folder)
        profile = place / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        (place / "input.doc").write_bytes(request.data)
        arguments = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        # Named, because LibreOffice takes what it does not know for plain text and prints the bytes.
        arguments += [
            "--infilter=MS Word 97",
            "--convert-to",
            "docx",
            "--outdir",
            str(place / "made"),
            str(place / "input.doc"),
        ]
        _run(arguments, request, environment={"HOME": folder})
        try:
            made = (place / "made" / "input.docx").read_bytes()
        except OSError as error:
            raise UnreadableInputError("LibreOffice could not read it: it is damaged") from error
    reading = read_docx(request._replace(data=made))
    return reading._replace(extractor="doc+soffice", version=_maker(made, request))


def by_antiword(program: str, request: Request) -> Reading:
    """Let antiword print the text, one paragraph a line, and read its bars as cells.

    Raises:
        UnreadableInputError: if antiword fails or prints nothing.
    """
    printed = _run([program, "-m", "UTF-8.txt", "-w", "0", "-"], request, data=request.data)
    lines = _without_bars(printed.decode("utf-8", errors="replace"))
    if not lines:
        raise UnreadableInputError("antiword found no text in it")
    warning = Remark("converter", "read by antiword: automatic numbers and tracked changes may be missing")
    return Reading("\n".join((*lines, "")), "doc+antiword", "antiword", warnings=(warning,))


def by_legacy_doc(request: Request) -> Reading:
    """Read with legacy-doc.

    Raises:
        UnreadableInputError: if it fails or finds nothing.
    """
    from legacy_doc import ExtractionOptions, LegacyDocError, extract_text  # noqa: PLC0415 (an extra)

    options = ExtractionOptions(
        max_file_bytes=request.limits.file_bytes, max_text_bytes=4 * request.limits.text_characters
    )
    try:
        result = extract_text(request.data, options=options)
    except LegacyDocError as error:
        raise UnreadableInputError(f"legacy-doc could not read it: {error}") from error
    printed = (line.strip() for line in re.split(r"[\r\n\x07\x0b\x0c]+", result.text))
    lines = [line for line in printed if line and not _PAGE_FIELD.match(line)]
    if not lines:
        raise UnreadableInputError("legacy-doc found no text in it")
    warning = Remark(
        "converter", "read by legacy-doc: tables are flattened, headers and footers may stand in the text"
    )
    return Reading(
        "\n".join((*lines, "")),
        "doc+legacy-doc",
        f"legacy-doc {version('legacy-doc')}",
        warnings=(warning, *(Remark("converter", each) for each in result.warnings)),
    )


def _run(
    arguments: list[str],
    request: Request,
    *,
    data: bytes | None = None,
    environment: dict[str, str] | None = None,
) -> bytes:
    name = Path(arguments[0]).name
    try:
        run: subprocess.CompletedProcess[bytes] = subprocess.run(  # noqa: S603 (a program of the path, fixed arguments)
            arguments,
            input=data,
            capture_output=True,
            timeout=_SHARE * request.limits.seconds,
            check=True,
            env={**os.environ, **(environment or {})},
            **dying_with_parent(),
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableInputError(f"{name} took too long on it") from error
    except (subprocess.SubprocessError, OSError) as error:
        raise UnreadableInputError(f"{name} could not read it: it is damaged") from error
    return run.stdout


def _maker(made: bytes, request: Request) -> str:
    """Return the version of LibreOffice as it names itself in what it makes."""
    application = child(Container(made, request.limits).xml("docProps/app.xml"), "Application")
    named = (application.text or "") if application is not None else ""
    return named.partition("$")[0].replace("/", " ") or "LibreOffice"


def _without_bars(printed: str) -> list[str]:
    """Return antiword's lines; a row of bars whose first cell is empty goes on from the row above."""
    lines: list[str] = []
    rows: list[list[str]] = []
    for line in printed.splitlines():
        bars = _BARS.match(line)
        cells = [cell.strip() for cell in bars.group(1).split("|")] if bars else []
        if rows and cells and not cells[0] and len(cells) == len(rows[-1]):
            rows[-1] = [upper + lower for upper, lower in zip(rows[-1], cells, strict=True)]
            continue
        if bars:
            rows.append(cells)
            continue
        lines.extend(table_lines(rows))
        rows = []
        if line.strip():
            lines.append(line.strip())
    return [*lines, *table_lines(rows)]
