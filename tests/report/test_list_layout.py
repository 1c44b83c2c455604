"""Lists on narrow and wide terminals, on a phone, and twice the same: what a reader copies is never broken."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser
from rich.cells import cell_len

from policydiff.model import Comparison, DocumentIdentity, ListedDocument, Reference
from policydiff.model.base import Value
from policydiff.model.lagging import DocumentValidity, ValidityReport, ValidityState
from policydiff.model.listed import DocumentList, SearchHit, SearchHits, VersionLog
from policydiff.report import Format, RenderOptions, render

from .browser import chromium, is_required, launched
from .test_golden_pages import CHECK, HEALTH, LOG, RUN, STANDING

TITLE = "上海市人民政府办公厅关于转发市水务局修订的《关于本市市管河道及其管理范围的规定》的通知"
LONG = DocumentList(
    documents=tuple(
        ListedDocument(
            identity=DocumentIdentity(
                id=f"shsrmzfbgt/sgxhdjqglfwdgd-{number:06x}",
                title=TITLE,
                document_number="沪府办规〔2023〕5号",
                level="province",
            ),
            versions=number + 1,
            newest="seen-2023-02-01" if number else "2023-01-20",
            validity="in_force",
            until=date(2028, 1, 31),
        )
        for number in range(3)
    )
)
VALIDITY = ValidityReport(
    day=date(2026, 1, 1),
    documents=(
        DocumentValidity(
            id="shsrmzfbgt/sgxhdjqglfwdgd-000001",
            version="2023-01-20",
            title=TITLE,
            state=ValidityState.IN_FORCE,
            since=date(2023, 2, 1),
            until=date(2028, 1, 31),
        ),
    ),
)
HITS = SearchHits(
    query="河道",
    hits=(
        SearchHit(
            document=Reference(id="a/b", title=TITLE), clause="art_2", text="市管河道由市水务局管理。" * 8
        ),
    ),
    total=57,
)
UNBROKEN = re.compile(r"20\d\d-\d\d-\d\d|沪府办规〔2023〕5号|[a-z]+/[a-z]+-[0-9a-f]{6}")
"""What a reader copies or takes in as one: dates, document numbers, ids."""
GIVEN: list[tuple[str, Value]] = [
    ("list", LONG),
    ("validity", VALIDITY),
    ("search", HITS),
    ("log", LOG),
    ("status", STANDING),
    ("check", CHECK),
    ("health", HEALTH),
    ("run", RUN),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize(("name", "given"), GIVEN, ids=[name for name, _ in GIVEN])
def test_a_list_keeps_within_its_terminal_and_breaks_nothing(
    name: str, given: Value, width: int, lang: str
) -> None:
    shown = str(
        render(given, Format.TERMINAL, lang=lang, options=RenderOptions(width=width, everything=True))
    )
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    wide = str(render(given, Format.MARKDOWN, lang=lang, options=RenderOptions(everything=True)))
    for found in dict.fromkeys(UNBROKEN.findall(wide)):
        # An id too long for the column it stands in is broken behind its last joint, and told by that.
        assert found in shown or "/" in found, (name, width, found)
    for line in shown.splitlines():
        assert not line.strip().startswith(("，", "。", "、", "；", "）", "》")), line


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_title_of_a_list_stands_there_once(width: int) -> None:
    shown = str(render(LONG, Format.TERMINAL, options=RenderOptions(width=width)))
    assert shown.count("文件目录") == 1
    assert shown.count("沪府办规〔2023〕5号") == 3


@pytest.mark.parametrize(("lang", "words"), [("zh", "今日效力：已废止"), ("en", "Stands today: ended")])
def test_a_log_says_how_the_document_stands(lang: str, words: str) -> None:
    assert isinstance(LOG, VersionLog)
    for form in (Format.TERMINAL, Format.MARKDOWN, Format.HTML):
        shown = str(render(LOG, form, lang=lang))
        assert words in shown
        assert "同时废止" in shown
        assert "2025-01-01" in shown


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None and not is_required():
        pytest.skip("no Chromium is installed")
    with launched() as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize(("name", "given"), GIVEN, ids=[name for name, _ in GIVEN])
def test_a_list_is_cards_on_a_phone(name: str, given: Value, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content(str(render(given, Format.HTML)))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for cell in page.locator(".plain:not(.data) td:visible").all()[:40]:
        box = cell.bounding_box()
        assert box is not None
        assert box["width"] > 180, "a column beside others is no card"
    page.close()


def test_the_same_input_gives_the_same_bytes_whatever_the_seed_and_locale(report: Comparison) -> None:
    """Sets and dictionaries are ordered by the seed of hashes, and dates by the locale, where code lets them."""
    code = (
        "import hashlib, sys\n"
        "import policydiff\n"
        "from policydiff.report import Format, RenderOptions, render\n"
        "from tests.report.test_list_layout import LONG, VALIDITY\n"
        "diff = policydiff.diff(policydiff.parse(sys.argv[1]), policydiff.parse(sys.argv[2]))\n"
        "compared = policydiff.compare(policydiff.parse(sys.argv[1]), policydiff.parse(sys.argv[2]))\n"
        "made = hashlib.sha256()\n"
        "for given in (diff, compared, LONG, VALIDITY):\n"
        "    for form in Format:\n"
        "        for lang in ('zh', 'en'):\n"
        "            data = render(given, form, lang=lang)\n"
        "            made.update(data if isinstance(data, bytes) else data.encode())\n"
        "made.update(render(diff, 'docx', options=RenderOptions(style='official')))\n"
        "print(made.hexdigest())\n"
    )
    texts = (
        "某市办法\n第一条 市科委、市教委应当在30日内办结，罚款500元以上2000元以下。\n第二条 企业可以申请补助30万元。\n",
        "某市办法\n第一条 市教委应当在20日内办结，罚款100元以上1000元以下。\n第三条 企业可以申请补助50万元，并备案。\n",
    )
    seen = set()
    for seed, locale in (("0", "C.UTF-8"), ("1", "zh_CN.UTF-8"), ("4242", "tr_TR.UTF-8")):
        done = subprocess.run(
            [sys.executable, "-c", code, *texts],
            env=os.environ
            | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": "Asia/Shanghai"},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout.strip())
    assert len(seen) == 1
