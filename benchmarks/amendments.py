"""Amendments carried out and written: real decisions on real texts, bundles on texts they do not name, drafts for pairs.

Prints, in this order: decisions whose text before and after is at hand (outcome, articles that differ from the text as
published); the bundles of 2020 read against the texts as published (orders read, quoted articles found); the same
bundles on laws they do not name (refused); decisions drafted for every pair of versions at hand (proved or refused),
and how many of their orders the published decision has too.
"""

import io
import json
import re
import sys
import tarfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import policydiff
from benchmarks.sources import ROOT, SHARED
from policydiff.amendment.amending import apply_amendment
from policydiff.amendment.drafting import CannotDraftError, draft_amendment
from policydiff.amendment.locating import Instruction, Order, Sentence
from policydiff.amendment.named_texts import same_act
from policydiff.amendment.quoted import take_quotes
from policydiff.amendment.scope import read_decision
from policydiff.amendment.statute import PREFACE, Article, Heading, statute_of
from policydiff.extract import extract
from policydiff.lexicon.widths import fold_words
from policydiff.model import Document
from policydiff.model.amended import AppliedAmendment
from policydiff.parsing import parse_text

_DATED = re.compile(r"(.+?)[(（](\d{4}-\d{2}-\d{2})[)）]$")
_STRANGERS = 200
"""Laws drawn evenly from the collection on which each bundle is tried in vain."""
_NOTED = ROOT / "benchmarks/gold/amendments.json"
"""Differences that the publisher made besides the orders, by name of the pair; read one by one."""


def main() -> int:
    if not SHARED.is_dir():
        print(f"development data not found at {SHARED}: nothing is measured")
        return 0
    laws = dict(members("laws.tar.xz", ".md"))
    failed = _decisions()
    _bundles(laws)
    _strangers(laws)
    _drafts(laws)
    return 1 if failed else 0


def text_of(data: bytes, name: str) -> str:
    return extract(data, name=name).text


def members(archive: str, ending: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(SHARED / archive) as file:
        for member in file:
            if member.isfile() and member.name.endswith(ending):
                found = file.extractfile(member)
                if found is not None:
                    yield member.name, found.read()


def given_pairs_with_decisions() -> Iterator[tuple[str, str, list[str], str]]:
    """Yield name, text before, decisions in turn, text after as published."""
    for folder in sorted((SHARED / "amendments").iterdir()):
        if folder.is_dir():
            sides = [
                text_of((folder / f"{side}.md").read_bytes(), "x.md") for side in ("old", "amendment", "new")
            ]
            yield folder.name, sides[0], [(folder / "amendment.md").read_text("utf-8")], sides[2]
    groups: dict[str, dict[str, bytes]] = defaultdict(dict)
    for name, data in members("unlabelled_pairs.tar.xz", ".md"):
        pair, file = name.strip("./").split("/")
        groups[pair][file] = data
    for pair, files in sorted(groups.items()):
        if "amendment.md" in files:
            decision = files["amendment.md"].decode("utf-8")
            # the five amendments of the constitution stand in one file; each names the numbers of its own day
            parts = (
                re.split(r"(?m)^(?=第(?:三|十二|十八|三十二)条 宪法)", decision)
                if "xianfa" in pair
                else [decision]
            )
            yield pair, text_of(files["old.md"], "x.md"), parts, text_of(files["new.md"], "x.md")


def _decisions() -> bool:
    print("Decisions on texts whose version before and after is at hand")
    noted = json.loads(_NOTED.read_text("utf-8")) if _NOTED.is_file() else {}
    outcomes: Counter[str] = Counter()
    wrong = 0
    for name, old, decisions, new in given_pairs_with_decisions():
        document = parse_text(old)
        result: AppliedAmendment | None = None
        ends = []
        for decision in decisions:
            result = apply_amendment(document, decision)
            ends.append(result.outcome.value)
            document = parse_text(result.text)
        unlike = differing(document, parse_text(new))
        besides = noted.get(name, {})
        unexplained = [number for number in unlike if number not in besides]
        complete = set(ends) == {"complete"}
        outcomes["complete" if complete else "partial"] += 1
        wrong += bool(complete and unexplained)
        print(
            f"  {name:28} {'+'.join(ends):24} articles unlike the published text: {' '.join(unexplained[:8]) or 'none'}"
            + (f" (publisher's own: {' '.join(besides)})" if besides else "")
        )
    print(
        f"  complete {outcomes['complete']} of {sum(outcomes.values())}; of those with an article unlike the published text: {wrong}"
    )
    return wrong > 0


def folded(text: str) -> str:
    return "".join(character for character in fold_words(text) if character.isalnum())


def articles_of(document: Document) -> dict[str, str]:
    statute = statute_of(document)
    preface = statute.article(PREFACE)
    numbered = {each.number or "": folded(each.text()) for each in statute.articles()}
    return numbered if preface is None else {PREFACE: folded(preface.text()), **numbered}


def differing(made: Document, published: Document) -> list[str]:
    one, other = articles_of(made), articles_of(published)
    return [number for number in sorted({*one, *other}, key=_key) if one.get(number) != other.get(number)]


CLAUSE_MARKS = "，。；：、？！"
BRACKETS = "“”（）《》〈〉〔〕"


def differing_marks(
    made: Document, published: Document, old: Document, marks: str = CLAUSE_MARKS
) -> list[tuple[str, str, str, bool]]:
    """Return where two texts of the same words have other marks: (article, words made, words published, by an order).

    A mark that stands between the same words in the old text at hand is a difference of its edition, and no order's.
    """
    before = "".join(
        f"{word}{mark}"
        for part in statute_of(old).parts
        for word, mark in _words_and_marks(_blank(part.text()), marks)
    )
    one, other = (
        {each.number or "": _blank(each.text()) for each in statute_of(side).articles()}
        for side in (made, published)
    )
    found: list[tuple[str, str, str, bool]] = []
    for number in sorted({*one} & {*other}, key=_key):
        ours, theirs = (_words_and_marks(side[number], marks) for side in (one, other))
        if [word for word, _ in ours] != [word for word, _ in theirs]:
            continue
        for at, ((_, mark), (_, printed)) in enumerate(zip(ours, theirs, strict=True)):
            if mark == printed:
                continue
            told, wanted = (
                "".join(f"{word}{behind}" for word, behind in side[max(0, at - 3) : at + 1])
                + "".join(f"{word}{behind}" for word, behind in side[at + 1 : at + 4])[:4]
                for side in (ours, theirs)
            )
            found.append((number, told, wanted, told not in before))
    return found


def _blank(text: str) -> str:
    """Return a text without blanks, its marks in one width: two editions print them unlike."""
    return re.sub(r"\s|　", "", text).translate(
        str.maketrans("‘’(),;:?!﹑｡<>[]", "“”（），；：？！、。〈〉〔〕")
    )


def _words_and_marks(text: str, marks: str) -> list[tuple[str, str]]:
    """Return every word character with those of the marks that stand behind it."""
    found: list[tuple[str, str]] = []
    for character in text:
        if character.isalnum():
            found.append((character, ""))
        elif character in marks and found:
            found[-1] = (found[-1][0], found[-1][1] + character)
    return found


def headings_of(document: Document) -> set[tuple[str, str]]:
    """Return each heading with the number of the article it stands before."""
    found: list[tuple[str, str]] = []
    waiting: list[str] = []
    for part in statute_of(document).parts:
        if isinstance(part, Heading):
            waiting.append(folded(part.text()))
        elif isinstance(part, Article) and part.numbered:
            found.extend((heading, part.number or "") for heading in waiting)
            waiting = []
    return {*found, *((heading, "") for heading in waiting)}


def _key(number: str) -> tuple[int, int]:
    base, _, inserted = number.partition("-")
    return (int(base) if base.isdecimal() else 0, int(inserted) if inserted.isdecimal() else 0)


def _decrees(laws: dict[str, bytes]) -> dict[str, str]:
    return {
        Path(name).stem: data.decode("utf-8")
        for name, data in laws.items()
        if "司法解释" in name and re.search(r"关于修改.*决定$", Path(name).stem)
    }


def _bundles(laws: dict[str, bytes]) -> None:
    print("\nDecisions on judicial interpretations, their orders held against the texts as published")
    titles = [(data.decode("utf-8").split("\n", 1)[0].strip("# "), data) for data in laws.values()]
    titles += [(_title(data), data) for _, data in members("npc_docx.tar.xz", ".docx")]
    for stem, text in sorted(_decrees(laws).items()):
        decision = read_decision(take_quotes(text))
        read = sum(sentence.understood for sentence in decision.sentences)
        found = asked = held = 0
        for act in decision.acts:
            published = next((data for title, data in titles if title and same_act(act, title)), None)
            if published is None:
                continue
            held += 1
            body = folded(text_of(published, "x.docx" if published[:2] == b"PK" else "x.md"))
            for order in _orders(decision.sentences, act):
                for words in order.words:
                    asked += 1
                    found += all(folded(line) in body for line in words)
        print(
            f"  {stem[:40]:42} texts {len(decision.acts):2} (published at hand {held:2}); sentences read {read} of "
            f"{len(decision.sentences)}; quoted words in the published text {found} of {asked}"
        )


def _title(data: bytes) -> str:
    return parse_text(text_of(data, "x.docx")).title or ""


def _orders(sentences: tuple[Sentence, ...], act: str) -> Iterator[Instruction]:
    for sentence in sentences:
        if sentence.act is not None and same_act(sentence.act, act):
            yield from (
                order
                for order in sentence.instructions
                if order.order in (Order.REPLACE, Order.INSERT_ARTICLE)
            )


def _strangers(laws: dict[str, bytes]) -> None:
    names = sorted(name for name in laws if "关于修改" not in name and "修正案" not in name)
    chosen = [parse_text(laws[name].decode("utf-8")) for name in names[:: max(1, len(names) // _STRANGERS)]]
    tried = carried = 0
    for text in _decrees(laws).values():
        acts = read_decision(take_quotes(text)).acts
        for document in chosen:
            if document.title and not any(same_act(act, document.title) for act in acts):
                tried += 1
                carried += bool(apply_amendment(document, text).applied)
    print(
        f"\nThe same decisions on {len(chosen)} laws that they do not name: {tried} trials, an order carried out in {carried}"
    )


def _pairs(laws: dict[str, bytes]) -> Iterator[tuple[str, Document, Document]]:
    for name, old, _, new in given_pairs_with_decisions():
        yield name, parse_text(old), parse_text(new)
    yield from _given_pairs()
    yield from _dated_pairs(laws)


def _given_pairs() -> Iterator[tuple[str, Document, Document]]:
    groups: dict[str, dict[str, tuple[str, bytes]]] = defaultdict(dict)
    for path in sorted((SHARED / "revisions").glob("*/*.*")):
        groups[path.parent.name][path.stem] = (path.name, path.read_bytes())
    for ending in (".md", ".txt", ".html"):
        for name, data in members("unlabelled_pairs.tar.xz", ending):
            folder, file = name.strip("./").split("/")
            groups[folder][file.split(".")[0]] = (file, data)
    for name, files in sorted(groups.items()):
        if {"old", "new"} <= set(files) and "amendment" not in files:
            old, new = (policydiff.read(io.BytesIO(files[side][1])) for side in ("old", "new"))
            yield name, old, new


def _dated_pairs(laws: dict[str, bytes]) -> Iterator[tuple[str, Document, Document]]:
    dated: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for path, data in laws.items():
        match = _DATED.fullmatch(Path(path).stem)
        if match is not None:
            dated[match[1]].append((match[2], data))
    for name, editions in sorted(dated.items()):
        for (one, before), (other, after) in pairwise(sorted(editions)):
            if one != other:
                yield (
                    f"{name[:24]} {one}",
                    parse_text(before.decode("utf-8")),
                    parse_text(after.decode("utf-8")),
                )


def _drafts(laws: dict[str, bytes]) -> None:
    print(
        "\nDecisions drafted for pairs of versions; each is given only if carrying it out yields the new text"
    )
    proved = orders = tried = 0
    began = time.process_time()
    for name, old, new in _pairs(laws):
        if statute_of(old).text() == statute_of(new).text():
            continue
        tried += 1
        try:
            drafted = draft_amendment(old, new)
        except CannotDraftError as refusal:
            print(f"  refused: {name}: {str(refusal)[:110]}")
            continue
        proved += 1
        orders += len(drafted.orders)
    spent = time.process_time() - began
    print(
        f"  proved {proved} of {tried} pairs, {orders} orders, {spent / max(1, tried) * 1000:.0f} ms CPU a pair (parsing included)"
    )
    agreed = published = 0
    for _, before, decisions, after in given_pairs_with_decisions():
        if len(decisions) > 1:
            continue
        try:
            drafted = draft_amendment(parse_text(before), parse_text(after))
        except CannotDraftError:
            continue
        ours = Counter(kinds(drafted.text))
        theirs = Counter(kinds(decisions[0]))
        agreed += sum((ours & theirs).values())
        published += sum(theirs.values())
    print(
        f"  orders of the published decisions that the drafts have too, by article and kind: {agreed} of {published}"
    )


_ONE_KIND = {
    Order.SWAP,
    Order.DROP_WORDS,
    Order.ADD_WORDS,
    Order.INSERT_INSIDE,
    Order.APPEND,
    Order.REPLACE_LEAD,
    Order.END_MARK,
}


def kinds(text: str, act: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield (order, article) of a decision; a quoted paragraph and the article quoted whole count as one kind."""
    for sentence in read_decision(take_quotes(text)).sentences:
        if act is not None and not (sentence.act and same_act(sentence.act, act)):
            continue
        for order in sentence.instructions:
            kind = "replace" if order.order in _ONE_KIND else order.order.value
            places = order.becomes if order.order is Order.INSERT_ARTICLE else order.places
            for place in places:
                yield kind, place.article or place.kind.value


if __name__ == "__main__":
    sys.exit(main())
