"""HTML: the block that holds the document, one paragraph on each line, and the facts that the page states beside it.

Also pages that Word or a browser saved in one file (MHTML, often under the name `.doc`), and bundles of pages.
"""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.decoding import Decoded, decode
from policydiff.extract.reading import (
    LIBRARY_FAULTS,
    Block,
    Form,
    Leftovers,
    Pairs,
    Reading,
    Remark,
    Request,
    library,
    text_and_forms,
)
from policydiff.extract.sniff import FILE_MEMBER, MEMBER, FileKind, is_read, read_as, sniff
from policydiff.extract.web.appearance import Appearance, reveal
from policydiff.extract.web.blocks import PageWalk, take_notes
from policydiff.extract.web.content import (
    content_block,
    cut_out,
    from_heading,
    heading_above,
    hidden_clauses,
    note_beside,
    selected,
    set_aside,
    without_neighbours,
)
from policydiff.extract.web.portal import (
    facts,
    framed,
    half_documents,
    other_pages,
    page_title,
    pictures,
    portals,
    short_blocks,
)
from policydiff.extract.web.script_text import as_page, length_of, put_in_place, texts_of_scripts
from policydiff.lexicon.furniture import kept_lines, page_labels

_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
_HEAD = 2_000
"""Characters from the start in which a page declares itself as XHTML."""
_XHTML = re.compile(r"<\?xml\s|http://www\.w3\.org/1999/xhtml")
_OWN_LINES = re.compile(r"</((?!mjx-)[A-Za-z][A-Za-z0-9]{0,30}-[A-Za-z0-9-]{1,40})>\s{0,40}<\1[\s>]")
"""Two custom elements in a row, which are lines; elements of formulas are signs within one line."""
_OWN_ELEMENT = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,30}-[A-Za-z0-9-]{1,40})(?=[\s>])")
_SHADOW = re.compile(
    r"<template\s[^<>]{0,200}\bshadowrootmode=[^<>]{0,200}>((?:(?!</?template\b)[\s\S]){0,200000})</template>",
    re.IGNORECASE,
)
"""A template that a browser shows at once, in place of the element around it."""
_FRAMED = re.compile(
    r"<iframe\s(?:[^<>]{0,500}\s)?srcdoc\s{0,9}=\s{0,9}(?P<mark>[\"'])(?P<page>(?:(?!(?P=mark))[\s\S]){0,200000})(?P=mark)",
    re.IGNORECASE,
)
"""A frame whose page is in its attribute `srcdoc`; the page is read at the place of the frame."""
_EMPTY_ELEMENT = re.compile(r"<([A-Za-z][A-Za-z0-9]{0,20})((?:\s[^<>]{0,2000})?)/>")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def read_html(request: Request) -> Reading:
    """Return the document of a page. Raises UnreadableInputError if the page holds no text or is nested too deeply."""
    return read_page(decode(request.data), request)


def read_page(decoded: Decoded, request: Request) -> Reading:
    """Return the document of a page whose characters are decoded.

    Raises UnreadableInputError as `read_html`, LayoutChangedError if the selectors of the request find nothing.
    """
    tree = LexborHTMLParser(_closed(decoded.text))
    root = tree.body
    if root is None:
        files = "、".join(each.attributes.get("src") or "" for each in tree.css("frame[src]"))
        raise UnreadableInputError(
            f"the page shows other files: {files}" if files else "the page has no body"
        )
    put_in_place(tree)
    _check_nesting(root, request.limits.nesting)
    cut_out(root, request.ignore)
    revealed = reveal(root)
    left_out = Leftovers()
    set_aside(root, left_out)
    chosen = selected(root, request.select) if request.select else []
    block, known = (chosen[0], True) if chosen else (root, True) if request.whole else content_block(root)
    links, attached = _attachments(root)
    following, before = other_pages(tree, root)
    for selector in portals().noise:
        for each in chosen or [block]:
            cut_out(each, (selector,), left_out)
    whole: list[Block] = []
    doubtful: list[str] = []
    appearance = Appearance(tree)
    for words in appearance.printed:
        left_out.add("style", words)
    for each in chosen or [block]:
        walk = PageWalk(appearance, take_notes(each), left_out, request.revisions)
        whole += walk.blocks(each) if known else from_heading(tree, root, each, walk)
        if not known:
            doubtful += note_beside(each, walk, whole)
    blocks = _without_furniture(whole, left_out)
    if not known:
        blocks = without_neighbours(root, blocks, left_out)
    shown = sum(len(block.text) for block in blocks)
    in_scripts = texts_of_scripts(tree) if shown < _LEAST_SHOWN else []
    if in_scripts and length_of(in_scripts[0]) > _DRAWN * shown:
        return _of_script(tree, in_scripts, decoded, request)
    if not blocks:
        raise UnreadableInputError(
            "the page holds no text: it may be filled in by a script, or be an error page"
        )
    doubtful += hidden_clauses(left_out, blocks)
    lines = [line.text for line in blocks]
    metadata = facts(tree, [*_below_heading(tree), *lines]) + ((("附件", attached),) if attached else ())
    warnings = [
        *decoded.warnings,
        *_of_layout(doubtful, appearance.not_followed, is_known=known, was_hidden=revealed),
    ]
    warnings.extend(framed(chosen or [block], root, shown))
    warnings.extend(pictures(chosen or [block], root, shown))
    warnings.extend(half_documents(lines, links, following, before))
    text, forms = text_and_forms(blocks)
    return Reading(
        text,
        "html",
        library("selectolax"),
        title=page_title(tree, dict(metadata)) or (heading_above(tree, root, block) if known else None),
        metadata=metadata,
        links=(*links, *(pair for pair in following if pair not in links)),
        warnings=(*warnings, *left_out.struck_warning()),
        forms=forms,
        left_out=left_out.found(),
    )


def _below_heading(tree: LexborHTMLParser) -> list[str]:
    """Return the first lines below the heading of a page, because the document number may be there, above the element with the text."""
    heading = tree.css_first("h1, h2, h3")
    title = "".join(heading.text().split()) if heading is not None else ""
    lines = [*short_blocks(tree)] if title else []
    below = next((at for at, line in enumerate(lines, start=1) if "".join(line.split()) == title), len(lines))
    return lines[below : below + _BELOW_HEADING]


_BELOW_HEADING = 3
"""Lines below a heading: document number, source and date of the page."""
_LEAST_SHOWN = 400
"""Characters from which a page shows its document itself; menu and footer of an empty page shell are shorter."""
_DRAWN = 4
"""Least length of a text in script data, as a multiple of the words shown, because a page that shows its text has the same words in its data."""


def _of_script(tree: LexborHTMLParser, texts: Sequence[str], decoded: Decoded, request: Request) -> Reading:
    """Return the text found only in the data of a script. Raises UnreadableInputError if several strings may be the text."""
    if len(texts) > 1 and 2 * length_of(texts[1]) > length_of(texts[0]):
        raise UnreadableInputError(
            f"the page holds no text of its own: a script holds it in {len(texts)} pieces; "
            "read it in a browser (extra [browser], script = true)"
        )
    page = decoded._replace(text=as_page(tree, texts[0], _below_heading(tree)))
    reading = read_page(page, request._replace(select=(), ignore=(), whole=True))
    said = Remark(
        "layout", "the page shows no text until a script draws it: it was read from the script's data"
    )
    return reading._replace(warnings=(said, *reading.warnings))


def _of_layout(
    doubtful: Sequence[str], not_followed: int, *, is_known: bool, was_hidden: bool
) -> Iterator[Remark]:
    """Yield the warnings about the choice of the block, and about lines beside it that look like text of the document."""
    if was_hidden:
        yield Remark("layout", "the page hides its text until a script shows it: it was read all the same")
    if not_followed:
        yield Remark(
            "unread",
            f"{not_followed} rules of the page's style sheet would take too long to follow: what they hide or strike is shown",
        )
    if not is_known:
        yield Remark("layout", "no known content block: the densest block of the page was taken")
    if doubtful:
        yield Remark(
            "left out",
            f"{len(doubtful)} lines beside the text that was taken, or hidden in it, look like text of the document: “{doubtful[0][:40]}”",
        )


def _closed(text: str) -> str:
    """Return the page source as a browser understands it: empty XHTML elements closed, custom elements that form lines as blocks.

    In HTML, `<title/>` opens a title that never ends. A custom element (`<ne-p>`) is a line or cell if two of them follow
    each other without a word between.
    """
    lined = {name.lower() for name in _OWN_LINES.findall(text)}
    if lined:
        text = _OWN_ELEMENT.sub(lambda tag: f"<{tag[1]}div" if tag[2].lower() in lined else tag[0], text)
    text = _SHADOW.sub(r"<div>\1</div>", text)
    text = _FRAMED.sub(lambda frame: f"<div>{unescape(frame['page'])}</div>{frame[0]}", text)
    if not _XHTML.search(text[:_HEAD]):
        return text
    return _EMPTY_ELEMENT.sub(
        lambda tag: tag[0] if tag[1].lower() in _VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", text
    )


def _without_furniture(blocks: list[Block], left_out: Leftovers) -> list[Block]:
    kept = []
    # A label alone on its line above the text is joined with the value on the next line: 文号： / 某政发〔2022〕2号
    found: list[Block] = []
    for number, block in enumerate(blocks):
        above = found[-1] if 0 < number <= _HEAD_BLOCKS else None
        if (
            above is not None
            and above.text.rstrip()[-1:] in ("：", ":")
            and "".join(above.text.split()).strip("：:【】[]") in page_labels()
            and not _LABEL.match(block.text)
        ):
            found[-1] = above._replace(text=above.text.rstrip() + block.text)
        else:
            found.append(block)
    for block, stays in zip(found, kept_lines([block.text for block in found]), strict=True):
        if stays:
            kept.append(block)
        else:
            left_out.add("page", block.text)
    return kept


_LABEL = re.compile(r"[【\[]?[\u4e00-\u9fff\s]{2,10}[】\]]?[：:]")
"""A further label; the label above it has no value: 主题分类： / 来源：."""
_HEAD_BLOCKS = 24
"""Most lines of a page's information above the text: a table of facts has a dozen labels at most."""


def _check_nesting(root: LexborNode, limit: int) -> None:
    stack = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > limit:
            raise UnreadableInputError(
                f"the page's elements are nested more than {limit} deep: raise nesting"
            )
        stack.extend((child, depth + 1) for child in node.iter())


def _attachments(root: LexborNode) -> tuple[Pairs, str]:
    """Return the files that a page links to (words and address), and the names of its attachments, with bars between them."""
    found: dict[str, str] = {}
    attached: dict[str, str] = {}
    for link in root.css("a[href]"):
        target = (link.attributes.get("href") or "").strip()
        words = " ".join(link.text().split())
        # Some sites give out files by number, with the file's name only in the words of the link.
        if _ATTACHMENT.search(target) or (_ATTACHMENT.search(words) and target):
            found.setdefault(target, words)
            if words and _is_attached(link):
                attached.setdefault(target, words)
    return tuple((text, target) for target, text in found.items()), " | ".join(
        each.replace("|", " ") for each in attached.values()
    )


_ATTACHED = re.compile(r"[【\[（(]?(?:相关|原文|文件|下载)?附件(?!的)")
_LONGEST_AROUND = 400
"""Most characters of the element that names its links as attachments (附件下载：…), as against the whole text."""
_LEVELS = 4


def _is_attached(link: LexborNode) -> bool:
    """Return whether a page calls a linked file an attachment: 附件 before it in the words of the link, of an element around it, or of the element above."""
    node: LexborNode | None = link
    for _ in range(_LEVELS):
        if node is None or len(words := "".join(node.text().split())) > _LONGEST_AROUND:
            return False
        above = node.prev
        while above is not None and not above.text().strip():
            above = above.prev
        head = "" if above is None else "".join(above.text().split())
        if _ATTACHED.match(words) or (len(head) <= _LONGEST_HEAD and _ATTACHED.match(head)):
            return True
        node = node.parent
    return False


_LONGEST_HEAD = 12
"""Most characters of the heading above links: 相关附件下载：."""


_PART_HEAD = re.compile(rb"(?:\A|\n--[^\n]*\n)(?=[A-Za-z\-]+:)")
_BLANK_LINE = re.compile(rb"\n\r?\n")
_PART_HEAD_BYTES = 100_000
"""Most bytes of a part's head; browsers write some hundred bytes, and the parser takes quadratic time for a field with many parameters."""


def read_mhtml(request: Request) -> Reading:
    """Return the document in the first HTML part of a saved page; style sheets in other parts strike and hide words there too.

    Raises UnreadableInputError if there is no HTML part, it holds no text, or the head of a part does not end.
    """
    for head in _PART_HEAD.finditer(request.data):
        most = head.start() + _PART_HEAD_BYTES
        if most < len(request.data) and _BLANK_LINE.search(request.data, head.start(), most) is None:
            raise UnreadableInputError("the saved page (MHTML) is damaged: a head of its parts does not end")
    try:
        message = message_from_bytes(request.data)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        first = message.get_param("start")
        page = next(
            (each for each in pages if first and each["Content-ID"] == first), pages[0] if pages else None
        )
        content = page.get_payload(decode=True) if page is not None else None
        sheets = [
            sheet.get_payload(decode=True)
            for sheet in message.walk()
            if sheet.get_content_type() == "text/css"
        ]
    except LIBRARY_FAULTS as error:
        raise UnreadableInputError("the parts of the saved page cannot be told apart") from error
    if not content or not isinstance(content, bytes):
        raise UnreadableInputError("the saved page (MHTML) holds no HTML part")
    decoded = decode(content)
    styles = (f"<style>{decode(each).text}</style>" for each in sheets if each and isinstance(each, bytes))
    return read_page(decoded._replace(text=decoded.text + "".join(styles)), request)


def read_bundle(request: Request) -> Reading:
    """Return the document on the pages of a bundle, in order; each part is read as if it were alone.

    A part may be an attachment of the page before it, in any readable format except another bundle.
    Raises UnreadableInputError if the bundle is damaged or a page holds no text.
    """
    container = Container(request.data, request.limits)
    readings: list[Reading] = []
    while True:
        number = len(readings) + 1
        if (page := container.read(MEMBER.format(number))) is not None:
            readings.append(read_html(request._replace(data=page)))
        elif (file := container.read(FILE_MEMBER.format(number))) is not None:
            readings.append(_read_file(request._replace(data=file, select=(), ignore=()), number))
        else:
            break
    if not readings:
        raise UnreadableInputError("the bundle holds no page")
    first = readings[0]
    forms: list[Form] = []
    lines = 0
    for reading in readings:
        forms.extend(form._replace(line=form.line + lines) for form in reading.forms)
        lines += reading.text.count("\n")
    return first._replace(
        text="".join(reading.text for reading in readings),
        links=tuple(dict.fromkeys(link for reading in readings for link in reading.links)),
        warnings=tuple(dict.fromkeys(_of_the_whole(readings))),
        forms=tuple(forms),
        left_out=tuple(left for reading in readings for left in reading.left_out),
    )


def _read_file(request: Request, number: int) -> Reading:
    kind = sniff(request.data)
    if kind is FileKind.PAGES or not is_read(kind):
        raise UnreadableInputError(f"part {number} of the bundle is no file that can be read ({kind.value})")
    return read_as(kind, request)


def _of_the_whole(readings: Sequence[Reading]) -> Iterator[Remark]:
    """Yield the warnings of the pages, without warnings that the document continues on another page of the same bundle."""
    for number, reading in enumerate(readings, start=1):
        for warning in reading.warnings:
            is_inside = (warning.kind in {"next page", "attached text"} and number < len(readings)) or (
                warning.kind == "previous page" and number > 1
            )
            if not is_inside:
                yield warning
