"""MHTML: a page that Word or a browser saved with its parts in one file, often under the name `.doc`."""

from email import message_from_bytes
from email.message import Message

from policydiff.errors import UnreadableInputError
from policydiff.extract.faults import LIBRARY_FAULTS
from policydiff.extract.reading import Reading, Request
from policydiff.extract.web.html import read_html


def read_mhtml(request: Request) -> Reading:
    """Return the document of the first HTML part.

    Raises:
        UnreadableInputError: if there is none, or it holds no text.
    """
    try:
        message = message_from_bytes(request.data)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    except LIBRARY_FAULTS as error:
        raise UnreadableInputError("the parts of the saved page cannot be told apart") from error
    content = _payload(page) if page is not None else b""
    if not content:
        raise UnreadableInputError("the saved page (MHTML) holds no HTML part")
    return read_html(request._replace(data=content))


def _payload(page: Message) -> bytes:
    try:
        content = page.get_payload(decode=True)
    except LIBRARY_FAULTS as error:
        raise UnreadableInputError("the saved page (MHTML) is damaged") from error
    return content if isinstance(content, bytes) else b""
