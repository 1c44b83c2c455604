"""The heading of a page whose layout is not known: where the document begins above its densest block."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.reading import Block
from policydiff.extract.web.blocks import PageWalk
from policydiff.extract.web.portal import is_labelled, page_title
from policydiff.lexicon.furniture import is_furniture

_BLANKS = re.compile(r"\s+")
_TITLES = "h1, h2, h3, [class*=title], [class*=Title], [class*=TITLE], [id*=title], [id*=Title], [class*=biaoti], [class*=bt]"
_SHORTEST, _LONGEST = 4, 120
_MOST_BETWEEN = 40
"""Lines between heading and text: a title of several lines, an information table and what was decided when."""
_CRUMBS = re.compile(r"^(?:当前位置|您(?:现在)?的?位置|首页|主页)\s*[：:>＞»]|[>＞»].*[>＞»]")


def from_heading(tree: LexborHTMLParser, root: LexborNode, block: LexborNode, walk: PageWalk) -> list[Block]:
    """Return the lines of a block with those from the heading above it on; the block's own where there is none."""
    own = walk.blocks(block)
    heading = _heading(tree, root, block)
    if heading is None or not own:
        return own
    around = _around(heading, block)
    words = _bare(heading.text())
    above: list[Block] = []
    found = False
    for line in _before(around, block, walk):
        bare = _bare(line.text)
        # A heading of several lines is one element; its first line begins the document.
        if not found and bare and words.startswith(bare) and len(bare) * 2 >= min(len(words), 2 * _SHORTEST):
            found = True
        if found:
            above.append(line)
    if len(above) > _MOST_BETWEEN or (own and above and _bare(own[0].text) == words):
        return own
    for line in above:
        if _is_beside(line.text):
            walk.note("page", line.text)
    return [*(line for line in above if not _is_beside(line.text)), *own]


def _heading(tree: LexborHTMLParser, root: LexborNode, block: LexborNode) -> LexborNode | None:
    """Return the last element before the block that the page marks as its title, or that says what it declares."""
    order = {node.mem_id: number for number, node in enumerate(root.css("*"))}
    start = order.get(block.mem_id, 0)
    declared = _bare(page_title(tree, {}) or "")
    best: LexborNode | None = None
    best_rank = (0, 0)
    for node in root.css(_TITLES):
        words = _bare(node.text())
        place = order.get(node.mem_id, 0)
        if not _SHORTEST <= len(words) <= _LONGEST or place >= start or _is_beside(node.text().strip()):
            continue
        if node.css_first("a") is not None and _bare("".join(a.text() for a in node.css("a"))) == words:
            continue  # a link leads elsewhere
        said = (
            3
            if declared and words == declared
            else 2
            if declared and (words in declared or declared in words)
            else 0
        )
        rank = (said + (node.tag in {"h1", "h2"}), place)
        if best is None or rank > best_rank:
            best, best_rank = node, rank
    return best


def _around(heading: LexborNode, block: LexborNode) -> LexborNode:
    """Return the smallest element that holds both."""
    above = set()
    here: LexborNode | None = heading
    while here is not None:
        above.add(here.mem_id)
        here = here.parent
    here = block
    while here.parent is not None and here.mem_id not in above:
        here = here.parent
    return here


def _before(around: LexborNode, block: LexborNode, walk: PageWalk) -> Iterator[Block]:
    """Give the lines that stand before the block inside the element around it."""
    path = []
    here: LexborNode | None = block
    while here is not None and here.mem_id != around.mem_id:
        path.append(here.mem_id)
        here = here.parent
    inside = set(path)
    level: LexborNode | None = around
    while level is not None and level.mem_id != block.mem_id:
        following: LexborNode | None = None
        for child in level.iter():
            if child.mem_id in inside:
                following = child
                break
            if child.tag != "-text":
                yield from walk.lines_of(child)
        level = following


def _is_beside(text: str) -> bool:
    return is_furniture(text) or is_labelled(text) or _CRUMBS.search(text) is not None


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)
