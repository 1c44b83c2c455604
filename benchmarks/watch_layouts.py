"""Ten layouts of government portals around one document: known and unknown blocks, tables, rails, dialogs, plain pages."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter


class Doc(NamedTuple):
    """One document as a page shows it."""

    title: str
    number: str
    lines: tuple[str, ...]
    """Text between title and signature; HTML where a line begins with `<`."""
    signed: tuple[str, ...]
    heading: str = ""
    """Title outside the block; empty for the document's own."""
    facts: tuple[tuple[str, str], ...] = ()
    annexes: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The title as the page shows it outside the block."""
        return self.heading or self.title

    def written(
        self, line: Callable[[str], str], annex: Callable[[str, str], str], *, titled: bool = True
    ) -> str:
        """Return the text line by line, HTML as it stands, with links to the annexes behind it."""
        lines = (self.title if titled else "", self.number, *self.lines, *self.signed)
        made = [each if each.startswith("<") else line(each) for each in lines if each]
        return "".join(made) + "".join(annex(label, target) for label, target in self.annexes)


def documents(matrix: str) -> dict[str, Doc]:
    """Return the documents of a matrix by their names."""
    listed = tomllib.loads(_DOCUMENTS.read_text("utf-8"))[matrix]
    whole = {name: {"number": "", "signed": (), **each} for name, each in listed.items()}
    return TypeAdapter(dict[str, Doc]).validate_python(whole)


_DOCUMENTS = Path(__file__).parent / "gold" / "page_pairs" / "documents.toml"


class Around(NamedTuple):
    """What stands around and inside the document's block, and is not the document."""

    above: str = ""
    """Directly above the block."""
    first: str = ""
    """First inside the block."""
    last: str = ""
    """Last inside the block."""
    below: str = ""
    top: str = "今天是2026年1月1日 星期四"
    script: str = ""


def opened(doc: Doc, site: str, around: Around, head: str = "") -> str:
    """Return the beginning of a page of a site."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{doc.name}{site}</title>{head}{around.script}</head><body>"


def paragraph(words: str) -> str:
    """Return a line of a text as a paragraph."""
    return f"<p>{words}</p>"


def linked(label: str, target: str) -> str:
    """Return a link to an annex as a paragraph."""
    return f"<p><a href='{target}'>{label}</a></p>"


def paragraphs(doc: Doc) -> str:
    """Return the document's text as paragraphs."""
    lines = [doc.title, doc.number, *doc.lines]
    made = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines if line)
    made += "".join(f'<p><a href="{target}">{label}</a></p>' for label, target in doc.annexes)
    return made + "".join(f"<p>{line}</p>" for line in doc.signed)


def _table(doc: Doc) -> str:
    rows = "".join(f"<tr><td>{label}：</td><td>{value}</td></tr>" for label, value in doc.facts)
    return f'<table class="info">{rows}</table>' if rows else ""


def _inline(doc: Doc) -> str:
    return "".join(f"<li><b>{label}：</b><span>{value}</span></li>" for label, value in doc.facts)


def _page(doc: Doc, around: Around, body: str) -> bytes:
    heading = doc.name
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{heading}_某市人民政府</title>{around.script}</head>'
        f"<body>{body}</body></html>"
    ).encode()


_FOOT = "<div class='foot'><p>主办单位：某市人民政府办公厅</p><p>版权所有 某ICP备05000001号 网站标识码3100000001</p></div>"
_NAV = "<ul class='nav'><li><a href='/'>首页</a></li><li><a href='/zwgk'>政务公开</a></li><li><a href='/hd'>互动</a></li></ul>"


def _block(mark: str) -> Callable[[Doc, Around], bytes]:
    """Return a portal whose block a known selector names."""

    def made(doc: Doc, around: Around) -> bytes:
        heading = f"<h1>{doc.name}</h1>"
        body = (
            f"<div class='top'>{around.top}</div>{_NAV}<div class='main'>{heading}{_table(doc)}{around.above}"
            f"<div {mark}>{around.first}{paragraphs(doc)}{around.last}</div>{around.below}</div>{_FOOT}"
        )
        return _page(doc, around, body)

    return made


def _unknown(doc: Doc, around: Around) -> bytes:
    heading = f"<h2 class='bt'>{doc.name}</h2>"
    body = (
        f"<div class='hd'>{around.top}{_NAV}</div><div class='wrap'><div class='l'>{heading}<ul>{_inline(doc)}</ul>{around.above}"
        f"<div class='nr'>{around.first}{paragraphs(doc)}{around.last}</div></div><div class='r'>{around.below}</div></div>{_FOOT}"
    )
    return _page(doc, around, body)


def _flat(doc: Doc, around: Around) -> bytes:
    """Return a page without any block: everything under the body."""
    body = f"<p>{around.top}</p>{_table(doc)}{around.above}{around.first}{paragraphs(doc)}{around.last}{around.below}{_FOOT}"
    return _page(doc, around, body)


def _tables(doc: Doc, around: Around) -> bytes:
    """Return an old portal laid out by tables."""
    body = (
        f"<table width='100%'><tr><td>{around.top}</td></tr><tr><td><h1>{doc.name}</h1>{_table(doc)}{around.above}</td></tr>"
        f"<tr><td class='cont'>{around.first}{paragraphs(doc)}{around.last}</td></tr><tr><td>{around.below}{_FOOT}</td></tr></table>"
    )
    return _page(doc, around, body)


def _article(doc: Doc, around: Around) -> bytes:
    """Return a page of HTML 5 elements."""
    body = (
        f"<header>{around.top}{_NAV}</header><main><article><h1>{doc.name}</h1>{_table(doc)}{around.above}"
        f"<section>{around.first}{paragraphs(doc)}{around.last}</section></article><aside>{around.below}</aside></main><footer>{_FOOT}</footer>"
    )
    return _page(doc, around, body)


LAYOUTS: dict[str, Callable[[Doc, Around], bytes]] = {
    "TRS": _block("class='TRS_Editor'"),
    "zoom": _block("id='zoom'"),
    "UCAP": _block("id='UCAP-CONTENT'"),
    "vsb": _block("id='vsb_content'"),
    "ueditor": _block("class='article-content'"),
    "schema.org": _block("itemprop='articleBody'"),
    "unknown": _unknown,
    "flat": _flat,
    "tables": _tables,
    "html5": _article,
}
