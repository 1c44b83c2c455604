"""The blocks of a page that a source's selectors name, and those that they cut out."""

from selectolax.lexbor import LexborNode

from policydiff.errors import LayoutChangedError


def cut_out(root: LexborNode, selectors: tuple[str, ...]) -> None:
    """Take the blocks out of the page that the selectors find."""
    for selector in selectors:
        for node in root.css(selector):
            node.decompose()


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
