"""The blocks of a page that a source's selectors name, and those that they cut out."""

from selectolax.lexbor import LexborNode

from policydiff.errors import LayoutChangedError
from policydiff.extract.web.portal import portals

_FEWEST_SENTENCES = 3
"""Sentence marks that a page must keep: the document itself may stand in what a site calls its sidebar."""


def cut_out(root: LexborNode, selectors: tuple[str, ...]) -> None:
    """Take the blocks out of the page that the selectors find."""
    for selector in selectors:
        for node in root.css(selector):
            node.decompose()


def set_aside(root: LexborNode) -> None:
    """Take out of a page what its makers call comments, dialogs, rails or menus, however long they are.

    Left in place where it holds a block that portals keep documents in, or where hardly a sentence would be left.
    """
    found: list[LexborNode] = []
    for selector in portals().aside:
        found.extend(root.css(selector))
    if not found:
        return
    whole = _sentences(root)
    for node in found:
        own = _sentences(node)
        if whole - own >= _FEWEST_SENTENCES and not any(node.css_first(each) for each in portals().content):
            node.decompose()
            whole -= own


def _sentences(node: LexborNode) -> int:
    return sum(map(node.text().count, "。；，："))


def selected(root: LexborNode, selectors: tuple[str, ...]) -> list[LexborNode]:
    """Return the blocks that the selectors find, in the selectors' order, those inside another one left out.

    Raises:
        LayoutChangedError: if they find none.
    """
    nodes = [node for selector in selectors for node in root.css(selector)]
    if not nodes:
        raise LayoutChangedError(f"nothing on the page fits {' or '.join(selectors)}: its layout has changed")
    chosen: dict[int, LexborNode] = {}
    ids = {node.mem_id for node in nodes}
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in ids:
            parent = parent.parent
        if parent is None:
            chosen.setdefault(node.mem_id, node)
    return list(chosen.values())
