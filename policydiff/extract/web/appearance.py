"""Effect of a page's own styles on its elements: hidden, struck through, font size zero, or a line of their own."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_ELEMENTS = tomllib.loads(files("policydiff.extract.web").joinpath("elements.toml").read_text("utf-8"))
BLOCKS = frozenset(_ELEMENTS["blocks"])
SKIPPED = frozenset(_ELEMENTS["skipped"])

_RULE = re.compile(r"([^{}@]{1,300})\{([^{}]{0,2000})\}")
_COMMENTS = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_ON_SCREENS = re.compile(
    r"@media\s+(?:all|screen)\s*\{((?:[^{}]{0,2000}\{[^{}]{0,2000}\}\s*){0,200})\}", re.IGNORECASE
)
_AT_MEDIA = re.compile(r"@[^{}]{1,300}\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,200}[^{}]{0,2000}\}")
"""Rules for print and narrow screens, which would hide words that the page shows."""
_DECLARATION = re.compile(
    r"(?:^|[;\s])(display|visibility|text-decoration(?:-line)?|font(?:-size)?|clip(?:-path)?|left|top|text-indent)\s*:\s*([^;]{1,300})",
    re.IGNORECASE,
)
_OFF_THE_PAGE = re.compile(
    r"rect\((?:[01](?:px)?[\s,]+){3}[01](?:px)?\)|inset\((?:50|100)%|^\s*-(?:\d{4,}(?:\.\d+)?(?:px)?|\d{3,}(?:r?em|%|v[wh]))\b"
)
"""Values that clip an element to a point or move it thousands of pixels beside the screen: words for screen readers (`.sr-only`)."""
_NO_SIZE = re.compile(r"(?:^|\s)0(?:\.0+)?(?:px|pt|em|rem|%)?(?=$|[\s/!])")
_DISPLAYS = {
    "none": "none",
    **dict.fromkeys(("inline", "contents", "ruby"), "inline"),
    **dict.fromkeys(("block", "list-item", "table", "flex", "grid", "flow-root", "table-row"), "block"),
}
_VISIBILITIES = {"visible": "visible", "hidden": "hidden", "collapse": "hidden"}
_STRUCK_ELEMENTS = frozenset({"s", "del", "strike"})
_CLOAKS = ("v-cloak", "ng-cloak", "data-cloak")
_MOST_RULES = 2_000
"""Most rules read of a page's style sheets, a bound on time."""
_MOST_EFFORT = 2e6
"""Most steps for the style sheet of a page, about a third of a second: fifty rules of three parts on a page of ten thousand
elements, or fifty rules that count neighbours on a page of two thousand."""
_PARTS = re.compile(r"[\s>+~,:.#\[]+")
_NEIGHBOURS = re.compile(r":(?:nth|has|last|only|first|is|where|not|empty)|~(?!=)")
"""Parts of selectors that look at every neighbour of an element, so that time grows with the square of the page."""
_DESCENTS = re.compile(r"[^\s>+~,]\s+(?=[^\s>+~,])")
_MOST_DESCENTS = 4
"""Steps down in a selector (`a b`) that cost no extra; each further step doubles the effort that is counted."""
_TYPES = re.compile(r"(?:^|[\s>+~])[A-Za-z]")
_CLASSES = re.compile(r"\.[\w-]|\[|(?<!:):(?!:)")
_MARKS = ("。", "；", "，", "：", ". ", ", ", "; ")
"""Marks of sentences, which menus lack; English marks include the blank after them, because addresses and numbers have the mark alone."""
_FEWEST_MARKS = 3
"""Least marks of sentences on a page that is judged by what it shows; fewer are a menu."""
_MOST_OF_IT = 0.5
"""Share of the page's sentences from which hiding an element would hide the document itself, so that it is not hidden."""
_CONTENT = re.compile(
    r"""content\s*:\s*(["'])((?:(?!\1)[^\n]){0,80}[\u4e00-\u9fff](?:(?!\1)[^\n]){0,80})\1"""
)
"""Chinese words that a rule prints before or after an element; icon characters do not count."""


class _Said(NamedTuple):
    """A value that a style gives to a property, and the rank by which it overrides others (CSS Cascading, 6.1)."""

    rank: tuple[int, ...]
    """Importance, place in the element itself, number of ids, classes and types, and place in the style sheet."""
    value: str


_Stated = dict[str, _Said]
"""Value by property: `display` (none, block, inline), `visibility` (hidden, visible), `line` (struck, plain), `size` (none, some),
and `clip`, `left` and similar ones (off, on the page)."""


class _Rule(NamedTuple):
    selector: str
    stated: _Stated
    number: int
    """Place of the rule in the style sheets."""

    def takes_back(self) -> bool:
        """Return whether the rule neither hides nor strikes words."""
        return not any(said.value in _TELLING for said in self.stated.values())


class Appearance:
    """Look of the elements of a page, as far as the page's own styles set it."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        """Read the page's own style sheets; style sheets in other files are not fetched."""
        self.printed: list[str] = []
        """Words that style sheets print before or after elements."""
        self.not_followed = 0
        """Number of rules that may strike or hide words but would take too long to follow; words hidden by these rules are shown."""
        self._stated: dict[int, _Stated] = {}
        self._shown: set[int] = set()
        self._unseen: set[int] = set()
        rules = self._rules(tree)
        telling = {key for rule in rules for key, said in rule.stated.items() if said.value in _CHANGING}
        # A rule that restores a property is needed only if another rule changes this property.
        wanted = [rule for rule in rules if telling.intersection(rule.stated)]
        self._look_inside(tree, self._follow(tree, sorted(wanted, key=_Rule.takes_back)))

    def _rules(self, tree: LexborHTMLParser) -> list[_Rule]:
        found: list[_Rule] = []
        for sheet in tree.css("style"):
            words = _COMMENTS.sub(" ", sheet.text_content or sheet.text() or "")
            words = _AT_MEDIA.sub("", _ON_SCREENS.sub(lambda held: held[1], words))
            for rule in islice(_RULE.finditer(words), _MOST_RULES):
                self.printed.extend(said[2] for said in _CONTENT.finditer(rule[2]))
                if stated := _stated(rule[2]):
                    found.extend(
                        _Rule(each.strip(), stated, len(found)) for each in rule[1].split(",") if each.strip()
                    )
        return found

    def _follow(self, tree: LexborHTMLParser, rules: list[_Rule]) -> list[LexborNode]:
        """Record the styles that rules set for their elements, and return these elements."""
        elements = len(tree.css("*")) if rules else 0
        left = _MOST_EFFORT
        found: dict[int, LexborNode] = {}
        for rule in rules:
            left -= (effort := _effort(rule.selector, elements))
            if left < 0:
                left += effort
                self.not_followed += not rule.takes_back()
                continue
            words = rule.selector
            weight = (
                0,
                words.count("#"),
                len(_CLASSES.findall(words)),
                len(_TYPES.findall(words)),
                rule.number,
            )
            for node in _selected(tree, words):
                found[node.mem_id] = node
                stated = self._stated.setdefault(node.mem_id, {})
                for key, said in rule.stated.items():
                    new = _Said((said.rank[0], *weight), said.value)
                    if key not in stated or stated[key].rank <= new.rank:
                        stated[key] = new
        return list(found.values())

    def _look_inside(self, tree: LexborHTMLParser, ruled: list[LexborNode]) -> None:
        """Record elements that hide most of the page (a script shows them), and elements of which only the own words are unseen."""
        body = tree.body
        most: float | None = None
        for node in (*tree.css("[style]"), *ruled):
            invisible = self._says(node, "visibility") == "hidden"
            if invisible or self._says(node, "display") == "none":
                if most is None:
                    most = _MOST_OF_IT * _marks(body) if body is not None else 0.0
                seen = [
                    each
                    for each in node.css("*")
                    if invisible and self._says(each, "visibility") == "visible"
                ]
                is_page = node.mem_id in self._stated and _marks(node) - sum(map(_marks, seen)) > most
                if is_page or seen:
                    self._shown.add(node.mem_id)
                if seen and not is_page:
                    self._unseen.update(self._alike(node, "visibility", "visible"))
            elif self._says(node, "size") == "none":
                self._unseen.update(self._alike(node, "size", "some"))

    def _alike(self, node: LexborNode, key: str, other: str) -> Iterator[int]:
        """Yield the ids of `node` and of elements inside it with the same look; an element with a class or id may have another size."""
        stack = [node]
        while stack:
            each = stack.pop()
            yield each.mem_id
            stack.extend(
                child
                for child in each.iter()
                if self._says(child, key) != other
                and not (key == "size" and {"class", "id"} & child.attributes.keys())
            )

    def _says(self, node: LexborNode, key: str) -> str:
        """Return the value of a property from the element's own style or the style sheets; empty if neither sets it."""
        said = self._stated.get(node.mem_id, {}).get(key)
        style = node.attributes.get("style")
        own = _stated(style).get(key) if style else None
        if own is None or (said is not None and said.rank > own.rank):
            return said.value if said is not None else ""
        return own.value

    def is_hidden(self, node: LexborNode) -> bool:
        """Return whether a style sheet or the element itself hides the element with all its content."""
        if node.mem_id in self._shown:
            return False
        if (
            node.mem_id not in self._stated
            and not is_hidden_by_style(node)
            and "style" not in node.attributes
        ):
            return False
        display = self._says(node, "display")
        if display == "none" or self._says(node, "visibility") == "hidden":
            return True
        if any(self._says(node, key) == "off" for key in _PLACES):
            return True
        # The attribute `hidden` only sets a `display`, which any other rule overrides.
        return is_hidden_by_style(node) and not (display and "hidden" in node.attributes)

    def is_unseen(self, node: LexborNode | None) -> bool:
        """Return whether an element's own words are unseen (size zero or invisible), although elements inside it may be seen."""
        return bool(self._unseen) and node is not None and node.mem_id in self._unseen

    def is_struck(self, node: LexborNode) -> bool:
        """Return whether an element's words are struck through by its tag, its style or a style sheet."""
        return node.tag in _STRUCK_ELEMENTS or self._says(node, "line") == "struck"

    def is_block(self, node: LexborNode) -> bool:
        """Return whether an element begins and ends a line."""
        said = self._says(node, "display")
        return (node.tag in BLOCKS and not (said == "inline" and node.tag == "div")) or (
            said == "block" and node.tag in _WORDS
        )


_WORDS = frozenset({"span", "a", "b", "strong", "em", "i", "u", "font", "label", "small", "big", "cite"})
"""Elements for words within a line, unless a style makes them lines of their own."""
_TELLING = frozenset({"none", "hidden", "struck", "off"})
_PLACES = ("clip", "clip-path", "left", "top", "text-indent")
_CHANGING = _TELLING | {"block"}
"""Values that change a page's lines; `block` makes words within a line a line of their own (`.item { display: block }`)."""


@lru_cache(maxsize=4096)
def _stated(style: str) -> _Stated:
    """Return the values that declarations give to properties that hide, strike, shrink or break words."""
    found: _Stated = {}
    for declared in _DECLARATION.finditer(style):
        name, value = declared[1].lower(), declared[2].lower()
        meant = _meant(name, value)
        if meant is not None:
            new = _Said((int("!important" in value), 1), meant[1])
            if meant[0] not in found or found[meant[0]].rank <= new.rank:
                found[meant[0]] = new
    return found


def _meant(name: str, value: str) -> tuple[str, str] | None:
    first = next(iter(value.replace("!", " ").split()), "")
    if name == "display":
        return "display", _DISPLAYS.get(first, "other")
    if name == "visibility":
        return "visibility", _VISIBILITIES.get(first, "inherited")
    if name.startswith("text-decoration"):
        return "line", "struck" if "line-through" in value else "plain"
    if name.startswith("font"):
        return "size", "none" if _NO_SIZE.search(value) else "some"
    if name in _PLACES:
        return name, "off" if _OFF_THE_PAGE.search(value) else "on"
    return None


def _effort(selector: str, elements: int) -> float:
    """Return an estimate of the steps that a selector takes on a page with `elements` elements."""
    parts = len(_PARTS.findall(selector)) + 1
    neighbours = len(_NEIGHBOURS.findall(selector))
    descents = len(_DESCENTS.findall(selector))
    # Each element looks at its neighbours in quick steps; nested descendants may be tried in every combination.
    return elements * (parts + neighbours * elements / 100) * 2.0 ** max(0, descents - _MOST_DESCENTS)


def _selected(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """Return the elements that a selector finds; empty for a selector that names no elements of the page (`::-webkit-scrollbar`)."""
    try:
        return tree.css(selector)
    except (SelectolaxError, ValueError, RuntimeError):
        return []


_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.IGNORECASE
)


def is_hidden_by_style(node: LexborNode) -> bool:
    """Return whether an element hides itself, for good or until a script shows it."""
    attributes = node.attributes
    waits = "popover" in attributes or (node.tag == "dialog" and "open" not in attributes)
    return waits or "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def is_hidden(node: LexborNode) -> bool:
    """Return whether a reader does not see the node (scripts, form fields, `display: none`)."""
    return node.tag in SKIPPED or is_hidden_by_style(node)


def reveal(root: LexborNode) -> bool:
    """Show the elements that a script would have shown; return whether there were any.

    A portal's page may be hidden as a whole until its scripts have run. An element that hides more than half of the page's
    sentences is therefore the page, and no menu or dialogue.
    """
    whole = _marks(root)
    if whole < _FEWEST_MARKS:
        return False
    shown = False
    for node in [root, *root.css("[style], [hidden], [v-cloak], [ng-cloak], [data-cloak]")]:
        if node.tag in {"script", "style", "noscript", "template"} or not is_hidden_by_style(node):
            continue
        if node is root or _marks(node) > _MOST_OF_IT * whole:
            for name in ("style", "hidden", *_CLOAKS):
                if name in node.attributes:
                    del node.attrs[name]
            shown = True
    return shown


def upward(node: LexborNode | None) -> Iterator[LexborNode]:
    """Yield an element and the elements around it, from the inside."""
    while node is not None:
        yield node
        node = node.parent


def stops(words: str) -> int:
    """Return the number of sentence marks in the words."""
    return sum(map(words.count, _MARKS)) + words.endswith(".")


def _marks(node: LexborNode) -> int:
    """Return the number of sentence marks in an element, without scripts, which have commas of their own."""
    return stops(node.text()) - sum(stops(each.text()) for each in node.css(_UNREAD))


_UNREAD = "script, style, noscript, template"
