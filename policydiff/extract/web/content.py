"""Finds the block of a page that holds the document: by given selectors, by selectors common on portals, else the densest block from its heading."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.errors import LayoutChangedError
from policydiff.extract.reading import Block, Leftovers
from policydiff.extract.web.appearance import BLOCKS, is_hidden, stops, upward
from policydiff.extract.web.blocks import PageWalk
from policydiff.extract.web.grids import is_of_data
from policydiff.extract.web.portal import is_labelled, page_title, portals
from policydiff.lexicon.furniture import is_furniture
from policydiff.lexicon.titles import reads_as_title

_MINIMUM = 30
"""Least characters of the block that a portal's selector names; some sites give the class to small boxes too."""
_HELD = 0.75
"""Share of a block's weight that its heaviest part must hold for the search to go down into this part."""
_PASSAGES = frozenset([
    "address", "blockquote", "caption", "dd", "dl", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "ul",
])  # fmt: skip
"""Elements for passages, not for parts of a page. If such an element holds nearly all the words and others follow it (a table after
a long `<pre>`, the last item of a list), the document is the element around them."""
_LISTS = frozenset({"dl", "ol", "ul"})
_OF_TABLES = frozenset({"table", "tbody", "thead", "tfoot", "tr"})
_SHARE = 0.2
"""Least share of the page's weight that the block named by a selector has."""


def content_block(root: LexborNode) -> tuple[LexborNode, bool]:
    """Return the block that holds the document, and whether a portal's selector named it."""
    weights: dict[int, int] = {}
    _weigh(root, weights)
    least = _SHARE * weights[root.mem_id]
    for selector in portals().content:
        found = [(len(node.text(strip=True)), node) for node in root.css(selector)]
        length, node = max(found, key=lambda pair: pair[0], default=(0, root))
        # Some sites give this class to small boxes too.
        if length >= _MINIMUM and weights.get(node.mem_id, 0) >= least:
            return node, True
    return _densest(root, weights), False


def note_beside(block: LexborNode, walk: PageWalk, taken: Iterable[Block]) -> list[str]:
    """Record the lines beside a block that no selector named, anywhere on the page, unless they are mostly links.

    The lines may belong to the document (a table, an annex in a block of its own) or be neighbours of it. The lines that look
    like text of the document are returned: numbered clauses, annexes, rows with figures.
    """
    words = {line.text for line in taken}
    doubtful: list[str] = []
    for beside, is_near in _all_beside(block):
        if not (_speaks(beside) or (is_near and is_hidden(beside))):
            continue
        for line in walk.lines_of(beside):
            if line.text in words or _is_beside(line.text):
                continue
            walk.note("beside", line.text)
            is_row = line.kind == "row" and any(character.isdecimal() for character in line.text)
            if is_near and (is_row or _CLAUSE.match(line.text)):
                doubtful.append(line.text)
    return doubtful


def _all_beside(block: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield the elements beside the block and beside each element around it; true for neighbours of the block itself."""
    for inner in takewhile(lambda each: each.tag != "body", upward(block)):
        for each in inner.parent.iter() if inner.parent is not None else ():
            if each.mem_id != inner.mem_id:
                yield each, inner is block


def hidden_clauses(left_out: Leftovers, taken: Iterable[Block]) -> list[str]:
    """Return hidden words that look like clauses and are not also shown, because a tab that a script opens may hold half a text."""
    shown = _bare("".join(line.text for line in taken))
    hidden = (each.text for each in left_out.found() if each.kind == "hidden")
    return [words for words in hidden if _CLAUSE.match(words) and _bare(words) not in shown]


_CLAUSE = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,6}[条章节]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|附件|附表|附录"
)


def _is_one_of_several(node: LexborNode) -> bool:
    """Return whether an element has siblings of its own kind, or siblings after it that are more than links."""
    around = node.parent
    following = node.next
    while following is not None and not _speaks(following):
        following = following.next
    if following is not None or around is None:
        return following is not None
    # A line before a list introduces the list.
    is_list = node.tag in _LISTS
    return any(
        each.mem_id != node.mem_id and (each.tag == node.tag or (is_list and _speaks(each)))
        for each in around.iter()
    )


def _speaks(node: LexborNode) -> bool:
    """Return whether an element is a block that a reader sees and that is more than links."""
    return node.tag in BLOCKS and not is_hidden(node) and not _only_links(node)


def _only_links(node: LexborNode) -> bool:
    linked = sum(len(_bare(link.text())) for link in node.css("a"))
    return 2 * linked >= len(_bare(node.text()))


def _is_table_of_text(node: LexborNode) -> bool:
    """Return whether an element is (or only contains) a table of data, with paragraphs beside it such as a title or signature."""
    around = node.parent
    if around is None or not any(each.tag in _PASSAGES and _speaks(each) for each in around.iter()):
        return False
    while node.tag != "table" and len(inner := [each for each in node.iter() if each.tag in BLOCKS]) == 1:
        node = inner[0]
    # A table that contains a heading of the page sets the layout and holds no data.
    return node.tag == "table" and is_of_data(node) and node.css_first("h1, h2, h3, h4") is None


def _densest(root: LexborNode, weights: dict[int, int]) -> LexborNode:
    """Return the smallest block that holds most of the page's sentences outside links."""
    best = root
    while True:
        blocks = [node for node in best.iter() if node.tag in BLOCKS]
        heaviest = max(blocks, key=lambda node: weights.get(node.mem_id, 0), default=None)
        if heaviest is None or _is_table_of_text(heaviest):
            return best
        is_last = heaviest.tag in _PASSAGES and _is_one_of_several(heaviest)
        if is_last or weights.get(heaviest.mem_id, 0) < _HELD * weights[best.mem_id]:
            # Rows must be read as part of their table.
            while best.tag in _OF_TABLES and best.parent is not None:
                best = best.parent
            return best
        best = heaviest


def _weigh(root: LexborNode, weights: dict[int, int]) -> None:
    """Set the weight of every element in one pass: words count, sentence marks count much more, words in links count negative."""
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
            if len(words) < _DRAWN or 2 * sum(map(str.isalnum, words)) >= len(_bare(words)):
                sums[-1] += -len(words) if linked else len(words) + 20 * stops(words)
        elif node is root or not is_hidden(node):
            stack.append((node, linked, True))
            sums.append(0)
            inside = linked or node.tag == "a"
            stack.extend((child, inside, False) for child in node.iter(include_text=True))


_DRAWN = 12
"""Characters from which words that are mostly marks and signs are a drawing; signs between links are fewer."""
_FEWEST_SENTENCES = 3
"""Sentence marks that must be left on the page, because the document itself may be in an element that the site calls a sidebar."""


def cut_out(root: LexborNode, selectors: tuple[str, ...], left_out: Leftovers | None = None) -> None:
    """Remove the blocks that the selectors find from the page, and record their words in `left_out`."""
    for selector in selectors:
        for node in root.css(selector):
            _note_page(node, left_out)
            node.decompose()


def _note_page(node: LexborNode, left_out: Leftovers | None) -> None:
    if left_out is not None and node.tag not in {"script", "style"}:
        for each in node.css("script, style"):
            each.decompose()
        left_out.add("page", " ".join(node.text().split()))


def set_aside(root: LexborNode, left_out: Leftovers) -> None:
    """Remove elements that the page's makers call comments, dialogs, sidebars or menus, however long they are.

    An element is kept if it contains a block in which portals keep documents, or if few sentences would be left without it.
    """
    found: list[LexborNode] = []
    for selector in portals().aside:
        found.extend(root.css(selector))
    if not found:
        return
    whole = stops(root.text())
    for node in found:
        own = stops(node.text())
        if whole - own >= _FEWEST_SENTENCES and not any(node.css_first(each) for each in portals().content):
            _note_page(node, left_out)
            node.decompose()
            whole -= own


def selected(root: LexborNode, selectors: tuple[str, ...]) -> list[LexborNode]:
    """Return the blocks that the selectors find, in the order of the selectors, without blocks inside another block found.

    Raises LayoutChangedError if the selectors find nothing.
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


_TITLES = "h1, h2, h3, [class*=title], [class*=Title], [class*=TITLE], [id*=title], [id*=Title], [class*=biaoti], [class*=bt]"
_SHORTEST, _LONGEST = 4, 120
_MOST_BETWEEN = 40
"""Most lines between heading and text: a title of several lines, a table of facts and the dates of decisions."""
_CRUMBS = re.compile(r"^(?:当前位置|您(?:现在)?的?位置|首页|主页)\s*[：:>＞»]|[>＞»].*[>＞»]")


def from_heading(tree: LexborHTMLParser, root: LexborNode, block: LexborNode, walk: PageWalk) -> list[Block]:
    """Return the lines of a block, preceded by the lines from the heading above it on; only the block's lines if it has no heading."""
    _cut_menus_above(block, walk)
    own = walk.blocks(block)
    heading = _heading(tree, root, block, anywhere=bool(own) and not reads_as_title(own[0].text))
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


def _cut_menus_above(block: LexborNode, walk: PageWalk) -> None:
    """Remove menus above the only h1 of a block, and record their words."""
    headings = [node for node in block.css("h1") if len(_bare(node.text())) >= _SHORTEST]
    if len(headings) != 1 or headings[0].css_first("a") is not None:
        return
    for here in takewhile(lambda each: each.mem_id != block.mem_id, upward(headings[0])):
        above = here.prev
        while above is not None:
            node, above = above, above.prev
            if node.tag in BLOCKS and _only_links(node) and _bare(node.text()):
                walk.note("page", " ".join(node.text().split()))
                node.decompose()


def _heading(
    tree: LexborHTMLParser, root: LexborNode, block: LexborNode, *, anywhere: bool = False
) -> LexborNode | None:
    """Return the last element before the block that is marked as the page's title, or repeats the title that the page declares.

    With `anywhere`, an unmarked line may also be the title, as in pages laid out with tables.
    """
    first = [node.mem_id for node in root.css("h1") if len(_bare(node.text())) >= _SHORTEST]
    if len(first) == 1 and any(node.mem_id == first[0] for node in block.css("h1")):
        return None  # the page's only h1 is in the block
    declared = _bare(page_title(tree, {}) or "")
    best: LexborNode | None = None
    best_rank = (0, 0)
    marked = {node.mem_id for node in root.css(_TITLES)}
    inside = {node.mem_id for node in block.css("*")}
    nodes = root.css("*")
    start = next((place for place, node in enumerate(nodes) if node.mem_id == block.mem_id), 0)
    own_rank = 0
    for place, node in enumerate(nodes):
        is_own = node.mem_id in inside
        if node.mem_id not in marked and not (anywhere and not is_own and _says_title(node, declared)):
            continue
        words = _bare(node.text())
        if not _SHORTEST <= len(words) <= _LONGEST or _is_beside(node.text().strip()):
            continue
        if place >= start and not is_own:
            continue
        if node.css_first("a") is not None and _bare("".join(a.text() for a in node.css("a"))) == words:
            continue  # a link leads to another page
        said = (
            3
            if declared and words == declared
            else 2
            if declared and (words in declared or declared in words)
            else 0
        )
        # If the page declares no title, its h1 outranks the headings of its parts.
        rank = (said + (node.tag in {"h1", "h2"}) + (node.tag == "h1" and not declared), place)
        if is_own:
            own_rank = max(own_rank, rank[0] if said else 0)
        elif best is None or rank > best_rank:
            best, best_rank = node, rank
    # If a block holds the page's title, elements above it are a banner or a dialog.
    return best if own_rank <= best_rank[0] else None


def _says_title(node: LexborNode, declared: str) -> bool:
    words = _bare(node.text(deep=False))
    if any(each.tag == "a" for each in upward(node)):
        return False  # a link leads to another page
    return words == declared if declared else len(words) > 2 * _SHORTEST and reads_as_title(words)


def heading_above(tree: LexborHTMLParser, root: LexborNode, block: LexborNode) -> str | None:
    """Return the words of the heading above a block if they are a title and the page declares none: h1 beside .wp_articlecontent."""
    heading = _heading(tree, root, block)
    words = " ".join(heading.text().split()) if heading is not None else ""
    return words if reads_as_title(words) else None


def _around(heading: LexborNode, block: LexborNode) -> LexborNode:
    """Return the smallest element that contains both the heading and the block."""
    above = {each.mem_id for each in upward(heading)}
    return next(each for each in upward(block) if each.mem_id in above or each.parent is None)


def _before(around: LexborNode, block: LexborNode, walk: PageWalk) -> Iterator[Block]:
    """Yield the lines before the block inside the element `around`."""
    path = takewhile(lambda each: each.mem_id != around.mem_id, upward(block))
    inside = {each.mem_id for each in path}
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


def without_neighbours(root: LexborNode, lines: list[Block], left_out: Leftovers) -> list[Block]:
    """Return the lines without the links to other pages at the end, and without the short headings of these links (相关阅读).

    Links to files are kept, and so are links below the word for an annex.
    """
    linked = {
        _bare(link.text())
        for link in root.css("a[href]")
        if _TO_PAGE.search((link.attributes.get("href") or "").strip())
    }
    end = len(lines)
    while end and _bare(_LISTED.sub("", lines[end - 1].text)) in linked:
        start = end - 1
        while start and _bare(_LISTED.sub("", lines[start - 1].text)) in linked:
            start -= 1
        heading = _bare(lines[start - 1].text) if start else ""
        is_heading = not any(mark in heading for mark in "。；")
        if not start or (is_heading and _CLAUSE.match(heading)) or heading.startswith("附"):
            break
        is_named = is_furniture(heading) or heading.endswith(("：", ":"))
        if not is_named and end - start < _FEWEST_LINKS:
            break
        end = start - is_named
    if sum(stops(line.text) for line in lines[:end]) < _FEWEST_SENTENCES:
        return lines  # the document itself is a list of links
    for line in lines[end:]:
        left_out.add("page", line.text)
    return lines[:end]


_TO_PAGE = re.compile(r"^[?#]|(?:\.(?:[sx]?html?|php|aspx?|jspx?)|/)$", re.IGNORECASE)
"""Addresses of pages; an address with a query may lead to a file."""
_LISTED = re.compile(r"^\d{1,2}[.、]\s*")
_FEWEST_LINKS = 2
"""Least links without a heading that form a list."""


def _is_beside(text: str) -> bool:
    return is_furniture(text) or is_labelled(text) or _CRUMBS.search(text) is not None


def _bare(text: str) -> str:
    return "".join(text.split())
