"""Gathering: what fails costs only itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.errors import InputError, SourceUnavailable
from flows.gather.catalogue_source import CatalogueSource
from flows.gather.port import Ask, SourceAdapter
from flows.gather.readings import Readings
from flows.gather.run import Gathered, gather
from flows.net import Answer, Net, NotThere
from schemas.catalogue import Catalogue, Entity, Metric, MetricKind, ObservationRow, Source, Tier
from schemas.facts import Observation

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ANSWER = Answer(url="https://a.example/x", status=200, headers={}, body=b"{}")


class Stars:
    """Every category has one metric."""

    def metric_for(self, attribute: str, category: str | None = None) -> Metric | None:
        return (
            Metric(id="stars", name="Stars", kind=MetricKind.QUANTITY, unit="1")
            if attribute in ("stars", "Stars")
            else None
        )


class FakeAdapter:
    """Answers with what a function says for an entity; counts its calls."""

    def __init__(self, act: Callable[[Entity], object], needs_network: bool = True) -> None:
        self.needs_network = needs_network
        self.asked: list[str] = []
        self._act = act

    def covers(self, entity: Entity, _source: Source) -> bool:
        return "skip" not in entity.external

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        self.asked.append(entity.id)
        raw = self._act(entity)
        yield from ask.observe(entity, "stars", raw, ANSWER, "$.stars")


def fail(error: Exception) -> Callable[[Entity], object]:
    def act(_entity: Entity) -> object:
        raise error

    return act


def entity(name: str, **external: str) -> Entity:
    return Entity(id=name.lower(), name=name, category="web_frameworks", external=external)


def source(name: str, **options: object) -> Source:
    return Source(id=name.lower(), name=name, tier=Tier.OFFICIAL, kind=name.lower(), options=options)


FLASK, DJANGO = entity("Flask"), entity("Django")


def run(
    adapters: dict[str, SourceAdapter],
    sources: list[Source],
    entities: list[Entity] | None = None,
    offline: bool = False,
    readings: Readings | None = None,
    now: datetime = NOW,
    progress: Callable[[int, int, str], None] | None = None,
) -> Gathered:
    with Net() as net:
        about = [FLASK, DJANGO] if entities is None else entities
        return gather(sources, about, Stars(), net, now, offline, progress, adapters=adapters, readings=readings)


def test_a_source_that_fails_costs_its_observations_and_one_line() -> None:
    good, bad = FakeAdapter(lambda _: 5), FakeAdapter(fail(SourceUnavailable("b.example is out of order (503)")))
    gathered = run({"good": good, "bad": bad}, [source("Bad"), source("Good")])
    assert [(seen.source, seen.entity, seen.raw) for seen in gathered.observations] == [
        ("good", "flask", "5"),
        ("good", "django", "5"),
    ]
    assert gathered.notes == ("Bad: b.example is out of order (503); nothing of it for Flask and Django",)


def test_a_source_that_is_down_is_not_asked_about_everything() -> None:
    bad = FakeAdapter(fail(SourceUnavailable("down")))
    many = [entity(f"E{number}") for number in range(200)]
    gathered = run({"bad": bad}, [source("Bad")], many)
    # Those already under way when the first one failed may have been asked too: twelve at once.
    assert len(bad.asked) <= 24
    assert gathered.notes[0].endswith("and 197 more")


def test_a_thing_that_a_source_does_not_know_costs_only_that_thing() -> None:
    def act(about: Entity) -> object:
        if about is FLASK:
            raise NotThere("404")
        return 7

    gathered = run({"index": FakeAdapter(act)}, [source("Index")])
    assert [seen.entity for seen in gathered.observations] == ["django"]
    assert gathered.notes == ("Index: does not know Flask",)


def test_what_was_read_before_a_failure_is_kept() -> None:
    class Half(FakeAdapter):
        def read(self, about: Entity, ask: Ask) -> Iterable[Observation]:
            yield from ask.observe(about, "stars", 1, ANSWER, "$")
            raise SourceUnavailable("broke off")

    gathered = run({"half": Half(lambda _: 0)}, [source("Half")], [FLASK])
    assert [seen.raw for seen in gathered.observations] == ["1"]
    assert gathered.notes == ("Half: broke off; nothing of it for Flask",)


def test_an_adapter_that_breaks_in_an_unforeseen_way_is_one_line_too() -> None:
    gathered = run({"odd": FakeAdapter(fail(ZeroDivisionError("a\nb")))}, [source("Odd")], [FLASK])
    assert gathered.notes == ("Odd: its answer could not be read (ZeroDivisionError); nothing of it for Flask",)


def test_a_note_is_one_line_without_control_characters() -> None:
    gathered = run({"odd": FakeAdapter(fail(SourceUnavailable("a\x1b[31m\nb\u202ec")))}, [source("Odd")], [FLASK])
    assert gathered.notes == ("Odd: a[31m bc; nothing of it for Flask",)


def test_a_kind_that_nobody_provides_is_said() -> None:
    assert run({}, [source("Astrology")]).notes == ("Astrology: no adapter of kind 'astrology' is installed",)


def test_an_adapter_that_cannot_be_loaded_is_said() -> None:
    class Broken(dict[str, SourceAdapter]):
        def __getitem__(self, kind: str) -> SourceAdapter:
            raise InputError("cannot be loaded")

    assert run(Broken(), [source("Odd")]).notes == ("Odd: cannot be loaded",)


def test_offline_nothing_is_asked_and_one_line_says_so() -> None:
    index, files = FakeAdapter(lambda _: 1), FakeAdapter(lambda _: 2, needs_network=False)
    gathered = run({"index": index, "files": files}, [source("Index"), source("Files")], offline=True)
    assert index.asked == []
    assert [seen.source for seen in gathered.observations] == ["files", "files"]
    assert gathered.notes == ("offline: Index not asked; the figures it would refresh keep their date",)


def test_offline_names_all_sources_in_one_line() -> None:
    adapters: dict[str, SourceAdapter] = {name: FakeAdapter(lambda _: 1) for name in ("a", "b")}
    gathered = run(adapters, [source("A"), source("B")], offline=True)
    assert gathered.notes == ("offline: A and B not asked; the figures they would refresh keep their date",)


def test_a_fresh_reading_is_used_instead_of_asking_also_offline(tmp_path: Path) -> None:
    index = FakeAdapter(lambda _: 41)
    first = run({"index": index}, [source("Index")], readings=Readings(tmp_path))
    later = NOW + timedelta(hours=23)
    for offline in (False, True):
        again = run({"index": index}, [source("Index")], readings=Readings(tmp_path), now=later, offline=offline)
        assert again == first
        # The time of the reading stays that of the reading.
        assert again.observations[0].retrieved_at == NOW
    assert sorted(index.asked) == ["django", "flask"]


def test_a_reading_older_than_its_time_is_asked_for_again(tmp_path: Path) -> None:
    index = FakeAdapter(lambda _: 41)
    asked = source("Index", fresh_hours=2)
    run({"index": index}, [asked], readings=Readings(tmp_path))
    run({"index": index}, [asked], readings=Readings(tmp_path), now=NOW + timedelta(hours=3))
    assert len(index.asked) == 4
    offline = run({"index": index}, [asked], readings=Readings(tmp_path), now=NOW + timedelta(hours=6), offline=True)
    assert offline.observations == ()
    assert offline.notes


def test_a_reading_is_void_when_the_options_of_its_source_change(tmp_path: Path) -> None:
    index = FakeAdapter(lambda _: 41)
    run({"index": index}, [source("Index")], readings=Readings(tmp_path))
    run({"index": index}, [source("Index", endpoint="https://other.example")], readings=Readings(tmp_path))
    assert len(index.asked) == 4


def test_what_a_source_does_not_know_is_remembered_too(tmp_path: Path) -> None:
    index = FakeAdapter(fail(NotThere("404")))
    notes = [run({"index": index}, [source("Index")], [FLASK], readings=Readings(tmp_path)).notes for _ in range(2)]
    assert index.asked == ["flask"]
    assert notes[0] == notes[1] == ("Index: does not know Flask",)


def test_a_failure_is_not_remembered(tmp_path: Path) -> None:
    index = FakeAdapter(fail(SourceUnavailable("down")))
    for _ in range(2):
        run({"index": index}, [source("Index")], [FLASK], readings=Readings(tmp_path))
    assert index.asked == ["flask", "flask"]


def test_a_damaged_reading_counts_as_none(tmp_path: Path) -> None:
    index = FakeAdapter(lambda _: 41)
    run({"index": index}, [source("Index")], [FLASK], readings=Readings(tmp_path))
    for damage in (b"", b"\xff\xfe", b'{"question"', b"[" * 100_000):
        (tmp_path / "index" / "flask.json").write_bytes(damage)
        assert len(run({"index": index}, [source("Index")], [FLASK], readings=Readings(tmp_path)).observations) == 1
    assert len(index.asked) == 5


def test_sources_are_asked_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=5)

    def meet(_entity: Entity) -> object:
        both.wait()
        return 1

    gathered = run({"a": FakeAdapter(meet), "b": FakeAdapter(meet)}, [source("A"), source("B")], [FLASK])
    assert len(gathered.observations) == 2


def test_progress_counts_every_pair_of_source_and_entity_once() -> None:
    seen: list[tuple[int, int]] = []
    adapters: dict[str, SourceAdapter] = {"a": FakeAdapter(lambda _: 1), "b": FakeAdapter(lambda _: 1)}
    run(
        adapters,
        [source("A"), source("B")],
        [FLASK, DJANGO, entity("X", skip="1")],
        progress=lambda done, all_, _: seen.append((done, all_)),
    )
    assert [done for done, _ in seen] == [1, 2, 3, 4]
    assert seen[-1] == (4, 4)


def test_catalogue_rows_are_observed_as_they_stand() -> None:
    row = ObservationRow(entity="flask", attribute="Stars", raw=" 67,000+ ", source="files", url="https://x.example")
    other = ObservationRow(entity="django", attribute="Stars", raw="1", source="elsewhere")
    files = source("Files").model_copy(update={"kind": "catalogue"})
    gathered = run({"catalogue": CatalogueSource(Catalogue(observations=(row, other)))}, [files], offline=True)
    assert [(seen.entity, seen.metric, seen.raw, seen.url) for seen in gathered.observations] == [
        ("flask", "stars", " 67,000+ ", "https://x.example")
    ]
    assert gathered.notes == ()


def test_rows_of_a_live_source_in_the_files_stand_where_it_says_nothing() -> None:
    """An export that was carried back is not lost, and does not contradict what the source says now."""
    rows = tuple(
        ObservationRow(entity=one.id, attribute="stars", raw="5", source="a", as_of=NOW.date())
        for one in (FLASK, DJANGO)
    )
    adapters: dict[str, SourceAdapter] = {
        "catalogue": CatalogueSource(Catalogue(observations=rows)),
        "a": FakeAdapter(lambda one: 7 if one is FLASK else None),
    }
    gathered = run(adapters, [source("A")])
    assert [(seen.entity, seen.raw) for seen in gathered.observations] == [("flask", "7"), ("django", "5")]
    assert gathered.read == (("a", "flask"), ("a", "django"))
    offline = run(adapters, [source("A")], offline=True)
    assert [seen.raw for seen in offline.observations] == ["5", "5"]
    assert offline.read == ()
