"""HTML reports as readers use them, in a real headless Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import policydiff
from policydiff.model import Comparison, RevisionDiff
from policydiff.model.base import Value
from policydiff.report import Format, render

from . import hostile
from .browser import chromium, is_required, launched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None and not is_required(), reason="no Chromium is installed"),
]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Value, str], str]:
    """Write a value's report once, and give its address."""
    folder = tmp_path_factory.mktemp("reports")
    files: dict[tuple[int, str], tuple[Value, str]] = {}

    def address(value: Value, lang: str) -> str:
        if (id(value), lang) not in files:
            path = folder / f"{len(files)}.html"
            path.write_text(str(render(value, Format.HTML, lang=lang)), "utf-8")
            files[id(value), lang] = (value, path.as_uri())
        return files[id(value), lang][1]

    return address


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def page(context: BrowserContext, errors: list[str]) -> Iterator[Page]:
    """A page that collects errors and any attempt to load something."""
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on(
        "request", lambda request: None if request.url.startswith("file:") else errors.append(request.url)
    )
    yield opened
    opened.close()
    assert errors == []


@pytest.fixture
def show(page: Page, written: Callable[[Value, str], str]):
    """Open a value's report at a place in it."""

    def opened(value: Value, place: str = "", lang: str = "zh") -> Page:
        page.goto("about:blank")
        page.goto(f"{written(value, lang)}{place}")
        page.wait_for_selector("html[data-ready]")
        return page

    return opened


def shown_rows(page: Page, view: str = "#view-sentences, #view-changes") -> int:
    return page.locator(f":is({view}) tr[id]:visible").count()


def test_one_view_at_a_time(show, report: Comparison) -> None:
    page = show(report)
    assert page.locator(".view:visible").count() == 1
    for name in ("coverage", "targets", "bodies", "responsibilities", "sentences"):
        page.locator(f"#tab-{name}").click()
        assert page.locator(".view:visible").get_attribute("id") == f"view-{name}"
        assert page.locator(f"#tab-{name}").get_attribute("aria-selected") == "true"
        assert page.locator('[aria-selected="true"]').count() == 1


def test_tabs_by_keyboard(show, report: Comparison) -> None:
    page = show(report)
    page.locator("#tab-sentences").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#view-coverage").is_visible()
    page.keyboard.press("End")
    assert page.locator("#view-responsibilities").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator("#view-sentences").is_visible()
    assert page.evaluate("document.activeElement.id") == "tab-sentences"


def test_filters_narrow_and_say_so(show, report: Comparison) -> None:
    page = show(report)
    total = len(report.sentences)
    sure = report.summary.sure
    assert 0 < sure < total
    page.locator(".view:visible .unfold").click()
    page.locator('.chip[data-value="sure"]').click()
    assert shown_rows(page) == sure
    assert page.locator("#view-sentences .shown").inner_text() == f"显示 {sure} / {total}"
    page.locator('.chip[data-value="unlikely"]').click()
    assert shown_rows(page) == total - report.summary.possible
    page.locator(".view:visible .clear").click()
    assert shown_rows(page) == total
    assert page.locator(".view:visible .clear").is_hidden()


def test_a_figure_leads_to_its_rows(show, report: Comparison) -> None:
    page = show(report)
    page.locator('.stats a[data-only="status:omitted-measure"]').click()
    assert page.locator("#view-coverage").is_visible()
    assert shown_rows(page, "#view-coverage") == sum(
        each.measure and each.status == "omitted" for each in report.coverage
    )
    page.locator("#tab-sentences").click()
    page.locator('.stats a[data-only="band:unlikely"]').click()
    assert shown_rows(page) > 0


def test_a_picture_cell_leads_to_its_clause(show, report: Comparison) -> None:
    page = show(report)
    cell = page.locator(".drawn a").nth(2)
    target = (cell.get_attribute("href") or "")[1:]
    cell.click()
    assert page.locator(f"[id='{target}']").is_visible()
    assert page.evaluate("document.activeElement.id") == target


def test_a_claim_shows_both_texts_with_words_marked(show, report: Comparison) -> None:
    page = show(report)
    claim = page.locator('#view-sentences tr[data-f~="sure"] button').last
    claim.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    pairs = dialog.locator(".pair").first
    assert pairs.locator(".doc").count() == 2
    local, superior = ("".join(pairs.locator(".doc").nth(n).locator("u").all_inner_texts()) for n in (0, 1))
    assert local == superior
    assert len(local) > 10
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "BUTTON", "the focus goes back to the claim"


def test_a_target_shows_its_words(show, report: Comparison) -> None:
    page = show(report)
    page.locator(".f-figures a").first.click()
    assert "达到7%左右" in page.locator("dialog[open]").inner_text()


def test_a_link_opens_view_filter_and_fold(show, revision: RevisionDiff) -> None:
    page = show(revision)
    page.locator('.chip[data-value="added"]').click()
    assert page.locator("#c-art_1").is_hidden()
    page.evaluate("location.hash = '#c-art_1'")
    page.wait_for_function("document.getElementById('c-art_1').getClientRects().length > 0")


def test_unchanged_clauses_fold_and_open(show, revision: RevisionDiff) -> None:
    page = show(revision)
    assert page.locator("#c-art_1").is_hidden()
    fold = page.locator("button.fold").first
    assert "（略）" in fold.inner_text()
    assert fold.get_attribute("aria-expanded") == "false"
    fold.click()
    assert page.locator("#c-art_1").is_visible()
    page.locator(".unfold").click()
    assert page.locator("tbody.closed").count() == 0


def test_filters_by_kind_flag_and_signal(show, revision: RevisionDiff) -> None:
    page = show(revision)
    for group, value, rows in (("kind", "split", 1), ("flag", "moved", 1), ("signal", "deadline", 1)):
        page.locator(f'.chip[data-group="{group}"][data-value="{value}"]').click()
        assert shown_rows(page) == rows, value
        page.locator(".view:visible .clear").click()
    page.locator('.chip[data-value="unchanged"]').click()
    assert shown_rows(page) == revision.summary.unchanged, "a filter opens folds"


def test_rows_by_keyboard(show, report: Comparison) -> None:
    page = show(report)
    page.locator("#view-sentences td button:not(.fold)").first.focus()
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.id")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first != second
    page.locator("#tab-sentences").focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "tab-sentences", (
        "letters do nothing outside the rows"
    )


def test_first_tab_stop_skips_to_the_texts(show, report: Comparison) -> None:
    page = show(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"


def test_answers_stand_on_the_first_screen(show, report: Comparison) -> None:
    page = show(report)
    for selector in (".lead", ".stats", "#p-taken", "#p-own", "#p-missing"):
        box = page.locator(selector).bounding_box()
        assert box
        assert box["y"] + box["height"] < 900, selector


def test_narrow_screens_do_not_scroll_sideways(show, report: Comparison, revision: RevisionDiff) -> None:
    for value in (report, revision, report.sides[0]):
        page = show(value)
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_dark_mode_has_dark_paper(show, report: Comparison, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    opened = show(report)
    red = opened.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    assert int(red) < 60


def test_prints_on_a4(show, report: Comparison, revision: RevisionDiff) -> None:
    for value in (report, revision):
        page = show(value)
        page.emulate_media(media="print")
        assert page.locator(".tabs").is_hidden()
        assert page.locator(".filters").first.is_hidden()
        data = page.pdf(prefer_css_page_size=True)
        assert data.startswith(b"%PDF")
        width, height = (float(side) for side in _media_box(data))
        assert (round(width), round(height)) in {(595, 842), (594, 841)}
        page.emulate_media(media="screen")


def test_no_head_of_a_table_ends_a_printed_page(show, page: Page) -> None:
    """Chapters of many lengths: at one of their ends a page would end, were a chapter's name or its head let alone there."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    chapters = "".join(
        f"第{number}章 第{number}类补助\n第{number}条 "
        + "企业应当在规定的期限内提交申请材料，逾期不予受理。" * (number % 7 + 1)
        + "每家补助{}万元。\n"
        for number in range(1, 60)
    )
    old, new = (
        policydiff.parse("某市办法\n" + chapters.replace("{}", amount)) for amount in ("三十", "五十")
    )
    show(policydiff.diff(old, new))
    lines = [
        found.get_textpage().get_text_range().split()
        for found in pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    ]
    heads = [words[-5:] for words in lines if "修改后" in words[-5:]]
    assert len(lines) > 10
    assert heads == []


def _media_box(data: bytes) -> tuple[float, float]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        size: tuple[float, float] = document[0].get_size()
        return size
    finally:
        document.close()


@pytest.mark.parametrize(("scheme", "lang"), [("light", "zh"), ("dark", "en")])
def test_no_serious_barrier(
    show, page: Page, report: Comparison, revision: RevisionDiff, scheme: str, lang: str
) -> None:
    """axe-core finds nothing serious in any view, nor in the evidence."""
    page.emulate_media(color_scheme=scheme)
    for value in (report, revision, report.sides[0]):
        opened = show(value, lang=lang)
        opened.evaluate(AXE)
        found = _barriers(opened)
        for tab in opened.locator("[role=tab]").all():
            tab.click()
            found += _barriers(opened)
        claim = opened.locator("td button:not(.fold):visible")
        if claim.count():
            claim.first.click()
            found += _barriers(opened)
        assert found == []


def _barriers(page: Page) -> list[str]:
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"][:3]
    ]


def test_attacks_do_nothing(show, page: Page) -> None:
    page.on("dialog", lambda _: pytest.fail("a script of the document ran"))
    for value in (hostile.comparison(), hostile.revision(), hostile.document()):
        opened = show(value)
        claim = opened.locator("td button:not(.fold):visible")
        if claim.count():
            claim.first.click()
            assert "alert('甲')" in opened.locator("dialog[open]").inner_text()
            opened.keyboard.press("Escape")


def test_without_scripts_everything_is_readable(
    browser: Browser, report: Comparison, written: Callable[[Value, str], str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written(report, "zh"))
    assert page.locator(".view").count() == page.locator(".view:visible").count() == 5
    assert page.locator(".tabs").is_hidden()
    context.close()
