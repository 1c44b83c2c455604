"""DOC and WPS (Word 97 binary) and ODT, read by LibreOffice, antiword or legacy-doc: the first that is installed and succeeds.

LibreOffice keeps tables, numbers and tracked changes (0 % of characters wrong on measured files); antiword prints
tables with bars (0.5 %); legacy-doc, in pure Python, loses tables and mixes footers into the text (0.2 %).
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.reading import Reading, Remark, Request, library
from policydiff.extract.word.docx import read_docx
from policydiff.extract.word.looks import child
from policydiff.lexicon.text_marks import table_lines
from policydiff.platforms import dying_with_parent

_SHARE = 0.8
"""Share of the time limit that the office program gets; the rest is for reading its result."""
# No macros are run, and nothing that a document links to is fetched.
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
_FILTERS = {"doc": "MS Word 97", "odt": "writer8"}
_PAGE_FIELD = re.compile(r"^[\s—–\-]*PAGE[\s\d—–\-]*$")
_BARS = re.compile(r"^\|(.*)\|\s*$")


def by_soffice(program: str, request: Request, kind: str = "doc") -> Reading:
    """Convert a DOC or ODT to DOCX with LibreOffice, in a folder and with a profile of its own, and read the DOCX.

    Raises UnreadableInputError if LibreOffice fails or takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="policydiff-") as folder:
        place = Path(folder)
        profile = place / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        given = place / f"input.{kind}"
        given.write_bytes(request.data)
        arguments = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        # The filter is named, because LibreOffice would read unknown bytes as plain text.
        arguments += [f"--infilter={_FILTERS[kind]}", "--convert-to", "docx", "--outdir", str(place / "made")]
        arguments += [str(given)]
        _run(arguments, request, environment={"HOME": folder})
        try:
            made = (place / "made" / "input.docx").read_bytes()
        except OSError as error:
            raise UnreadableInputError("LibreOffice could not read it: it is damaged") from error
    reading = read_docx(request._replace(data=made))
    return reading._replace(extractor=f"{kind}+soffice", version=_maker(made, request))


def by_antiword(program: str, request: Request) -> Reading:
    """Let antiword print the text, one paragraph on each line, and read its bars as borders of cells.

    Raises UnreadableInputError if antiword fails or prints nothing.
    """
    # From standard input antiword would first copy the file to /tmp, where a confined worker cannot write.
    with tempfile.TemporaryDirectory(prefix="policydiff-") as folder:
        place = Path(folder) / "input.doc"
        place.write_bytes(request.data)
        printed = _run([program, "-m", "UTF-8.txt", "-w", "0", str(place)], request)
    lines = _without_bars(printed.decode("utf-8", errors="replace"))
    if not lines:
        raise UnreadableInputError("antiword found no text in it")
    warning = Remark("converter", "read by antiword: automatic numbers and tracked changes may be missing")
    return Reading("\n".join((*lines, "")), "doc+antiword", "antiword", warnings=(warning,))


def by_legacy_doc(request: Request) -> Reading:
    """Read with legacy-doc. Raises UnreadableInputError if it fails or finds no text."""
    from legacy_doc import ExtractionOptions, LegacyDocError, extract_text  # noqa: PLC0415 (an extra)

    options = ExtractionOptions(
        max_file_bytes=request.limits.file_bytes, max_text_bytes=4 * request.limits.text_characters
    )
    try:
        result = extract_text(request.data, options=options)
    except LegacyDocError as error:
        raise UnreadableInputError(f"legacy-doc could not read it ({error}): it is damaged") from error
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
        library("legacy-doc"),
        warnings=(warning, *(Remark("converter", each) for each in result.warnings)),
    )


def _run(arguments: list[str], request: Request, *, environment: dict[str, str] | None = None) -> bytes:
    name = Path(arguments[0]).name
    try:
        run: subprocess.CompletedProcess[bytes] = subprocess.run(  # noqa: S603 (a program of the path, fixed arguments)
            arguments,
            stdin=subprocess.DEVNULL,
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
    """Return the name and version that LibreOffice writes into its files."""
    application = child(Container(made, request.limits).xml("docProps/app.xml"), "Application")
    named = (application.text or "") if application is not None else ""
    return named.partition("$")[0].replace("/", " ") or "LibreOffice"


def _without_bars(printed: str) -> list[str]:
    """Return antiword's lines; a row of bars with an empty first cell continues the row above."""
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


_FIB_MAGIC = b"\xec\xa5"
_ENCRYPTED = 0x0100
_SECTOR = 512
"""Bytes of a sector of an old Office file, at whose start the header of the text stands."""
_SEARCHED = 4 << 20
"""Bytes of the file in which this header is looked for."""


def read_doc(request: Request) -> Reading:
    """Return the text of a DOC or WPS.

    Raises UnreadableInputError if the file is encrypted or damaged, or no program for it is installed.
    """
    if _is_encrypted(request.data):
        raise UnreadableInputError(
            "it is protected by a password: open it, save it without one and try again"
        )
    ways = _ways()
    if not ways:
        raise UnreadableInputError(
            "DOC and WPS files need LibreOffice (soffice) or antiword on the path, or policydiff[doc]: "
            "install one of them, or save the file as DOCX"
        )
    failures: list[str] = []
    for way in ways:
        try:
            reading = way(request)
        except UnreadableInputError as error:
            failures.append(str(error))
            continue
        return reading._replace(
            warnings=(*(Remark("converter", each) for each in failures), *reading.warnings)
        )
    raise UnreadableInputError("; ".join(failures))


def read_odt(request: Request) -> Reading:
    """Return the text of an ODT. Raises UnreadableInputError if it is damaged, or LibreOffice is not installed."""
    program = _soffice()
    if program is None:
        raise UnreadableInputError(
            "it is a text of OpenDocument (ODT), which needs LibreOffice (soffice) on the path: install it, or save the file as DOCX"
        )
    try:
        return by_soffice(program, request, "odt")
    except UnreadableInputError as error:
        raise UnreadableInputError(
            f"it is a text of OpenDocument (ODT) that LibreOffice could not read ({error}): save it as DOCX and try again"
        ) from error


def _soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _ways() -> list[Callable[[Request], Reading]]:
    ways: list[Callable[[Request], Reading]] = []
    soffice = _soffice()
    if soffice:
        ways.append(lambda request: by_soffice(soffice, request))
    antiword = shutil.which("antiword")
    if antiword:
        ways.append(lambda request: by_antiword(antiword, request))
    if find_spec("legacy_doc"):
        ways.append(by_legacy_doc)
    return ways


def _is_encrypted(data: bytes) -> bool:
    """Return the encryption flag of the file information block, which begins the WordDocument stream at the start of a sector."""
    for start in range(_SECTOR, min(len(data), _SEARCHED), _SECTOR):
        if data.startswith(_FIB_MAGIC, start) and len(data) >= start + 12:
            return bool(int.from_bytes(data[start + 10 : start + 12], "little") & _ENCRYPTED)
    return False
