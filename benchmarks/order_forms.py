"""Order sentences in the forms that amending decisions print, each carried out on one text: right, refused, wrong.

Three sets in `benchmarks/gold`: `order_forms.json` (sixty-one orders on a regulation), `order_forms_cities.json` and
`order_forms_third.json` (orders as cities, ministries and courts write them, on a regulation, an interpretation and a notice). The text that each must
make is given by hand: lines in place of lines (`edits`), words in place of words (`words`), and numbers of articles that
shift (`shift`: first article, by how many, last article), which the references in the text follow; or the reasons for
which it must be refused (`refused`). All were written before the program read any of the orders; the half marked
`held_back` was not looked at before its first run.

    python -m benchmarks.order_forms
"""

import json
import re
import sys
from collections import Counter
from typing import Any

from benchmarks.sources import ROOT
from policydiff.amendment.amending import apply_amendment
from policydiff.lexicon.numerals import to_chinese, to_int
from policydiff.model.amended import AppliedAmendment, Outcome
from policydiff.parsing import parse_text

_GOLD = ROOT / "benchmarks/gold"
_SETS = (
    "order_forms.json",
    "order_forms_cities.json",
    "order_forms_third.json",
    "order_forms_fourth.json",
    "order_forms_fifth.json",
    "order_forms_sixth.json",
    "order_forms_seventh.json",
    "order_forms_eighth.json",
)
_ARTICLE = re.compile("第([一二三四五六七八九十百]+)条")


def main() -> int:
    wrong = 0
    for name in _SETS:
        gold: dict[str, Any] = json.loads((_GOLD / name).read_text("utf-8"))
        texts: dict[str, list[str]] = gold.get("texts") or {"": gold["text"]}
        counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
        for form in gold["forms"]:
            lines = texts[form.get("text", "")]
            result = apply_amendment(parse_text("\n".join(lines)), form["order"], title=lines[0])
            said = verdict(result, lines, form)
            counts[form["held_back"]][said] += 1
            if not said.startswith("right") and not (form["held_back"] and "--quiet" in sys.argv):
                reasons = "; ".join(
                    f"{each.kind}: {each.reason}" for each in (*result.unapplied, *result.doubts)[:2]
                )
                print(f"  {said:8} {form['order'][:70]!r} ({form['why']}) {reasons[:110]}")
                if said == "WRONG" and "--show" in sys.argv:
                    _show(result, lines, form)
        for held, counted in counts.items():
            print(
                f"{name.removesuffix('.json')}, {'held back' if held else 'looked at'}: {counted.total()} orders, "
                f"right {counted['right']}, rightly refused {counted['right no']}, refused {counted['refused']}, "
                f"refused for another reason {counted['other']}, wrong {counted['WRONG']}"
            )
            wrong += counted["WRONG"]
    return 1 if wrong else 0


def verdict(result: AppliedAmendment, lines: list[str], form: dict[str, Any]) -> str:
    """Return whether an order was carried out, or refused, as its label has it."""
    complete = result.outcome is Outcome.COMPLETE
    reasons = form.get("refused")
    if reasons:
        kinds = {each.kind.value for each in (*result.unapplied, *result.doubts)}
        return "WRONG" if complete else "right no" if kinds & set(reasons) else "other"
    if not complete:
        return "refused"
    return "right" if _bare(result.text) == text_of(lines, form) else "WRONG"


def _show(result: AppliedAmendment, lines: list[str], form: dict[str, Any]) -> None:
    made, right = _bare(result.text).split("\n"), text_of(lines, form).split("\n")
    for line in made:
        if line not in right:
            print(f"      made   {line}")
    for line in right:
        if line not in made:
            print(f"      wanted {line}")


def _bare(text: str) -> str:
    """Return a text without blanks; whether the title of an annex stands on the line of its number is no difference."""
    return re.sub(r"(附件\d?)\n", r"\1", re.sub(r"[ \u3000]", "", text)).strip("\n")


def text_of(lines: list[str], form: dict[str, Any]) -> str:
    """Return the text that an order must make, without blanks."""
    edits: dict[str, list[str]] = dict(form.get("edits") or ())
    first, by, last = (*(form.get("shift") or (10_000, 0)), 10_000)[:3]
    out: list[str] = []
    for line in lines:
        given = next((new for beginning, new in edits.items() if line.startswith(beginning)), None)
        if given is not None:
            out.extend(given)
            continue
        told = line
        for old, new, beginnings in form.get("words") or ():
            if beginnings is None or line.startswith(tuple(beginnings)):
                told = told.replace(old, new)
        out.append(_ARTICLE.sub(lambda found: _shifted(found, first, by, last), told))
    return _bare("\n".join(out))


def _shifted(found: re.Match[str], first: int, by: int, last: int) -> str:
    number = to_int(found[1])
    return found[0] if number is None or not first <= number <= last else f"第{to_chinese(number + by)}条"


if __name__ == "__main__":
    sys.exit(main())
