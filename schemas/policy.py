"""What may happen without a person: `data/policy.yaml`."""

from __future__ import annotations

from pydantic import Field

from schemas.catalogue import Closed, Id


class Policy(Closed):
    """`auto_publish`: categories whose model-written pages are published without an editor when every claim holds.

    `repairs`: how often a draft may go back to the model. `min_two_sided`: share of a comparison's key metrics that
    must have a value on both sides before a page is worth publishing.
    """

    auto_publish: tuple[Id, ...] = ()
    repairs: int = Field(2, ge=0, le=5)
    min_two_sided: float = Field(0.3, ge=0, le=1)
