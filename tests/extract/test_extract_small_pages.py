"""Pages small enough to be read in the caller's own process: what they do there, no worker stops."""

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from policydiff.extract.dispatch import extract as dispatched
from policydiff.extract.reading import Reading, Request
from policydiff.extract.sniff import FileKind, is_isolated
from policydiff.extract.web.appearance import Appearance

SIZE = 49_500
TIMES_A_PLAIN_PAGE = 60
"""How many times as long as a plain page of the same size a page may take: the slowest takes ten times as long; before they
were bounded, the worst of these pages took 90 to 300 times as long. Both are read in the same minute on the same machine."""


def filled(unit: str, before: str = "", after: str = "") -> bytes:
    """Return a page just below the size from which a worker reads it, full of one thing."""
    room = SIZE - len(before.encode()) - len(after.encode()) - 60
    return f"<html><body>{before}{unit * (room // len(unit.encode()))}{after}</body></html>".encode()


def styled(rule: str, times: int, body: str = "<p>a" * 7_000) -> bytes:
    return f"<html><head><style>{rule * times}</style></head><body>{body}".encode()[:SIZE]


PAGES = [
    ("items counted down", filled("<li>a", "<ol reversed>")),
    ("items counted down, each with a number", filled("<li value=2>a", "<ol reversed>")),
    ("lists in lists", filled("<ol><li>a")),
    ("chosen options", filled("<option selected>", "<select>")),
    ("fields of forms", filled("<input type=checkbox>")),
    ("lines of preformatted text", filled("\n", "<pre>")),
    ("tables in tables", filled("<table><tr><td>")),
    ("cells over rows and columns", filled("<td colspan=99 rowspan=99>a", "<table><tr>")),
    ("rows under long spans", filled("<tr><td rowspan=2000 colspan=100>a<td>b", "<table>")),
    ("spans at their bound in many tables", filled("<table>" + "<tr><td rowspan=0 colspan=100>a<td>b" * 30 + "</table>")),
    ("short rows under a long one", filled("<tr><td>a", "<table><tr>" + "<td>a" * 4_900)),
    ("marks of notes", filled("<a href='#a'>1</a>", after="<p id=a>1 b")),
    ("struck elements in each other", filled("<del>a")),
    ("hidden elements in each other", filled("<div style='display:none'>a")),
    ("rules that count children", styled("p:nth-child(n){display:none}", 600)),
    ("rules that count children from the end", styled("p:nth-last-child(2n+1){display:none}", 500)),
    ("rules that count kinds of children", styled("p:nth-of-type(2n+1){display:none}", 500)),
    ("rules that ask what follows", styled("p:has(~ p){display:none}", 600)),
    ("rules of later neighbours", styled("p ~ p ~ p ~ p{display:none}", 600)),
    ("rules of next neighbours", styled("p + p + p + p{display:none}", 600)),
    ("rules in rules", styled(":where(p ~ p){display:none}", 600)),
    ("rules of many descents", styled("div " * 70 + "{display:none}", 60, "<div>" * 240 + "a" + "<p>a" * 5_000)),
    ("rules of everything in everything", styled("* * * * *{display:none}", 800, "<div>" * 200 + "<b>a" * 3_000)),
    ("rules that hide nested sentences", styled("div{display:none}", 1_000, "<div>。" * 200 + "。" * 9_000)),
    ("queries of media never closed", styled("@a{b{c}", 6_900, "<p>a")),
    ("a word of one letter", filled("第")),
]  # fmt: skip


def read_for(page: bytes) -> tuple[float, str]:
    """Return the processor seconds that reading `page` takes, and the message of a refusal (`""` where it is read)."""
    started = time.process_time()
    try:
        extract(page)
        told = ""
    except UnreadableInputError as error:
        told = str(error)
    return time.process_time() - started, told


@pytest.mark.parametrize("page", [page for _, page in PAGES], ids=[name for name, _ in PAGES])
def test_a_small_page_is_read_soon(page: bytes) -> None:
    assert not is_isolated(FileKind.HTML, len(page))
    plain, _ = read_for(filled("<p>甲乙丙</p>"))
    seconds, told = read_for(page)
    assert seconds < TIMES_A_PLAIN_PAGE * plain
    assert "failed" not in told


SELECTORS = [
    ("::-webkit-scrollbar", "a part that is no element"),
    ("p::before", "what stands before an element"),
    ("p::after, .tips", "one of two"),
    ("p:focus-within", "a state"),
    ("::selection", "what a user chose"),
    (":-moz-any(p)", "of one browser"),
    ("*zoom", "a hack for old browsers"),
    (".1a", "a name that is none"),
    (".a,,b", "an empty one in a list"),
    ("p:not(", "cut off"),
    ("..a", "a mark too many"),
    ("~p", "a neighbour of nothing"),
    ("<!-- .a", "a comment of the page's own language"),
]


@pytest.mark.parametrize(("selector", "reason"), SELECTORS, ids=[row[1] for row in SELECTORS])
@pytest.mark.parametrize("declaration", ["display:none", "text-decoration:line-through"])
def test_a_rule_that_is_not_understood_hides_nothing(selector: str, reason: str, declaration: str) -> None:
    """A page of `::-webkit-scrollbar { display: none }` was refused as damaged, or ended the caller with an internal error."""
    page = f"<html><head><style>{selector}{{{declaration}}}.gone{{display:none}}</style></head><body><p>第一条　甲。</p><p class=gone>无</p>"
    assert extract(page.encode()).text == "第一条　甲。\n", reason


@pytest.mark.parametrize(
    ("rule", "times", "elements", "followed", "reason"),
    [
        (".a{display:none}", 40, 5_000, True, "forty names of a long page"),
        (".a .b > .c{display:none}", 40, 5_000, True, "forty of three parts"),
        ("td:nth-child(4){display:none}", 20, 1_500, True, "columns of tables left out"),
        ("tr:nth-child(2n) td{display:none}", 1, 10_000, True, "one of a very long page"),
        ("p:nth-child(n){display:none}", 600, 5_000, False, "neighbours counted again and again"),
        ("a b c d e f g h i j k l m n o p{display:none}", 200, 5_000, False, "descents without end"),
    ],
)
def test_rules_are_followed_as_long_as_it_takes_little(
    rule: str, times: int, elements: int, followed: bool, reason: str
) -> None:
    tree = LexborHTMLParser(f"<style>{rule * times}</style>" + "<p>a</p>" * elements)
    assert (Appearance(tree).not_followed == 0) is followed, reason


def test_what_is_not_followed_is_said() -> None:
    page = styled("p:nth-child(9999n){display:none}", 300, "<p>第一条　甲。</p>" * 1_500)
    assert any("style sheet would take too long" in warning.text for warning in extract(page).warnings)


def test_an_error_of_a_library_is_that_files_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(kind: FileKind, request: Request) -> Reading:
        raise KeyError("x")

    monkeypatch.setattr("policydiff.extract.dispatch.read_as", broken)
    with pytest.raises(UnreadableInputError, match="the reader failed on it"):
        dispatched(b"<html><body><p>a")


@pytest.mark.parametrize(("length", "refused"), [(99_000, False), (101_000, True)])
def test_a_head_of_a_saved_page_that_does_not_end_is_refused(length: int, refused: bool) -> None:
    """Python reads a field of many parameters in square time: 1.7 MB of them took all that a file of its size gets."""
    filler = b" a=b;\n" * ((length - 150) // 6)
    data = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\nX-Filler: a;\n"
        + filler
        + b" c=d\n\n"
        b"--B\nContent-Type: text/html\n\n<html><p>\xe7\xac\xac\xe4\xb8\x80\xe6\x9d\xa1</p></html>\n--B--\n"
    )
    if refused:
        with pytest.raises(UnreadableInputError, match="head of its parts"):
            extract(data)
    else:
        assert extract(data).text == "第一条\n"


def stairs(rows: int) -> str:
    """Return a table in which each row begins to the right of all spans above it."""
    return "<table>" + "<tr><td rowspan=2000 colspan=100>甲<td>乙" * rows + "</table>"


def under_a_long_row(cells: int, rows: int) -> str:
    return "<table><tr>" + "<td>甲" * cells + "<tr><td>乙" * rows + "</table>"


@pytest.mark.parametrize(
    ("body", "refused", "reason"),
    [
        (stairs(70), False, "70 × 7,001 places, 20 apart for each of 140 cells: 487,270"),
        (stairs(72), True, "72 × 7,201 places, 20 apart for each of 144 cells: 515,592"),
        (stairs(30) * 4, False, "4 × 88,830 places"),
        (stairs(30) * 6, True, "6 × 88,830 places: a page's tables count together"),
        (f"<table><tr><td>甲<td>{stairs(60)}<td>{stairs(60)}</table>", True, "tables in a table count too"),
        (under_a_long_row(720, 719), False, "720 × 720 places less 20 × 1,439: 489,620"),
        (under_a_long_row(750, 749), True, "750 × 750 places less 20 × 1,499: 532,520"),
        (f"<table>{'<tr><td>甲<td>乙<td>丙<td>丁<td>戊' * 1_500}<tr><td colspan=100>己</table>", False, "twenty places a cell"),
        (f"<table>{('<tr>' + '<td>甲' * 40) * 150}</table>", False, "every place has its cell"),
        ("<table>" + "<tr><td colspan=100>甲<td>乙" * 1_000 + "</table>", False, "wide, but no row pushes the next"),
    ],
)  # fmt: skip
def test_a_page_whose_tables_have_far_more_places_than_cells_is_refused(
    body: str, refused: bool, reason: str
) -> None:
    """37 kB of such spans became 162 million characters in 87 seconds, before the limit of the text refused them."""
    page = f"<html><body>{body}</body></html>".encode()
    if refused:
        with pytest.raises(UnreadableInputError, match="places in which no cell is written"):
            extract(page)
    else:
        assert {"甲", "乙"} & set(extract(page).text), reason


SPANS = "<p><span class=a>第一条　甲。</span><span class=a>第二条　乙。</span></p>"


@pytest.mark.parametrize(
    ("rule", "lines", "reason"),
    [
        (".a{display:block}", 2, "words made lines"),
        ("span.a{color:red;display: list-item }", 2, "list items are lines"),
        (".a{display:table-row}", 2, "rows are lines"),
        ("@media screen{.a{display:block}}", 2, "on screens"),
        ("p .a{display:block!important} .a{display:inline}", 2, "the important rule goes first"),
        (".a{display:inline-block}", 1, "a box within the line"),
        (".a{display:block} span.a{display:inline}", 1, "the closer rule takes it back"),
        ("@media print{.a{display:block}}", 1, "on paper alone"),
        ("@media (max-width:600px){.a{display:block}}", 1, "on narrow screens alone"),
        (".b{display:block}", 1, "a rule of other elements"),
        ("p{display:block}", 1, "a paragraph is one anyway"),
    ],
)
def test_words_that_a_style_sheet_makes_lines(rule: str, lines: int, reason: str) -> None:
    assert len(extract(styled(rule, 1, SPANS)).text.strip().splitlines()) == lines, reason
