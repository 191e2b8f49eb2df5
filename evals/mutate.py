"""The mutator: turns every supported claim of labelled cases into wrong ones and reports which kinds the checker catches.

    python -m evals.mutate FILE... [--corpus develop] [--kind KIND] [--passed N] [--json]

Each mutant changes one claim of one text; the checker reads the whole changed text and must flag (contradicted or
unverifiable) something that overlaps the changed place or its claim. A mutant that the original facts still make true by
plain arithmetic (another entity with the same value, a bound that still holds) is not made. Claims that the checker never
parsed count as missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evals.labelled import read_labelled
from evals.marks import CorpusError
from evals.mutant import Claimed, Mutant
from evals.mutant_numbers import numbers
from evals.mutant_words import words
from flows.check import check_text, compile_case
from flows.check.sheet import Compiled
from schemas.checking import CheckCase, Label

#: Target shares: all together, and each kind alone.
TARGET, TARGET_KIND = 0.95, 0.85
#: How far beside the changed place a claim may stand that is flagged for it.
_BESIDE = 25


def mutants(case: CheckCase, claims: list[dict[str, object]], compiled: Compiled) -> Iterator[Mutant]:
    """All mutants of the supported claims of one case."""
    for claim in claims:
        if claim.get("label") != "supported":
            continue
        facts = claim.get("facts")
        claimed = Claimed(
            case,
            int(str(claim["start"])),
            int(str(claim["end"])),
            tuple(map(str, facts)) if isinstance(facts, list) else (),
        )
        yield from numbers(claimed, compiled)
        yield from words(claimed)


def caught(mutant: Mutant, compiled: Compiled) -> bool:
    """Whether a flagged claim overlaps the claim that was made wrong, or stands right beside the changed place."""
    first = min(mutant.claim_start, mutant.start - _BESIDE)
    last = max(mutant.claim_end, mutant.end + _BESIDE)
    return any(
        claim.label is not Label.SUPPORTED and claim.start < last and first < claim.end
        for claim in check_text(mutant.text, compiled).claims
    )


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
