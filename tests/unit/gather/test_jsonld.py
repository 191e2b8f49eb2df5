from __future__ import annotations

from decimal import Decimal

import pytest

from flows.gather.jsonld import embedded, prices


def shown(document: object) -> list[str]:
    return [price.shown(None) for price in prices(document)]


@pytest.mark.parametrize(
    ("offer", "text"),
    [
        ({"price": "9.99", "priceCurrency": "USD"}, "9.99 USD"),
        ({"price": 9, "priceCurrency": "EUR"}, "9 EUR"),
        ({"price": Decimal("9.90"), "priceCurrency": "USD"}, "9.90 USD"),
        ({"priceSpecification": {"price": "5", "priceCurrency": "USD", "unitCode": "MON"}}, "5 USD/month"),
        ({"priceSpecification": [{"price": "50", "priceCurrency": "USD", "billingDuration": "P1Y"}]}, "50 USD/year"),
    ],
)
def test_an_offer_is_read_with_its_currency_and_period(offer: dict[str, object], text: str) -> None:
    assert shown({"@type": "Offer", **offer}) == [text]


@pytest.mark.parametrize(
    "offer",
    [
        {"price": "1.299,00", "priceCurrency": "EUR"},
        {"price": "$5", "priceCurrency": "USD"},
        {"price": "5"},
        {"price": "5", "priceCurrency": "usd"},
        {"price": True, "priceCurrency": "USD"},
        {"price": "-5", "priceCurrency": "USD"},
        {"price": [5], "priceCurrency": "USD"},
        {"price": None, "priceCurrency": "USD"},
        {"price": 10**12, "priceCurrency": "USD"},
    ],
)
def test_an_offer_that_states_no_plain_price_states_none(offer: dict[str, object]) -> None:
    assert shown({"@type": "Offer", **offer}) == []


def test_an_offer_hangs_on_the_product_around_it() -> None:
    document = {
        "@graph": [
            {
                "@type": "https://schema.org/Product",
                "name": "A",
                "offers": [{"@type": "Offer", "price": "1", "priceCurrency": "USD"}],
            }
        ]
    }
    (price,) = prices(document)
    assert (price.product, price.path) == ("A", "$.@graph[0].offers[0]")


def test_only_json_ld_scripts_that_end_are_read() -> None:
    page = (
        "<script>{}</script><SCRIPT TYPE='application/ld+json' id=x>[1]</SCRIPT>"
        '<script type="application/ld+json">{broken</script><script type=application/ld+json>[2]</script >'
        '<script type="application/ld+json">[3]'
    )
    assert list(embedded(page)) == [[1], [2]]


@pytest.mark.parametrize(
    "page",
    [
        "<script" * 700_000,
        "<script>" * 600_000,
        "<script type=application/ld+json>" * 150_000 + "</script>",
        "<" * 5_000_000,
        "</script" * 600_000,
        "<script " + "a=" * 2_000_000,
    ],
    ids=["openings", "tags", "typed tags", "brackets", "ends", "attributes"],
)
def test_a_page_made_to_be_slow_is_passed_over(page: str) -> None:
    """Ends at all: a search that starts over at each tag would run for hours."""
    assert list(embedded(page)) == []


def test_a_document_nested_without_end_is_left_at_the_limit() -> None:
    document: object = {"@type": "Offer", "price": "1", "priceCurrency": "USD"}
    for _ in range(30_000):
        document = [document]
    assert shown(document) == []
