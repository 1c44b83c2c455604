"""Which block of a page holds the document."""

from selectolax.lexbor import LexborNode

from policydiff.extract.web.blocks import is_hidden
from policydiff.extract.web.elements import BLOCKS
from policydiff.extract.web.portal import portals

_MINIMUM = 30
_HELD = 0.75
_SHARE = 0.2
_MARKS = "。；，："


def content_block(root: LexborNode) -> tuple[LexborNode, bool]:
    """Return the block that holds the document, and whether a portal's selector named it."""
    weights: dict[int, int] = {}
    _weigh(root, weights)
    least = _SHARE * weights[root.mem_id]
    for selector in portals().content:
        found = [(len(node.text(strip=True)), node) for node in root.css(selector)]
        length, node = max(found, key=lambda pair: pair[0], default=(0, root))
        # Some sites give the class to small boxes too.
        if length >= _MINIMUM and weights.get(node.mem_id, 0) >= least:
            return node, True
    return _densest(root, weights), False


def _densest(root: LexborNode, weights: dict[int, int]) -> LexborNode:
    """Return the smallest block that holds most of the page's sentences outside links."""
    best = root
    while True:
        blocks = [node for node in best.iter() if node.tag in BLOCKS]
        heaviest = max(blocks, key=lambda node: weights.get(node.mem_id, 0), default=None)
        if heaviest is None or weights.get(heaviest.mem_id, 0) < _HELD * weights[best.mem_id]:
            return best
        best = heaviest


def _weigh(root: LexborNode, weights: dict[int, int]) -> None:
    """Weigh every element in one pass: its words, sentence marks much more, words in links against it."""
    stack: list[tuple[LexborNode, bool, bool]] = [(root, False, False)]
    sums: list[int] = [0]
    while stack:
        node, linked, leaving = stack.pop()
        if leaving:
            weight = max(0, sums.pop())
            weights[node.mem_id] = weight
            sums[-1] += weight
        elif node.tag == "-text":
            words = (node.text_content or "").strip()
            sums[-1] += -len(words) if linked else len(words) + 20 * sum(map(words.count, _MARKS))
        elif node is root or not is_hidden(node):
            stack.append((node, linked, True))
            sums.append(0)
            inside = linked or node.tag == "a"
            stack.extend((child, inside, False) for child in node.iter(include_text=True))
