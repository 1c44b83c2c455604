"""robots.txt, links, selectors, furniture, bundles, feeds."""

import pytest
from hypothesis import given, strategies as st

from policydiff.watch import FailureKind, SourceFailedError
from policydiff.watch.fetch.client import parse_robots
from policydiff.watch.links import Link, clean_address, find_links, read_feed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),  # an empty rule forbids nothing
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),  # the longest match decides
        ("Allow: /a\nDisallow: /a", "/a", True),  # Allow wins a tie
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /a*b*c", "/axbxc", False),
        ("Disallow: /%E6%96%87", "/文", False),  # percent-encoding does not matter
        ("Disallow: /a # why\n", "/a", False),
        ("Nonsense\nDisallow /a", "/a", False),  # a forgotten colon is forgiven, as the large crawlers do
    ],
)
def test_robots_rules(rules: str, path: str, allowed: bool) -> None:
    assert parse_robots(f"User-agent: *\n{rules}\n".encode(), "policydiff").allows(path) is allowed


def test_the_group_of_this_client_goes_before_the_one_for_all() -> None:
    text = b"User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: PolicyDiff\nDisallow: /x\nCrawl-delay: 2.5\n"
    robots = parse_robots(text, "policydiff")
    assert (robots.allows("/a"), robots.allows("/x"), robots.delay) == (True, False, 2.5)


@given(st.binary(max_size=300), st.text(max_size=50))
def test_robots_never_fails(data: bytes, path: str) -> None:
    parse_robots(data, "policydiff").allows(path)


def test_a_hostile_robots_file_stays_fast() -> None:
    robots = parse_robots(b"User-agent: *\nDisallow: /" + b"*a" * 20_000 + b"\n", "policydiff")
    assert robots.allows("/" + "a" * 10_000)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.cn/x.html;jsessionid=1F?id=3&spm=1.2#top", "https://a.cn/x.html?id=3"),
        ("https://a.cn/x?utm_source=w&b=%E6%96%87&from=1", "https://a.cn/x?b=%E6%96%87&from=1"),
        ("https://a.cn/x?a=1&a=2", "https://a.cn/x?a=1&a=2"),
    ],
)
def test_addresses_lose_what_tells_visits_apart(url: str, clean: str) -> None:
    assert clean_address(url) == clean


def test_links_are_absolute_distinct_and_of_the_web() -> None:
    html = b"""<base href="/dir/"><ul><li><a href="1.html?spm=3" title="One">x</a></li><li><a href="1.html?spm=4">y</a></li>
    <li><a href="javascript:void(0)">z</a><a href="#top">t</a><a href="mailto:a@b">m</a><a href="http://[bad">b</a></li></ul>"""
    assert find_links(html, "https://a.cn/list/", "li") == [Link("One", "https://a.cn/dir/1.html")]


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title> A
 b</title><link rel="self" href="/s"/><link href="/1"/></entry><entry><title>c</title></entry></feed>"""
RSS = b"<rss><channel><item><title>A</title><link> /1 </link></item><item><link>mailto:x</link></item></channel></rss>"


@pytest.mark.parametrize("data", [ATOM, RSS])
def test_feeds_give_their_links(data: bytes) -> None:
    links, sitemaps = read_feed(data, "https://a.cn/feed")
    assert ([link.url for link in links], sitemaps) == (["https://a.cn/1"], [])


@pytest.mark.parametrize("data", [b"<html><body>x</body></html>", b"no xml", b"<rss><unclosed>"])
def test_what_is_no_feed_is_a_changed_structure(data: bytes) -> None:
    with pytest.raises(SourceFailedError) as caught:
        read_feed(data, "https://a.cn/feed")
    assert caught.value.kind is FailureKind.STRUCTURE


def test_a_feed_cannot_read_files_or_grow_without_end() -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"a" * 1000
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 50) for level in range(6))
        + b"]><rss><channel><item><title>&g;</title><link>/1</link></item></channel></rss>"
    )
    with pytest.raises(SourceFailedError) as caught:
        read_feed(bomb, "https://a.cn/")
    assert caught.value.kind is FailureKind.STRUCTURE
