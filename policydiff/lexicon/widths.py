"""Full and half width, and the many forms of one bracket, folded to one form for matching.

Folding never changes the length of a text, so places found in a folded text are places in the original. Text that
is shown is never folded.
"""

from functools import lru_cache

_OPENING = "〔［[【（﹝〖｛{〘〚⦅｟"
_CLOSING = "〕］]】）﹞〗｝}〙〛⦆｠"

_TABLE: dict[int, int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
for _variants, _one in (
    (_OPENING, "("),
    (_CLOSING, ")"),
    ("“”„‟〝〞〟＂「」『』﹁﹂", '"'),
    ("‘’‚‛＇", "'"),
    ("〈＜", "《"),
    ("〉＞", "》"),
    ("—–―‐‑‒−－─━﹣", "-"),
    ("～〜∼˜", "~"),
    ("·・•‧∙･", "·"),
    ("､", "、"),
    ("｡", "。"),
    ("％", "%"),
    ("\u3000\xa0\u2002\u2003\u2009\u202f\t", " "),
):
    _TABLE.update((ord(variant), ord(_one)) for variant in _variants)


@lru_cache(maxsize=64)
def fold(text: str) -> str:
    """Return the text with width and bracket variants made one; the length stays.

    >>> fold("（沪府发［２０１８］２５号），“上海”")
    '(沪府发(2018)25号),"上海"'
    """
    return text.translate(_TABLE)
