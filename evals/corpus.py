"""The project's own labelled texts: `evals/cases/PART/SOURCE.txt` to cases in the benchmark's case format.

A file is one table source: YAML front matter (title, category, metrics, facts), then texts, each under a line
`%% case VOICE` or `%% draft VOICE`. Marks in a text carry the labels, and an error mark carries its correction, so one
text yields two cases, the faulty one and its clean twin. `evals/cases/README.md` describes the format for authors.

    python -m evals.corpus --check
    python -m evals.corpus --counts
    python -m evals.corpus develop --out FILE [--clean | --faulty]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from evals.marks import Case, CorpusError, Json, write

CASES = Path(__file__).parent / "cases"
PARTS = ("develop", "look", "never")
KINDS = {name: name for name in ("quantity", "boolean", "category", "date", "text")} | {"bool": "boolean"}
DIRECTIONS = {"lower": "lower_is_better", "higher": "higher_is_better", "neutral": "neutral"}

HEADING = re.compile(r"^%% (case|draft)(?: (.+))?$", re.MULTILINE)


@dataclass(frozen=True)
class Table:
    """What all texts of one file are checked against; the lists are already in the case format."""

    title: str
    category: str
    date: date | None
    invented: bool
    entities: list[Json]
    metrics: list[Json]
    facts: list[Json]

    @property
    def fact_ids(self) -> list[str]:
        return [str(fact["id"]) for fact in self.facts if isinstance(fact, dict)]


@dataclass(frozen=True)
class Text:
    kind: str
    voice: str
    marked: str


def load_cases(part: str) -> list[Case]:
    """Faulty case and clean twin of every text of `part`, files in order of name.

    Raises CorpusError where a file does not follow the format.
    """
    if part not in PARTS:
        raise CorpusError(f"There is no part {part!r}; the parts are {', '.join(PARTS)}.")
    return [case for path in sorted((CASES / part).glob("*.txt")) for case in read_source(path, part)]


def read_source(path: Path, part: str) -> list[Case]:
    """The cases of one file: for each text the faulty one first, then its clean twin."""
    table, texts = parse_source(path.read_text(encoding="utf-8"), path.name)
    cases: list[Case] = []
    for number, text in enumerate(texts, 1):
        where = f"{path.name}, text {number}"
        stem = f"{path.stem}-{text.kind}-{number:02d}"
        for variant in ("faulty", "clean"):
            case = _case(table, text, variant, where)
            other = "clean" if variant == "faulty" else "faulty"
            head: Case = {
                "id": f"{stem}-{variant}",
                "twin": f"{stem}-{other}",
                "part": part,
                "category": table.category,
                "kind": text.kind,
                "voice": text.voice,
                "variant": variant,
                "source": {"repository": None, "path": path.name, "commit": None, "licence": "project"},
            }
            cases.append(head | case)
    return cases


def parse_source(content: str, name: str) -> tuple[Table, list[Text]]:
    """Table and texts of a file's content; `name` stands in error messages."""
    heads = list(HEADING.finditer(content))
    if not heads:
        raise CorpusError(f"{name}: no text; a text starts with a line '%% case VOICE' or '%% draft VOICE'.")
    table = _table(content[: heads[0].start()], name)
    texts = []
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = content[head.end() : following.start() if following else len(content)].strip()
        texts.append(Text(kind=head[1], voice=head[2] or "plain", marked=body))
    return table, texts


def _table(front: str, name: str) -> Table:
    head = yaml.safe_load(front)
    if not isinstance(head, dict):
        raise CorpusError(f"{name}: the file must start with title, category, metrics and facts.")
    missing = {"title", "category", "metrics", "facts"} - head.keys()
    unknown = head.keys() - {"title", "category", "metrics", "facts", "date", "invented"}
    if missing or unknown:
        raise CorpusError(f"{name}: front matter lacks {sorted(missing)} and has unknown keys {sorted(unknown)}.")
    metrics: list[Json] = [_metric(key, spec, name) for key, spec in head["metrics"].items()]
    entities, facts = _facts(head["facts"], list(head["metrics"]), name)
    day = head.get("date")
    return Table(
        title=head["title"],
        category=head["category"],
        date=day if isinstance(day, date) else None,
        invented=bool(head.get("invented")),
        entities=entities,
        metrics=metrics,
        facts=facts,
    )


def _metric(key: str, spec: str, name: str) -> Json:
    """`kg, lower; Weight; heft, mass`: unit, direction and kind in any order; the name; aliases."""
    traits, title, aliases = ([part.strip() for part in spec.split(";")] + ["", ""])[:3]
    if not title:
        raise CorpusError(f"{name}: metric {key!r} needs 'traits; name; aliases', got {spec!r}.")
    unit: str | None = None
    direction, kind = "neutral", "quantity"
    for trait in filter(None, (part.strip() for part in traits.split(","))):
        if trait in DIRECTIONS:
            direction = DIRECTIONS[trait]
        elif trait in KINDS:
            kind = KINDS[trait]
        elif unit is None:
            unit = trait
        else:
            raise CorpusError(f"{name}: metric {key!r} has two units, {unit!r} and {trait!r}.")
    names: list[Json] = [*filter(None, (alias.strip() for alias in aliases.split(",")))]
    return {"id": key, "name": title, "aliases": names, "unit": unit, "direction": direction, "kind": kind}


def _facts(block: str, metrics: Sequence[str], name: str) -> tuple[list[Json], list[Json]]:
    """Rows `id = Name, alias | cell | cell`; a cell is `value @ context`, several apart by `;;`, empty = no fact."""
    rows = [[cell.strip() for cell in line.split("|")] for line in block.splitlines() if line.strip()]
    header, *body = rows
    columns = header[1:]
    if sorted(columns) != sorted(metrics):
        raise CorpusError(f"{name}: table columns {columns} and metrics {list(metrics)} differ.")
    entities: list[Json] = []
    facts: list[Json] = []
    for cells in body:
        key, _, names = (part.strip() for part in cells[0].partition("="))
        if len(cells) != len(header) or not names:
            raise CorpusError(
                f"{name}: row {cells[0]!r} needs 'id = Name' and {len(columns)} cells, has {len(cells) - 1}."
            )
        title, *aliases = (part.strip() for part in names.split(","))
        entities.append({"id": key, "name": title, "aliases": [*aliases]})
        for metric, cell in zip(columns, cells[1:], strict=True):
            for number, entry in enumerate(filter(None, (part.strip() for part in cell.split(";;"))), 1):
                value, _, context = entry.partition(" @ ")
                fact_id = f"{key}.{metric}" + (f".{number}" if number > 1 else "")
                fact: Case = {"id": fact_id, "entity": key, "metric": metric, "value": value.strip()}
                facts.append(fact | ({"context": context.strip()} if context else {}))
    return entities, facts


def _case(table: Table, text: Text, variant: str, where: str) -> Case:
    writing = write(text.marked, variant == "clean", table.fact_ids, where)
    case: Case = {
        "title": table.title,
        "invented": table.invented,
        "entities": table.entities,
        "metrics": table.metrics,
        "facts": table.facts,
        "text": writing.text,
        "claims": writing.claims,
        "ignore": writing.ignore,
    }
    return case | ({"date": table.date.isoformat()} if table.date else {})


def check_corpus() -> Iterator[str]:
    """What is wrong with the corpus, a line each; recomputes no label."""
    seen: dict[str, str] = {}
    for part in PARTS:
        for path in sorted((CASES / part).glob("*.txt")):
            if path.stem in seen:
                yield f"{path.name}: the source is in {seen[path.stem]} as well as in {part}"
            seen[path.stem] = part
            try:
                cases = read_source(path, part)
            except (CorpusError, yaml.YAMLError) as error:
                yield str(error) if isinstance(error, CorpusError) else f"{path.name}: {error}"
                continue
            for case in cases:
                yield from (f"{part}/{case['id']}: {problem}" for problem in problems(case))


def problems(case: Case) -> Iterator[str]:
    """What is wrong with one case: spans, order of spans, labels that do not fit the variant, untidy gaps."""
    text, claims = str(case["text"]), case["claims"]
    end, wrong = 0, 0
    for claim in claims if isinstance(claims, list) else []:
        if not isinstance(claim, dict):
            continue
        start, stop = claim["start"], claim["end"]
        if not isinstance(start, int) or not isinstance(stop, int):
            continue
        if text[start:stop] != claim["text"]:
            yield f"span {start}:{stop} does not give back {claim['text']!r}"
        if start < end:
            yield f"claim {claim['text']!r} overlaps the one before"
        if any(re.fullmatch(r"\w\w", text[max(0, edge - 1) : edge + 1]) for edge in (start, stop)):
            yield f"claim {claim['text']!r} is glued to its neighbour"
        end = stop
        wrong += claim["label"] != "supported"
    if case["variant"] == "clean" and wrong:
        yield f"the clean twin has {wrong} claims that are not supported"
    if case["variant"] == "faulty" and not wrong:
        yield "the faulty text has no error"
    if gap := re.search(r"\S {2,}\S|\S [,.;](?!\d)|^[-*•]\s*$|\(\)|(?<!\.)\.\.(?!\.)|,\.", text, re.MULTILINE):
        yield f"untidy near {text[max(0, gap.start() - 20) : gap.end() + 20]!r}"


def counts() -> Iterator[str]:
    """Texts (a faulty case with its twin counts once), by part, category and error kind."""
    for part in PARTS:
        cases = [case for case in load_cases(part) if case["variant"] == "faulty"]
        kinds = Counter(str(case["kind"]) for case in cases)
        yield f"{part}: {kinds['case']} cases, {kinds['draft']} drafts, {len({str(c['title']) for c in cases})} sources"
        yield "  " + ", ".join(f"{k} {n}" for k, n in Counter(str(c["category"]) for c in cases).most_common())
        claims = [claim for case in cases if isinstance(case["claims"], list) for claim in case["claims"]]
        labels = Counter(str(claim["label"]) for claim in claims if isinstance(claim, dict))
        errors = Counter(str(claim["error"]) for claim in claims if isinstance(claim, dict) and claim["error"])
        yield "  " + ", ".join(f"{k} {n}" for k, n in labels.most_common())
        yield "  " + ", ".join(f"{k} {n}" for k, n in errors.most_common())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.corpus", description="The project's own labelled texts.")
    parser.add_argument("part", nargs="?", choices=PARTS)
    parser.add_argument("--out", type=Path, help="where the JSON Lines go (default: standard output)")
    variant = parser.add_mutually_exclusive_group()
    variant.add_argument("--clean", dest="variant", action="store_const", const="clean", help="only the clean twins")
    variant.add_argument("--faulty", dest="variant", action="store_const", const="faulty", help="only the faulty texts")
    parser.add_argument("--check", action="store_true", help="validate marks, spans and fact ids of all parts")
    parser.add_argument("--counts", action="store_true", help="how many texts there are of what")
    chosen = parser.parse_args(arguments)
    if chosen.check:
        found = list(check_corpus())
        sys.stdout.write("".join(f"{line}\n" for line in found) or "the corpus follows its format\n")
        return 1 if found else 0
    if chosen.counts:
        sys.stdout.write("".join(f"{line}\n" for line in counts()))
        return 0
    if chosen.part is None:
        parser.error("name a part, or --check, or --counts")
    try:
        cases = load_cases(chosen.part)
    except CorpusError as error:
        sys.stderr.write(f"corpus: {error}\n")
        return 1
    lines = "".join(
        json.dumps(case, ensure_ascii=False) + "\n"
        for case in cases
        if chosen.variant is None or case["variant"] == chosen.variant
    )
    if chosen.out:
        try:
            chosen.out.write_text(lines, encoding="utf-8")
        except OSError as error:
            sys.stderr.write(f"corpus: {chosen.out}: {error.strerror}; name a file that can be written\n")
            return 1
    else:
        sys.stdout.write(lines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
