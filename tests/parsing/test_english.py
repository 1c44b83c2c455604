"""Statutes in English: divisions and articles are clauses as 第一章 and 第一条 are; an article that is cited begins none."""

import pytest

from policydiff import diff, parse
from policydiff.model import ClauseKind

LAW = """Foreign Investment Law of the People's Republic of China
(Adopted at the Second Session of the 13th National People's Congress on March 15, 2019)

Contents
Chapter I General Provisions
Chapter II Investment Promotion

Chapter I General Provisions

Article 1 This Law is enacted in accordance with the Constitution to further
expand opening up and actively promote foreign investment.
Article 2 For the purposes of this Law, foreign investment means the following:
(1) A foreign investor establishes an enterprise within China;
(2) A foreign investor acquires shares within China.

CHAPTER II
INVESTMENT PROMOTION

Article 3. The state shall protect investors in accordance with
Article 2 of this Law.
Article 3-1 Governments at all levels shall improve services.
"""


def test_a_statute_in_english() -> None:
    document = parse(LAW)
    assert document.title == "Foreign Investment Law of the People's Republic of China"
    told = [(clause.kind, clause.label, clause.number) for clause in document.walk() if clause.label]
    assert told == [
        (ClauseKind.CHAPTER, "Chapter I", "1"),
        (ClauseKind.ARTICLE, "Article 1", "1"),
        (ClauseKind.ARTICLE, "Article 2", "2"),
        (ClauseKind.ITEM, "(1)", "1"),
        (ClauseKind.ITEM, "(2)", "2"),
        (ClauseKind.CHAPTER, "CHAPTER II", "2"),
        (ClauseKind.ARTICLE, "Article 3", "3"),
        (ClauseKind.ARTICLE, "Article 3-1", "3-1"),
    ]
    assert not document.not_placed
    changed = LAW.replace("shall improve services", "may improve services")
    assert [
        change.new[0].label for change in diff(document, parse(changed)) if change.kind.value == "modified"
    ] == ["Article 3-1"]


@pytest.mark.parametrize(
    ("line", "label", "why"),
    [
        ("Article 12 Institutions shall file.", "Article 12", "a number and a sentence"),
        ("ARTICLE 12", "ARTICLE 12", "on a line of its own"),
        ("Art. 5 Institutions shall file.", "Art. 5", "short"),
        ("Article 12: Filing", "Article 12", "a colon behind the number"),
        ("Section IV Supervision", "Section IV", "a Roman number"),
        ("Part 2 Enterprises", "Part 2", "a part"),
        ("Article 12 of this Law applies to institutions.", None, "an article that is cited"),
        ("Article 12, as amended, applies.", None, "the same, and a comma"),
        ("Article 12 and Article 13 apply.", None, "two of them"),
        ("Articles of association shall be filed.", None, "no number"),
        ("Article Institutions shall file.", None, "no number either"),
        ("Chapter and verse are cited.", None, "no number, of a chapter"),
    ],
)
def test_english_labels(line: str, label: str | None, why: str) -> None:
    from policydiff.parsing.labels import find_label

    found = find_label(line)
    assert (found and found.text) == label, why


@pytest.mark.parametrize(
    ("lines", "kinds", "reason"),
    [
        (
            "Section 1. A vessel shall be registered.\nSection 2. The master must keep a log.",
            "article article",
            "sentences",
        ),
        (
            "Sec. 1. No person may fish at night.\nSec. 2. Fees are set by order.",
            "article article",
            "in short",
        ),
        (
            "Section 1 Short title. This Act may be cited as the Ports Act.\nSection 2 Dues are paid monthly.",
            "article article",
            "without a stop behind the number",
        ),
        (
            "SECTION 1. This Act applies to ports.\nSECTION 2. Fines are doubled.",
            "article article",
            "in capitals",
        ),
        (
            "Chapter I Ports\nSection 1. A port shall have a master.\nSection 2. The master may close it.",
            "chapter article article",
            "below a chapter",
        ),
        (
            "Section 1 Dues\nArticle 1. Dues are paid monthly.\nSection 2 Fines\nArticle 2. Fines are doubled.",
            "section article section article",
            "articles stand below the sections",
        ),
        (
            "Section 1 Dues\nDues are paid monthly.\nSection 2 Fines\nFines are doubled.",
            "section section",
            "headings",
        ),
    ],
)
def test_a_section_that_says_something_is_a_provision(lines: str, kinds: str, reason: str) -> None:
    told = [clause.kind.value for clause in parse(f"Ports Act\n\n{lines}\n").walk() if clause.label]
    assert told == kinds.split(), reason
