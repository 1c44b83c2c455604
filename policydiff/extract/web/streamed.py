"""Parts of a page that arrive behind it, hidden, and that a script puts in their places.

React sends a page so: `<template id="B:0">` marks a place, `<div hidden id="S:0">` holds what belongs there, and a call of a function
names both (`$RC("B:0","S:0")`). A page saved before its scripts ran shows the places empty. No script is run.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_CALL = re.compile(r"""\$R[A-Z]{1,2}\(\s*(["'])([\w:.-]{1,60})\1\s*,\s*(["'])([\w:.-]{1,60})\3""")
_END = "/$"
"""The comment that ends what is shown until the part arrives (正在加载)."""
_FEWEST = 40
"""Characters of a part that is sent once for wide and once for narrow screens, of which a reader sees one."""


def put_in_place(tree: LexborHTMLParser) -> bool:
    """Put the parts of a page in their places, and say whether there were any."""
    seen: set[str] = set()
    moved = False
    for script in tree.css("script:not([src])"):
        for call in _CALL.finditer(script.text() or ""):
            named = [tree.css_first(f'[id="{name}"]') for name in (call[2], call[4])]
            place = next((each for each in named if each is not None and each.tag == "template"), None)
            part = next((each for each in named if each is not None and "hidden" in each.attributes), None)
            if place is None or part is None:
                continue
            words = "".join(part.text().split())
            if len(words) < _FEWEST or words not in seen:
                del part.attrs["hidden"]
                place.insert_before(part)
                moved = True
            seen.add(words)
            _empty(place)
            part.decompose()
    return moved


def _empty(place: LexborNode) -> None:
    """Take a place out of the page, with what was shown there meanwhile."""
    meanwhile: list[LexborNode] = []
    following = place.next
    while following is not None and following.comment_content != _END:
        meanwhile.append(following)
        following = following.next
    # Without an end, nothing was shown there.
    for node in (place, *(meanwhile if following is not None else ())):
        node.decompose()
