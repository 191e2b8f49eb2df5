"""Hand-made pages: every kind of fact, block and section once, in figures that can be checked in the head."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from schemas.catalogue import (
    Article,
    Category,
    Comparison,
    Direction,
    Entity,
    Metric,
    MetricKind,
    Offer,
    Source,
    Tier,
)
from schemas.drafts import RenderedDraft, RenderedReference, RenderedSentence
from schemas.facts import (
    Context,
    Derivation,
    DerivationKind,
    Fact,
    FactSheet,
    FactStatus,
    Finding,
    FindingKind,
    Observation,
)
from schemas.pages import Authorship, Change, Page, Related
from schemas.quantity import Kind, Quantity

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

KETTLE = Entity(
    id="kettle",
    name="Kettle",
    category="web_frameworks",
    description="A small framework that leaves most choices to you.",
    homepage="https://kettle.example/",
    links=("https://docs.kettle.example/guide", "javascript:alert(1)"),
    external={"github": "kettle/kettle", "eol": "kettle"},
    offers=(Offer(label="Kettle Cloud", url="https://cloud.kettle.example/", metric="price", affiliate=True),),
)
SAMOVAR = Entity(
    id="samovar",
    name="Samovar",
    category="web_frameworks",
    description="An asynchronous framework built around typed requests.",
    homepage="https://samovar.example/",
    external={"github": "samovar/samovar"},
)

METRICS = (
    Metric(id="throughput", name="Requests per second", kind=MetricKind.QUANTITY, unit="1/s", direction=Direction.HIGHER, group="performance"),
    Metric(id="startup_time", name="Startup time", kind=MetricKind.QUANTITY, unit="s", direction=Direction.LOWER, group="performance"),
    Metric(id="idle_memory", name="Idle memory", kind=MetricKind.QUANTITY, unit="byte", direction=Direction.LOWER, group="performance"),
    Metric(id="p99_latency", name="p99 response time", kind=MetricKind.QUANTITY, unit="s", direction=Direction.LOWER, group="performance"),
    Metric(id="stars", name="GitHub stars", kind=MetricKind.QUANTITY, unit="1", direction=Direction.HIGHER, group="ecosystem"),
    Metric(id="related_packages", name="Related packages", kind=MetricKind.QUANTITY, unit="1", direction=Direction.HIGHER, group="ecosystem"),
    Metric(id="version", name="Latest version", kind=MetricKind.TEXT, group="ecosystem"),
    Metric(id="first_release", name="First release", kind=MetricKind.DATE, group="maturity"),
    Metric(id="validation", name="Built-in validation", kind=MetricKind.CATEGORY, group="features"),
    Metric(id="websockets", name="WebSocket support", kind=MetricKind.BOOLEAN, group="features"),
    Metric(id="price", name="Hosting price", kind=MetricKind.QUANTITY, unit="USD/month", direction=Direction.LOWER, group="prices"),
)  # fmt: skip

SOURCES = (
    Source(
        id="bench",
        name="Kitchen Bench 2026",
        tier=Tier.CURATED,
        url="https://bench.example/2026",
        licence="CC BY 4.0",
        attribution="Kitchen Bench contributors",
    ),
    Source(id="hub", name="Code hosting API", tier=Tier.OFFICIAL, url="https://hub.example/"),
    Source(id="blog", name="A blog", tier=Tier.CURATED, url="javascript:alert(2)"),
    Source(id="unused", name="Never asked", tier=Tier.SEED),
)


def observation(
    entity: str, metric: str, raw: str, quantity: Quantity, source: str = "bench", **more: object
) -> Observation:
    """An observation with an id that a test can name: `source/entity.metric`."""
    tier = next(each.tier for each in SOURCES if each.id == source)
    fields: dict[str, object] = {
        "id": f"{source}/{entity}.{metric}",
        "entity": entity,
        "metric": metric,
        "raw": raw,
        "quantity": quantity,
        "source": source,
        "tier": tier,
        "retrieved_at": NOON,
        "as_of": date(2026, 6, 1),
        "url": f"https://{source}.example/{entity}/{metric}",
    }
    return Observation.model_validate(fields | more)


def amount(raw: str, low: str, high: str | None = None, unit: str = "1") -> Quantity:
    """A number, or a range, in canonical units."""
    kind = Kind.RANGE if high else Kind.QUANTITY
    return Quantity(kind=kind, raw=raw, low=Decimal(low), high=Decimal(high or low), unit=unit, approx=raw[0] == "~")


def words(raw: str, kind: Kind = Kind.TEXT) -> Quantity:
    """A value without a number."""
    return Quantity(kind=kind, raw=raw)


def fact(seen: Observation, status: FactStatus = FactStatus.SINGLE, display: str | None = None, **more: object) -> Fact:
    """The fact that one observation resolves to."""
    resolved = status not in {FactStatus.DISPUTED, FactStatus.MISSING}
    fields: dict[str, object] = {
        "id": f"{seen.entity}.{seen.metric}",
        "entity": seen.entity,
        "metric": seen.metric,
        "status": status,
        "quantity": seen.quantity if resolved else None,
        "display": (display or seen.raw) if resolved else None,
        "evidence": (seen.id,),
        "as_of": seen.as_of,
        "verified_at": seen.retrieved_at,
    }
    return Fact.model_validate(fields | more)


def sheet() -> FactSheet:
    """Kettle vs Samovar: 6 metrics known for both, one for one side each, one disputed, one stale."""
    seen = [
        observation("kettle", "throughput", "~2,500 req/sec", amount("~2,500 req/sec", "2500", unit="1/s")),
        observation("samovar", "throughput", "~12,000", amount("~12,000", "12000", unit="1/s")),
        observation("kettle", "startup_time", "120ms", amount("120ms", "0.12", unit="s")),
        observation("samovar", "startup_time", "50ms", amount("50ms", "0.05", unit="s")),
        observation("kettle", "idle_memory", "25-35 MB", amount("25-35 MB", "25000000", "35000000", "byte")),
        observation("samovar", "idle_memory", "40 MB", amount("40 MB", "40000000", unit="byte")),
        observation("kettle", "p99_latency", "41.8 ms", amount("41.8 ms", "0.0418", unit="s")),
        observation("samovar", "p99_latency", "20 ms", amount("20 ms", "0.02", unit="s")),
        observation("samovar", "p99_latency", "90 ms", amount("90 ms", "0.09", unit="s"), "blog"),
        observation("kettle", "stars", "68000", amount("68000", "68000"), "hub"),
        observation("samovar", "stars", "75000", amount("75000", "75000"), "hub"),
        observation("kettle", "related_packages", "1,200", amount("1,200", "1200")),
        observation("kettle", "version", "3.1.2", words("3.1.2", Kind.VERSION), "hub"),
        observation("samovar", "version", "0.121.0", words("0.121.0", Kind.VERSION), "hub"),
        observation("kettle", "first_release", "April 2010", Quantity(Kind.DATE, "April 2010", date="2010-04")),
        observation("samovar", "first_release", "December 2018", Quantity(Kind.DATE, "December 2018", date="2018-12")),
        observation("kettle", "validation", "Requires extensions", words("Requires extensions")),
        observation("samovar", "validation", "Yes (native)", Quantity(Kind.BOOLEAN, "Yes (native)", boolean=True)),
        observation("samovar", "websockets", "Yes", Quantity(Kind.BOOLEAN, "Yes", boolean=True)),
        observation("kettle", "price", "$9.99/mo", amount("$9.99/mo", "9.99", unit="USD/month")),
    ]
    by_id = {each.id: each for each in seen}

    def of(key: str, *rest: object, **more: object) -> Fact:
        return fact(by_id[key], *rest, **more)  # type: ignore[arg-type]  # passed on as given

    facts = (
        of("bench/kettle.throughput", display="~2,500 req/s"),
        of("bench/samovar.throughput", display="~12,000 req/s"),
        of("bench/kettle.startup_time", display="120 ms"),
        of("bench/samovar.startup_time", display="50 ms"),
        of("bench/kettle.idle_memory"),
        of("bench/samovar.idle_memory"),
        of("bench/kettle.p99_latency"),
        of("bench/samovar.p99_latency", FactStatus.DISPUTED, evidence=("bench/samovar.p99_latency", "blog/samovar.p99_latency")),
        of("hub/kettle.stars", display="68,000"),
        of("hub/samovar.stars", display="75,000"),
        of("bench/kettle.related_packages"),
        of("hub/kettle.version"),
        of("hub/samovar.version"),
        of("bench/kettle.first_release"),
        of("bench/samovar.first_release"),
        of("bench/kettle.validation"),
        of("bench/samovar.validation"),
        of("bench/samovar.websockets"),
        Fact(id="kettle.websockets", entity="kettle", metric="websockets", status=FactStatus.MISSING),
        of("bench/kettle.price", FactStatus.STALE, display="$9.99/month"),
    )  # fmt: skip
    return FactSheet(
        comparison=Comparison(
            slug="kettle-vs-samovar",
            entities=("kettle", "samovar"),
            category="web_frameworks",
            key_metrics=("throughput", "startup_time", "idle_memory", "p99_latency", "stars", "first_release"),
        ),
        category=Category(id="web_frameworks", name="Web frameworks", noun="framework", plural="frameworks"),
        entities=(KETTLE, SAMOVAR),
        metrics=METRICS,
        facts=facts,
        # 12,000 - 2,500 = 9,500; 12,000 / 2,500 = 4.8; 9,500 / 2,500 = 380 %
        derivations=(
            _derived("throughput", DerivationKind.DIFFERENCE, "9500", "~9,500 req/s", "samovar"),
            _derived("throughput", DerivationKind.RATIO, "4.8", "~4.8x", "samovar"),
            _derived("throughput", DerivationKind.PERCENT, "380", "~380%", "samovar", base="kettle"),
            _derived("startup_time", DerivationKind.DIFFERENCE, "0.07", "70 ms", "kettle"),
            _derived("startup_time", DerivationKind.RATIO, "2.4", "2.4x", "kettle"),
            _derived("stars", DerivationKind.DIFFERENCE, "7000", "7,000", "samovar"),
            _derived("stars", DerivationKind.PERCENT, "9.333", "9.3%", "samovar", base="samovar"),
        ),
        findings=(Finding(kind=FindingKind.STALE, sentence="Editors only: the price is two years old."),),
        observations=tuple(seen),
        better={"throughput": "samovar", "startup_time": "samovar", "idle_memory": "kettle", "stars": "samovar"},
        today=date(2026, 11, 22),
        sheet_hash="5ee7",
        fingerprint="f1f1",
    )


def _derived(
    metric: str, kind: DerivationKind, value: str, display: str, larger: str, base: str | None = None
) -> Derivation:
    return Derivation(
        id=f"{metric}.{kind}",
        kind=kind,
        metric=metric,
        value=Decimal(value),
        display=display,
        base=base,
        larger=larger,
        facts=(f"kettle.{metric}", f"samovar.{metric}"),
        computation=f"{metric}: {display}",
    )


#: (block, sentence), where [text|fact ids] stands for a rendered reference.
TEXT = (
    ("short_answer", "Take Samovar for heavy traffic: it serves [~12,000 req/s|samovar.throughput], [~4.8x|kettle.throughput samovar.throughput] what Kettle does."),
    ("short_answer", "Take Kettle where memory is short."),
    ("verdict", "Samovar is the faster framework, at [~12,000 req/s|samovar.throughput] against [~2,500 req/s|kettle.throughput]."),
    ("verdict", "Kettle has been around since [April 2010|kettle.first_release] and needs less memory."),
    ("choose.kettle", "You run on small machines: it idles at [25-35 MB|kettle.idle_memory]."),
    ("choose.samovar", "You serve heavy traffic."),
    ("choose.neither", "You need hosting included."),
    ("difference.throughput", "Samovar handles [~9,500 req/s|kettle.throughput samovar.throughput] more."),
    ("difference.startup_time", "Samovar starts in [50 ms|samovar.startup_time]."),
    ("pros.kettle", "It idles at [25-35 MB|kettle.idle_memory]."),
    ("cons.kettle", "Validation: “[Requires extensions, one for each kind of request|kettle.validation]”."),
    ("pros.samovar", "Validation is built in."),
    ("cons.samovar", "It was first released in [December 2018|samovar.first_release]."),
    ("faq.1.question", "Which one is faster, Kettle or Samovar?"),
    ("faq.1.answer", "Samovar, at [~12,000 req/s|samovar.throughput]."),
    ("faq.2.question", "Does this question have an answer?"),
)  # fmt: skip


def rendered(lines: Iterable[tuple[str, str]] = TEXT) -> RenderedDraft:
    """A rendered draft with every span kept, from lines in the notation of `TEXT`."""
    text = ""
    sentences: list[RenderedSentence] = []
    references: list[RenderedReference] = []
    numbers: dict[str, int] = {}
    for block, line in lines:
        start = len(text)
        for part in line.replace("]", "[").split("["):
            shown, bar, facts = part.partition("|")
            if bar:
                here = len(text)
                references.append(
                    RenderedReference(
                        reference=facts.replace(" ", "+"),
                        text=shown,
                        start=here,
                        end=here + len(shown),
                        facts=tuple(facts.split()),
                    )
                )
            text += shown
        numbers[block] = numbers.get(block, -1) + 1
        sentences.append(
            RenderedSentence(block=block, number=numbers[block], text=text[start:], start=start, end=len(text))
        )
        text += "\n"
    return RenderedDraft(text=text, sentences=tuple(sentences), references=tuple(references))


def page(**changes: object) -> Page:
    """A whole page; `changes` replace its fields."""
    fields: dict[str, object] = {
        "sheet": sheet(),
        "draft": rendered(),
        "sources": SOURCES,
        "authorship": Authorship.AI,
        "number": 3,
        "published_at": NOON,
        "verified_at": NOON,
        "reviewed_by": "Ada Okafor",
        "reviewed_on": date(2026, 11, 20),
        "checker_version": "c0ffee0123456789",
        "sheet_hash": "5ee7",
        "changes": (
            Change(on=date(2026, 9, 1), what="First published."),
            Change(on=date(2026, 11, 20), what="Requests per second of Samovar went from 9,000 to 12,000."),
        ),
        "related": (Related(slug="kettle-vs-teapot", title="Kettle vs Teapot"),),
        "articles": (
            Article(title="Ten years of frameworks", url="https://articles.example/ten-years"),
            Article(title="Not a link", url="javascript:alert(3)"),
        ),
    }
    return Page.model_validate(fields | changes)


def with_context(context: Context) -> Page:
    """The page with one more metric pair that holds in `context` only."""
    base = sheet()
    more = [
        observation(entity, "throughput", raw, amount(raw, raw, unit="1/s"), context=context, id=f"ctx/{entity}")
        for entity, raw in (("kettle", "100"), ("samovar", "90"))
    ]
    facts = [
        fact(each, context=context, id=f"{each.entity}.throughput@x", display=f"{each.raw} req/s") for each in more
    ]
    return page(
        sheet=base.model_copy(update={"observations": (*base.observations, *more), "facts": (*base.facts, *facts)})
    )
