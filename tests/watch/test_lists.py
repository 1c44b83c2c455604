"""Many sources in one go: lists, tables and subscriptions, each tried before it is added."""

from pathlib import Path

import pytest

from policydiff import Store
from policydiff.errors import UnreadableInputError
from policydiff.settings.settings_file import read_list
from watch import portal as serve
from watch.portal import Portal, page
from watch.test_run import LINES
from watch.workplace import Workplace

OPML = b"""<opml version="2.0"><body><outline text="a"><outline xmlUrl="https://a.cn/feed" htmlUrl="https://a.cn/"/></outline>
<outline text="b" htmlUrl="https://b.cn/x.html"/><outline text="c" xmlUrl="javascript:x"/></body></opml>"""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"https://a.cn/1\n# note\n\nhttps://a.cn/2 \nhttps://a.cn/1\n",
            [("https://a.cn/1", {}), ("https://a.cn/2", {})],
        ),
        (
            "\ufeff网址,名称,every\nhttps://a.cn/1,one,1w\nnone,two,\n".encode(),
            [("https://a.cn/1", {"name": "one", "every": "1w"}), ("none,two,", {})],
        ),
        (
            "网址,名称,every\r\nhttps://a.cn/1,通知公告,1w\r\n".encode("gb18030"),
            [("https://a.cn/1", {"every": "1w"})],
        ),
        (b"url,select\nhttps://a.cn/1,#zoom\n", [("https://a.cn/1", {"select": ("#zoom",)})]),
        (OPML, [("https://a.cn/feed", {"kind": "feed"}), ("https://b.cn/x.html", {}), ("javascript:x", {})]),
        ("网址\t名称\nhttps://a.cn/1\t甲\n".encode("utf-16"), [("https://a.cn/1", {})]),
        (b"url;name\nhttps://a.cn/1;one\n", [("https://a.cn/1", {"name": "one"})]),
        ("序号,政策名称,政策链接\n1,甲,https://a.cn/1\n".encode(), [("https://a.cn/1", {})]),
        ("甲,https://a.cn/1\n乙,https://a.cn/2\n".encode(), [("https://a.cn/1", {}), ("https://a.cn/2", {})]),
        ("https://a.cn/1,甲\n".encode(), [("https://a.cn/1", {})]),
        ("通知一 https://a.cn/1\n".encode("gbk"), [("https://a.cn/1", {})]),
        ("- [甲](https://a.cn/1)\n- <https://a.cn/2>\n".encode(), [("https://a.cn/1", {}), ("https://a.cn/2", {})]),
        ("https://a.cn/1。\nhttps://a.cn/x_(2)\n".encode(), [("https://a.cn/1", {}), ("https://a.cn/x_(2)", {})]),
        (b"https://A.cn/Zw\nhttps://a.cn/Zw\nhttps://a.cn/zw\n", [("https://A.cn/Zw", {}), ("https://a.cn/zw", {})]),
        (b'url,name\n"https://a.cn/1?a=1,2","x,\ny"\n', [("https://a.cn/1?a=1,2", {})]),
        (b"url,name\n/zw/1.html,one\nhttps://a.cn/2,two\n", [("/zw/1.html,one", {}), ("https://a.cn/2", {"name": "two"})]),
        (b"<opml><body><outline type='rss' xmlurl='https://a.cn/f'/></body></opml>", [("https://a.cn/f", {"kind": "feed"})]),
        (b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF='https://a.cn/1'>x</A></DL>", [("https://a.cn/1", {})]),
        (b'<opml><body><outline xmlUrl="https://a.cn/f?a=1&b=2"/></body></opml>', [("https://a.cn/f?a=1&b=2", {"kind": "feed"})]),
        (b"https://a.cn/1 https://a.cn/2\n", [("https://a.cn/1", {}), ("https://a.cn/2", {})]),
        (b"https://a.cn/1,https://a.cn/2;https://a.cn/3\n", [("https://a.cn/1", {}), ("https://a.cn/2", {}), ("https://a.cn/3", {})]),
        (b"[https://a.cn/1](https://a.cn/1)\n", [("https://a.cn/1", {})]),
        (b"https://a.cn/x?to=https://b.cn/1\n", [("https://a.cn/x?to=https://b.cn/1", {})]),
        ("某市政策清单,,\n序号,名称,网址\n1,甲,https://a.cn/1\n".encode(), [("某市政策清单,,", {}), ("序号,名称,网址", {}), ("https://a.cn/1", {})]),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.cn/1</loc></url></urlset>", [("https://a.cn/1", {})]),
    ],
)  # fmt: skip
def test_lists_are_read(data: bytes, expected: list[tuple[str, dict[str, object]]]) -> None:
    found = read_list(data, "x")
    assert [each[:2] for each in found] == expected
    assert [bool(each.fault) for each in found] == [not each.url.startswith("http") for each in found]


@pytest.mark.parametrize(
    "data", [b"", b"no address", b"<opml><body>", b"url,name\n,x\n", b"PK\x03\x04\x00\xff\xfe\x9c"]
)
def test_a_file_without_addresses_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInputError):
        read_list(data, "x")


def test_each_address_is_tried_and_one_that_fails_stops_no_other(portal: Portal, tmp_path: Path) -> None:
    work = Workplace(tmp_path / "store")
    work.configure("")
    portal.pages |= {"/1": page(LINES), "/2": serve.answer(404)}
    listed = tmp_path / "list.txt"
    listed.write_text(f"{portal.url('/1')}\n{portal.url('/2')}\n", "utf-8")
    with Store.open(work.folder) as store:
        found = store.add_sources(listed)
        assert [(each.outcome, each.failure) for each in found.sources] == [
            ("added", None),
            ("failed", "gone"),
        ]
        (source,) = store.sources()
        assert "127" not in source.name  # named by its document, not by its host
        assert [each.outcome for each in store.add_sources(listed)] == ["known", "failed"]
