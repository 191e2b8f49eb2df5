"""The mutator: turns every supported claim of labelled cases into wrong ones and reports which kinds the checker catches.

    python -m evals.mutate FILE... [--corpus develop] [--kind KIND] [--passed N] [--json]

Each mutant changes one claim of one text; the checker reads the whole changed text and must flag (contradicted or
unverifiable) something that overlaps the changed place or its clause. A mutant that the original facts still make true by
plain arithmetic (another entity with the same value) is not made. Claims that the checker never parsed count as missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from evals.labelled import read_labelled
from evals.marks import CorpusError
from flows.check import check_text, compile_case
from flows.check.graded import graded_words
from flows.check.lexicon import STANDARD
from flows.check.sheet import Compiled
from flows.quantities import find_quantities
from schemas.checking import CheckCase, Label
from schemas.quantity import Kind, Quantity

#: Target shares: all together, and each kind alone.
TARGET, TARGET_KIND = 0.95, 0.85

_SWAPS = {
    "faster": "slower", "fastest": "slowest", "quicker": "slower", "quickest": "slowest", "higher": "lower", "highest": "lowest", "larger": "smaller",
    "largest": "smallest", "bigger": "smaller", "biggest": "smallest", "cheaper": "pricier", "cheapest": "priciest", "lighter": "heavier", "lightest": "heaviest",
    "longer": "shorter", "longest": "shortest", "newer": "older", "newest": "oldest", "more": "fewer", "most": "fewest", "better": "worse", "best": "worst",
    "beats": "trails", "ahead": "behind", "leads": "trails", "outperforms": "underperforms", "less": "more", "wins": "loses", "tops": "trails",
}  # fmt: skip
_DIRECTION = {**_SWAPS, **{there: here for here, there in _SWAPS.items() if there not in _SWAPS}}
_SUPERLATIVES = {word for word in _DIRECTION if word.endswith("est") or word in ("most", "least", "worst")}
_UNITS = {
    "ms": "s", "s": "ms", "seconds": "minutes", "second": "minute", "milliseconds": "seconds", "minutes": "hours", "minute": "hour", "hours": "days", "hour": "day", "µs": "ms", "μs": "ms", "ns": "µs",
    "mb": "GB", "gb": "TB", "kb": "MB", "tb": "GB", "mib": "GiB", "gib": "MiB", "kg": "g", "g": "kg", "mm": "cm", "cm": "mm", "km": "m", "m": "km", "kw": "W", "kwh": "Wh", "days": "weeks", "weeks": "months",
    "months": "years", "years": "months", "gb/s": "MB/s", "mb/s": "GB/s", "mb/s.": "GB/s", "req/s": "req/min", "inches": "feet", "w": "kW",
}  # fmt: skip
_SCALES = {"million": "billion", "billion": "million", "thousand": "million", "k": "M", "m": "B", "b": "M"}
_SCALED = re.compile(r"[\d.,]+\s?(million|billion|thousand|k|m|b)", re.I)
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NEGATABLE = re.compile(
    r"\b(supports|includes|offers|has|have|is|are|ships with|comes with|provides|needs|requires)\b"
    r"(?!\s+(?:only|just|merely|also|neither|none|nothing)\b)"
)
#: Before a verb that is denied already ("doesn't have", "nor is"), in a clause that asserts nothing of its own ("a quarter of
#: what X needs", "until they are read"): the mutant would be no English or no statement, and nothing could be wrong about it.
_NO_STATEMENT = re.compile(r"(?:\b(?:nor|neither)|n['’]t|\bnot)\s+$|\b(?:what|until)\s+(?:[\w'’.-]+\s+){0,3}$", re.I)
#: "has no", "is not": the denial of these is the plain verb.
_DENYING = re.compile(r"\s+(?:not|no)\b")
#: "has risen", "have been": an auxiliary.
_PARTICIPLE = re.compile(r"\s+(?:been|\w{2,}(?:ed|en))\b")
_DENIED = re.compile(r"\b(?:not|no|never|neither|nor|none|nobody|nothing|cannot)\b|n['’]t\b", re.I)
_NEGATED = {
    "has": "does not have",
    "have": "do not have",
    "is": "is not",
    "are": "are not",
    "supports": "does not support",
    "includes": "does not include",
    "offers": "does not offer",
    "ships with": "does not ship with",
    "comes with": "does not come with",
    "provides": "does not provide",
    "needs": "does not need",
    "requires": "does not require",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text made wrong at `start`..`end` (in the mutated text)."""

    kind: str
    case: str
    text: str
    start: int
    end: int
    was: str
    became: str


def mutants(case: CheckCase, claims: list[dict[str, object]], compiled: Compiled) -> Iterator[Mutant]:
    """All mutants of the supported claims of one case."""
    for claim in claims:
        if claim.get("label") != "supported":
            continue
        start, end = int(str(claim["start"])), int(str(claim["end"]))
        raw_facts = claim.get("facts")
        facts = [str(fact) for fact in raw_facts] if isinstance(raw_facts, list) else []
        yield from _numbers(case, compiled, start, end, facts)
        yield from _words(case, start, end)


def _made(case: CheckCase, kind: str, start: int, end: int, became: str) -> Mutant:
    text = case.text[:start] + became + case.text[end:]
    return Mutant(kind, case.id, text, start, start + len(became), case.text[start:end], became)


def _numbers(case: CheckCase, compiled: Compiled, start: int, end: int, facts: list[str]) -> Iterator[Mutant]:
    claim_text = case.text[start:end]
    for quantity in find_quantities(claim_text):
        if quantity.kind is Kind.DATE:
            for year in re.finditer(r"\b(?:19|20)\d\d\b", claim_text[quantity.start : quantity.end]):
                at = start + quantity.start + year.start()
                yield _made(case, "year", at, at + 4, str(int(year.group()) - 3))
            continue
        if quantity.number_span is None:
            continue
        first, last = start + quantity.number_span[0], start + quantity.number_span[1]
        surface = case.text[first:last]
        if quantity.low is None or quantity.low != quantity.high or quantity.written_low is None:
            continue
        if surface.lower() in _WORDS:
            became = _other_word(surface.lower(), _bounded(case.text, first))
            if became and not _names_scope(case, surface, last):
                yield _made(case, "number word", first, last, became)
            continue
        scaled = _SCALED.fullmatch(surface)
        if scaled is not None and not any(
            surface in name for entity in case.entities for name in (entity.name, *entity.aliases)
        ):
            yield _made(case, "scale", first + scaled.start(1), last, _SCALES[scaled.group(1).lower()])
        if not re.fullmatch(r"[\d,]+(?:\.\d+)?", surface):
            continue
        if _bounded(case.text, first):
            yield _made(
                case,
                "number",
                first,
                last,
                _scaled(surface, Decimal("1.9") if _bounded(case.text, first) == "over" else Decimal("0.5")),
            )
        else:
            yield _made(case, "number", first, last, _scaled(surface, Decimal("1.4")))
            yield _made(case, "number", first, last, _scaled(surface, Decimal("0.62")))
        yield from _units(case, quantity, start, last)
        if not _bounded(case.text, first):
            yield from _other_cells(case, compiled, quantity, first, last, facts)


def _other_word(word: str, bound: str) -> str:
    """Another number word, "" for none: beyond the truth where the word is a bound, for "within five" is true of what is within two."""
    at = _WORDS.index(word)
    if bound == "over":
        return _WORDS[at + 3] if at + 3 < len(_WORDS) else ""
    if bound == "under":
        return _WORDS[max(0, at - 3)] if at else ""
    return _WORDS[(at + 3) % len(_WORDS)]


def _names_scope(case: CheckCase, word: str, last: int) -> bool:
    """ "of the four": a count of the things compared, whose mutant may stay true."""
    return case.text[max(0, last - len(word) - 4) : last - len(word)].lower().endswith("the ")


def _bounded(text: str, first: int) -> str:
    before = text[max(0, first - 14) : first].lower()
    if re.search(
        r"(over|more than|at least|above|topping|exceeding|beyond|north of|upwards of|slower than|higher than|larger than|bigger than|past|>)\s*$",
        before,
    ):
        return "over"
    return (
        "under"
        if re.search(
            r"(under|less than|fewer than|below|at most|up to|within|longer than|shorter than|lower than|faster than|smaller than|cheaper than|<)\s*$",
            before,
        )
        else ""
    )


def _scaled(surface: str, factor: Decimal) -> str:
    value = Decimal(surface.replace(",", "")) * factor
    decimals = len(surface.partition(".")[2])
    rounded = round(value, decimals) if decimals else value.to_integral_value()
    if rounded == Decimal(surface.replace(",", "")):
        rounded += 1
    return f"{rounded:,f}" if "," in surface else f"{rounded:f}"


def _units(case: CheckCase, quantity: Quantity, start: int, last: int) -> Iterator[Mutant]:
    if quantity.unit_span is None:
        return
    unit_first, unit_last = start + quantity.unit_span[0], start + quantity.unit_span[1]
    unit = case.text[unit_first:unit_last]
    if unit.lower() in _UNITS and unit_first >= last:
        yield _made(case, "unit", unit_first, unit_last, _UNITS[unit.lower()])


def _other_cells(
    case: CheckCase, compiled: Compiled, quantity: Quantity, first: int, last: int, facts: list[str]
) -> Iterator[Mutant]:
    """The number of another entity in the same metric, and of another metric of the same unit for the same entity."""
    cells = {cell.fact: cell for found in compiled.cells.values() for cell in found}
    own = [cells[fact] for fact in facts if fact in cells and cells[fact].numeric]
    if len(own) != 1 or quantity.low is None:
        return
    cell = own[0]
    if cell.low is None or abs(cell.low - quantity.low) > abs(quantity.low) * Decimal("0.15"):
        return
    seen: Counter[str] = Counter()
    for other in cells.values():
        if (
            other.low is None
            or other.low != other.high
            or other.unit != cell.unit
            or other.quantity.written_low is None
            or cell.quantity.written_low is None
        ):
            continue
        if abs(other.low - cell.low) <= max(abs(cell.low), abs(other.low)) * Decimal("0.2"):
            continue
        if other.metric == cell.metric and other.entity != cell.entity:
            kind = "number of another entity"
        elif other.entity == cell.entity and other.metric != cell.metric:
            kind = "number of another metric"
        else:
            continue
        if seen[kind] >= 2:
            continue
        seen[kind] += 1
        scale = quantity.low / quantity.written_low if quantity.written_low else Decimal(1)
        value = other.low / scale if scale else other.low
        surface = f"{value.normalize():f}" if abs(value) < 1000 else f"{value:,.0f}"
        if len(surface) <= 12:
            yield _made(case, kind, first, last, surface)


def _words(case: CheckCase, start: int, end: int) -> Iterator[Mutant]:
    for word in re.finditer(r"[A-Za-z]+", case.text[start:end]):
        low = word.group().lower()
        if low not in _DIRECTION:
            continue
        after = case.text[start + word.end() : start + word.end() + 7].lower()
        before = case.text[max(0, start + word.start() - 12) : start + word.start()].lower()
        if re.match(r"\s+than\s*[\d$]", case.text[start + word.end() : start + word.end() + 9]):
            continue
        if low in ("most", "best", "worst", "more", "less", "least", "fewer") and (
            after.startswith((" than", " of ", " for"))
            or before.endswith(("at ", "or ", "and ", "at its ", "at their "))
        ):
            continue
        if low in _SUPERLATIVES and _DENIED.search(case.text, max(0, start - 25), start + word.start()):
            # What is not the fastest need not be the slowest either: such a mutant may stay true.
            continue
        became, last = _DIRECTION[low], start + word.end()
        if low in ("more", "most") and _grades(case.text[last : last + 20]):
            became = {"more": "less", "most": "least"}[low]
        if low == "ahead" and case.text.startswith(" of ", last):
            last += 3
        elif low == "behind":
            became = "ahead of" if re.match(r" (?:the |its |[A-Z])", case.text[last : last + 6]) else "ahead"
        yield _made(
            case, "direction", start + word.start(), last, became.capitalize() if word.group()[0].isupper() else became
        )
    found = _NEGATABLE.search(case.text, start, end)
    if (
        found is not None
        and not re.search(r"\d", case.text[start:end])
        and not _NO_STATEMENT.search(case.text, max(0, found.start() - 60), found.start())
    ):
        yield _negation(case, found.start(), found.end())


def _negation(case: CheckCase, first: int, last: int) -> Mutant:
    """The verb denied; where it is denied already, the plain verb."""
    verb = case.text[first:last]
    denied = _DENYING.match(case.text, last)
    if denied is not None:
        return _made(case, "negation", first, denied.end(), verb)
    auxiliary = verb in ("has", "have") and _PARTICIPLE.match(case.text, last) is not None
    return _made(case, "negation", first, last, f"{verb} not" if auxiliary else _NEGATED[verb])


def _grades(after: str) -> bool:
    """Whether an adjective follows: "most efficient" turns into "least efficient", not into "fewest efficient"."""
    following = re.match(r"\s+([a-z]+)", after)
    graded = graded_words(STANDARD).get(following.group(1)) if following is not None else None
    return graded is not None and graded.degree == "positive"


def caught(mutant: Mutant, compiled: Compiled) -> bool:
    """Whether a flagged claim overlaps the changed place, or the same clause right beside it."""
    report = check_text(mutant.text, compiled)
    for claim in report.claims:
        if claim.label is not Label.SUPPORTED and claim.start < mutant.end + 25 and mutant.start - 25 < claim.end:
            return True
    return False


def rows_of(paths: list[Path], corpus: str | None) -> Iterator[Mapping[str, object]]:
    """The labelled cases of the files, then the clean texts of a part of the project's own corpus."""
    yield from read_labelled(paths)
    if corpus is not None:
        from evals.corpus import load_cases

        yield from (case for case in load_cases(corpus) if case["variant"] == "clean")


def run(
    rows: Iterable[Mapping[str, object]], only: str | None = None
) -> tuple[Counter[str], Counter[str], list[Mutant]]:
    """(made, caught, missed ones) over all cases."""
    made: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    missed: list[Mutant] = []
    for row in rows:
        case = CheckCase.model_validate(row)
        compiled = compile_case(case)
        claims = row.get("claims")
        for mutant in mutants(case, claims if isinstance(claims, list) else [], compiled):
            if only is not None and mutant.kind != only:
                continue
            made[mutant.kind] += 1
            if caught(mutant, compiled):
                hit[mutant.kind] += 1
            else:
                missed.append(mutant)
    return made, hit, missed


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evals.mutate", description="Make supported claims wrong and see which are caught."
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--corpus", choices=["develop"], help="also the clean texts of this part of evals/cases")
    parser.add_argument("--kind")
    parser.add_argument("--passed", type=int, default=0, metavar="N", help="also print N mutants that passed")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    if not options.files and options.corpus is None:
        parser.error("name a file of labelled cases, or --corpus develop")
    try:
        made, hit, missed = run(rows_of(options.files, options.corpus), options.kind)
    except CorpusError as error:
        sys.stderr.write(f"mutate: {error}\n")
        return 2
    total, found = sum(made.values()), sum(hit.values())
    out = sys.stdout
    if options.json:
        out.write(
            json.dumps({"total": total, "caught": found, "kinds": {kind: [hit[kind], made[kind]] for kind in made}})
            + "\n"
        )
    else:
        for kind, count in made.most_common():
            share = hit[kind] / count
            out.write(
                f"{kind:<28}{100 * share:6.1f} %  {hit[kind]}/{count}{'' if share >= TARGET_KIND else '  below target'}\n"
            )
        out.write(f"{'all':<28}{100 * found / total if total else 0:6.1f} %  {found}/{total}\n")
        for mutant in missed[: options.passed]:
            around = mutant.text[max(0, mutant.start - 70) : mutant.end + 50].replace("\n", " ")
            out.write(f"  {mutant.case} [{mutant.kind}] {mutant.was!r} -> {mutant.became!r}: …{around}…\n")
    return 0 if total and found / total >= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
