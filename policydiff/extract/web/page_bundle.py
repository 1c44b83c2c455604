"""The document on the pages of a bundle."""

from collections.abc import Iterator, Sequence

from policydiff.errors import UnreadableInputError
from policydiff.extract.bundle import FILE_MEMBER, MEMBER
from policydiff.extract.container import Container
from policydiff.extract.readers import reader
from policydiff.extract.reading import Form, Reading, Remark, Request
from policydiff.extract.sniff import FileKind, sniff
from policydiff.extract.web.html import read_html


def read_bundle(request: Request) -> Reading:
    """Return the document on the pages of a bundle, one after the other; each part is read as it is alone.

    A part may be an attachment of the page before it, in any format that is read; it is no bundle itself.

    Raises:
        UnreadableInputError: if the bundle is damaged or a page holds no text.
    """
    container = Container(request.data, request.limits)
    readings: list[Reading] = []
    while True:
        number = len(readings) + 1
        if (page := container.read(MEMBER.format(number))) is not None:
            readings.append(read_html(request._replace(data=page)))
        elif (file := container.read(FILE_MEMBER.format(number))) is not None:
            readings.append(_read_file(request._replace(data=file, select=(), ignore=()), number))
        else:
            break
    if not readings:
        raise UnreadableInputError("the bundle holds no page")
    first = readings[0]
    forms: list[Form] = []
    lines = 0
    for reading in readings:
        forms.extend(form._replace(line=form.line + lines) for form in reading.forms)
        lines += reading.text.count("\n")
    return first._replace(
        text="".join(reading.text for reading in readings),
        links=tuple(dict.fromkeys(link for reading in readings for link in reading.links)),
        warnings=tuple(dict.fromkeys(_of_the_whole(readings))),
        forms=tuple(forms),
        left_out=tuple(left for reading in readings for left in reading.left_out),
    )


def _read_file(request: Request, number: int) -> Reading:
    kind = sniff(request.data)
    read = reader(kind) if kind is not FileKind.PAGES else None
    if read is None:
        raise UnreadableInputError(f"part {number} of the bundle is no file that can be read ({kind.value})")
    return read(request)


def _of_the_whole(readings: Sequence[Reading]) -> Iterator[Remark]:
    """Give the warnings of the pages; that one page goes on on the next is no news, for the next is here."""
    for number, reading in enumerate(readings, start=1):
        for warning in reading.warnings:
            is_inside = (warning.kind in {"next page", "attached text"} and number < len(readings)) or (
                warning.kind == "previous page" and number > 1
            )
            if not is_inside:
                yield warning
