"""Columns in time: of a column and its earlier one, which a figure is of."""

from __future__ import annotations

from dataclasses import replace

from flows.check.forms.context import FormContext
from flows.check.typed import MetricChoice

#: How far the column of another time is put: beyond any band.
ANOTHER_TIME = 1.3


def of_then(metrics: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics of a figure that is said to be an earlier one: those of the columns that hold such."""
    compiled = ctx.compiled
    found = {choice.metric: choice for choice in metrics}
    for choice in metrics:
        for then in compiled.before.get(choice.metric, ()):
            found[then] = replace(
                choice, metric=then, cost=min(choice.cost, found[then].cost if then in found else choice.cost)
            )
    return tuple(
        sorted(
            (
                choice.at(choice.cost + ANOTHER_TIME) if choice.metric in compiled.before else choice
                for choice in found.values()
            ),
            key=lambda choice: choice.cost,
        )
    )


def of_now(metrics: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics of a figure that nothing sets in an earlier time: "131 mm, 13 mm more than normal" is of what fell."""
    compiled = ctx.compiled
    least: dict[int, float] = {}
    for choice in metrics:
        metric = compiled.then.get(choice.metric, choice.metric)
        least[metric] = min(choice.cost, least.get(metric, choice.cost))
    return tuple(
        sorted(
            (
                choice.at(max(choice.cost, least[compiled.then[choice.metric]] + ANOTHER_TIME))
                if choice.metric in compiled.then
                else choice.at(least[choice.metric])
                for choice in metrics
            ),
            key=lambda choice: choice.cost,
        )
    )
