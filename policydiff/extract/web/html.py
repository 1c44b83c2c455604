"""HTML: the block that holds the document, one paragraph a line, with what the page states beside it."""

import re
from importlib.metadata import version

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.errors import UnreadableInputError
from policydiff.extract.encoding import Decoded, decode
from policydiff.extract.limits import Limits
from policydiff.extract.reading import Pairs, Reading, Request
from policydiff.extract.web.blocks import block_lines
from policydiff.extract.web.content import content_block
from policydiff.extract.web.portal import facts, page_title, portals
from policydiff.lexicon.furniture import without_furniture

_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


def read_html(request: Request) -> Reading:
    """Return the document of a page.

    Raises:
        UnreadableInputError: if the page holds no text, or is nested too deep.
    """
    return read_page(decode(request.data), request.limits)


def read_page(decoded: Decoded, limits: Limits) -> Reading:
    """Return the document of a page whose characters are known.

    Raises:
        UnreadableInputError: as `read_html`.
    """
    tree = LexborHTMLParser(decoded.text)
    root = tree.body
    if root is None:
        raise UnreadableInputError("the page has no body")
    _check_nesting(root, limits.nesting)
    block, known = content_block(root)
    links = _attachments(root)
    for selector in portals().noise:
        for node in block.css(selector):
            node.decompose()
    lines = without_furniture(block_lines(block))
    if not lines:
        raise UnreadableInputError(
            "the page holds no text: it may be filled in by a script, or be an error page"
        )
    metadata = facts(tree, lines)
    warnings = () if known else ("no known content block: the densest block of the page was taken",)
    return Reading(
        "\n".join(lines) + "\n",
        "html",
        f"selectolax {version('selectolax')}",
        title=page_title(tree, dict(metadata)),
        metadata=metadata,
        links=links,
        warnings=decoded.warnings + warnings,
    )


def _check_nesting(root: LexborNode, limit: int) -> None:
    node: LexborNode | None = root
    depth = 0
    while node is not None:
        following = node.first_child
        if following is not None:
            depth += 1
            if depth > limit:
                raise UnreadableInputError(
                    f"the page's elements are nested more than {limit} deep: raise nesting"
                )
        while following is None and node is not None and depth > 0:
            following = node.next
            if following is None:
                node = node.parent
                depth -= 1
        node = following


def _attachments(root: LexborNode) -> Pairs:
    found: dict[str, str] = {}
    for link in root.css("a[href]"):
        target = (link.attributes.get("href") or "").strip()
        if _ATTACHMENT.search(target):
            found.setdefault(target, _BLANKS.sub(" ", link.text()).strip())
    return tuple((text, target) for target, text in found.items())
