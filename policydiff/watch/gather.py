"""Fetches everything that one source consists of: a page with its further pages, a file, the entries of a listing, feed or folder."""

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from policydiff.errors import LayoutChangedError, UnreadableInputError
from policydiff.extract import DEFAULT_LIMITS, Limits
from policydiff.extract.decoding import decode
from policydiff.extract.sniff import bundle
from policydiff.intake import read_bytes
from policydiff.lexicon.patterns import ForeignPatterns
from policydiff.model import Extraction, ReadingRules
from policydiff.model.annotations import WarningKind
from policydiff.settings import Source, SourceKind
from policydiff.version import __version__
from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.fetch.answers import Answer, Validators
from policydiff.watch.fetch.client import NOTHING_KNOWN, Client
from policydiff.watch.judge.guards import check_page
from policydiff.watch.links import (
    Link,
    clean_address,
    find_links,
    is_file_address,
    is_html,
    next_pages,
    read_feed,
    web_addresses,
)


class Capture(NamedTuple):
    """The bytes of one document, as fetched by a run."""

    data: bytes
    """Of a document on several pages: a bundle of them."""
    url: str | None
    name: str
    title: str | None
    """Title in the listing or feed; None for a page watched by itself."""
    pages: int = 1


class Known(NamedTuple):
    """Facts that the last run recorded about an item."""

    url: str | None = None
    """Address that returned the validators; they are valid for no other address."""
    validators: Validators = NOTHING_KNOWN
    source_sha256: str | None = None


NEW = Known()


class Gathered(NamedTuple):
    """Result for one item of a source: a capture, the answer that nothing changed, or a failure."""

    item: str
    """Key of the item within its source: empty for a page or file, else the address or path."""
    capture: Capture | None = None
    """None if the server or the bytes show that nothing changed, and after a failure."""
    failure: Exception | None = None
    """Failure of the source, or the reason why the machine could not continue with any source."""
    status: int | None = None
    url: str | None = None
    validators: Validators = NOTHING_KNOWN
    source_sha256: str | None = None
    attempts: int = 1
    is_listing: bool = False
    """Whether this is the listing itself, as opposed to one of its documents."""
    found: int | None = None
    """Entries of a listing, feed or folder."""


Memory = Callable[[str], Known]


def gather(source: Source, web: Client, memory: Memory, folder: Path) -> Iterator[Gathered]:
    """Yield the result of each item of a source; failures are returned as values.

    `NEW` in the memory makes a fetch unconditional; a source's `path` is read from the store's folder.
    """
    readers = {SourceKind.PAGE: _page, SourceKind.FILE: _file, SourceKind.NOTICE: _page}
    if source.kind in readers:
        yield _caught("", partial(readers[source.kind], source, web, memory("")))
    elif source.kind is SourceKind.FOLDER:
        yield from _folder(source, memory, folder)
    else:
        yield from _entries(source, web, memory)


def _caught(item: str, read: Callable[[], Gathered]) -> Gathered:
    try:
        return read()
    except SourceFailedError as failure:
        return Gathered(item, failure=failure, status=failure.status, attempts=failure.attempts)


def _page(source: Source, web: Client, known: Known) -> Gathered:
    url = source.url or ""
    first = _shown(source, web, url, known.validators if _is_alone(source, known) else NOTHING_KNOWN)
    if first.is_unchanged:
        return _settled("", b"", first, known, None, 1)
    # A first page that is unchanged says nothing of the others: all are fetched, or none counts.
    answers, seen = [first], {url, first.url}
    while len(answers) < source.pages:
        upcoming = next((link for link in _following(source, answers[-1]) if link not in seen), None)
        if upcoming is None:
            break
        seen.add(upcoming)
        answers.append(_shown(source, web, upcoming))
    files = _attached(source, web, answers[-1]) if source.kind is SourceKind.NOTICE else []
    data = bundle([answer.body for answer in answers], [answer.body for answer in files])
    return _settled("", data, first._replace(url=url), known, None, len(answers) + len(files))


def _is_alone(source: Source, known: Known) -> bool:
    """Return whether a page is its whole document, so that an unchanged page means an unchanged document."""
    return source.kind is SourceKind.PAGE and source.next is None and known.url == source.url


_GOES_ON = re.compile(
    "|".join(f"[{one}]一?[页頁]" for one in "下后後")
    + "|(?:余下|剩余|完整|阅读|查看|浏览|展开|显示)(?:全文|内容)"
)
_GOES_ON_BY_CODE = re.compile(rb"createPageHTML|rel=.?next", re.IGNORECASE)
"""Code in a page that continues on a further page, as the reader recognises it."""
_PERHAPS = re.compile(rb">\W{0,9}(?:2\W{0,9}</a|next)", re.IGNORECASE)
"""A number or an English word that links to a further page, of the document or of comments and news."""


def _following(source: Source, answer: Answer) -> list[str]:
    """Return the addresses on which a document continues: by the source's selector, else by the page's own text."""
    if source.next is not None:
        return [link.url for link in find_links(answer.body, answer.url, source.next)]
    if _GOES_ON_BY_CODE.search(answer.body) or _GOES_ON.search(decode(answer.body).text):
        return _said(source, answer, WarningKind.NEXT_PAGE)
    if not _PERHAPS.search(answer.body):
        return []
    # The pages of one document share the beginning of their names.
    stem = PurePosixPath(urlsplit(answer.url).path).stem
    found = _said(source, answer, WarningKind.NEXT_PAGE)
    return [link for link in found if PurePosixPath(urlsplit(link).path).stem.startswith(stem)]


def _said(source: Source, answer: Answer, kind: WarningKind) -> list[str]:
    """Return where the links of a reader's warning lead."""
    try:
        read = read_capture(answer.body, _name(answer.url), rules_of(source))
    except SourceFailedError:
        return []
    links = [target for warning in read.warnings if warning.kind is kind for _, target in warning.links]
    if kind is WarningKind.ATTACHED_TEXT and not links:
        links = [target for _, target in read.links if is_file_address(target)]
    return web_addresses(links, answer.url)


def _attached(source: Source, web: Client, answer: Answer) -> list[Answer]:
    """Return the attached files with the text of a notice: those of a selector, else those that the page declares as its text."""
    if source.link:
        wanted = [link.url for link in find_links(answer.body, answer.url, source.link)]
    else:
        wanted = _said(source, answer, WarningKind.ATTACHED_TEXT)
    if not wanted:
        check_page(answer.body)
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"no attachment of {answer.url} is its text: name its link, or watch it as a page",
            status=200,
        )
    return [web.get(url) for url in wanted[:_MOST_ATTACHED]]


_MOST_ATTACHED = 10
"""Most files of one notice that are read with it."""


def _file(source: Source, web: Client, known: Known) -> Gathered:
    page = _shown(source, web, source.url or "")
    links = find_links(page.body, page.url, source.link or "")
    if not links:
        check_page(page.body)
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"no link on {page.url} fits {source.link}: its layout has changed",
            status=200,
        )
    return _single(source, "", links[0].url, web, known, links[0].title)


def _shown(source: Source, web: Client, url: str, validators: Validators = NOTHING_KNOWN) -> Answer:
    """Return a page, rendered with its scripts if the source says `script`; a file is never rendered."""
    if source.script and not is_file_address(url):
        return web.get_rendered(url, source.wait)
    return web.get(url, validators)


def _single(
    source: Source, item: str, url: str, web: Client, known: Known, title: str | None = None
) -> Gathered:
    answer = _shown(source, web, url, known.validators if known.url == url else NOTHING_KNOWN)
    return _settled(item, answer.body, answer._replace(url=url), known, title, 1)


def _settled(item: str, data: bytes, answer: Answer, known: Known, title: str | None, pages: int) -> Gathered:
    sha256 = known.source_sha256 if answer.is_unchanged else hashlib.sha256(data).hexdigest()
    capture = None
    if sha256 != known.source_sha256:
        capture = Capture(data, answer.url, _name(answer.url), title, pages)
    return Gathered(
        item,
        capture=capture,
        status=answer.status,
        url=answer.url,
        validators=answer.validators if pages == 1 else NOTHING_KNOWN,
        source_sha256=sha256,
        attempts=answer.attempts,
    )


def _name(url: str) -> str:
    return unquote(PurePosixPath(urlsplit(url).path).name) or urlsplit(url).netloc


def _entries(source: Source, web: Client, memory: Memory) -> Iterator[Gathered]:
    first: Answer | None = None
    failure: SourceFailedError | None = None
    found: dict[str, Link] = {}
    # The pages of a listing, or the sitemaps that an index names
    parts = [clean_address(source.url or "")]
    try:
        for place, part in enumerate(parts):
            if place == source.pages or (source.kind is SourceKind.LISTING and len(found) >= source.limit):
                break
            url = part if place else source.url or ""
            answer = web.get(url) if source.kind is SourceKind.FEED else _shown(source, web, url)
            first = first or answer
            links, further = _listed(source, answer)
            found |= {link.url: link for link in links if link.url not in found}
            parts += [each for each in further if each not in parts]
        listed = _wanted(source, found, parts)
        if len(listed) < source.expect.min_entries and first is not None:
            check_page(first.body)
            raise SourceFailedError(
                FailureKind.STRUCTURE,
                f"{source.url} has {len(listed)} entries, {source.expect.min_entries} are expected: "
                "its layout has changed",
                status=200,
            )
    except SourceFailedError as error:
        # What stands on the pages that were read is followed although a further page could not be read.
        failure, listed = error, _wanted(source, found, parts)
    status, attempts = (
        (failure.status, failure.attempts) if failure else (200, first.attempts if first else 1)
    )
    yield Gathered(
        "",
        failure=failure,
        status=status,
        url=first.url if first else None,
        attempts=attempts,
        is_listing=True,
        found=None if failure else len(listed),
    )
    for link in listed[: source.limit]:
        yield _caught(
            link.url, partial(_single, source, link.url, link.url, web, memory(link.url), link.title)
        )


def _listed(source: Source, answer: Answer) -> tuple[list[Link], list[str]]:
    """Return the documents to which a feed or a page of a listing leads, and the addresses of its further parts."""
    if source.kind is SourceKind.FEED:
        links, sitemaps = read_feed(answer.body, answer.url)
        if len(sitemaps) >= source.pages:
            raise SourceFailedError(
                FailureKind.STRUCTURE,
                f"{answer.url} names {len(sitemaps)} sitemaps, more than are followed: raise `pages`, or watch one of them",
            )
        return links, sitemaps
    if not is_html(answer.body):
        raise SourceFailedError(FailureKind.STRUCTURE, f"{answer.url} is no page that lists documents")
    links = find_links(answer.body, answer.url, source.entries or "a")
    if source.next is not None:
        return links, [link.url for link in find_links(answer.body, answer.url, source.next)]
    return links, next_pages(answer.body, answer.url)


def _wanted(source: Source, found: dict[str, Link], parts: list[str]) -> list[Link]:
    """Return the links to documents with the wanted titles (addresses where there is no title), the newest first where days are stated."""
    wanted = ForeignPatterns([source.match]) if source.match else None
    links = (link for link in found.values() if link.url not in parts)
    kept = [link for link in links if wanted is None or wanted.found_in(link.title or link.url)]
    return sorted(kept, key=lambda link: link.day, reverse=True)


def _folder(source: Source, memory: Memory, store: Path) -> Iterator[Gathered]:
    folder = store / (source.path or "")
    inside = store.resolve()
    failure = None
    if not folder.resolve().is_relative_to(inside):
        failure = SourceFailedError(
            FailureKind.BLOCKED, f"the folder {source.path} leaves the store by a symbolic link"
        )
    elif not folder.is_dir():
        failure = SourceFailedError(FailureKind.GONE, f"the folder {source.path} does not exist")
    if failure is not None:
        yield Gathered("", failure=failure, is_listing=True)
        return
    files = sorted(
        path
        for path in folder.rglob("*")
        # A link that leads out of the store is no file of the folder: it may be any file of the machine.
        if path.is_file()
        and path.resolve().is_relative_to(inside)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    yield Gathered("", is_listing=True, found=len(files))
    for path in files[: source.limit]:
        item = path.relative_to(folder).as_posix()
        yield _caught(item, partial(_from_disk, item, path, memory(item)))


def _from_disk(item: str, path: Path, known: Known) -> Gathered:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceFailedError(FailureKind.BLOCKED, f"{item} cannot be read: {error.strerror}") from error
    sha256 = hashlib.sha256(data).hexdigest()
    capture = Capture(data, None, path.name, None) if sha256 != known.source_sha256 else None
    return Gathered(item, capture=capture, source_sha256=sha256)


def reading_rules(source: Source) -> str:
    """Return a short hash of all settings that affect the reading of the bytes: selectors, expectations, the extractor.

    An item read by different rules is fetched and judged anew.
    """
    named = {"kind", "id", "select", "ignore", "ignore_lines", "link", "next", "number", "issued", "expect"}
    said = source.model_dump_json(include=named) + __version__
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def rules_of(source: Source, pages: int = 1) -> ReadingRules:
    """Return the rules for reading the bytes of a source; `pages` is the number of captured pages."""
    return ReadingRules(
        select=source.select, ignore=source.ignore, ignore_lines=source.ignore_lines, pages=pages
    )


def read_capture(data: bytes, name: str, rules: ReadingRules, limits: Limits = DEFAULT_LIMITS) -> Extraction:
    """Return the text of captured bytes; `limits` bound each page of them.

    Raises SourceFailedError: structure changed if the selectors match nothing, empty if there is no text.
    """
    try:
        return read_bytes(data, name=name, rules=rules, limits=limits)
    except LayoutChangedError as error:
        raise SourceFailedError(FailureKind.STRUCTURE, str(error)) from error
    except UnreadableInputError as error:
        raise SourceFailedError(FailureKind.EMPTY, str(error)) from error
