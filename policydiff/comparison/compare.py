"""Compares a local document with the superior document it implements.

The first step asks whether one of the documents names the other as its basis.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import partial
from typing import get_args

from rapidfuzz.fuzz import ratio

from policydiff.collector import collecting_seldom
from policydiff.comparison.body_pairs import body_comparisons, responsibility_comparisons, stands_in
from policydiff.comparison.burdens import burdens_of
from policydiff.comparison.character_runs import Side, side_of
from policydiff.comparison.clauses import clause_comparisons, coverage
from policydiff.comparison.counted_measures import is_own, local_measures, measure_count, measures_of
from policydiff.comparison.differences import with_delegations, with_differences
from policydiff.comparison.encoders import Meaning, SentenceEncoder
from policydiff.comparison.folding import language_of, script_of
from policydiff.comparison.judged_sentences import sentence_comparisons
from policydiff.comparison.probabilities import Models, as_carried_out, falls_short, judge
from policydiff.comparison.sentence_units import is_commencement
from policydiff.comparison.target_pairs import target_comparisons
from policydiff.lexicon.areas import STATE, area_stem
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import DocumentTitle, bare_title, speaks_about
from policydiff.model import (
    Band,
    Citation,
    CitationRelation,
    Comparison,
    ComparisonSummary,
    Coverage,
    CoveredClause,
    Document,
    Level,
    LocalMeasure,
    OrderDoubt,
    OwnMeasureCount,
    Reading,
    Relation,
    SentenceComparison,
    SentenceKind,
    Untold,
)
from policydiff.substance.vocabulary import genre_of

_RESTS_ON = frozenset({CitationRelation.BASIS, CitationRelation.IMPLEMENTS})
_STATUTE = lazy_pattern("(?<!办)法$|条例$")
"""Ending of the title of a law or regulation."""


def rests_on(local: Document, superior: Document) -> bool:
    """Return whether `local` names `superior`, by number or title, as its basis or as the document that it carries out.

    根据《优化营商环境条例》 and 为贯彻落实《…若干意见》（沪府发〔2018〕25号） do; a passing mention does not.
    """
    return any(_names(citation, superior) for citation in local.citations if citation.relation in _RESTS_ON)


def carries_out(local: Document, superior: Document) -> CitationRelation | None:
    """Return in which relation `local` carries `superior` out; None if it does not.

    IMPLEMENTS if it states so, or rests on no other policy; BASIS if it rests on no other statute. A regulation with four
    statutes as its bases may take nothing from three of them, and one with a single statute may need it for its powers only.
    """
    named = [citation for citation in local.citations if citation.relation in _RESTS_ON]
    if any(_names(each, superior) for each in named if each.relation is CitationRelation.IMPLEMENTS):
        return CitationRelation.IMPLEMENTS
    others = [each for each in named if not _names(each, superior)]
    statute = _is_statute(superior.title)
    if len(others) == len(named) or any(_is_statute(each.title) is statute for each in others):
        return None
    return CitationRelation.BASIS if statute else CitationRelation.IMPLEMENTS


def carries_out_alone(local: Document) -> bool:
    """Return whether a document says of one text at the most that it carries it out; its short name (《条例》) is no other."""
    named = {each.title or "" for each in local.citations if each.relation is CitationRelation.IMPLEMENTS}
    return sum(not any(one != each and one.endswith(each) for one in named) for each in named) <= 1


def _names(citation: Citation, superior: Document) -> bool:
    """Return whether a citation has the number or title of a document; a notice also matches by the title of the text that it carries."""
    number, title = superior.document_number, DocumentTitle.parse(superior.title or "")
    named = DocumentTitle.parse(citation.title or "")
    one_issuer = None in (title.issuer, named.issuer) or title.issuer == named.issuer
    return (number is not None and citation.document_number == number) or (
        bool({named.key, named.carried} & {title.key, title.carried} - {None, ""}) and one_issuer
    )


def _is_statute(title: str | None) -> bool:
    return _STATUTE.search(bare_title(title or "")) is not None


_HEIGHT = {level: -place for place, level in enumerate(get_args(Level))}
_SAME_TITLE = 92.0
"""Likeness (0…100) of two titles without dates and 试行 from which they are equal: 管理办法 and
管理办法（试行） are, 管理办法 and 管理规定 on one subject (80 to 90) are not."""
_MOSTLY_SHARED = 0.6
"""Least share (0…1) of sentences derived from a text with the same title, for two versions of one document if
an issuer is unknown: seven real revisions had 0.80 to 0.94 (verbatim only 0.40 to 0.81)."""
_YEAR = lazy_pattern(r"(?:19|20)\d\d(?=\D|\Z)")


def order_doubt(
    local: Document, superior: Document, sentences: Sequence[SentenceComparison]
) -> OrderDoubt | None:
    """Return what speaks against reading the first document as the local one, None where nothing does.

    Signs that outweigh the order given: the second names the first as its basis; its issuer stands lower; the two are of
    areas of which neither lies in the other; the superior text is the later one. Of two documents of one area and level, without citation, nothing is said: they
    implement each other too.
    """
    if are_versions(local, superior, sentences):
        return OrderDoubt.VERSIONS
    titles = local.title or "", superior.title or ""
    if speaks_about(*titles) or speaks_about(*titles[::-1]):
        return OrderDoubt.ABOUT
    later = OrderDoubt.LATER if _is_later(superior, local) else None
    if rests_on(local, superior):
        return later
    if rests_on(superior, local):
        return OrderDoubt.SWAPPED
    if _are_peers(local.jurisdiction, superior.jurisdiction):
        return OrderDoubt.PEERS
    return OrderDoubt.SWAPPED if _looks_superior(local, superior) else later


def _is_later(superior: Document, local: Document) -> bool:
    """Return whether the superior text was issued or last amended after every date that the local text bears."""
    made, own = (
        max((day for day in (dates.issued, dates.adopted, dates.amended) if day), default=dates.published)
        for dates in (superior.dates, local.dates)
    )
    return made is not None and own is not None and made > max(own, local.dates.published or own)


def _looks_superior(local: Document, superior: Document) -> bool:
    """Return whether the first document's issuer has the higher level; if no level is known, whether the first document is older."""
    if local.level is not None and superior.level is not None:
        return _HEIGHT[local.level] > _HEIGHT[superior.level]
    first, second = (each.dates.issued or each.dates.adopted for each in (local, superior))
    named = local.level is superior.level is None and bool(local.issuing_bodies or superior.issuing_bodies)
    return first is not None and second is not None and first < second and named


def _are_peers(one: str | None, other: str | None) -> bool:
    """Return whether both areas are known and neither contains the other: 静安区 and 普陀区, 上海市 and 合肥市."""
    if one is None or other is None or STATE in (one, other):
        return False
    return not one.startswith(area_stem(other)) and not other.startswith(area_stem(one))


_OWN_AREA = lazy_pattern("[全本]([省市区县镇乡])")


def _of_one_level(local: Document, superior: Document) -> bool:
    """Return whether two documents govern areas of one level, by their issuers, or else by how the texts name their own area.

    全区 in one and 全市 in the other mean two levels; without any sign the levels count as equal.
    """
    if local.level is not None and superior.level is not None:
        return local.level == superior.level
    own = [Counter(_OWN_AREA.findall(document.text or "")).most_common(1) for document in (local, superior)]
    return not all(own) or own[0][0][0] == own[1][0][0]


def are_versions(local: Document, superior: Document, sentences: Sequence[SentenceComparison]) -> bool:
    """Return whether the two are versions of one document: equal title and issuer, or equal title and most sentences.

    Plans of successive years whose titles differ only in the year are two documents.
    """
    one, other = _title(local), _title(superior)
    if not one or not other or ratio(one, other) < _SAME_TITLE or _years(local) != _years(superior):
        return False
    bodies, others = set(local.issuing_bodies), set(superior.issuing_bodies)
    if bodies and others:
        return bool(bodies & others)
    if local.jurisdiction != superior.jurisdiction:
        return False
    counted = [sentence for sentence in sentences if sentence.kind is SentenceKind.SENTENCE]
    taken = sum(sentence.relation is not Relation.ADDED for sentence in counted)
    return taken >= _MOSTLY_SHARED * len(counted)


def _years(document: Document) -> set[str]:
    """Return the years in a title that belong to its subject, without the year of a version mark in brackets."""
    return set(_YEAR.findall(_title(document)))


def _title(document: Document) -> str:
    """Return the title without version marks: an edition, 试行, the stage of a draft."""
    return bare_title((document.title or "").replace(f"（{document.qualifier}）", ""))


@collecting_seldom()
def compare_documents(
    local: Document,
    superior: Document,
    *,
    encoder: SentenceEncoder | None = None,
    trained: Models | None = None,
) -> Comparison:
    """Return the content that `local` took from its superior document, sentence by sentence and clause by clause.

    A sentence encoder adds likeness of meaning to the comparison of words; `trained` replaces the shipped weights.
    """
    return Prepared(local).against(superior, encoder=encoder, trained=trained)


class Prepared:
    """A local document whose side is computed once, for comparisons with one or several superior documents."""

    def __init__(self, local: Document) -> None:
        self.document = local
        self.language = language_of(local)
        self._sides: dict[bool, Side] = {}

    def against(
        self, superior: Document, *, encoder: SentenceEncoder | None = None, trained: Models | None = None
    ) -> Comparison:
        """Return the comparison with one superior document; arguments as for `compare_documents`."""
        local = self.document
        language = self.language if language_of(superior) == self.language else "und"
        chinese = language == "zh"
        if chinese not in self._sides:
            self._sides[chinese] = side_of(self.document, chinese=chinese)
        here, there = self._sides[chinese], side_of(superior, chinese=chinese)
        meaning = None
        if encoder is not None and here.units and there.units:
            meaning = Meaning(
                [unit.text for unit in here.units], [unit.text for unit in there.units], encoder
            )
        acknowledged = rests_on(local, superior)
        found = judge(here, there, acknowledged=acknowledged, meaning=meaning, trained=trained)
        carried = carries_out(local, superior) if chinese else None
        judged, apart = found, False
        if acknowledged and chinese:
            says_so = carried is CitationRelation.IMPLEMENTS
            raised = partial(as_carried_out, found, own_way=not says_so, alone=carried is not None)
            judged = raised(rewritten=says_so and carries_out_alone(local))
            chances = [
                each.probability
                for each, unit in zip(raised(), here.units, strict=True)
                if not is_commencement(unit.text)
            ]
            apart = says_so and falls_short(chances)
        genre = genre_of(local)
        same_level = _of_one_level(local, superior)
        sentences = sentence_comparisons(here, there, judged, acknowledged=acknowledged, calibrated=chinese)
        if chinese:
            sentences = with_delegations(
                with_differences(
                    sentences, genre, local=local.targets, superior=superior.targets, same_level=same_level
                ),
                there.units,
            )
        covered = coverage(superior, there.all_units, sentences, apart=apart)
        counted = measures_of(local)
        own = local_measures(counted, sentences)
        summary = _summary(sentences, covered, own, {part.id for each in counted for part in each.walk()})
        return Comparison(
            local=local.reference,
            superior=superior.reference,
            summary=summary,
            sentences=sentences,
            clauses=clause_comparisons(local, sentences),
            coverage=covered,
            local_measures=own,
            targets=target_comparisons(local.targets, superior.targets, sentences, same_level=same_level),
            responsibilities=responsibility_comparisons(
                local.responsibilities, superior.responsibilities, sentences
            ),
            bodies=body_comparisons(local, superior, sentences) if chinese else (),
            burdens=burdens_of(sentences, genre, _words_of(superior)) if chinese else (),
            reading=Reading(
                language=language,
                calibrated=chinese,
                raised=judged != found,
                apart=apart,
                untold=_untold(local, superior, local_units=len(here.units), superior_units=len(there.units)),
            ),
            order=order_doubt(local, superior, sentences),
        ).made_from(local, superior)


def _untold(local: Document, superior: Document, *, local_units: int, superior_units: int) -> Untold | None:
    """Return why the comparison cannot give a result, from the languages, scripts and numbers of sentences; None if it can."""
    languages = {language_of(local), language_of(superior)}
    if len(languages) > 1 and "und" not in languages:
        return Untold.LANGUAGES
    if len({script_of(_words_of(local)), script_of(_words_of(superior))} - {None}) > 1:
        return Untold.SCRIPTS
    if not local_units:
        return Untold.LOCAL
    return Untold.SUPERIOR if not superior_units else None


def _words_of(document: Document) -> str:
    return "\n".join(clause.text for clause in document.walk())


def _summary(
    units: Sequence[SentenceComparison],
    covered: Sequence[CoveredClause],
    own: Sequence[LocalMeasure],
    measures: Collection[str],
) -> ComparisonSummary:
    sentences = [unit for unit in units if unit.kind is SentenceKind.SENTENCE]
    relations = Counter(sentence.relation for sentence in sentences)
    bands = Counter(sentence.band for sentence in sentences)
    statuses = Counter(clause.status for clause in covered)
    new = tuple(measure.clause for measure in own if measure.is_new)
    doubted = [each.clause for each in sentences if is_own(each) and each.band is Band.POSSIBLE]
    size = max(1, len(sentences))
    return ComparisonSummary(
        sentences=len(sentences),
        verbatim=relations[Relation.VERBATIM],
        adapted=relations[Relation.ADAPTED],
        added=relations[Relation.ADDED],
        sure=bands[Band.SURE],
        possible=bands[Band.POSSIBLE],
        counted_share=round(bands[Band.SURE] / size, 4),
        estimated_share=round(sum(sentence.score for sentence in sentences) / size, 4),
        clauses_adopted=statuses[Coverage.ADOPTED],
        clauses_touched=statuses[Coverage.TOUCHED],
        clauses_omitted=statuses[Coverage.OMITTED],
        measures=measure_count(covered),
        own_measures=OwnMeasureCount(
            total=len(own),
            added=len(new),
            clauses=new,
            doubtful=sum(any(stands_in(clause, each) for clause in doubted) for each in new),
            outside=sum(is_own(each) and each.clause not in measures for each in sentences),
        ),
        effects=dict(sorted(Counter(each.effect for each in sentences if each.effect is not None).items())),
    )
