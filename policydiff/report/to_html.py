"""Reports as one HTML file that loads nothing: markup from the templates, style and script inside under a strict policy."""

from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from policydiff.report import words
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_page import comparison_answers, comparison_sides, percent
from policydiff.report.comparison_view import ComparisonView
from policydiff.report.evidence import evidence
from policydiff.report.facts import body_rows, duty_rows, target_rows
from policydiff.report.legends import comparison_legend, revision_legend
from policydiff.report.page import Page
from policydiff.report.reading import clean_document, clean_units
from policydiff.report.revision_page import (
    place,
    revision_answers,
    revision_figures,
    revision_sides,
    touched,
)
from policydiff.report.revision_view import RevisionView
from policydiff.report.sides import notice
from policydiff.report.strip import strips
from policydiff.report.visible import visible


def comparison_html(view: ComparisonView, say: Catalog) -> str:
    """Return the report of a comparison: answers first, then the three views of it."""
    duties, targets = duty_rows(view), target_rows(view)
    return _render(
        "comparison.html.j2",
        say,
        title=say("Comparison with the superior document"),
        view=view,
        sides=comparison_sides(view, say),
        answers=comparison_answers(view, say),
        strips=strips(
            [
                [(clause.status, clause.anchor, clause.address) for clause in chapter.clauses]
                for chapter in view.coverage
            ]
        ),
        targets=targets,
        evidence=Markup(evidence(view, targets, say)),  # noqa: S704 (escaped for a script element there)
        duties=duties,
        bodies=body_rows(view.comparison, duties),
        clean=clean_document(view),
        legend=comparison_legend(say),
        notice=notice(say, judged=True),
    )


def revision_html(view: RevisionView, say: Catalog, *, new_first: bool) -> str:
    """Return the report of a revision diff: counts and substance first, then the three views of it."""
    stretches = view.stretches()
    counts = Counter(signal.type for row in view.rows for signal in row.signals)
    chapters: dict[str, list[tuple[str, str, str]]] = {}
    for row in view.rows:
        shown = "moved" if row.change.moved and row.change.kind == "unchanged" else row.change.kind
        chapters.setdefault(row.chapter, []).append((shown, row.anchor, place(row)))
    return _render(
        "revision.html.j2",
        say,
        title=say("What changed between two versions"),
        view=view,
        sides=revision_sides(view, say),
        answers=revision_answers(view, say),
        figures=revision_figures(view, say),
        stretches=stretches,
        chapters=tuple(chapters),
        strips=strips(list(chapters.values())),
        clean=clean_units(view),
        new_first=new_first,
        signal_counts=[(kind, counts[kind]) for kind in words.SIGNALS if counts[kind]],
        place=place,
        touched=touched,
        legend=revision_legend(say),
        notice=notice(say, judged=True),
    )


def page_html(page: Page, say: Catalog) -> str:
    """Return any other report: its tables under one another."""
    return _render("page.html.j2", say, title=page.title, page=page)


def _render(template: str, say: Catalog, **values: object) -> str:
    style, early, script = _asset("report.css"), _asset("early.js"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(early)}' '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template(template)
        .render(
            say=say,
            plural=say.plural,
            words=words,
            percent=percent,
            policy=policy,
            style=Markup(style),  # noqa: S704 (our own file, not a document's text)
            early=Markup(early),  # noqa: S704
            script=Markup(script),  # noqa: S704
            **values,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("policydiff.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """Make hidden characters visible in everything that is printed but markup of our own."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _asset(name: str) -> str:
    return files("policydiff.report").joinpath("templates", name).read_text("utf-8")


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
