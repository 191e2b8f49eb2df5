"""Prices that a shop's page states about itself: schema.org Product and Offer in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from flows.gather.port import Ask
from flows.gather.shapes import day
from schemas.catalogue import Entity, Source
from schemas.facts import Observation

MAX_NODES = 20_000
_SCRIPT = re.compile(r"<script\b([^<>]{0,1000})>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\b", re.IGNORECASE)
_JSON_LD = re.compile(r"""\btype\s*=\s*["']?application/ld\+json\b""", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}")
#: UN/CEFACT unit codes and ISO 8601 durations that mean a billing period.
_PERIODS = {
    "MON": "month",
    "P1M": "month",
    "ANN": "year",
    "P1Y": "year",
    "WEE": "week",
    "P1W": "week",
    "DAY": "day",
    "P1D": "day",
}


@dataclass(frozen=True)
class Price:
    """One offer: `low` and `high` differ for a range of offers. `period` is "month", "year", ... or None."""

    low: Decimal
    high: Decimal
    currency: str
    period: str | None
    valid_until: date | None
    product: str | None
    path: str

    def shown(self, period: str | None) -> str:
        """As a page would write it: "9.99 USD/month"."""
        amount = f"{self.low:f}" if self.low == self.high else f"{self.low:f}-{self.high:f}"
        per = self.period or period
        return f"{amount} {self.currency}{f'/{per}' if per else ''}"


class JsonLd:
    """Adapter of kind `jsonld`; `external.jsonld` is the page's address. Options: `metric` (default `price`), `period`
    (of prices that state none), `currency` (the only one wanted)."""

    needs_network = True

    def covers(self, entity: Entity, _source: Source) -> bool:
        """Whether the entity names its page."""
        return "jsonld" in entity.external

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """The page's price for the entity. Expired offers, and several prices that cannot be told apart, are left out."""
        answer = ask.net.get(entity.external["jsonld"], headers={"Accept": "text/html, application/ld+json;q=0.9"})
        if answer.content_type in ("application/ld+json", "application/json"):
            documents = [answer.json()]
        else:
            documents = list(embedded(answer.text()))
        wanted = ask.option("currency", "")
        found = [
            price for document in documents for price in prices(document) if not wanted or price.currency == wanted
        ]
        current = [price for price in found if price.valid_until is None or price.valid_until >= ask.now.date()]
        if found and not current:
            ask.remark(f"states only expired prices for {entity.name}")
            return
        named = [price for price in current if price.product is not None and _names(entity, price.product)]
        chosen = {price.shown(ask.option("period", "") or None): price for price in named or current}
        if len(chosen) != 1:
            ask.remark(f"states {'several prices' if chosen else 'no price'} for {entity.name}")
            return
        for shown, price in chosen.items():
            yield from ask.observe(
                entity, ask.option("metric", "price"), shown, answer, price.path, method="schema.org offer"
            )


def embedded(html: str) -> Iterator[object]:
    """The JSON-LD documents in a page's script elements; those that are no JSON are passed over.

    Looks for the elements alone: a parser of whole pages needs many seconds for a page of five megabytes that is made
    of tags, and scripts hold no markup that would have to be understood.
    """
    place = 0
    while (opening := _SCRIPT.search(html, place)) is not None:
        closing = _SCRIPT_END.search(html, opening.end())
        if closing is None:
            return
        place = closing.end()
        if _JSON_LD.search(opening[1]) is None:
            continue
        try:
            yield json.loads(html[opening.end() : closing.start()], parse_float=Decimal)
        except (ValueError, RecursionError):
            continue


def prices(document: object) -> Iterator[Price]:
    """Every priced offer in a JSON-LD document, with the name of the product it hangs on."""
    # Breadth first over a bounded number of nodes: nesting is the page's choice.
    queue: list[tuple[object, str, str | None]] = [(document, "$", None)]
    for visited, (node, path, product) in enumerate(queue):
        if visited >= MAX_NODES:
            return
        if isinstance(node, list):
            queue.extend((item, f"{path}[{number}]", product) for number, item in enumerate(node))
        elif isinstance(node, dict):
            name = node.get("name")
            if "Offer" in _types(node) or "AggregateOffer" in _types(node):
                price = _price(node, path, product or (name if isinstance(name, str) else None))
                if price is not None:
                    yield price
                continue
            if _types(node) & {
                "Product",
                "SoftwareApplication",
                "Service",
                "IndividualProduct",
                "ProductModel",
                "Car",
                "Vehicle",
            }:
                product = name if isinstance(name, str) else product
            queue.extend(
                (child, f"{path}.{key}", product) for key, child in node.items() if isinstance(child, dict | list)
            )


def _types(node: dict[str, object]) -> set[str]:
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return {name.rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str)}


def _price(offer: dict[str, object], path: str, product: str | None) -> Price | None:
    specification = offer.get("priceSpecification")
    first = specification[0] if isinstance(specification, list) and specification else specification
    inner: dict[str, object] = first if isinstance(first, dict) else {}
    low = _amount(offer.get("price", offer.get("lowPrice", inner.get("price"))))
    high = _amount(offer.get("highPrice")) if "price" not in offer else low
    currency = offer.get("priceCurrency", inner.get("priceCurrency"))
    if low is None or not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        return None
    codes = (inner.get("unitCode"), inner.get("billingDuration"), inner.get("unitText"))
    period = next((_PERIODS[code] for code in codes if isinstance(code, str) and code in _PERIODS), None)
    until = day(offer.get("priceValidUntil")) or day(inner.get("validThrough"))
    return Price(low, high if high is not None and high >= low else low, currency, period, until, product, path)


def _amount(value: object) -> Decimal | None:
    """A price as schema.org asks for it: a number, or digits with a point; never "1.299,00" or "$5"."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    if isinstance(value, str) and not re.fullmatch(r"\s*\d{1,9}(\.\d{1,4})?\s*", value):
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < 10**9 else None


def _names(entity: Entity, product: str) -> bool:
    shown = product.casefold()
    return any(name.casefold() in shown for name in (entity.name, *entity.aliases))
