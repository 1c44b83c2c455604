"""Zip containers (DOCX, OFD), opened in memory only and checked before any member is read."""

import zipfile
import zlib
from io import BytesIO
from posixpath import basename, dirname, join, normpath

from lxml import etree

from policydiff.errors import UnreadableInputError
from policydiff.extract.reading import LIBRARY_FAULTS, Limits

_ENCRYPTED = 0x1


class Container:
    """Members of a zip container by name; names are compared in lower case and are never used as paths."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open the container. Raises UnreadableInputError if it is damaged, encrypted, or unpacks to more than `limits` allow."""
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, *LIBRARY_FAULTS) as error:
            raise UnreadableInputError("its zip container is damaged or cut off: fetch it again") from error
        if len(members) > limits.members:
            raise UnreadableInputError(
                f"its zip container has {len(members):,} members, more than the limit of {limits.members:,}: "
                "it is a bomb, or members is too low for it"
            )
        # zipfile never returns more of a member than its entry declares, so the sum of the entries limits the bytes returned.
        unpacked = sum(member.file_size for member in members)
        if unpacked > limits.unpacked_bytes:
            raise UnreadableInputError(
                f"it unpacks to {unpacked:,} bytes, more than the limit of {limits.unpacked_bytes:,}: "
                "it is a bomb, or unpacked_bytes is too low for it"
            )
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise UnreadableInputError("it is protected by a password: save it without one and try again")
        self._members = {_normal(member.filename): member for member in reversed(members)}

    @property
    def entries(self) -> tuple[zipfile.ZipInfo, ...]:
        """The members in the order of the container, including folders."""
        return tuple(self._zip.infolist())

    def names(self) -> tuple[str, ...]:
        """Return the names of the members in lower case, in their order."""
        return tuple(reversed(self._members))

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a member; None if there is no such member. Raises UnreadableInputError if it is damaged."""
        member = self._members.get(_normal(name))
        if member is None:
            return None
        try:
            return self._zip.read(member)
        except (zipfile.BadZipFile, zlib.error, *LIBRARY_FAULTS) as error:
            raise UnreadableInputError(f"{name} in its zip container is damaged") from error

    def related(self, part: str = "") -> dict[str, tuple[str, str]]:
        """Return the parts to which a part of an office file refers; without `part`, the parts to which the file itself refers.

        The result is {id of the relation: (kind, name of the part)}; the kind (`styles`) is the last word of the relation's type.
        Raises UnreadableInputError if the list of relations is damaged.
        """
        links = self.xml(join(dirname(part), "_rels", f"{basename(part)}.rels"))
        return {
            link.get("Id") or "": (
                (link.get("Type") or "").rpartition("/")[2],
                normpath(join("/", dirname(part), link.get("Target") or "")).lstrip("/"),
            )
            for link in (links if links is not None else ())
        }

    def xml(self, name: str) -> "etree._Element | None":
        """Return the root of an XML member; None if there is no such member.

        Raises UnreadableInputError if the member is damaged, not XML, or declares a document type.
        """
        content = self.read(name)
        return None if content is None else parse_xml(content, name)


def parse_xml(content: bytes, name: str) -> "etree._Element":
    """Return the root of untrusted XML, without entities or document type, with nothing fetched, at most 256 levels deep.

    Raises UnreadableInputError if the XML is not well formed or declares a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableInputError(f"{name} is no well-formed XML: the file is damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableInputError(
            f"{name} declares a document type, which no honest file of this format does"
        )
    return root


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").removeprefix("./").lower()
