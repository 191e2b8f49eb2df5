"""Fits the weights by which clauses are flagged as going beyond the facts, on the develop texts.

    python -m evals.fit unsupported [FILE...] [--write]

Prints the cross-validated curve (folds by source: no text about a table helps to judge another text about it), and the
weights. FILE: further labelled cases. With --write the numbers in `flows/check/lexicon/doubt.py` are replaced.
A logistic model, fitted by Newton's method; errors of a kind that another form has already flagged take no part.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from evals.corpus import load_cases
from evals.labelled import read_labelled
from evals.marks import CorpusError
from flows.check import check_text, compile_case
from flows.check.lexicon import doubt
from flows.check.scene import Scene
from schemas.checking import CheckCase, Label

#: Pull of a weight towards zero; and in how many sources a trait must occur.
PULL, SOURCES = 2.0, 4
FOLDS = 10


class Span(BaseModel):
    start: int
    end: int

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


class Gold(Span):
    label: Label


class Labels(BaseModel):
    """What a labelled case says of its text (`evals/corpus.py` and the benchmarks write it alike)."""

    claims: tuple[Gold, ...]
    ignore: tuple[Span, ...] | None = None


class Clause(NamedTuple):
    """A clause with its traits. `wrong`: the errors of the text that a flag on it would catch; `right`: the supported claims
    that it would hit. With neither, a flag on it would stray."""

    source: str
    traits: frozenset[str]
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    text: str


class Point(NamedTuple):
    """What flagging every clause from `score` up brings."""

    score: float
    caught: int
    alarms: int
    strays: int

    @property
    def precision(self) -> float:
        return self.caught / max(1, self.caught + self.alarms + self.strays)


def clauses(case: Mapping[str, object]) -> Iterator[Clause]:
    """The clauses of one labelled case on which the decision turns."""
    text = str(case["text"])
    scenes: list[Scene] = []
    read = CheckCase.model_validate_json(json.dumps(case))
    report = check_text(text, compile_case(read), scenes=scenes)
    own = [(scene, one) for scene in scenes for one in scene.doubts]
    spans = {(scene.line.items[one.first].start, scene.line.items[one.last].end) for scene, one in own}
    flags = [
        (claim.start, claim.end)
        for claim in report.claims
        if claim.label is not Label.SUPPORTED
        and not (claim.kind == "unsupported" and (claim.start, claim.end) in spans)
    ]
    name = f"{case['id']}"
    labels = Labels.model_validate(case)
    for scene, one in own:
        items = scene.line.items
        start, end = items[one.first].start, items[one.last].end
        met = [gold for gold in labels.claims if gold.meets(start, end)]
        open_ = [gold for gold in met if not any(gold.meets(*flag) for flag in flags)]
        wrong = tuple(f"{name}:{gold.start}" for gold in open_ if gold.label is not Label.SUPPORTED)
        right = tuple(f"{name}:{gold.start}" for gold in open_ if gold.label is Label.SUPPORTED)
        ignored = any(each.meets(start, end) for each in labels.ignore or ())
        if not wrong and not right and (met or ignored):
            continue
        yield Clause(source_of(name), one.traits, wrong, right, text[start:end])


def source_of(name: str) -> str:
    """The table that a text is about."""
    return re.split(r"-(?:case|draft)-", name)[0]


def fit(told: Sequence[Clause], names: Sequence[str]) -> dict[str, float]:
    """The weights under which the labels of the clauses are likeliest, each but the first held towards zero."""
    place = {name: at for at, name in enumerate(names)}
    rows = [(sorted(place[trait] for trait in clause.traits if trait in place), bool(clause.wrong)) for clause in told]
    size = len(names)
    weights = [0.0] * size
    pull = [PULL] * size
    pull[place["clause"]] = 0.001
    for _ in range(30):
        slope = [pull[at] * weights[at] for at in range(size)]
        bend = [[0.0] * size for _ in range(size)]
        for at in range(size):
            bend[at][at] = pull[at]
        for has, wrong in rows:
            chance = 1 / (1 + math.exp(-sum([weights[at] for at in has])))
            error, spread = chance - wrong, chance * (1 - chance)
            for at in has:
                slope[at] += error
                line = bend[at]
                for other in has:
                    line[other] += spread
        step = _solved(bend, slope)
        weights = [weight - move for weight, move in zip(weights, step, strict=True)]
        if max(abs(move) for move in step) < 1e-4:
            break
    return dict(zip(names, weights, strict=True))


def _solved(matrix: list[list[float]], right: Sequence[float]) -> list[float]:
    """x of `matrix` x = `right`, by elimination; the matrix is positive definite."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(size):
        lead = rows[at]
        for below in rows[at + 1 :]:
            factor = below[at] / lead[at]
            if factor:
                for column in range(at, size + 1):
                    below[column] -= factor * lead[column]
    found = [0.0] * size
    for at in range(size - 1, -1, -1):
        found[at] = (rows[at][size] - sum(rows[at][k] * found[k] for k in range(at + 1, size))) / rows[at][at]
    return found


def common_traits(told: Sequence[Clause]) -> list[str]:
    """The traits that enough sources have, "clause" first."""
    where: dict[str, set[str]] = {}
    for clause in told:
        for trait in clause.traits:
            where.setdefault(trait, set()).add(clause.source)
    return ["clause", *sorted(name for name, found in where.items() if len(found) >= SOURCES and name != "clause")]


def score(clause: Clause, weights: dict[str, float]) -> float:
    return math.fsum(weights.get(trait, 0.0) for trait in clause.traits)


def held_out(told: Sequence[Clause], folds: int = FOLDS) -> list[float]:
    """The score of each clause by weights that no text of its source has shaped."""
    fold = [zlib.crc32(clause.source.encode()) % folds for clause in told]
    found = [0.0] * len(told)
    for number in sorted(set(fold)):
        rest = [clause for clause, of in zip(told, fold, strict=True) if of != number]
        weights = fit(rest, common_traits(rest))
        for at, clause in enumerate(told):
            if fold[at] == number:
                found[at] = score(clause, weights)
    return found


def curve(told: Sequence[Clause], scores: Sequence[float]) -> list[Point]:
    """A point for each clause, the likeliest first."""
    caught: set[str] = set()
    alarms: set[str] = set()
    strays = 0
    points: list[Point] = []
    for value, clause in sorted(zip(scores, told, strict=True), key=lambda pair: -pair[0]):
        caught.update(clause.wrong)
        alarms.update(clause.right)
        strays += not clause.wrong and not clause.right
        points.append(Point(value, len(caught), len(alarms), strays))
    return points


def rewritten(source: str, weights: dict[str, float]) -> str:
    """The source of the lexicon module with the numbers of `weights`. A trait of weight zero is left out, a new one comes last."""
    opening, table, closing = re.split(
        r"(?<=WEIGHTS: dict\[str, float\] = \{\n)(.*?)(?=^\})", source, maxsplit=1, flags=re.M | re.S
    )
    told = dict(re.findall(r'^    "([^"]+)": [-\d.]+,(.*)$', table, re.M))
    order = [*(name for name in told if name in weights), *(name for name in weights if name not in told)]
    lines = [f'    "{name}": {weights[name]:.2f},{told.get(name, "")}\n' for name in order]
    return opening + "".join(lines) + closing


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.fit", description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("what", choices=["unsupported"])
    parser.add_argument("files", nargs="*", type=Path, help="further labelled cases, one JSON object a line")
    parser.add_argument("--write", action="store_true", help="replace the weights in the lexicon")
    given = parser.parse_args(arguments)
    try:
        more = list(read_labelled(given.files))
    except CorpusError as error:
        sys.stderr.write(f"fit: {error}\n")
        return 2
    cases = [*(case for case in load_cases("develop") if case["variant"] == "faulty"), *more]
    told = [clause for case in cases for clause in clauses(case)]
    total = len({wrong for clause in told for wrong in clause.wrong})
    sys.stdout.write(
        f"{len(told)} clauses of {len({clause.source for clause in told})} sources, {total} errors to catch\n"
    )
    points = curve(told, held_out(told))
    sys.stdout.write("held out: precision, score, caught, alarms, strays\n")
    for level in (0.9, 0.8, 0.7, 0.65, 0.6, 0.55, 0.5, 0.4):
        reached = [point for point in points if point.precision >= level]
        if reached:
            last = reached[-1]
            sys.stdout.write(f"  {level:.2f}  {last.score:+.2f}  {last.caught}/{total}  {last.alarms}  {last.strays}\n")
    weights = fit(told, common_traits(told))
    for name, weight in sorted(weights.items(), key=lambda pair: -abs(pair[1])):
        sys.stdout.write(f"{weight:+.2f}  {name}\n")
    if given.write:
        path = Path(doubt.__file__)
        path.write_text(rewritten(path.read_text(encoding="utf-8"), weights), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
