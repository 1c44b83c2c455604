"""Headers, footers and page numbers: lines at the edge of pages that repeat, or that only count the pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from policydiff.extract.pages.placed import Line, Page

_EDGE = 0.14
_EDGE_LINES = 3
_DIGITS = re.compile(r"[0-9０-９]+")
_BLANKS = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(
    r"""^(?:
          [—–\-－―─一_~•·.]{1,3} \d{1,4} [—–\-－―─一_~•·.]{0,3}   # — 12 —; recognition reads 一12一
        | \d{1,4} [—–\-－―─一_~•·.]{1,3}
        | 第 \d{1,4} 页 (?: [,，/]? 共 \d{1,4} 页 )?
        | \d{1,4} / \d{1,4}
        | [Pp]age \d{1,4} (?: of \d{1,4} )?
    )$""",
    re.VERBOSE,
)
_BARE = re.compile(r"^\d{1,4}$")


def without_furniture(pages: Sequence[Page], lines: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the lines of each page without headers, footers and page numbers."""
    edges = [_edge_lines(page, of_page) for page, of_page in zip(pages, lines, strict=True)]
    repeated = _repeated(pages, edges)
    kept = []
    for page, of_page, edge in zip(pages, lines, edges, strict=True):
        dropped = {
            line for line in edge if (_key(line), _height(page, line)) in repeated or _counts_pages(line)
        }
        dropped |= {line for line in edge[-1:] if _is_bare_number(page, line, of_page)}
        kept.append([line for line in of_page if line not in dropped])
    return kept


def _edge_lines(page: Page, lines: list[Line]) -> list[Line]:
    top = [line for line in lines[:_EDGE_LINES] if line.baseline < _EDGE * page.height]
    bottom = [line for line in lines[-_EDGE_LINES:] if line.baseline > (1 - _EDGE) * page.height]
    return top + [line for line in bottom if line not in top]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", _BLANKS.sub("", line.text))


def _height(page: Page, line: Line) -> int:
    """Return where the line stands, in fiftieths of the page: furniture keeps its place."""
    return round(50 * line.baseline / page.height) if page.height else 0


def _repeated(pages: Sequence[Page], edges: Sequence[list[Line]]) -> set[tuple[str, int]]:
    """Return furniture by text and place: on three pages, or on both pages of a document of two."""
    counts: Counter[tuple[str, int]] = Counter()
    for page, edge in zip(pages, edges, strict=True):
        for key in {(_key(line), _height(page, line)) for line in edge}:
            counts[key] += 1
    needed = min(3, max(2, len(pages)))
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for text, height in counts:
        by_text[text].append(height)
    found = set()
    for text, heights in by_text.items():
        # Rounding may put one place into two neighbouring fiftieths.
        for height in heights:
            if sum(counts[text, height + step] for step in (-1, 0, 1)) >= needed:
                found.add((text, height))
    return found


def _counts_pages(line: Line) -> bool:
    return bool(_PAGE_NUMBER.match(_BLANKS.sub("", line.text)))


def _is_bare_number(page: Page, line: Line, lines: list[Line]) -> bool:
    """Say whether a lone number far below the last line is the number of a page."""
    if not _BARE.match(line.text.strip()) or line is not lines[-1] or len(lines) < 2:
        return False
    return line.baseline - lines[-2].baseline > 1.8 * lines[-2].size and int(line.text) <= page.number + 1000
