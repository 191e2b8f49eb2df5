"""The claim forms, in the order in which they read a sentence; what an earlier form covers, a later one leaves alone."""

from flows.check.forms import (
    ages,
    answers,
    capability,
    counts,
    exempt,
    gaps,
    licences,
    numbers,
    only,
    order,
    premises,
    rates,
    roster,
    sizes,
    titles,
    unsupported,
    versions,
)

#: exempt first: idioms and digits of names oblige nothing. Numbers before order: "3x faster" is one claim.
#: Premises before order, which takes every comparison for one of the things compared.
FORMS = (
    titles,
    sizes,
    exempt,
    only,
    versions,
    counts,
    ages,
    rates,
    gaps,
    numbers,
    premises,
    order,
    answers,
    licences,
    roster,
    capability,
    unsupported,
)

__all__ = ["FORMS"]
