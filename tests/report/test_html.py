"""HTML reports as files: one file that loads nothing, under a policy that fits it, attacks shown as text."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from selectolax.lexbor import LexborHTMLParser

from policydiff.lexicon.widths import visible
from policydiff.model import Comparison, RevisionDiff
from policydiff.model.base import Value
from policydiff.report import Format, RenderOptions, render

from . import hostile


def tree(value: Value, lang: str = "zh", **options: object) -> LexborHTMLParser:
    return LexborHTMLParser(
        str(render(value, Format.HTML, lang=lang, options=RenderOptions.model_validate(options)))
    )


def values(report: Comparison, revision: RevisionDiff) -> list[Value]:
    return [report, revision, report.sides[0], report.made_from(), revision.made_from()]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reports_load_nothing(report: Comparison, revision: RevisionDiff, lang: str) -> None:
    for value in values(report, revision):
        html = tree(value, lang)
        assert not html.css("link, iframe, img, object, embed, base, form, video, audio")
        for node in html.css("*"):
            assert "src" not in node.attributes
            assert "style" not in node.attributes, "the policy would block it"
            assert not any(name.startswith("on") for name in node.attributes)
            href = node.attributes.get("href")
            assert href is None or href.startswith("#")
        assert "url(http" not in html.css_first("style").text()


def test_the_policy_allows_exactly_this_style_and_script(report: Comparison) -> None:
    html = tree(report)
    policy = html.css_first("meta[http-equiv]").attributes["content"] or ""
    assert policy.startswith("default-src 'none'; ")
    for name, number in (("style", 1), ("script", 2)):
        elements = [each for each in html.css(name) if each.attributes.get("type") != "application/json"]
        assert len(elements) == number
        digests = [b64encode(sha256(element.text().encode()).digest()).decode() for element in elements]
        allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
        assert f"{name}-src {allowed};" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("value", [hostile.comparison(), hostile.revision(), hostile.document()])
def test_attacks_are_text(value: Value) -> None:
    html = tree(value)
    assert len([each for each in html.css("script") if not each.attributes.get("type")]) == 2
    assert not html.css("img")
    assert not any(name.startswith("on") for node in html.css("*") for name in node.attributes)
    shown = html.body.text() if html.body else ""
    for attack in (
        hostile.SCRIPT,
        hostile.CDATA,
        hostile.CONTROL,
        hostile.BIDI,
        hostile.MARKDOWN,
        hostile.TEMPLATE,
    ):
        assert visible(attack) in shown, attack
    source = str(render(value, Format.HTML))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", source)


def test_ids_are_unique_and_links_lead_somewhere(report: Comparison, revision: RevisionDiff) -> None:
    for value in [*values(report, revision), hostile.comparison(), hostile.revision()]:
        html = tree(value)
        ids = [node.attributes["id"] for node in html.css("[id]")]
        assert len(ids) == len(set(ids))
        for node in html.css("[href^='#']"):
            assert (node.attributes["href"] or "")[1:] in ids, node.html
        for node in html.css("[aria-controls]"):
            assert node.attributes["aria-controls"] in ids


def test_every_unit_and_sentence_has_an_anchored_row(report: Comparison, revision: RevisionDiff) -> None:
    rows = tree(report).css("#view-sentences tr[id]")
    assert len(rows) == len(report.sentences)
    assert all(row.attributes["id"] for row in rows)
    assert len(tree(report).css("#view-coverage tr[id]")) == len(report.coverage)
    assert len(tree(revision).css("#view-changes tr[id]")) == len(revision.changes)


def test_both_sides_are_named(report: Comparison) -> None:
    for lang, label, day in (("zh", "上位文件", "2018年7月24日"), ("en", "Superior document", "2018-07-24")):
        shown = tree(report, lang).css_first(".masthead").text()
        for expected in (
            label,
            "静府发〔2021〕17号",
            "上海市人民政府",
            day,
        ):
            assert str(expected) in shown
    closing = tree(report).css_first(".closing").text()
    assert "policydiff 0." in closing
    assert str(report.local.text_sha256) in closing
    assert "机器判断" in closing


def test_documents_words_are_never_translated(report: Comparison) -> None:
    """The words that are set as the document's are the same in both languages."""
    chinese, english = (
        [node.text() for node in tree(report, lang).css("#view-sentences .texts td:not(:last-child)")]
        for lang in ("zh", "en")
    )
    assert chinese == english
    assert any("推动生命健康产业集聚化" in words for words in chinese)


def test_a_bare_result_shows_the_same_rows(report: Comparison) -> None:
    bare, full = tree(report.made_from()), tree(report)
    assert len(bare.css("tr[id]")) == len(full.css("tr[id]"))


def test_every_text_stands_in_the_file_once(report: Comparison) -> None:
    """Views, evidence and the superior's side of a row are made of the rows: no text is held again for each of them."""
    source = str(render(report, Format.HTML))
    tables = re.sub(
        "<[^>]*>", "", source[source.index('id="view-sentences"') : source.index('id="view-targets"')]
    )
    for sentence in report.sentences:
        texts = [sentence.text, *(each.text for each in sentence.sources[:1])]
        for words in (text[-12:] for text in texts if len(text) > 20):
            assert tables.count(words) == 1, words


def test_a_quoting_cell_names_its_words(report: Comparison) -> None:
    """Place, length and marks lead to the words of the best source, with the same stretches marked as in the local text."""
    html = tree(report)
    rows = html.css("#view-sentences tr[id]")
    for row, sentence in zip(rows, report.sentences, strict=True):
        assert len(row.css("td:last-child button")) == (sentence.kind == "sentence")
        local, above = row.css("td")[:2]
        assert sentence.text in local.text()
        if sentence.band == "unlikely":
            assert above.text() == ""
            continue
        start, length, *marks = (above.attributes["data-q"] or "").split()
        held = html.css_first(f"[id='{(above.css_first('a').attributes['href'] or '')[1:]}'] td.doc")
        words = held.text()[len(held.css_first("i").text()) :][int(start) :][: int(length)]
        assert words == sentence.sources[0].text
        shared = [words[slice(*map(int, mark.split(",")))] for mark in marks if mark[0].isdigit()]
        dropped = "".join(words[slice(*map(int, mark[1:].split(",")))] for mark in marks if mark[0] == "d")
        assert all(each in local.text() for each in shared)
        assert all(each.text in dropped for each in sentence.dropped)


def test_pictures_have_their_table(report: Comparison) -> None:
    """A reader who cannot see the drawing finds the same numbers beside it."""
    html = tree(report)
    drawings = html.css("figure svg")
    assert drawings
    assert all(
        drawing.attributes.get("aria-hidden") == "true"
        for drawing in drawings
        if drawing.attributes.get("class")
    )
    for figure in html.css("figure"):
        assert figure.css("table"), figure.attributes
