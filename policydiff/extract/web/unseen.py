"""What of a page a reader does not see, or sees struck through; and what a script was to show."""

import re
import tomllib
from importlib.resources import files
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

_RULE = re.compile(r"([^{}@]{1,300})\{([^{}]{0,2000})\}")
_STRUCK = re.compile(r"line-through", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.IGNORECASE
)
_STRUCK_ELEMENTS = frozenset({"s", "del", "strike"})
_CLOAKS = ("v-cloak", "ng-cloak", "data-cloak")
_MOST_RULES = 2_000
_SENTENCES = re.compile("[。；，：]")
_FEWEST_MARKS = 3
_MOST_OF_IT = 0.5


class Appearance:
    """Which elements of one page are struck through."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        """Read the page's own style sheets; those of other files are not fetched."""
        self._struck: set[int] = set()
        for sheet in tree.css("style"):
            rules = _RULE.finditer(sheet.text_content or sheet.text() or "")
            for rule in islice(rules, _MOST_RULES):
                if _STRUCK.search(rule[2]):
                    self._struck.update(node.mem_id for node in _selected(tree, rule[1]))

    def is_struck(self, node: LexborNode) -> bool:
        """Return whether an element's words are struck through by its tag, its style or a style sheet."""
        if node.tag in _STRUCK_ELEMENTS or node.mem_id in self._struck:
            return True
        return _STRUCK.search(node.attributes.get("style") or "") is not None


def _selected(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector.strip())
    except (ValueError, RuntimeError):
        return []


def is_hidden_by_style(node: LexborNode) -> bool:
    """Return whether an element hides itself until a script shows it, or for good."""
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def reveal(root: LexborNode) -> bool:
    """Show what a script would have shown, and say whether there was any.

    A portal's page may be hidden as a whole until its scripts have run: an element that hides more than half of the
    page's sentences is the page, and no menu or dialogue.
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


def _marks(node: LexborNode) -> int:
    return len(_SENTENCES.findall(node.text()))


_ELEMENTS = tomllib.loads(files("policydiff.extract.web").joinpath("elements.toml").read_text("utf-8"))
BLOCKS = frozenset(_ELEMENTS["blocks"])
SKIPPED = frozenset(_ELEMENTS["skipped"])
