"""Fitting the weights: what separates is found, no source judges itself, and the lexicon keeps its comments."""

from __future__ import annotations

import pytest

from evals import fit
from evals.fit import Clause
from flows.check.lexicon import doubt


def _clause(source: str, traits: str, wrong: bool, number: int) -> Clause:
    name = f"{source}:{number}"
    return Clause(
        source, frozenset({"clause", *traits.split()}), (name,) if wrong else (), () if wrong else (name,), name
    )


TOLD = [
    _clause(
        f"s{source}", "new odd" if number % 3 == 0 else "known" if number % 3 == 1 else "odd", number % 3 == 0, number
    )
    for source in range(8)
    for number in range(6)
]


def test_a_trait_of_the_errors_weighs_for_them_and_one_of_both_hardly() -> None:
    weights = fit.fit(TOLD, fit.common_traits(TOLD))
    assert weights["new"] > 1 > abs(weights["odd"]) > -1 > weights["known"] - 0.5


def test_a_trait_of_few_sources_is_left_out() -> None:
    rare = _clause("s0", "rare", True, 99)
    assert "rare" not in fit.common_traits([*TOLD, rare])


def test_a_source_is_scored_by_the_others_alone() -> None:
    # In one source everything is the other way round: its own clauses must not teach their score.
    turned = [_clause("turned", "known", True, 100 + number) for number in range(30)]
    scores = fit.held_out([*TOLD, *turned])
    new = max(scores[: len(TOLD)])
    assert all(score < new for score in scores[len(TOLD) :])
    assert fit.score(turned[0], fit.fit([*TOLD, *turned], fit.common_traits([*TOLD, *turned]))) > scores[-1]


def test_an_error_that_two_clauses_hit_is_caught_once() -> None:
    same = [_clause("a", "new", True, 1), _clause("a", "new", True, 1), _clause("a", "known", False, 2)]
    points = fit.curve(same, [2.0, 1.0, 0.0])
    assert [(point.caught, point.alarms, point.strays) for point in points] == [(1, 0, 0), (1, 0, 0), (1, 1, 0)]
    assert points[-1].precision == pytest.approx(0.5)


def test_the_lexicon_keeps_comments_and_order_and_takes_new_numbers() -> None:
    source = 'WEIGHTS: dict[str, float] = {\n    "clause": 0.10,  # start\n    "gone": 0.20,\n    "kept": 0.30,  # why\n}\nT = 1\n'
    assert fit.rewritten(source, {"kept": -1.0, "clause": 0.5, "added": 2.0}) == (
        'WEIGHTS: dict[str, float] = {\n    "clause": 0.50,  # start\n    "kept": -1.00,  # why\n    "added": 2.00,\n}\nT = 1\n'
    )


def test_a_labelled_text_gives_its_clauses_with_what_a_flag_on_them_would_hit() -> None:
    case = {
        "id": "stoves-case-01",
        "text": "The Velling costs $900. Its ash pan slides out from the front.",
        "entities": [{"id": "a", "name": "Velling"}, {"id": "b", "name": "Torvik"}],
        "metrics": [{"id": "price", "name": "Price", "unit": "$", "direction": "lower_is_better", "kind": "quantity"}],
        "facts": [{"id": "a.price", "entity": "a", "metric": "price", "value": "$900"}],
        "claims": [{"start": 4, "end": 22, "label": "supported"}, {"start": 24, "end": 61, "label": "unverifiable"}],
    }
    (clause,) = [clause for clause in fit.clauses(case) if clause.wrong]
    assert (clause.source, clause.wrong, clause.right) == ("stoves", ("stoves-case-01:24",), ())
    assert "its" in clause.traits


def test_the_weights_in_the_lexicon_are_fitted_ones() -> None:
    assert "clause" in doubt.WEIGHTS
    assert all(weight for weight in doubt.WEIGHTS.values())
