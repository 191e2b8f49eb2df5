"""What a model can take and what it costs: `data/models.yaml`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import Field, ValidationError

from flows.yaml_file import read_optional, wrong_field
from schemas.catalogue import Closed
from schemas.runs import Usage

_MILLION = Decimal(1_000_000)


class Price(Closed):
    """US dollars for a million tokens, as of a day, by a source. `cached_input` None: cached tokens cost as others do."""

    input: Decimal = Field(ge=0)
    output: Decimal = Field(ge=0)
    cached_input: Decimal | None = Field(None, ge=0)
    as_of: date
    source: str


class Profile(Closed):
    """One model, or a family by a pattern with `*`.

    `limit_parameter` is the name under which the endpoint takes the output limit; `parameters` are sent as they are.
    `price` None: the price is unknown, and so is every cost.
    """

    model: str
    context_tokens: int = Field(32_000, gt=0)
    output_tokens: int = Field(4_000, gt=0)
    limit_parameter: str = "max_completion_tokens"
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)
    price: Price | None = None

    def cost(self, usage: Usage) -> Decimal | None:
        """Dollars for these tokens; None when the price is unknown. Input includes what was cached."""
        if self.price is None:
            return None
        cached_price = self.price.input if self.price.cached_input is None else self.price.cached_input
        fresh = max(0, usage.input_tokens - usage.cached_tokens)
        dollars = (
            fresh * self.price.input + usage.cached_tokens * cached_price + usage.output_tokens * self.price.output
        )
        return (dollars / _MILLION).quantize(Decimal("0.000001"))


class _File(Closed):
    models: tuple[Profile, ...]


def read_profile(path: Path, model: str) -> Profile:
    """The first entry whose name or pattern fits `model`; a careful default without a price when none does.

    Raises CatalogueError naming the field that is wrong.
    """
    content = read_optional(path)
    if content is None:
        return Profile(model=model)
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        raise wrong_field(path, error) from error
    found = next((one for one in file.models if fnmatchcase(model, one.model)), None)
    return Profile(model=model) if found is None else found
