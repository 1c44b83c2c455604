"""What a page says of the visit, of its program or in the visitor's time is no fact of its document; what looks like it and is one counts."""

import pytest

from policydiff.lexicon.examples import told_own
from policydiff.watch.judge.core import shifted_by_a_day
from policydiff.watch.judge.page_runs import page_of
from policydiff.watch.judge.surroundings import said_around

TEXT = "A holder of a licence shall keep a register. An officer may ask for it. A fee of 40 euros is due each year."
TRACE = "sentry-trace_id={}434ab73039e30a22b7b0ef9a36284f1"
UUID = "{}21c95fb-dbf2-4a5e-a5ae-822038270f3e"


def facts(old: str, new: str) -> list[tuple[str, str, str]]:
    pages = [
        page_of(
            f"<html><head>{each.partition('<body>')[0]}</head><body>{each.partition('<body>')[2]}</body></html>".encode()
        )
        for each in (old, new)
    ]
    assert pages[0] is not None
    assert pages[1] is not None
    return [change[:3] for change in said_around(pages[0], pages[1], TEXT).facts]


def page(head: str = "", above: str = "", below: str = "") -> str:
    said = "".join(f"<p>{line}</p>" for line in TEXT.split(". "))
    return f"<title>Licence Order - Portal</title>{head}<body><main><h1>Licence Order</h1>{above}<div>{said}</div>{below}</main>"


def lead(address: str, label: str = "Forms.pdf") -> str:
    return f'<p><a href="{address}">{label}</a></p>'


CONTENTS = '<h2>Contents</h2><ol><li><a href="#fees">1. Fees</a></li></ol><h2 id="fees">Fees</h2>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # data of a visit in the head
        *[(page(f'<meta name="{name}" content="{TRACE.format(1)}">'), page(f'<meta name="{name}" content="{TRACE.format(2)}">')) for name in ("baggage", "request")],
        # the site behind the name of the document
        (page('<meta property="og:title" content="Licence Order | Old Portal">'), page('<meta property="og:title" content="Licence Order | New Portal">')),
        # a mark that two links share, words of the browser
        (page(below=lead(f"/a.pdf?did={UUID.format(1)}") + lead(f"/b.pdf?did={UUID.format(1)}", "Map.pdf")), page(below=lead(f"/a.pdf?did={UUID.format(2)}") + lead(f"/b.pdf?did={UUID.format(2)}", "Map.pdf"))),
        (page(below=lead("/a.pdf?agent=Mozilla 5 (X11)")), page(below=lead("/a.pdf?agent=Mozilla 6 (Win)"))),
        # words for readers of a screen
        (page(below=lead("/a.pdf", "Forms.pdf (opens in a new window)")), page(below=lead("/a.pdf"))),
        # an entry of a menu under its heading
        (page(above='<p class=h>Latest</p><a class=m href=/1>Sora</a><p class=h>Older</p><a class=m href=/2>Dall</a>'), page(above='<p class=h>Latest</p><a class=m href=/1>Opal</a><p class=h>Older</p><a class=m href=/2>Dall</a>')),
    ],
)  # fmt: skip
def test_marks_of_a_visit_are_no_facts(old: str, new: str) -> None:
    assert facts(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (page('<meta name="status" content="In force">'), page('<meta name="status" content="Repealed">'), "Repealed"),
        (page('<meta property="og:title" content="Licence Order | Portal">'), page('<meta property="og:title" content="Licence Order (repealed) | Portal">'), "Licence Order (repealed) | Portal"),
        (page(below=lead("/a.pdf?id=31")), page(below=lead("/a.pdf?id=32")), "a.pdf?id=32"),
        (page(below=lead(f"/{UUID.format(1)}.pdf")), page(below=lead(f"/{UUID.format(2)}.pdf")), f"{UUID.format(2)}.pdf"),  # a file may be named so
        (page(below=lead(f"/a.pdf?id={UUID.format(1)}")), page(below=lead(f"/a.pdf?id={UUID.format(2)}")), f"a.pdf?id={UUID.format(2)}"),
        (page(above=CONTENTS), page(above="<p>Applies to the northern ports</p>" + CONTENTS), "Applies to the northern ports"),
        (page(above="<p>Status: <a href=/s>In force</a></p>"), page(above="<p>Status: <a href=/s>Repealed</a></p>"), "Repealed"),
    ],
)  # fmt: skip
def test_what_looks_like_them_and_is_a_fact_counts(old: str, new: str, said: str) -> None:
    assert said.replace(" ", "") in {new.replace(" ", "") for _, _, new in facts(old, new)}


@pytest.mark.parametrize(
    ("old", "new", "is_shifted"),
    [
        (["24févr.2022", "30sept.2021", "Texte"], ["25févr.2022", "1oct.2021", "Texte"], True),
        (["1Oct2021", "18November2020"], ["30Sep2021", "17November2020"], True),
        (["March5,2024", "May31,2024"], ["March6,2024", "June1,2024"], True),
        (["24févr.2022", "Texte"], ["25févr.2022", "Texte"], False),  # one day alone may be a signature
        (["24févr.2022", "30sept.2021"], ["25févr.2022", "29sept.2021"], False),  # two ways
        (["24févr.2022", "30sept.2021"], ["26févr.2022", "2oct.2021"], False),  # two days
        (["24févr.2022", "30sept.2021", "40euros"], ["25févr.2022", "1oct.2021", "45euros"], False),
        (["24févr.2022", "30sept.2021"], ["25févr.2022", "1oct.2021", "Texte"], False),
        (
            ["2024年3月5日", "2024年4月5日"],
            ["2024年3月6日", "2024年4月6日"],
            False,
        ),  # no list of another time zone
        (["dueby24May2022", "dueby30May2022"], ["dueby25May2022", "dueby31May2022"], False),  # days of a text
    ],
)
def test_days_in_another_time_zone(old: list[str], new: list[str], is_shifted: bool) -> None:
    assert shifted_by_a_day(old, new) is is_shifted


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("Updated 1 April 2022", True),
        ("Published: 31st August 2022", True),
        ("Last updated on May 3, 2024", True),
        ("Effective from 1 April 2022", False),
        ("EFFECTIVE DATE: January 17, 2022", False),
        ("In force until 30 June 2026", False),
        ("1 April 2022", False),
    ],
)
def test_a_day_with_the_name_of_its_month_is_one_sign(line: str, own: bool) -> None:
    assert told_own(line.replace(" ", "")) is own
