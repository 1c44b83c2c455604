"""New documents of a site: sitemaps, feeds and paged listings, as sites serve them.

Each row is what a server sends and the documents that the source leads to, in the order in which they are read; a type of failure
where nothing may be read from it.
"""

import gzip
from collections.abc import Mapping
from contextlib import closing

import pytest

from policydiff.settings import Source
from policydiff.watch import SourceFailedError
from policydiff.watch.fetch.client import Client
from policydiff.watch.gather import NEW, gather
from watch import portal as serve
from watch.portal import Handler, Portal, page, policy_lines
from watch.workplace import Workplace

_DOCUMENT = "<html><body><p>某市人民政府</p></body></html>".encode()
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _xml(body: bytes | str, kind: str = "application/xml") -> Handler:
    return serve.answer(200, body.encode() if isinstance(body, str) else body, content_type=kind)


def _urls(*entries: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    """Return a sitemap; an entry is an address with its day, or further elements, behind a blank."""
    made = []
    for entry in entries:
        address, _, more = entry.partition(" ")
        rest = more if more.startswith("<") else f"<lastmod>{more}</lastmod>" if more else ""
        made.append(f"<url><loc>{address}</loc>{rest}</url>")
    return f'{head}<urlset xmlns="{_NAMESPACE}">{"".join(made)}</urlset>'


def _index(*entries: str) -> str:
    made = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in entries)
    return f'<?xml version="1.0"?><sitemapindex xmlns="{_NAMESPACE}">{made}</sitemapindex>'


def _rss(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    made = "".join(f"<item>{each}</item>" for each in items)
    return (
        f'{head}<rss version="2.0"><channel><title>t</title><link>http://site/</link>{made}</channel></rss>'
    )


def _atom(links: str, *, more: str = "") -> bytes:
    entry = f"<entry><title>x</title>{links}</entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {more}><title>t</title>{entry}</feed>'.encode()


def _followed(
    portal: Portal, pages: Mapping[str, Handler | bytes], more: dict[str, object]
) -> list[str] | str:
    """Return the paths of the documents that a source leads to, or the type of its failure."""
    for path in (
        "/1",
        "/2",
        "/3",
        "/4",
        "/5",
        "/6",
        "/a.html",
        "/b.html",
        "/q",
        "/file.pdf",
        "/zw/1",
        "/zw/2",
    ):
        portal.pages[path] = _DOCUMENT
    for path, sent in pages.items():
        portal.pages[path] = sent
    work = Workplace(portal.folder / str(len(portal.hits)))
    work.configure("")
    source = Source.model_validate(
        {"name": "new", "kind": "feed", "url": portal.url(next(iter(pages))), **more}
    )
    with closing(Client(work.configuration.track, work.clock)) as client:
        listing, *documents = gather(source, client, lambda _: NEW, work.folder)
    assert all(each.failure is None for each in documents)
    if isinstance(listing.failure, SourceFailedError):
        return listing.failure.kind.value
    return [each.item.removeprefix(portal.url("")) for each in documents]


def _located(portal: Portal, sent: object) -> Handler | bytes:
    """Return a route with the server's own address in its words."""
    return _xml(sent.replace("SITE", portal.url(""))) if isinstance(sent, str) else sent  # type: ignore[return-value]


def _zipped(portal: Portal, text: str, *, encoding: str | None = None) -> Handler:
    data = gzip.compress(text.replace("SITE", portal.url("")).encode())
    more = {"content_encoding": encoding} if encoding else {}
    return serve.answer(
        200, data if not encoding else gzip.compress(data), content_type="application/x-gzip", **more
    )


SITEMAPS: dict[str, tuple[dict[str, str], dict[str, object], list[str] | str]] = {
    "days out of order, and fewer read than there are": (
        {"/sitemap.xml": _urls("SITE/1 2020-01-01", "SITE/2 2024-05-01", "SITE/3 2022-01-01", "SITE/4 2024-05-02")},
        {"limit": 2},
        ["/4", "/2"],
    ),
    "days with times and zones": (
        {"/sitemap.xml": _urls("SITE/1 2024-05-01T23:00:00+08:00", "SITE/2 2024-05-02T00:30:00Z", "SITE/3 2024-05")},
        {},
        ["/2", "/1", "/3"],
    ),
    "no days: the order of the file": ({"/s": _urls("SITE/2", "SITE/1", "SITE/2")}, {}, ["/2", "/1"]),
    "an index of two": (
        {"/s": _index("SITE/s1", "SITE/s2"), "/s1": _urls("SITE/1"), "/s2": _urls("SITE/2", "SITE/1")},
        {},
        ["/1", "/2"],
    ),
    "an index of an index": (
        {"/s": _index("SITE/t"), "/t": _index("SITE/u"), "/u": _urls("SITE/1")}, {}, ["/1"],
    ),
    "an index that names itself": (
        {"/s": _index("SITE/s", "SITE/s1"), "/s1": _urls("SITE/1")}, {}, ["/1"],
    ),
    "a part that is gone": ({"/s": _index("SITE/s1", "SITE/none"), "/s1": _urls("SITE/1")}, {}, "gone"),
    "pictures with addresses of their own": (
        {"/s": _urls('SITE/1 <image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>SITE/p.jpg</image:loc></image:image>')},
        {},
        ["/1"],
    ),
    "words of a title to match: an entry without one is matched by its address": (
        {"/s": _urls("SITE/about", "SITE/zw/1", "SITE/zw/2")}, {"match": "/zw/"}, ["/zw/1", "/zw/2"],
    ),
    "the news extension has titles": (
        {"/s": _urls(
            'SITE/1 <news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:title>关于补贴的意见</news:title></news:news>',
            'SITE/2 <news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:title>招聘</news:title></news:news>')},
        {"match": "意见"},
        ["/1"],
    ),
    "a bare ampersand": ({"/s": _urls("SITE/q?a=1&b=2", "SITE/1")}, {}, ["/q?a=1&b=2", "/1"]),
    "cut in the middle": ({"/s": _urls("SITE/1", "SITE/2")[:-30]}, {}, "structure_changed"),
    "a blank line above": ({"/s": "\n\n" + _urls("SITE/1")}, {}, ["/1"]),
    "a byte order mark": ({"/s": "\ufeff" + _urls("SITE/1")}, {}, ["/1"]),
    "no namespace": ({"/s": "<urlset><url><loc> SITE/1\n</loc></url></urlset>"}, {}, ["/1"]),
    "a long comment above": ({"/s": _urls("SITE/1", head=f"<!-- {'x' * 9000} -->")}, {}, ["/1"]),
    "plain lines": ({"/sitemap.txt": "SITE/1\nSITE/2\n"}, {}, ["/1", "/2"]),
    "another encoding than declared": ({"/s": _urls("SITE/1", head='<?xml version="1.0" encoding="UTF-16"?>')}, {}, ["/1"]),
    "an entry without a day behind those with one": ({"/s": _urls("SITE/1", "SITE/2 2025-01-02")}, {}, ["/2", "/1"]),
    "an index of more parts than are followed": ({"/s": _index(*[f"SITE/p{number}" for number in range(40)])}, {}, "structure_changed"),
    "nothing in it": ({"/s": _urls()}, {}, "structure_changed"),
    "entities of its own": ({"/s": '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + _urls("SITE/1")}, {}, "structure_changed"),
    "a page of the site": ({"/s": "<html><body><a href='/1'>x</a></body></html>"}, {}, "structure_changed"),
}  # fmt: skip


@pytest.mark.parametrize("case", SITEMAPS)
def test_documents_of_a_sitemap(portal: Portal, case: str) -> None:
    pages, more, expected = SITEMAPS[case]
    assert _followed(portal, {path: _located(portal, sent) for path, sent in pages.items()}, more) == expected


def test_packed_sitemaps(portal: Portal) -> None:
    pages = {
        "/s": _located(portal, _index("SITE/s1.xml.gz", "SITE/s2.xml.gz")),
        "/s1.xml.gz": _zipped(portal, _urls("SITE/1")),
        "/s2.xml.gz": _zipped(portal, _urls("SITE/2"), encoding="gzip"),
    }
    assert _followed(portal, pages, {}) == ["/1", "/2"]


@pytest.mark.parametrize("spoilt", ["bomb", "cut", "none"])
def test_packed_sitemaps_that_are_none(portal: Portal, spoilt: str) -> None:
    packed = {
        "bomb": gzip.compress(bytes(200_000_000), 9),
        "cut": gzip.compress(_urls("http://127.0.0.1/1").encode())[:-20],
        "none": b"\x1f\x8b nothing",
    }
    pages = {"/s.xml.gz": serve.answer(200, packed[spoilt], content_type="application/gzip")}
    expected = {"bomb": "structure_changed", "cut": "transient", "none": "transient"}
    assert _followed(portal, pages, {}) == expected[spoilt]


FEEDS: dict[str, tuple[bytes, list[str] | str]] = {
    "links relative to the site": (_rss("<title>x</title><link>/1</link>").encode(), ["/1"]),
    "blanks and CDATA": (_rss("<link>\n <![CDATA[ SITE/1 ]]>\n</link>").encode(), ["/1"]),
    "an address as the id": (_rss('<guid isPermaLink="true">SITE/1</guid>').encode(), ["/1"]),
    "an id that is no address": (_rss('<guid isPermaLink="false">17</guid><link>SITE/1</link>').encode(), ["/1"]),
    "a file alone": (_rss('<title>x</title><enclosure url="SITE/file.pdf" type="application/pdf" length="1"/>').encode(), ["/file.pdf"]),
    "GBK, as declared": (_rss("<title>关于补贴的意见</title><link>SITE/1</link>", head='<?xml version="1.0" encoding="gb2312"?>').encode("gbk"), ["/1"]),
    "a mark and blanks above": (b"\xef\xbb\xbf\r\n " + _rss("<link>SITE/1</link>").encode(), ["/1"]),
    "the same entry twice, with the mark of a campaign": (
        _rss("<link>SITE/1?utm_source=rss</link>", "<link>SITE/1</link>", "<link>SITE/2#top</link>").encode(), ["/1", "/2"]),
    "Atom with several links": (
        _atom('<link rel="self" href="SITE/api/1"/><link rel="edit" href="SITE/e"/><link rel="alternate" href="SITE/1"/>'), ["/1"]),
    "Atom with a base": (
        _atom('<link href="1"/>', more='xml:base="SITE/zw/"'), ["/zw/1"]),
    "RDF": (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><title>x</title><link>SITE/1</link></item></rdf:RDF>',
        ["/1"]),
    "an ampersand in a title": (_rss("<title>A & B</title><link>SITE/1</link>").encode(), ["/1"]),
    "scripts and mail": (_rss("<link>javascript:x()</link>", "<link>mailto:a@b.cn</link>", "<link>SITE/1</link>").encode(), ["/1"]),
    "GBK, not declared": (_rss("<title>关于补贴的意见</title><link>SITE/1</link>", head="").encode("gbk"), ["/1"]),
    "GBK, declared as UTF-8": (_rss("<title>关于补贴的意见</title><link>SITE/1</link>").encode("gbk"), ["/1"]),
    "no entries": (_rss().encode(), "structure_changed"),
}  # fmt: skip


@pytest.mark.parametrize("case", FEEDS)
def test_documents_of_a_feed(portal: Portal, case: str) -> None:
    sent, expected = FEEDS[case]
    route = _xml(sent.replace(b"SITE", portal.url("").encode()), "application/rss+xml")
    assert _followed(portal, {"/feed": route}, {}) == expected


def _listing(*paths: str, pager: str = "", head: str = "") -> bytes:
    entries = "".join(f'<li><a href="{path}">关于第{path}项工作的意见</a></li>' for path in paths)
    return f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body><ul class="list">{entries}</ul>{pager}</body></html>'.encode()


LISTINGS: dict[str, tuple[dict[str, bytes], dict[str, object], list[str] | str]] = {
    "下一页": (
        {"/list": _listing("/1", "/2", pager='<a href="/list_1.html">下一页</a>'), "/list_1.html": _listing("/3", pager='<a href="/list">上一页</a>')},
        {}, ["/1", "/2", "/3"]),
    "a script writes the page numbers": (
        {"/index.html": _listing("/1", pager='<script>createPageHTML(3, 0, "index", "html");</script>'),
         "/index_1.html": _listing("/2", pager='<script>createPageHTML(3, 1, "index", "html");</script>'),
         "/index_2.html": _listing("/3", pager='<script>createPageHTML(3, 2, "index", "html");</script>')},
        {}, ["/1", "/2", "/3"]),
    "numbers": (
        {"/list": _listing("/1", pager='<div><span>1</span><a href="/list?page=2">2</a><a href="/list?page=2">末页</a></div>')},
        {}, ["/1"]),  # the server sends the same page for every query: a circle
    "the last page leads nowhere": (
        {"/list": _listing("/1", pager='<a href="/l2">下一页</a>'), "/l2": _listing("/2", pager='<a href="javascript:void(0)">下一页</a>')},
        {}, ["/1", "/2"]),
    "the last page leads to itself": (
        {"/list": _listing("/1", pager='<a href="/l2">下一页 &gt;&gt;</a>'), "/l2": _listing("/2", pager='<a href="/l2">下一页 &gt;&gt;</a>')},
        {}, ["/1", "/2"]),
    "Traditional, and a call of a script": (
        {"/list": _listing("/1", pager="""<a href="#" onclick="location.href='/l2'">下一頁</a>"""), "/l2": _listing("/2")}, {}, ["/1", "/2"]),
    "a link in the head": (
        {"/list": _listing("/1", head='<link rel="next" href="/l2">'), "/l2": _listing("/2")}, {}, ["/1", "/2"]),
    "Next": ({"/list": _listing("/1", pager='<a href="/l2">Next ›</a>'), "/l2": _listing("/2")}, {}, ["/1", "/2"]),
    "as many as are read, and no page more": (
        {"/list": _listing("/1", "/2", pager='<a href="/none">下一页</a>')}, {"limit": 2}, ["/1", "/2"]),
    "as many pages as are followed": (
        {"/list": _listing("/1", pager='<a href="/l2">下一页</a>'), "/l2": _listing("/2", pager='<a href="/l3">下一页</a>'), "/l3": _listing("/3")},
        {"pages": 2}, ["/1", "/2"]),
    "a page that is gone": ({"/list": _listing("/1", pager='<a href="/none">下一页</a>')}, {}, "gone"),
    "links to pages among the entries": (
        {"/list": _listing("/1", pager='<p><a href="/list">1</a><a href="/l2">2</a><a href="/l2">下一页</a></p>'),
         "/l2": _listing("/2", pager='<p><a href="/list">1</a><a href="/l2">2</a><a href="/list">上一页</a></p>')},
        {"entries": "a"}, ["/1", "/2"]),
    "a selector of one's own is followed alone": (
        {"/list": _listing("/1", pager='<a href="/l2">下一页</a><a class="more" href="/l3">更多</a>'), "/l3": _listing("/3")},
        {"next": "a.more"}, ["/1", "/3"]),
    "a picture": (
        {"/list": _listing("/1", pager='<a href="/l2"><img src="n.gif" alt="下一页"></a>'), "/l2": _listing("/2")}, {}, ["/1", "/2"]),
    "a link that says what it is": (
        {"/list": _listing("/1", pager='<a rel="next" href="/l2">→</a>'), "/l2": _listing("/2")}, {}, ["/1", "/2"]),
    "the full text of a document is no next page": (
        {"/list": _listing("/1", pager='<a href="/none">查看全文</a>')}, {}, ["/1"]),
    "a listing of many pages that is watched for its newest": (
        {"/list": _listing("/1", pager='<a href="/none">下一页</a>')}, {"pages": 1}, ["/1"]),
    "the next text of a document is no next page": (
        {"/list": _listing("/1", pager='<a href="/2">下一篇：关于第2项工作的意见</a>')}, {}, ["/1"]),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTINGS)
def test_documents_of_a_listing(portal: Portal, case: str) -> None:
    pages, more, expected = LISTINGS[case]
    given = {"kind": "listing", "entries": "ul.list a", **more}
    assert _followed(portal, dict(pages), given) == expected


def test_documents_are_read_although_a_further_page_cannot_be(portal: Portal) -> None:
    pages = {"/list": _listing("/1", pager='<a href="/none">下一页</a>'), "/1": _DOCUMENT}
    portal.pages |= pages
    work = Workplace(portal.folder / "store")
    work.configure("")
    source = Source(name="new", kind="listing", url=portal.url("/list"), entries="ul.list a")
    with closing(Client(work.configuration.track, work.clock)) as client:
        listing, document = gather(source, client, lambda _: NEW, work.folder)
    assert listing.failure is not None
    assert document.capture is not None


def test_titles_of_entries_are_words(portal: Portal) -> None:
    """Markup of a title, and the title of a film on a page, are no words of the entry."""
    atom = _atom(
        f'<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">关于<b>补贴</b></div></title><link href="{portal.url("/1")}"/>'
    )
    route = _xml(atom.replace(b"<title>x</title>", b""), "application/atom+xml")
    assert _followed(portal, {"/feed": route}, {"match": "关于补贴"}) == ["/1"]
    film = '<video:video xmlns:video="http://v"><video:title>意见解读</video:title></video:video>'
    sitemap = _located(portal, _urls(f"SITE/1 {film}", "SITE/2"))
    assert _followed(portal, {"/s": sitemap}, {"match": "意见"}) == "structure_changed"


def test_the_next_document_of_a_blog_is_no_page_of_this_one(portal: Portal) -> None:
    after = '<nav><a rel="next" href="/2">关于第2项工作的意见 →</a></nav>'
    lines = policy_lines(
        "某市人民政府关于第1项工作的意见", "某府发〔2024〕1号", ["推进第1项工作。", "加强监督。"]
    )
    portal.pages |= {"/1": page(lines, after=after), "/2": _DOCUMENT}
    work = Workplace(portal.folder / "store")
    work.configure("")
    source = Source(name="one", url=portal.url("/1"))
    with closing(Client(work.configuration.track, work.clock)) as client:
        (read,) = gather(source, client, lambda _: NEW, work.folder)
    assert read.capture is not None
    assert read.capture.pages == 1
    assert portal.hits["/2"] == 0
