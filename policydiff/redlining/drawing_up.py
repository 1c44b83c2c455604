"""Makes a redline: opens both packages, marks every story, proves the result, and returns the file."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import filterfalse

from lxml import etree

from policydiff.collector import collecting_seldom
from policydiff.errors import worded
from policydiff.extract.reading import DEFAULT_LIMITS, Limits
from policydiff.extract.word.looks import children, is_on, name_of
from policydiff.redlining import (
    Existing,
    Redline,
    RedlineChoices,
    RedlineRefusedError,
    Refusal,
    UnmarkableError,
)
from policydiff.redlining.bringing import WordBringer
from policydiff.redlining.clause_pairs import QuietEdit, apply_quietly, body_clauses, quiet_edits
from policydiff.redlining.inline import Alphabet, Piece, Reader, box_stories
from policydiff.redlining.likeness import Call, Sayings, Styles
from policydiff.redlining.package import Package, val, w
from policydiff.redlining.plain_side import PlainSide
from policydiff.redlining.proof import Before, check_accepted, check_rejected, said_by
from policydiff.redlining.stories import (
    Block,
    NotePart,
    Paragraph,
    blocks,
    head_pairs,
    heads_shown,
    kept_sections,
    mark_settings,
    sections,
    settings_of,
)
from policydiff.redlining.story_marks import Desk, Parts, StoryMarks
from policydiff.redlining.streams import Op, Tally, compared
from policydiff.redlining.undoing import CHANGES, Signer, accept, check_marks, reject

_STORIES = frozenset({"header", "footer", "footnotes", "endnotes"})
_LOOKS = ("styles", "numbering")
_OTHER_HEADERS = worded("a section would not show the headers that one of the files shows there")
_OTHER_SETTINGS = worded("a section would not get its settings from the new file")
_MOST_TRIES = 8
"""Most places in a file where words cannot be marked one by one, before the file is refused."""


@collecting_seldom()
def make_redline(
    old: bytes, new: bytes | str, choices: RedlineChoices | None = None, *, limits: Limits = DEFAULT_LIMITS
) -> Redline:
    """Return the old Word file with tracked changes; accepting all of them gives the text of the new file.

    `new` is a DOCX, or a text whose lines are as `extract` returns them for other formats.
    Raises RedlineRefusedError if no redline can be made, or if the proof fails.
    """
    chosen = choices or RedlineChoices()
    coarse: set[tuple[str, int]] = set()
    if isinstance(new, str):
        settle = reject if chosen.existing is Existing.REJECT else accept
        new = PlainSide(old, new.splitlines(), limits).written(settle)
    for _ in range(_MOST_TRIES):
        try:
            return _Drawing(old, new, chosen, limits, coarse).redline()
        except UnmarkableError as error:
            if error.place is None or error.place in coarse:
                part = error.place[0] if error.place else "the package"
                raise RedlineRefusedError(Refusal.UNMARKABLE, part, str(error)) from error
            coarse.add(error.place)
    raise RedlineRefusedError(
        Refusal.UNMARKABLE, "the package", "too many places cannot be marked word by word"
    )


class _Drawing:
    def __init__(
        self, old: bytes, new: bytes, choices: RedlineChoices, limits: Limits, coarse: set[tuple[str, int]]
    ) -> None:
        self._old, self._new = Package(old, limits), Package(new, limits)
        self._alphabet = Alphabet()
        self._new_readers: dict[str, Reader] = {}
        self._settle_existing(choices.existing)
        roots = [self._old.tree(part) for part in self._numbered_parts()]
        self._signer = Signer(choices, roots)
        self._quiet = self._put_quietly() if choices.quiet_references else 0
        self._before = {part: Before(self._old.tree(part)) for part in story_parts(self._old)}
        self._styles = Styles(self._old, self._new)
        self._bringer = WordBringer(self._old, self._new, self._styles, self._signer)
        self._tally = Tally()
        agree = all(self._old.content(kind) == self._new.content(kind) for kind in _LOOKS)
        self._desk = Desk(self._signer, self._tally, self._bringer, looks_agree=agree, coarse=coarse)
        self._marked: list[tuple[str, str | None]] = []

    def _look_up(self, old: str, new: str) -> None:
        """Key the blocks of a part and its counterpart by their XML, provided ids of styles and lists mean the same in both."""
        if self._desk.looks_agree:
            before = self._before[old]
            self._desk.known.keys.update({**before.keys, **before.keys_of(self._new.tree(new))})

    def _put_quietly(self) -> int:
        """Correct references that only follow a renumbering, and return their number."""
        readers = self._reader(self._old, self._old.document), self._reader(self._new, self._new.document)
        sides = blocks(self._old.body, readers[0]), blocks(self._new.body, readers[1])
        lines = tuple([each for each in side if isinstance(each, Paragraph)] for side in sides)
        clauses = body_clauses(((self._old, readers[0]), (self._new, readers[1])), *sides)
        edits: list[QuietEdit] = []
        for pair in clauses.pairs:
            ranges = _lines_of(sides[0], pair.old), _lines_of(sides[1], pair.new)
            bits = compared(lines[0], lines[1], *ranges)
            edits.extend(quiet_edits(bits, lines[0], lines[1], clauses.numbering))
        if edits:
            apply_quietly(edits, lines[0])
            self._old.touch(self._old.document)
        return len(edits)

    def _settle_existing(self, existing: Existing) -> None:
        for part in story_parts(self._new):
            (reject if existing is Existing.REJECT else accept)(self._new.tree(part))
        if existing is Existing.KEEP_APART:
            return
        for part in story_parts(self._old):
            root = self._old.tree(part)
            if next(root.iter(*CHANGES), None) is not None:
                self._old.touch(part)
            (reject if existing is Existing.REJECT else accept)(root)

    def _numbered_parts(self) -> Iterator[str]:
        yield from story_parts(self._old)
        comments = self._old.related(self._old.document, "comments")
        if comments is not None:
            yield comments

    def redline(self) -> Redline:
        document = self._old.document
        bodies = self._old.body, self._new.body
        readers = self._reader(self._old, document), self._reader(self._new, self._new.document)
        marks = StoryMarks(self._desk, Parts(document, self._new.document, *readers))
        packages = (self._old, readers[0]), (self._new, readers[1])
        self._shown = dict(heads_shown(self._old, sections(bodies[0])))
        self._look_up(document, self._new.document)
        marks.mark(*bodies, lambda mine, theirs: body_clauses(packages, mine, theirs).pairs)
        self._marked.append((document, self._new.document))
        pairs = list(zip(kept_sections(bodies[0]), sections(bodies[1]), strict=False))
        for heads in list(head_pairs(self._old, self._new, pairs)):
            self._head(heads.old, heads.new)
        for mine, theirs in pairs:
            mark_settings(mine, theirs, self._signer)
        self._notes()
        self._boxes()
        self._prove()
        return Redline(
            self._old.saved(),
            self._tally.inserted,
            self._tally.deleted,
            self._desk.moved,
            self._quiet,
            notes=tuple(self._remarks()),
        )

    def _reader(self, package: Package, part: str) -> Reader:
        if package is not self._new:
            return self._made_reader(package, part)
        if part not in self._new_readers:
            self._new_readers[part] = self._made_reader(package, part)
        return self._new_readers[part]

    def _made_reader(self, package: Package, part: str) -> Reader:
        targets: dict[str, str] = {}
        for number, relation in package.relations(part).items():
            shown = relation.target
            if (
                not relation.external
                and relation.type in {"image", "oleObject", "package"}
                and package.has(shown)
            ):
                shown = hashlib.sha256(package.read(shown)).hexdigest()
            targets[number] = shown
        return Reader(self._alphabet, targets, remembers=package is self._new)

    def _marks(self, old_part: str, new_part: str | None) -> StoryMarks:
        old = self._reader(self._old, old_part)
        new = old if new_part is None else self._reader(self._new, new_part)
        return StoryMarks(self._desk, Parts(old_part, new_part or old_part, old, new))

    def _head(self, old: str, new: str | None) -> None:
        if old not in self._before:
            self._before[old] = Before(self._old.tree(old))
        if new is not None:
            self._look_up(old, new)
        self._marks(old, new).mark(self._old.tree(old), None if new is None else self._new.tree(new))
        self._marked.append((old, new))

    def _notes(self) -> None:
        for kind in ("footnote", "endnote"):
            notes = NotePart(self._old, self._new, kind)
            reference = f"{kind}Reference"
            pairs = [pair for pair in self._tally.pairs if pair[0].kind == reference]
            for mine, theirs in pairs:
                old, new = notes.old(mine.node), notes.new(theirs.node)
                if old is not None and new is not None and notes.old_part and notes.new_part:
                    self._marks(notes.old_part, notes.new_part).mark(old, new)
            for piece in self._tally.taken_out:
                old = notes.old(piece.node) if piece.kind == reference else None
                if old is not None and notes.old_part:
                    self._marks(notes.old_part, None).take_out(old, Op.DELETE)
            brought = [copy for copy in self._bringer.notes if name_of(copy) == reference]
            for copy in brought:
                note = notes.new(copy)
                if note is not None and notes.new_part:
                    self._bring_note(notes, note, copy)
            if brought:
                notes.put_in_call_order(self._old.body)

    def _bring_note(self, notes: NotePart, note: "etree._Element", reference: "etree._Element") -> None:
        part = notes.new_part or ""
        content = self._marks(notes.old_part or self._old.document, part).new_content
        copy = self._bringer.cleaned(note)
        content.mark_new_story(copy, Op.INSERT)
        notes.add(copy, reference)

    def _boxes(self) -> None:
        done = 0
        while done < len(self._tally.pairs):
            mine, theirs = self._tally.pairs[done]
            done += 1
            if mine.kind == "box":
                self._box(mine, theirs)

    def _box(self, mine: Piece, theirs: Piece) -> None:
        old_part, new_part = self._part_of(self._old, mine), self._part_of(self._new, theirs)
        marks = self._marks(old_part, new_part)
        shown, spare = box_stories(mine.node)
        new, new_spare = box_stories(theirs.node)
        for stories, counterparts in (
            (shown, new),
            (spare, new_spare if len(new_spare) == len(spare) else new),
        ):
            if stories and len(stories) != len(counterparts):
                raise RedlineRefusedError(
                    Refusal.UNMARKABLE, old_part, "a drawing has gained or lost a text box"
                )
            for old_story, new_story in zip(stories, counterparts, strict=False):
                marks.mark(old_story, new_story)

    def _part_of(self, package: Package, piece: Piece) -> str:
        root = piece.node.getroottree().getroot()
        return next((part for part in story_parts(package) if package.tree(part) is root), package.document)

    def _prove(self) -> None:
        came = set(self._old.names) - set(self._old.added)
        relations = self._old.relations(self._old.document)
        added = frozenset(
            key for key, each in relations.items() if not each.external and each.target not in came
        )
        for part, before in self._before.items():
            if check_rejected(part, self._old.tree(part), before, self._signer.is_own, added):
                self._old.touch(part)
        saying = Sayings(self._styles, self._desk.known)
        calls: tuple[list[Call], list[Call]] = ([], [])
        for old, new in self._marked:
            before = self._before[old]
            mine = saying.old(self._reader(self._old, old), self._old.tree(old), before)
            theirs = None
            if new is not None:
                theirs = saying.new(self._reader(self._new, new), self._new.tree(new))
            if theirs is None:
                check_accepted(
                    old, tuple(each for each in map(said_by, mine.said) if not _is_blank(each)), ()
                )
                continue
            check_accepted(old, mine.said, theirs.said)
            calls[0].extend(mine.calls)
            calls[1].extend(theirs.calls)
        self._prove_sections(came, saying)
        notes = self._called(self._old, calls[0], saying), self._called(self._new, calls[1], saying)
        check_accepted(self._old.document, *notes)
        check_marks([(part, self._old.tree(part)) for part in story_parts(self._old)], self._signer.is_own)

    def _prove_sections(self, came: set[str], saying: Sayings) -> None:
        """Check the headers that each section shows after accepting or rejecting all changes, and its settings."""
        was = (each for each in sections(self._old.body) if each in self._shown)
        for section, shown in heads_shown(self._old, was):
            if {key: part for key, part in shown.items() if part in came} != self._shown[section]:
                raise self._refused(_OTHER_HEADERS)
        mine = heads_shown(self._old, kept_sections(self._old.body))
        for (section, shown), (other, wanted) in zip(
            mine, heads_shown(self._new, sections(self._new.body)), strict=False
        ):
            for key in {**shown, **wanted}:
                if (shown.get(key), wanted.get(key)) not in self._marked:
                    self._prove_head(shown.get(key), wanted.get(key), saying)
            if settings_of(section) != settings_of(other):
                raise self._refused(_OTHER_SETTINGS)

    def _prove_head(self, old: str | None, new: str | None, saying: Sayings) -> None:
        """Check that a header that was not compared has the same content as its counterpart."""
        mine = () if old is None else saying.old(self._reader(self._old, old), self._old.tree(old)).said
        theirs = () if new is None else saying.new(self._reader(self._new, new), self._new.tree(new)).said
        told = [tuple(filterfalse(_is_blank, map(said_by, each))) for each in (mine, theirs)]
        if told[0] != told[1]:
            raise self._refused(_OTHER_HEADERS)

    def _refused(self, reason: str) -> RedlineRefusedError:
        return RedlineRefusedError(Refusal.UNMARKABLE, self._old.document, reason)

    def _called(self, package: Package, calls: "list[Call]", saying: "Sayings") -> tuple[object, ...]:
        """Return the content of the notes in comparable form, in the order of the references to them."""
        out: list[object] = []
        for kind in ("footnote", "endnote"):
            part = package.related(package.document, f"{kind}s")
            numbers = [call.number for call in calls if call.kind == kind]
            if part is None or not numbers:
                continue
            known = {each.get(w("id")): each for each in package.tree(part)}
            reader = self._reader(package, part)
            tell = saying.old if package is self._old else saying.new
            for number in numbers:
                note = known.get(number)
                out.append((kind, () if note is None else tell(reader, note).said))
        return tuple(out)

    def _remarks(self) -> Iterator[str]:
        """Yield remarks on contents of the new file that are left out, because Word has no mark for them or they belong to that file alone."""
        if count := len(list(children(self._new.root("comments"), "comment"))):
            yield worded(f"{count} comment(s) of the new file are not taken over")
        bookmarks = (_bookmarks(self._new) - _bookmarks(self._old)).total()
        if bookmarks:
            yield worded(f"{bookmarks} bookmark(s) of the new file are not taken over")
        controls = (_controls(self._new) - _controls(self._old)).total()
        if controls:
            yield worded(f"{controls} content control(s) of the new file are not taken over: their words are")
        if len({is_on(each.root("settings"), "evenAndOddHeaders") for each in (self._old, self._new)}) > 1:
            yield worded(
                "even pages have headers of their own in one of the two files only: Word has no mark for that"
            )


def _bookmarks(package: Package) -> Counter[str]:
    """Return the bookmarks that a user sees; Word's own bookmarks begin with `_`."""
    starts = package.tree(package.document).iter(w("bookmarkStart"))
    return Counter({name for each in starts if not (name := each.get(w("name"), "")).startswith("_")})


def _controls(package: Package) -> Counter[str]:
    """Return the number of content controls by name (tag or alias); the empty name is for controls without one."""
    properties = package.tree(package.document).iter(w("sdtPr"))
    return Counter(val(each, "tag") or val(each, "alias") or "" for each in properties)


def _lines_of(side: "list[Block]", of_blocks: range) -> range:
    """Return the numbers that the paragraphs in a range of blocks have among all paragraphs."""
    before = sum(1 for each in side[: of_blocks.start] if isinstance(each, Paragraph))
    inside = sum(1 for each in side[of_blocks.start : of_blocks.stop] if isinstance(each, Paragraph))
    return range(before, before + inside)


def story_parts(package: Package) -> list[str]:
    """Return the parts of a package with text that a reader sees."""
    related = package.relations(package.document).values()
    told = [each.target for each in related if each.type in _STORIES and not each.external]
    return list(dict.fromkeys([package.document, *filter(package.has, told)]))


def _is_blank(block: object) -> bool:
    return isinstance(block, tuple) and bool(block) and not block[0]


def plain_file(text: str, limits: Limits) -> bytes:
    """Return a DOCX with the lines of a text, with table rows as tables."""
    from policydiff.report.to_docx import saved, word_file  # noqa: PLC0415 (python-docx is loaded for this alone)

    blank = saved(word_file("", "", "", landscape=False))
    return PlainSide(blank, text.splitlines(), limits).written(accept)
