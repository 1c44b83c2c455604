"""In languages whose differences are not read nothing is called verbatim that is printed differently."""

import pytest

from policydiff.comparison.compare import compare_documents
from policydiff.model import Document, Relation
from policydiff.parsing import parse_text

ENGLISH = (
    "Apprentices attend the guild school every winter.",
    "The county may award grants to rowing clubs.",
    "Owners of mills repair the weirs in spring.",
)
GERMAN = (
    "Lehrlinge besuchen im Winter die Schule der Zunft.",
    "Der Kreis kann Ruderklubs Beihilfen gewähren.",
    "Eigentümer von Mühlen bessern im Frühjahr die Wehre aus.",
)
WATER = "Operators of bathing waters shall publish the results of water analyses within seven days."
DUES = "The harbour master shall charge dues of 10 % of the freight for each vessel that berths overnight."
ANALYSEN = (
    "Betreiber von Badegewässern veröffentlichen die Ergebnisse der Wasseranalysen binnen sieben Tagen."
)


def _document(title: str, sentence: str, others: tuple[str, ...]) -> Document:
    return parse_text(
        "\n\n".join((title, *(f"Article {n}. {words}" for n, words in enumerate((*others, sentence), 1))))
    )


@pytest.mark.parametrize(
    ("source", "local", "relation"),
    [
        pytest.param(WATER, WATER, "verbatim", id="the same under another number"),
        pytest.param(
            WATER, WATER.replace("water analyses", "water\nanalyses"), "verbatim", id="line broken elsewhere"
        ),
        pytest.param(WATER, WATER.replace("days.", "days;"), "verbatim", id="another mark at the end"),
        pytest.param(ANALYSEN, ANALYSEN, "verbatim", id="German, the same"),
        pytest.param(WATER, WATER.replace("seven", "three"), "adapted", id="a term in words"),
        pytest.param(
            WATER, WATER.replace("within seven", "after seven"), "adapted", id="from a term to a wait"
        ),
        pytest.param(WATER, WATER.replace("shall", "may"), "adapted", id="from duty to power"),
        pytest.param(WATER, WATER.replace("shall", "shall not"), "adapted", id="to prohibition"),
        pytest.param(WATER, WATER.replace(" within seven days", ""), "adapted", id="the term left out"),
        pytest.param(WATER, WATER.replace("days.", "working days."), "adapted", id="another unit"),
        pytest.param(
            WATER, "Upon request, " + WATER.replace("O", "o", 1), "adapted", id="a condition put in"
        ),
        pytest.param(DUES, DUES.replace("10 %", "12 %"), "adapted", id="a figure"),
        pytest.param(DUES, DUES.replace("10 %", "10"), "adapted", id="a sign that is no word"),
        pytest.param(ANALYSEN, ANALYSEN.replace("sieben", "zehn"), "adapted", id="German, a term"),
    ],
)
def test_verbatim_is_what_is_printed_alike(source: str, local: str, relation: str) -> None:
    others, kept = (GERMAN, GERMAN[1:]) if source is ANALYSEN else (ENGLISH, ENGLISH[1:])
    found = compare_documents(
        _document("Local Rules", local, kept[:1]), _document("Act on Waters", source, others)
    )
    assert found.sentences[-1].relation is Relation(relation)
