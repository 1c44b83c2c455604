"""Aligns the parts of two passages: equal, rewritten, added and removed parts, and the signal of each difference."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from policydiff.lexicon.horizons import Horizon
from policydiff.lexicon.measures import Quantity
from policydiff.lexicon.numerals import clause_number
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.shortest_edits import common_share, matching_blocks
from policydiff.lexicon.text_marks import cut_known_words
from policydiff.lexicon.widths import fold_words
from policydiff.model import Direction, Genre, Signal, SignalType, Span
from policydiff.substance.canonical import Canonical
from policydiff.substance.features import ModalWord, Word, rank_of
from policydiff.substance.following import Cited, Numbering
from policydiff.substance.offices import STRUCK, BodyName
from policydiff.substance.vocabulary import one_writing, vocabulary
from policydiff.substance.weighing import CONTAINED, MOVED_PART, PART_REWRITTEN, SAME_LABEL, weight_of

_MOST = 60
"""Most parts of one side of a gap that are compared with the parts of the other side; an article has fewer."""


_MOST_CHARACTERS = 64_000
"""Most characters of one side of a gap that are compared with the other side; a whole law between two equal parts has fewer."""


class _Text(Protocol):
    """A part or a line, as far as alignment needs it."""

    @property
    def words(self) -> str:
        """Words of the part or line in normal form."""

    @property
    def shape(self) -> str:
        """`words` with one sign for all values of a kind."""

    @property
    def label(self) -> str:
        """The number of a line; empty for a part and for an unnumbered line."""


class Aligned(NamedTuple):
    """Indexes of corresponding parts of two passages, and of parts without a counterpart."""

    pairs: tuple[tuple[int, int], ...]
    """Pairs whose words differ, in the order of the old side."""
    gone: tuple[int, ...]
    come: tuple[int, ...]


def align(old: Sequence[Canonical], new: Sequence[Canonical]) -> Aligned:
    """Return the pairs of corresponding parts that differ, and the parts without a counterpart.

    Equal parts anchor the comparison, in order; between them the most alike parts are paired in order, then the
    most alike of the rest at any place. A part whose words the other side divides differently is neither gone nor
    come.
    """
    lines = _lines(old), _lines(new)
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for one, other in _pairs(*lines):
        rows = lines[0][one].indexes, lines[1][other].indexes
        for i, j in _pairs([old[index] for index in rows[0]], [new[index] for index in rows[1]]):
            pairs.append((rows[0][i], rows[1][j]))
            taken[0].add(rows[0][i])
            taken[1].add(rows[1][j])
    gone = [index for index in range(len(old)) if index not in taken[0]]
    come = [index for index in range(len(new)) if index not in taken[1]]
    pairs += _anywhere(old, new, gone, come)
    pairs += _in_one_place(old, new, pairs, gone, come)
    _drop_held(old, new, gone, come)
    changed = sorted(pair for pair in pairs if old[pair[0]].words != new[pair[1]].words)
    return Aligned(tuple(changed), tuple(sorted(gone)), tuple(sorted(come)))


class _Line(NamedTuple):
    """The parts of one line, joined."""

    words: str
    shape: str
    label: str
    """The folded number of the line: （一） and (一) are 一."""
    indexes: tuple[int, ...]


def _lines(side: Sequence[Canonical]) -> list[_Line]:
    lines: list[_Line] = []
    for _, group in groupby(range(len(side)), key=lambda index: side[index].part.line):
        indexes = tuple(group)
        lines.append(
            _Line(
                "".join(side[index].words for index in indexes),
                "".join(side[index].shape for index in indexes),
                fold_words(side[indexes[0]].part.label),
                indexes,
            )
        )
    return lines


def _pairs(old: Sequence[_Text], new: Sequence[_Text]) -> list[tuple[int, int]]:
    """Return the pairs of corresponding texts of two rows: equal texts in order, and between them the most alike in order."""
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for next_i, next_j in [*_anchors(old, new), (len(old), len(new))]:
        pairs += [(i + one, j + other) for one, other in _in_order(old[i:next_i], new[j:next_j])]
        if next_i < len(old):
            pairs.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return pairs


def _anchors(old: Sequence[_Text], new: Sequence[_Text]) -> list[tuple[int, int]]:
    sides = [part.words for part in old], [part.words for part in new]
    return [(i + step, j + step) for i, j, size in matching_blocks(*sides) for step in range(size)]


def _in_order(old: Sequence[_Text], new: Sequence[_Text]) -> list[tuple[int, int]]:
    """Return the pairs in order on both sides whose total likeness is greatest."""
    if not old or not new or _too_much(old) or _too_much(new):
        return []
    gain = [[_likeness(one, other, PART_REWRITTEN) - PART_REWRITTEN for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gain[i][j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if gain[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + gain[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _too_much(side: Sequence[_Text]) -> bool:
    return len(side) > _MOST or (len(side) > 1 and sum(len(each.shape) for each in side) > _MOST_CHARACTERS)


def _likeness(one: _Text, other: _Text, least: float) -> float:
    """Return the likeness (0…1, plus a bonus for equal labels) of two texts; values below `least` are not computed exactly."""
    bonus = SAME_LABEL * _alike(one, other)
    return common_share(one.shape, other.shape, max(0.0, least - bonus - _ROUNDED)) + bonus


_ROUNDED = 1e-9
"""Slack that keeps a likeness equal to `least` from being lost to rounding."""


_FRAME_END = 2


def _alike(one: _Text, other: _Text) -> bool:
    """Return whether two texts have the same number, or the same frame: 由区民政局审批 and 由街道办事处审批."""
    if one.label or other.label:
        return one.label == other.label
    words, others = one.shape, other.shape
    return words[:1] == others[:1] != "" and words[-_FRAME_END:] == others[-_FRAME_END:]


def _in_frame(one: _Text, other: _Text) -> bool:
    """Return whether two parts say who does the same: 由企业自主确定, 由区人民政府确定."""
    return one.shape.startswith("由") and _alike(one, other)


def _anywhere(
    old: Sequence[Canonical], new: Sequence[Canonical], gone: list[int], come: list[int]
) -> list[tuple[int, int]]:
    """Pair the remaining parts by likeness at any place, and remove them from `gone` and `come`."""
    if _too_much([old[index] for index in gone[:_MOST]]) or _too_much([new[index] for index in come[:_MOST]]):
        return []
    scored = sorted(
        (
            (-score, i, j)
            for i in gone[:_MOST]
            for j in come[:_MOST]
            if (least := PART_REWRITTEN if _in_frame(old[i], new[j]) else MOVED_PART)
            and (score := _likeness(old[i], new[j], least)) >= least
        ),
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in scored:
        if i in gone and j in come:
            gone.remove(i)
            come.remove(j)
            pairs.append((i, j))
    return pairs


_ROLES = (
    lazy_pattern("的$"),
    lazy_pattern(
        "^(?:并|依法|并依法|予以|可以?|应当)?(?:处|给予|追究|责令|限期|没收|吊销|暂扣|撤销|取消|通报|警告|开除|记过)"
    ),
    lazy_pattern("^视为"),
    lazy_pattern("外$|除外"),
    lazy_pattern("^经[^，。；]{2,30}(?:后|的)?$"),
)
"""Roles of a part in its sentence: case, consequence of a breach, legal fiction (视为), exception, prior step."""


def _role(text: str) -> int | None:
    return next((number for number, words in enumerate(_ROLES) if words.search(text)), None)


def _in_one_place(
    old: Sequence[Canonical],
    new: Sequence[Canonical],
    pairs: Sequence[tuple[int, int]],
    gone: list[int],
    come: list[int],
) -> list[tuple[int, int]]:
    """Pair the only part gone with the only part come in its place if both have the same role in their sentence."""
    partner = dict(pairs)
    found: list[tuple[int, int]] = []
    for i in list(gone):
        before = partner.get(i - 1) if i else -1
        after = partner.get(i + 1) if i + 1 < len(old) else len(new)
        if before is None or after is None or after - before != _NEXT:
            continue
        j, role = before + 1, _role(old[i].part.text)
        if role is not None and j in come and _role(new[j].part.text) == role:
            gone.remove(i)
            come.remove(j)
            found.append((i, j))
    return found


_NEXT = 2
"""Distance of the partners of two neighbours that have one part between them."""


def _drop_held(old: Sequence[Canonical], new: Sequence[Canonical], gone: list[int], come: list[int]) -> None:
    """Remove from `gone` and `come` the parts whose words the other side divides differently (by an added or removed comma)."""
    whole = "".join(part.words for part in old), "".join(part.words for part in new)
    for left, side, own, other in ((gone, old, *whole), (come, new, *whole[::-1])):
        said = {index: _TOPIC.sub("", side[index].words) for index in left}
        rarer = {words for words in {*said.values()} if other.count(words) < own.count(words)}
        left[:] = [index for index, words in said.items() if len(words) < CONTAINED or words in rarer]


_TOPIC = lazy_pattern("^(?:对于|针对|关于|[对将把经在于]|[到至截]+(?=t))|(?<=t)之?前$")
"""Words around a point in time, and words that move a noun, step or term to the front: 对于困境儿童，要落实政策 is 落实困境儿童政策."""


SANCTION_VERB = lazy_pattern(
    "(?<![事好之各到随此何住深用益坏长])处(?![理置长室所方境于在])|罚|没收|吊销|责令|警告|拘留"
)


class Sides(NamedTuple):
    """A part of the old passage and the part of the new passage that corresponds to it."""

    old: Canonical
    new: Canonical
    genre: Genre
    numbering: Numbering
    around: tuple[str, str] = ("", "")
    """The normalised sentences of the two parts."""
    settings: tuple[str, str] = ("", "")
    """`around` with one sign for all values of a kind."""


def ahead(side: Sequence[Canonical], index: int) -> dict[str, int]:
    """Return the numbers of the paragraph and item before the part at `index`, for reading its 前款 and 前项; empty if it has no 前."""
    if "前" not in side[index].part.text:
        return {}
    at = side[index].part.line
    labels = {part.part.line: part.part.label for part in reversed(side) if part.part.line <= at}
    number = clause_number(labels[at]) or ""
    before = {
        "款": sum(not label for label in labels.values()) - 1,
        "项": int(number) - 1 if number.isdecimal() else 0,
    }
    return {kind: place for kind, place in before.items() if place > 0}


def make_signal(
    sides: Sides,
    kind: SignalType,
    direction: Direction | str | None,
    old: tuple[int, int] | None,
    new: tuple[int, int] | None,
    **more: float,
) -> Signal:
    """Return a signal with its words; `old` and `new` are places within the two parts."""
    both = (sides.old.part, old), (sides.new.part, new)
    words = [part.text[slice(*place)] if place else None for part, place in both]
    spans = [Span(part.start + place[0], part.start + place[1]) if place else None for part, place in both]
    among = bool(SANCTION_VERB.search(sides.new.part.text + sides.old.part.text))
    rank = 6 if all(words) else rank_of(kind, words[0] or words[1] or "")  # one for another always weighs
    rank *= kind is not SignalType.SANCTION or not _DISCRETION & {*words}
    covered = direction in (Direction.WIDER, Direction.NARROWER) and all(map(_COVERS.search, sides.around))
    return Signal(
        type=kind,
        direction=Direction(direction or "changed"),
        old=words[0],
        new=words[1],
        old_span=spans[0],
        new_span=spans[1],
        weight=weight_of(kind, factor=more.get("factor", 1.0), sanction=among, rank=rank, covered=covered),
    )


_COVERS = lazy_pattern("适用于?本法|本法适用|遵守本法")
"""The normalised sentence that names the persons bound by a whole text (本办法 becomes 本法)."""
_DISCRETION = frozenset({"可以", "可"})
"""Words of discretion; a penalty changed only by them becomes or ceases to be optional: 可以并处 → 并处."""


def place_of(found: ModalWord | Word | BodyName | Cited | Quantity | Horizon) -> tuple[int, int]:
    """Return the span of a feature in its part."""
    return found.start, found.end


def stands_in(signal: Signal, other: Signal) -> bool:
    """Return whether a signal's words lie within the words of another signal, on each side that has them."""
    pairs = (signal.old_span, other.old_span), (signal.new_span, other.new_span)
    return all(
        own is None or (told is not None and told.start <= own.start and own.end <= told.end)
        for own, told in pairs
    )


def members_left_out(source: str, local: str) -> Iterator[Span]:
    """Yield the list members of a source that a local text leaves out: 急救箱、担架和除颤器, of which one is kept.

    The local list needs half of the further members, in a half-sentence with fewer members. Lists of offices or principles are skipped.
    """
    told = one_writing(local)
    lists = [(one_writing(half[0]), len(_LISTS.findall(half[0]))) for half in _HALF.finditer(local)]
    for half in _HALF.finditer(source):
        listed = list(_members(half[0], told))
        if (
            not listed
            or _RESTS.match(half[0])
            or _OF_OFFICES.search(half[0], 0, listed[-1][0][1] + _BESIDE_LIST)
        ):
            continue
        kept = [words for _, words in listed if len(words) > 1 and words in told]
        most = max((joints for text, joints in lists if any(words in text for words in kept)), default=None)
        if most is None or most >= len(listed) - 1 or 2 * len(kept) < len(listed) - 1:
            continue
        for (start, end), words in listed:
            pairs = {words[at : at + 2] for at in range(len(words) - 1) if words not in vocabulary().modals}
            led = (start, end) != listed[0][0] or half[0][max(0, start - 2) : start] in local
            if led and pairs and STRUCK not in words and 2 * sum(pair in told for pair in pairs) < len(pairs):
                yield Span(start=half.start() + start, end=half.start() + end)


def _members(half: str, told: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the places and normalised words of list members; the first is cut to its last word, the last before a word of the other text."""
    cuts = [match.span() for match in _LISTS.finditer(half)]
    closed = half.find("等", cuts[0][1]) if cuts else -1
    cuts = [cut for cut in cuts if closed < 0 or cut[0] < closed]
    if not cuts:
        return
    starts, ends = [0, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), len(half)]
    ahead = cut_known_words(half[: ends[0]]) or ("",)
    starts[0] = ends[0] - len("".join(ahead[-1:] if len(ahead[-1]) > 1 else ahead[-2:]))
    behind = _BEHIND_LIST.search(half, starts[-1])
    words = cut_known_words(half[starts[-1] : behind.start() if behind else ends[-1]])
    new = [at for at, word in enumerate(words) if at and len(word) > 1 and one_writing(word) in told]
    ends[-1] = starts[-1] + len("".join(words[: new[0]] if new else words))
    for start, end in zip(starts, ends, strict=True):
        sure = end in (ends[0], ends[-1]) or not _BEHIND_LIST.search(
            half, start, end
        )  # 人工智能技术在药物研发
        yield (start, end), one_writing(half[start:end]) if sure else ""


_HALF = lazy_pattern("[^，,。；;：:\\n]+")
_LISTS = lazy_pattern("、|(?<=[一-鿿]{2})(?:以及|或者|和(?!国|平|谐)|及(?!时|其|格)|或)(?=[一-鿿]{2})")
_BEHIND_LIST = lazy_pattern("[等的到向在应由对]|不得|可以|进行|予以|给予")
_RESTS = lazy_pattern("根据|按照?|依照?|依据|遵循|坚持")
_BESIDE_LIST = 4
"""Characters after a list that state the kind of its members: 等有关部门."""
_OF_OFFICES = lazy_pattern("部门|机关|政府|委员会|人民团体|[局委办](?=[、和及]|$)|原则|方针")
