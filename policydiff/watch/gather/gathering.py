"""Fetch what one source points to: a page with its further pages, a file, the entries of a listing, feed or folder."""

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from policydiff.extract.sniff import bundle
from policydiff.settings import Source, SourceKind
from policydiff.watch.failure import FailureKind, SourceFailedError
from policydiff.watch.fetch import NOTHING_KNOWN, Answer, Validators
from policydiff.watch.gather.feeds import read_feed
from policydiff.watch.gather.page import Link, clean_address, find_links, is_html
from policydiff.watch.gather.reading import Capture
from policydiff.watch.judge import check_page


class Known(NamedTuple):
    """What the last run knew of an item."""

    url: str | None = None
    """Address that gave the validators; they hold for no other."""
    validators: Validators = NOTHING_KNOWN
    source_sha256: str | None = None


NEW = Known()


class Gathered(NamedTuple):
    """What became of one item of a source: a capture, the word that nothing changed, or a failure."""

    item: str
    """Key of the item within its source: empty for a page or file, else the address or path."""
    capture: Capture | None = None
    """None where the server or the bytes say that nothing changed, and where it failed."""
    failure: SourceFailedError | None = None
    status: int | None = None
    url: str | None = None
    validators: Validators = NOTHING_KNOWN
    source_sha256: str | None = None
    attempts: int = 1
    is_listing: bool = False
    """Whether this is the listing itself and not one of its documents."""
    found: int | None = None
    """Entries of a listing, feed or folder."""


class Web(Protocol):
    """What gathering asks of the client."""

    def get(self, url: str, validators: Validators = NOTHING_KNOWN) -> Answer:
        """Return the body at an address."""
        ...


Memory = Callable[[str], Known]


def gather(source: Source, web: Web, memory: Memory, folder: Path) -> Iterator[Gathered]:
    """Yield what became of each item of a source; failures are values here.

    Args:
        source: The source.
        web: The client.
        memory: Item to what is known of it; `NEW` makes the fetch unconditional.
        folder: The store's folder, from which a source's `path` is read.
    """
    readers = {
        SourceKind.PAGE: _page,
        SourceKind.FILE: _file,
    }
    if source.kind in readers:
        yield _caught("", partial(readers[source.kind], source, web, memory("")))
    elif source.kind is SourceKind.FOLDER:
        yield from _folder(source, memory, folder / (source.path or ""))
    else:
        yield from _entries(source, web, memory)


def _caught(item: str, read: Callable[[], Gathered]) -> Gathered:
    try:
        return read()
    except SourceFailedError as failure:
        return Gathered(item, failure=failure, status=failure.status, attempts=failure.attempts)


def _page(source: Source, web: Web, known: Known) -> Gathered:
    url = source.url or ""
    if source.next is None:
        return _single("", url, web, known)
    # A first page that is unchanged says nothing of the others: all are fetched, or none counts.
    answers = [web.get(url)]
    seen = {url, answers[0].url}
    while len(answers) < source.pages:
        following = [link.url for link in find_links(answers[-1].body, answers[-1].url, source.next)]
        upcoming = next((address for address in following if address not in seen), None)
        if upcoming is None:
            break
        seen.add(upcoming)
        answers.append(web.get(upcoming))
    data = bundle([answer.body for answer in answers])
    return _settled("", data, answers[0], known, None, len(answers))


def _file(source: Source, web: Web, known: Known) -> Gathered:
    page = web.get(source.url or "")
    links = find_links(page.body, page.url, source.link or "")
    if not links:
        check_page(page.body)
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"no link on {page.url} fits {source.link}: its layout has changed",
            status=200,
        )
    return _single("", links[0].url, web, known, links[0].title)


def _single(item: str, url: str, web: Web, known: Known, title: str | None = None) -> Gathered:
    answer = web.get(url, known.validators if known.url == url else NOTHING_KNOWN)
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


def _entries(source: Source, web: Web, memory: Memory) -> Iterator[Gathered]:
    try:
        links, answer = _links(source, web)
        if len(links) < source.expect.min_entries:
            check_page(answer.body)
            raise SourceFailedError(
                FailureKind.STRUCTURE,
                f"{source.url} has {len(links)} entries, {source.expect.min_entries} are expected: "
                "its layout has changed",
                status=200,
            )
    except SourceFailedError as failure:
        yield Gathered("", failure=failure, status=failure.status, attempts=failure.attempts, is_listing=True)
        return
    yield Gathered(
        "", status=200, url=answer.url, attempts=answer.attempts, is_listing=True, found=len(links)
    )
    for link in links[: source.limit]:
        yield _caught(link.url, partial(_single, link.url, link.url, web, memory(link.url), link.title))


def _links(source: Source, web: Web) -> tuple[list[Link], Answer]:
    first = web.get(source.url or "")
    if source.kind is SourceKind.FEED:
        found = read_feed(first.body, first.url)
    else:
        found = []
        answer, seen = first, {clean_address(source.url or "")}
        for _ in range(source.pages if source.next else 1):
            if not is_html(answer.body):
                raise SourceFailedError(
                    FailureKind.STRUCTURE, f"{answer.url} is no page that lists documents"
                )
            found += find_links(answer.body, answer.url, source.entries or "a")
            following = find_links(answer.body, answer.url, source.next) if source.next else []
            upcoming = next((link.url for link in following if link.url not in seen), None)
            if upcoming is None or len(found) >= source.limit:
                break
            seen.add(upcoming)
            answer = web.get(upcoming)
    distinct = {link.url: link for link in reversed(found)}
    links = [distinct[url] for url in dict.fromkeys(link.url for link in found)]
    wanted = re.compile(source.match) if source.match else None
    return [link for link in links if wanted is None or wanted.search(link.title)], first


def _folder(source: Source, memory: Memory, folder: Path) -> Iterator[Gathered]:
    if not folder.is_dir():
        failure = SourceFailedError(FailureKind.GONE, f"the folder {source.path} does not exist")
        yield Gathered("", failure=failure, is_listing=True)
        return
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
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
