"""Runs over real stores against a portal on loopback."""

from pathlib import Path

import pytest

from policydiff.errors import NotFoundError, WriteConflictError
from policydiff.store import Store
from policydiff.watch.store_archive import Archive
from tests.version_names import turn
from watch import portal as serve
from watch.portal import Portal, page, policy_lines
from watch.workplace import Workplace

POINTS = [
    "加快发展健康服务业。到2025年，全区健康服务业增加值达到100亿元。",
    "支持社会办医。对符合条件的社会办医疗机构，给予最高500万元资助。",
    "完善人才政策。应当为高层次人才提供住房保障。",
    "加强组织领导。由区卫生健康委牵头，各有关部门配合。",
]
LINES = policy_lines("某市人民政府关于促进健康服务业发展的意见", "某府发〔2024〕25号", POINTS)
REVISED = policy_lines(
    "某市人民政府关于促进健康服务业发展的意见",
    "某府发〔2024〕25号",
    [POINTS[0].replace("100", "120"), *POINTS[1:]],
)


@pytest.fixture
def work(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path / "store")


def page_source(portal: Portal, path: str = "/a", name: str = "health", more: str = "") -> str:
    return f'[[sources]]\nname = "{name}"\nurl = "{portal.url(path)}"\nid = "city/{name}"\n{more}\n'


def test_a_page_becomes_a_version_and_a_second_run_changes_nothing(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = page(LINES)
    work.configure(page_source(portal))
    first = work.run()
    assert work.outcomes(first) == {"health": "changed"}
    assert work.versions() == {"city/health": ["2024-03-05"]}
    before = work.state()
    second = work.run(everything=True)
    assert work.outcomes(second) == {"health": "unchanged"}
    assert work.state() == before
    assert before[1] == ""


def test_a_fact_under_a_label_of_the_page_s_own_is_told_with_both_values(
    portal: Portal, work: Workplace
) -> None:
    old, new = "<p>适用范围：全市</p>", "<p>适用范围：主城区</p>"
    work.configure(page_source(portal))
    for before in (old, new):
        portal.pages["/a"] = page(LINES, before=before)
        work.run(everything=True)
    first, second = work.versions()["city/health"]
    with Store.open(work.folder) as store:
        facts = Archive(store).facts("city/health", first, second)
        declared = dict(store.at(None).version("city/health", second).declared)
    assert [(fact.label, fact.old, fact.new) for fact in facts] == [("适用范围", "全市", "主城区")]
    assert declared["适用范围"] == "主城区"
    assert "附件" not in declared


def test_what_is_not_due_is_not_fetched(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = page(LINES)
    work.configure(page_source(portal, more='every = "1d"'))
    work.run()
    hits = portal.hits["/a"]
    assert work.run().not_due == ("health",)
    assert portal.hits["/a"] == hits
    work.clock.advance(hours=23)
    assert work.outcomes(work.run()) == {"health": "unchanged"}
    assert portal.hits["/a"] == hits + 1


def test_furniture_of_the_page_is_no_version(portal: Portal, work: Workplace) -> None:
    visits = iter(range(1, 100))

    def noisy(request: serve.Request) -> None:
        number = next(visits)
        widget = f"<div class='hot'><p>热门推荐：</p><p>新闻{number}</p></div>"
        before, after = (widget, "") if number % 2 else ("", widget)
        session = f"<a href='/x;jsessionid={number}'>首页</a>"
        request.send(
            200,
            page(
                LINES,
                counter=number,
                today=f"2026年1月{number}日 星期四",
                before=before + session,
                after=after,
            ),
        )

    portal.pages["/a"] = noisy
    work.configure(page_source(portal))
    work.run()
    head = work.state()
    for _ in range(5):
        assert work.outcomes(work.run(everything=True)) == {"health": "unchanged"}
    assert work.state() == head


def test_a_silent_edit_is_a_version_of_its_own(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = serve.in_turn(page(LINES), page(REVISED))
    work.configure(page_source(portal))
    work.run()
    second = work.run(everything=True)
    assert [(turn(entry.version), entry.previous) for entry in second.changed] == [
        ("2024-03-05.2", "2024-03-05")
    ]
    assert work.versions() == {"city/health": ["2024-03-05", "2024-03-05.2"]}


CAPTCHA = (
    "<html><head><title>安全验证</title></head><body><p>访问过于频繁，请输入验证码</p></body></html>".encode()
)
CHALLENGE = (
    b"<html><script>document.cookie='__jsl_clearance=1';location.reload()</script><body></body></html>"
)
SOFT_404 = "<html><body><div id='zoom'><p>您访问的页面不存在</p><p>返回首页</p></div></body></html>".encode()
UPKEEP = (
    "<html><body><div><p>网站维护中，请稍后再试。给您带来不便，敬请谅解。</p></div></body></html>".encode()
)
NO_TEXT = b"<html><body><div id='app'></div><script src='/app.js'></script></body></html>"
OTHER = page(
    policy_lines(
        "某市人民政府关于印发防汛应急预案的通知",
        "某府办〔2023〕7号",
        ["启动应急响应。", "转移安置群众。", "抢修水毁工程。", "统计灾情损失。"] * 3,
    )
)


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        (CAPTCHA, "blocked"),
        (CHALLENGE, "blocked"),
        (SOFT_404, "gone"),
        (UPKEEP, "transient"),
        (NO_TEXT, "empty"),
        (page(LINES[:4]), "structure_changed"),
        (OTHER, "structure_changed"),
        (serve.answer(404), "gone"),
        (serve.answer(500), "transient"),
        (serve.drip, "transient"),
        (serve.endless, "structure_changed"),
        (serve.too_short, "transient"),
        (serve.gzip_bomb, "structure_changed"),
        (serve.redirect("/a"), "blocked"),
        (b"\x00\x01\x02" * 500, "empty"),
    ],
    ids=["captcha", "challenge", "soft404", "upkeep", "script", "shrunken", "other", "404", "500", "drip", "endless",
         "short", "bomb", "circle", "binary"],
)  # fmt: skip
def test_what_is_no_version_is_a_typed_failure_and_never_recorded(
    portal: Portal, work: Workplace, second: bytes | serve.Handler, kind: str
) -> None:
    portal.pages["/a"] = serve.with_validators(lambda: page(LINES))
    settings = "max_bytes = 2000000" if second is not serve.gzip_bomb else "max_bytes = 200000"
    work.configure(page_source(portal), settings)
    work.run()
    head = work.state()
    portal.pages["/a"] = second
    assert work.outcomes(work.run(everything=True)) == {"health": kind}
    assert work.state() == head
    portal.pages["/a"] = page(LINES)
    assert work.outcomes(work.run(everything=True)) == {"health": "unchanged"}
    assert work.state() == head


def test_a_first_reading_that_is_an_error_page_makes_no_document(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = CAPTCHA
    work.configure(page_source(portal))
    assert work.outcomes(work.run()) == {"health": "blocked"}
    assert work.versions() == {}


def test_expectations_hold_from_the_first_reading(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = page(LINES)
    work.configure(page_source(portal, more="expect = { min_clauses = 9 }"))
    result = work.run()
    assert work.outcomes(result) == {"health": "structure_changed"}
    assert "4 clauses, 9 are expected" in (result.entries[0].detail or "")


def test_a_shrunken_text_is_recorded_once_a_person_accepts_it(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = serve.in_turn(page(LINES), page(LINES[:5] + LINES[-2:]))
    work.configure(page_source(portal))
    work.run()
    assert work.outcomes(work.run(everything=True)) == {"health": "structure_changed"}
    assert work.outcomes(work.run(accepted=("health",), everything=True)) == {"health": "changed"}


def test_a_changed_layout_is_reported_and_changed_selectors_are_no_revision(
    portal: Portal, work: Workplace
) -> None:
    portal.pages["/a"] = page(LINES)
    work.configure(page_source(portal, more='select = ["#zoom"]'))
    work.run()
    head = work.state()
    portal.pages["/a"] = page(LINES).replace(b'id="zoom"', b'id="content"')
    result = work.run(everything=True)
    assert work.outcomes(result) == {"health": "structure_changed"}
    assert "#zoom" in (result.entries[0].detail or "")
    work.configure(page_source(portal, more='select = ["#content", "#zoom"]\nignore = [".share"]'))
    assert work.outcomes(work.run(everything=True)) == {"health": "unchanged"}
    assert work.state() == head


def test_a_listing_brings_new_documents(portal: Portal, work: Workplace) -> None:
    def listing(numbers: list[int]) -> bytes:
        entries = "".join(
            f'<li><a href="/doc/{number}.html?spm=1.{number}" title="意见{number}">…</a></li>'
            for number in numbers
        )
        return f'<html><body><ul class="list">{entries}<li><a href="/doc/x.html">机构招聘</a></li></ul></body></html>'.encode()

    for number in range(1, 6):
        lines = policy_lines(f"某市人民政府关于第{number}项工作的意见", f"某府发〔2024〕{number}号", POINTS)
        portal.pages[f"/doc/{number}.html"] = page(lines, counter=number)
    portal.pages["/list"] = listing([2, 1])
    work.configure(
        f'[[sources]]\nname = "new"\nkind = "listing"\nurl = "{portal.url("/list")}"\nentries = "ul.list a"\nmatch = "意见"\n'
    )
    first = work.run()
    assert work.outcomes(first) == {"new": "unchanged", "new 2.html": "changed", "new 1.html": "changed"}
    portal.pages["/list"] = listing([3, 2, 1])
    second = work.run(everything=True)
    assert work.outcomes(second) == {
        "new": "unchanged", "new 3.html": "changed", "new 2.html": "unchanged", "new 1.html": "unchanged",
    }  # fmt: skip
    assert len(work.versions()) == 3
    assert all(versions == ["2024-03-05"] for versions in work.versions().values())
    assert portal.hits["/doc/x.html"] == 0


def test_a_listing_without_entries_has_changed_its_layout(portal: Portal, work: Workplace) -> None:
    portal.pages["/list"] = b"<html><body><p>nothing</p></body></html>"
    work.configure(
        f'[[sources]]\nname = "new"\nkind = "listing"\nurl = "{portal.url("/list")}"\nentries = "ul.list a"\n'
    )
    assert work.outcomes(work.run()) == {"new": "structure_changed"}


def test_one_bad_entry_does_not_stop_the_listing(portal: Portal, work: Workplace) -> None:
    portal.pages["/list"] = (
        b'<html><body><ul><li><a href="/1">A</a></li><li><a href="/2">B</a></li></ul></body></html>'
    )
    portal.pages |= {"/1": serve.answer(500), "/2": page(LINES)}
    work.configure(
        f'[[sources]]\nname = "new"\nkind = "listing"\nurl = "{portal.url("/list")}"\nentries = "li"\n'
    )
    assert work.outcomes(work.run()) == {"new": "unchanged", "new 1": "transient", "new 2": "changed"}


def test_a_document_on_several_pages_is_whole_or_not_at_all(portal: Portal, work: Workplace) -> None:
    def part(lines: list[str], following: str | None) -> bytes:
        return page(lines, after=f'<a class="next" href="{following}">下一页</a>' if following else "")

    portal.pages |= {
        "/a": part(LINES[:5], "/a_2"),
        "/a_2": serve.in_turn(serve.answer(500), serve.answer(500), part(LINES[5:7], "/a_3")),
        "/a_3": part(LINES[7:], "/a"),
    }
    work.configure(page_source(portal, more='next = "a.next"\nselect = ["#zoom"]'))
    assert work.outcomes(work.run()) == {"health": "transient"}
    assert work.versions() == {}
    result = work.run(everything=True)
    assert work.outcomes(result) == {"health": "changed"}
    assert work.versions() == {"city/health": ["2024-03-05"]}
    head = work.state()
    assert work.outcomes(work.run(everything=True)) == {"health": "unchanged"}
    assert work.state() == head


def test_a_file_behind_a_link_is_followed_when_the_link_moves(portal: Portal, work: Workplace) -> None:
    portal.pages |= {
        "/a": b'<html><body><a class="pdf" href="/files/1.txt">text</a></body></html>',
        "/files/1.txt": "\n".join(LINES).encode(),
        "/files/2.txt": "\n".join(REVISED).encode(),
    }
    work.configure(page_source(portal, more='kind = "file"\nlink = "a.pdf"'))
    assert work.outcomes(work.run()) == {"health": "changed"}
    portal.pages["/a"] = b'<html><body><a class="pdf" href="/files/2.txt">text</a></body></html>'
    assert work.outcomes(work.run(everything=True)) == {"health": "changed"}
    portal.pages["/a"] = b"<html><body>no link</body></html>"
    assert work.outcomes(work.run(everything=True)) == {"health": "structure_changed"}


def test_a_feed_and_a_folder_bring_documents(portal: Portal, work: Workplace) -> None:
    feed = f"""<?xml version="1.0"?><rss version="2.0"><channel>
    <item><title>意见</title><link>{portal.url("/a")}</link></item></channel></rss>"""
    portal.pages |= {
        "/feed": serve.answer(200, feed.encode(), content_type="application/rss+xml"),
        "/a": page(LINES),
    }
    inbox = work.folder / "inbox"
    inbox.mkdir()
    other = policy_lines("某市人民政府关于另一件事的意见", "某府发〔2024〕26号", POINTS)
    (inbox / "other.txt").write_text("\n".join(other), "utf-8")
    (inbox / ".hidden").write_text("x", "utf-8")
    work.configure(
        f'[[sources]]\nname = "feed"\nkind = "feed"\nurl = "{portal.url("/feed")}"\n'
        '[[sources]]\nname = "inbox"\nkind = "folder"\npath = "inbox"\n'
    )
    assert work.outcomes(work.run()) == {
        "feed": "unchanged", "feed a": "changed", "inbox": "unchanged", "inbox other.txt": "changed",
    }  # fmt: skip
    assert set(work.outcomes(work.run(everything=True)).values()) == {"unchanged"}


def test_one_document_has_one_watcher(portal: Portal, work: Workplace) -> None:
    """Two renderings of one text must not alternate as versions."""
    portal.pages |= {
        "/list": b'<html><body><a href="/b">A</a></body></html>',
        "/a": page(LINES),
        "/b": page([*LINES[:4], *[f"{line}（摘要）" for line in LINES[4:8]], *LINES[8:]]),
    }
    work.configure(
        page_source(portal).replace("city/health", "moufufa/2024/25")
        + f'[[sources]]\nname = "list"\nkind = "listing"\nurl = "{portal.url("/list")}"\nentries = "a"\n'
    )
    for _ in range(2):
        result = work.run(everything=True)
    assert set(work.outcomes(result).values()) == {"unchanged"}
    assert work.versions() == {"moufufa/2024/25": ["2024-03-05"]}


def test_changes_are_confirmed_where_asked_for_and_stale_copies_always(
    portal: Portal, work: Workplace
) -> None:
    portal.pages["/a"] = serve.in_turn(page(LINES), page(REVISED), page(LINES), page(REVISED), page(REVISED))
    work.configure(page_source(portal), "confirm = 2")
    seen = [work.outcomes(work.run(everything=True))["health"] for _ in range(6)]
    assert seen == ["changed", "unconfirmed", "unchanged", "unconfirmed", "changed", "unchanged"]
    portal.pages["/a"] = serve.in_turn(page(LINES), page(REVISED))
    work.configure(page_source(portal))
    assert [work.outcomes(work.run(everything=True))["health"] for _ in range(2)] == [
        "unconfirmed",
        "unchanged",
    ]
    assert work.versions() == {"city/health": ["2024-03-05", "2024-03-05.2"]}


def test_a_page_that_goes_back_to_older_words_is_told(portal: Portal, work: Workplace) -> None:
    """The store's newest version is no longer on the page: no new text, and yet nothing that passes in silence."""
    portal.pages["/a"] = serve.in_turn(
        *map(page, (LINES, REVISED, LINES, LINES, LINES, REVISED, LINES, LINES))
    )
    work.configure(page_source(portal))
    seen = [work.outcomes(work.run(everything=True))["health"] for _ in range(7)]
    assert seen == [
        "changed",
        "changed",
        "unconfirmed",
        *["structure_changed"] * 2,
        "unchanged",
        "unconfirmed",
    ]
    result = work.run(everything=True)
    assert work.outcomes(result) == {"health": "structure_changed"}
    assert work.outcomes(work.run(accepted=("health",), everything=True)) == {"health": "unchanged"}
    assert work.versions() == {"city/health": ["2024-03-05", "2024-03-05.2"]}


def test_a_server_that_asks_to_wait_is_not_asked_before(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = serve.answer(429, retry_after="7200")
    work.configure(page_source(portal))
    assert work.outcomes(work.run()) == {"health": "transient"}
    work.clock.advance(hours=1)
    assert work.run().not_due == ("health",)
    work.clock.advance(hours=2)
    assert work.outcomes(work.run()) == {"health": "transient"}


def test_only_named_sources_run_and_unknown_names_are_refused(portal: Portal, work: Workplace) -> None:
    portal.pages |= {"/a": page(LINES), "/b": page(LINES)}
    work.configure(page_source(portal) + page_source(portal, "/b", "other"))
    assert work.outcomes(work.run(names=("other",))) == {"other": "changed"}
    with pytest.raises(NotFoundError, match="health, other"):
        work.run(names=("nobody",))


def test_a_second_run_beside_the_first_is_refused(portal: Portal, work: Workplace) -> None:
    portal.pages["/a"] = page(LINES)
    work.configure(page_source(portal))

    def meanwhile(_: object) -> None:
        with pytest.raises(WriteConflictError, match="another run"):
            work.run()

    assert work.outcomes(work.run(on_entry=meanwhile)) == {"health": "changed"}


@pytest.mark.parametrize(
    ("body", "kind"),
    [(CAPTCHA, "blocked"), (SOFT_404, "gone"), (UPKEEP, "transient"), (CHALLENGE, "blocked")],
)
def test_a_listing_or_a_page_with_a_link_tells_error_pages_from_a_new_layout(
    portal: Portal, work: Workplace, body: bytes, kind: str
) -> None:
    portal.pages |= {"/list": body.replace(b"<a ", b"<b "), "/a": body}
    work.configure(
        page_source(portal, more='kind = "file"\nlink = "a.pdf"')
        + f'[[sources]]\nname = "new"\nkind = "listing"\nurl = "{portal.url("/list")}"\nentries = "li a"\n'
    )
    assert work.outcomes(work.run()) == {"health": kind, "new": kind}


def test_entries_beyond_the_limit_are_named(portal: Portal, work: Workplace) -> None:
    portal.pages |= {
        "/list": b'<html><body><a href="/1">A</a><a href="/2">B</a></body></html>',
        "/1": page(LINES),
    }
    listing = f'[[sources]]\nname = "new"\nkind = "listing"\nurl = "{portal.url("/list")}"\nentries = "a"\nlimit = 1\n'
    work.configure(listing)
    result = work.run()
    assert work.outcomes(result) == {"new": "unchanged", "new 1": "changed"}
    assert result.entries[0].detail == "1 entries beyond the limit of 1 are not read"


def test_a_source_that_gets_another_id_is_recorded_under_it(portal: Portal, work: Workplace) -> None:
    """What was read by other rules is not taken for read, though the server says that nothing changed."""
    portal.pages["/a"] = serve.with_validators(lambda: page(LINES))
    work.configure(page_source(portal))
    work.run()
    work.configure(page_source(portal).replace("city/health", "city/renamed"))
    assert work.outcomes(work.run(everything=True)) == {"health": "changed"}
    assert set(work.versions()) == {"city/health", "city/renamed"}
    work.configure(page_source(portal, more="expect = { min_clauses = 9 }"))
    assert work.outcomes(work.run(everything=True)) == {"health": "unchanged"}


OTHER = policy_lines(
    "某市人民政府办公厅关于农村公路管理养护的实施方案",
    "某府办发〔2020〕3号",
    [
        "县道由区交通部门管理，乡道、村道由镇人民政府管理。",
        "农村公路列养率应当保持100%，路况检测每年不少于一次。",
        "养护资金纳入财政预算，乡道每年每公里不低于5000元。",
        "区交通部门每季度考核，考核结果向社会公布。",
    ],
)
HOME = "<h1>某市人民政府</h1>" + "".join(
    f'<li><a href="/n{n}">第{n}条新闻：市领导调研某项工作</a></li>' for n in range(30)
)
RENUMBERED = policy_lines(
    "某市人民政府关于促进健康服务业发展的意见",
    "某府发〔2025〕9号",
    [POINTS[0].replace("100", "120"), *POINTS[1:]],
)


@pytest.mark.parametrize(
    ("body", "outcome", "why"),
    [
        (page(OTHER), "refused", "another document is no news of a new one"),
        (f"<html><body>{HOME}</body></html>", "refused", "a redirect to the home page"),
        (page(["《某市人民政府关于促进健康服务业发展的意见》政策解读", *(f"问{n}：为什么要出台意见？答：为了推动产业发展，便利企业办事。" for n in range(9))]), "refused", "an interpretation of the document"),
        (page(RENUMBERED), "changed", "the document under a new number"),
        (page(REVISED), "changed", "the document revised"),
    ],
    ids=lambda value: value if len(str(value)) < 60 else "",
)  # fmt: skip
@pytest.mark.parametrize("named", [True, False], ids=["with an id", "without an id"])
def test_a_source_is_held_to_the_document_that_it_held(
    portal: Portal, work: Workplace, named: bool, body: str, outcome: str, why: str
) -> None:
    """A source of a list has no id of its own: the ledger says which document it is."""
    portal.pages["/a"] = page(LINES)
    source = page_source(portal)
    work.configure(source if named else source.replace('id = "city/health"\n', ""))
    work.run()
    [(document, [first])] = work.versions().items()
    portal.pages["/a"] = body
    told = work.outcomes(work.run(everything=True))["health"]
    assert (told == "changed") is (outcome == "changed"), why
    assert list(work.versions()) == [document], why
    assert len(work.versions()[document]) == (2 if outcome == "changed" else 1), why
    assert work.versions()[document][0] == first


def test_another_document_is_recorded_as_one_once_a_person_accepts_it(
    portal: Portal, work: Workplace
) -> None:
    portal.pages["/a"] = page(LINES)
    work.configure(page_source(portal).replace('id = "city/health"\n', ""))
    work.run()
    portal.pages["/a"] = page(OTHER)
    assert work.outcomes(work.run(accepted=("health",), everything=True)) == {"health": "changed"}
    assert len(work.versions()) == 2


@pytest.mark.parametrize(
    ("steps", "versions", "reason"),
    [
        ([("new", "new")], 2, "both pages carry the revision"),
        ([("new", "old")], 2, "the page that recorded it first carries it"),
        ([("old", "old")], 1, "nothing changed on either"),
        ([("old", "old"), ("new", "new")], 2, "a run without news in between"),
        ([(None, "new")], 2, "the first page is gone, and the second takes the document over"),
        ([(None, "new"), ("new", "new")], 2, "the first page comes back"),
        ([("new", None)], 2, "the second page is gone"),
        ([("new", None), ("new", "new")], 2, "the second page comes back"),
        ([(None, "old"), ("old", "old"), ("new", "new")], 2, "each page led in its turn"),
    ],
)
def test_one_document_on_two_pages_is_followed_by_one_of_them(
    steps: list[tuple[str | None, str | None]], versions: int, reason: str, portal: Portal, work: Workplace
) -> None:
    texts = {"old": page(LINES), "new": page(REVISED)}
    work.configure(
        "".join(f'[[sources]]\nname = "{name}"\nurl = "{portal.url(f"/{name}")}"\n' for name in ("a", "b"))
    )
    for step in [("old", "old"), *steps]:
        for path, said in zip(("/a", "/b"), step, strict=True):
            portal.pages.pop(path, None)
            if said:
                portal.pages[path] = texts[said]
        work.run(everything=True)
    (held,) = work.versions().values()
    assert len(held) == versions, reason
