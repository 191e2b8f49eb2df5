"""Labelled cases from files: one JSON object a line, as `evals/corpus.py` and the benchmarks write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from evals.marks import Case, CorpusError
from schemas.checking import CheckCase


def read_labelled(paths: Iterable[Path]) -> Iterator[Case]:
    """Raises CorpusError, in one line with file and line, where a file is none of labelled cases."""
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(
                f"{path}: {getattr(error, 'strerror', None) or 'not UTF-8 text'}; name a file of cases"
            ) from None
        if not any(line.strip() for line in lines):
            raise CorpusError(f"{path}: it is empty; `python -m evals.corpus develop --out FILE` writes cases")
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _case(line, f"{path}:{number}")


def _case(line: str, where: str) -> Case:
    try:
        case: Case = json.loads(line)
        CheckCase.model_validate(case)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise CorpusError(f"{where}: no case: {place + ': ' if place else ''}{first['msg']}") from None
    except ValueError:
        raise CorpusError(f"{where}: not JSON; one case a line is expected") from None
    if not isinstance(case.get("claims"), list) or not case.get("text"):
        raise CorpusError(f"{where}: a labelled case has a text and a list of claims")
    return case
