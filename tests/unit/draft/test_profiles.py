"""Model profiles: prices, patterns, and what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.draft.profiles import Price, Profile, read_profile
from flows.errors import CatalogueError
from schemas.runs import Usage

PRICE = Price(
    input=Decimal(2), output=Decimal(10), cached_input=Decimal("0.5"), as_of=date(2026, 11, 1), source="made up"
)
MODELS = Path(__file__).parents[3] / "data" / "models.yaml"


def test_cached_tokens_cost_their_own_price_and_are_part_of_the_input():
    usage = Usage(input_tokens=1000, cached_tokens=600, output_tokens=100)
    # (400 x 2 + 600 x 0.5 + 100 x 10) / 1,000,000
    assert Profile(model="m", price=PRICE).cost(usage) == Decimal("0.0021")


def test_an_unknown_price_is_an_unknown_cost():
    assert Profile(model="m").cost(Usage(input_tokens=5)) is None


def test_the_first_entry_that_fits_is_used(tmp_path: Path):
    path = tmp_path / "models.yaml"
    path.write_text("models:\n  - {model: 'a-1', output_tokens: 11}\n  - {model: 'a-*', output_tokens: 22}\n")
    assert [read_profile(path, name).output_tokens for name in ("a-1", "a-2", "b")] == [11, 22, 4_000]


def test_a_model_that_nobody_described_gets_careful_defaults_and_no_price(tmp_path: Path):
    profile = read_profile(tmp_path / "none.yaml", "x")
    assert profile.price is None
    assert profile.parameters == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [("models: [", "is no YAML"), ("models:\n  - {model: x, context_tokens: -1}", "models.0.context_tokens")],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, said: str):
    path = tmp_path / "models.yaml"
    path.write_text(text)
    with pytest.raises(CatalogueError, match=said):
        read_profile(path, "x")


def test_every_price_that_ships_says_when_and_where_it_was_read():
    for model in ("gpt-6-sol", "gpt-6-luna", "local/any"):
        price = read_profile(MODELS, model).price
        assert price is not None
        assert price.source
        assert price.as_of <= date(2026, 11, 30)
