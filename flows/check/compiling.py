"""Compiling: every fact of a case read once, and the tables that texts are read by made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flows.check.cards import own_words, read_cards
from flows.check.cells import read_cells
from flows.check.conditions import apart, metric_of
from flows.check.conflicts import disputed_twins, settled_cells
from flows.check.inside import revealed
from flows.check.lexicon import STANDARD, Lexicon
from flows.check.names import NameIndex
from flows.check.sheet import Cell, Compiled
from flows.check.unions import unions_of
from flows.check.vocabulary import (
    accounted_words,
    cells_by_word,
    conditions_of,
    initials_of,
    spelling_of,
    telling_contexts,
    text_words_of,
    words_of_values,
)
from flows.check.wholes import part_of, total_of
from flows.check.wording import read_wording
from flows.check.words import known_tokens, stem
from schemas.checking import CheckCase, CheckMetric


def compile_case(case: CheckCase, lexicon: Lexicon = STANDARD) -> Compiled:
    """Reads every fact once. Facts that name an unknown entity or metric are left out: nothing can lean on them."""
    case = revealed(apart(case))
    entity_at = {entity.id: number for number, entity in enumerate(case.entities)}
    metric_at = {metric.id: number for number, metric in enumerate(case.metrics)}
    cells = read_cells(case.facts, entity_at, metric_at, case.metrics, lexicon)
    cards = read_cards(case.metrics, cells, lexicon)
    by_concept: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        for concept in card.weights:
            by_concept[concept].append(card.number)
    by_class: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        for name in card.classes:
            by_class[name].append(card.number)
    by_value = cells_by_word(cells)
    metric_stems = {
        stem(token.low)
        for metric in case.metrics
        for name in (metric.name, *metric.aliases)
        for token in known_tokens(own_words(name))
    }
    value_stems = {concept for cell in cells for concept in cell.concepts}
    names = NameIndex(case.entities, metric_stems, lexicon)
    name_words = {
        lexicon.concept(token.low)
        for entity in case.entities
        for name in (entity.name, *entity.aliases)
        for token in known_tokens(name)
    }
    value_words, strong_words, affirmed_words, common_words = words_of_values(cells, cards)
    columns = _columns(case.metrics)
    grouped: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        grouped[cell.entity, cell.metric].append(cell)
    settled = disputed_twins(
        case.metrics,
        cards,
        {key: settled_cells(tuple(found)) for key, found in grouped.items()},
        len(case.entities),
        lexicon,
    )
    titles = tuple(entity.name for entity in case.entities)
    teams, total = part_of(case), total_of(cards, settled, len(case.entities))
    unions = unions_of(cards, settled, len(case.entities), teams, titles, frozenset(total.values()))
    return Compiled(
        case=case,
        lexicon=lexicon,
        names=names,
        metrics=cards,
        cells={**settled, **unions.cells} if unions.cells else settled,
        unions=unions,
        by_concept={concept: tuple(found) for concept, found in by_concept.items()},
        by_class={name: tuple(found) for name, found in by_class.items()},
        by_value=by_value,
        vocabulary=frozenset(by_concept) | value_stems | name_words,
        accounted=accounted_words(case, frozenset(by_concept) | value_stems | name_words, lexicon),
        entity_count=len(case.entities),
        class_nouns=lexicon.class_nouns,
        entity_names=(*titles, *(union.title for union in unions.all)),
        text_words=text_words_of(cards, value_words, strong_words, lexicon),
        value_words=value_words,
        conditions=conditions_of(case),
        strong_words=strong_words,
        affirmed_words=affirmed_words,
        common_words=common_words,
        spelling=spelling_of(cells, len(cards)),
        initials=initials_of(case, cells),
        wording=read_wording(case),
        columns=columns,
        context_words=telling_contexts(cells, columns),
        name_tokens=tuple(
            frozenset(token.low for name in (entity.name, *entity.aliases) for token in known_tokens(name[:200]))
            for entity in case.entities
        ),
    )


def _columns(metrics: Sequence[CheckMetric]) -> tuple[tuple[int, ...], ...]:
    """For each metric the columns of its conditions, itself included."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, metric in enumerate(metrics):
        groups[metric_of(metric.id)].append(number)
    return tuple(tuple(groups[metric_of(metric.id)]) for metric in metrics)
