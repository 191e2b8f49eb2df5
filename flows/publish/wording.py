"""The page's own words: days, the authorship label, what a difference is called."""

from __future__ import annotations

from datetime import date, datetime

from schemas.catalogue import Direction, Metric, MetricKind, Tier
from schemas.facts import FactStatus
from schemas.pages import Authorship, Page

TIERS = {
    Tier.EDITOR: "settled by an editor",
    Tier.OFFICIAL: "official or live",
    Tier.CURATED: "curated",
    Tier.THIRD_PARTY: "third party",
    Tier.SEED: "earlier page",
}

STATUSES = {
    FactStatus.AGREED: "sources agree",
    FactStatus.SINGLE: "one source",
    FactStatus.DISPUTED: "sources disagree",
    FactStatus.STALE: "out of date",
    FactStatus.MISSING: "not known",
}

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(when: date | datetime | None) -> str:
    """ "22 November 2026"; empty for None. Not strftime: a page reads the same under every locale."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}" if when else ""


def day_attribute(when: date | datetime | None) -> str:
    """ "2026-11-22", for a `datetime` attribute."""
    if when is None:
        return ""
    return (when.date() if isinstance(when, datetime) else when).isoformat()


def authorship(page: Page) -> str:
    """The label near the headline: who wrote the words, who read them and when.

    A carried approval says both days: the text is as reviewed, the figures are newer.
    """
    if page.authorship is Authorship.DATA:
        label = "Written from data"
        return f"{label}, figures updated on {day(page.figures_updated_on)}" if page.figures_updated_on else label
    if not page.reviewed_by:
        return "AI-assisted, not reviewed by a person"
    on = f" on {day(page.reviewed_on)}" if page.reviewed_on else ""
    if page.figures_updated_on:
        return (
            f"AI-assisted, text reviewed by {page.reviewed_by}{on}, figures updated on {day(page.figures_updated_on)}"
        )
    return f"AI-assisted, reviewed by {page.reviewed_by}{on}"


def direction(metric: Metric) -> str:
    """ "higher is better", "lower is better", or nothing where neither is."""
    if metric.direction is Direction.NEUTRAL:
        return ""
    if metric.kind is MetricKind.DATE:
        return "later is better" if metric.direction is Direction.HIGHER else "earlier is better"
    return "higher is better" if metric.direction is Direction.HIGHER else "lower is better"


def more(metric: Metric) -> str:
    """The neutral comparative of a metric: what the side with the larger value is."""
    return "later" if metric.kind is MetricKind.DATE else "higher"


def less(metric: Metric) -> str:
    """The other way round."""
    return "earlier" if metric.kind is MetricKind.DATE else "lower"


def sentence_case(text: str) -> str:
    """With a capital first letter; "iOS" and other words with capitals inside stay as they are."""
    first = text.split(" ", 1)[0]
    return text if first != first.lower() else text[:1].upper() + text[1:]
