"""What commands print when all goes well."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from flows.commands.run_summary import print_runs
from schemas.runs import Attempt, Outcome, Run, Usage
from tests.integration.commands.conftest import Tiebreak
from tests.integration.pipeline.house import NOON, House
from tests.servers.scripted import scripted_server

SLUG = "swift-vs-homely"


def test_findings_are_grouped_and_capped_but_whole_on_demand(tiebreak: Tiebreak, house: House):
    file = house.data / "categories" / "kettles.yaml"
    more = "".join(
        f"  - {{id: extra_{n}, name: Extra {n}, kind: quantity, unit: g, direction: neutral}}\n" for n in range(9)
    )
    file.write_text(file.read_text().replace("sources:", f"{more}sources:"))
    rows = [f"swift,extra_{n},{value} g,leaflets,2026-11-01\n" for n in range(9) for value in (100, 900)]
    with (house.data / "observations" / "leaflets.csv").open("a") as leaflets:
        leaflets.writelines(rows)
    every = json.loads(tiebreak("facts", SLUG, "--json").out)["findings"]
    contradictions = [one for one in every if one["kind"] == "contradiction"]
    assert len(contradictions) == 9
    shown = tiebreak("facts", SLUG).out
    # 9 of a kind: 3 are shown, 6 are counted.
    assert "\n9 contradict one another\n" in shown
    assert "... and 6 more" in shown
    assert f"tiebreak facts {SLUG} --findings" in shown
    whole = tiebreak("facts", SLUG, "--findings").out
    assert all(one["sentence"] in whole for one in every)
    assert "more" not in whole.splitlines()[-1]


def test_many_runs_are_a_line_each_and_a_note_of_several_is_said_once(capsys: pytest.CaptureFixture[str]):
    published = Run(
        id="a",
        comparison="x-vs-y",
        started_at=NOON,
        outcome=Outcome.PUBLISHED,
        claims={"supported": 7},
        notes=("down",),
    )
    waiting = published.model_copy(
        update={"outcome": Outcome.IN_REVIEW, "draft_id": 12, "cost_usd": Decimal("0.02"), "dropped": 35}
    )
    failed = published.model_copy(update={"outcome": Outcome.FAILED, "error": "no facts", "cost_usd": None})
    print_runs([published, waiting, waiting, failed])
    said = capsys.readouterr()
    assert "tiebreak review show 12" in said.out
    head, _, first, second, *_ = said.out.splitlines()
    dropped = head.index("dropped")
    assert [line[dropped : dropped + 7].strip() for line in (first, second)] == ["", "35"]
    assert "no facts" in said.out
    # One of the four costs is unknown, and so is their sum.
    assert said.out.endswith("4 runs: 1 published, 2 in review, 1 failed; cost unknown\n")
    assert said.err == "note: down (4 times)\n"


@pytest.mark.parametrize(
    ("dropped", "said"),
    [(0, "7 supported; decision"), (1, "7 supported; 1 sentence dropped; d"), (2, "; 2 sentences dropped; d")],
)
def test_one_run_says_how_many_sentences_were_dropped(dropped: int, said: str, capsys: pytest.CaptureFixture[str]):
    print_runs([Run(id="a", comparison="x-vs-y", started_at=NOON, claims={"supported": 7}, dropped=dropped)])
    assert said in capsys.readouterr().out


#: Day, model, prompt, comparison, tokens in, cached and out, dollars.
CALLS = [
    ("2026-11-20", "m/large", "verdict", "a-vs-b", 1000, 600, 100, "0.30"),
    ("2026-11-20", "m/large", "faq", "a-vs-b", 2000, 0, 200, "0.07"),
    ("2026-11-20", "m/small", "verdict", "a-vs-c", 4000, 0, 400, None),
    ("2026-11-21", "m/large", "verdict", "a-vs-c", 8000, 8000, 800, "0.0004"),
    ("2026-11-21", "m/small", "verdict+repair", "a-vs-c", 16000, 0, 1600, None),
]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        # 1000 + 2000 + 4000 = 7000 tokens in, 0.30 + 0.07 = 0.37 for the two that have a price
        (
            "day",
            [("2026-11-20", 3, 7000, 600, 700, "0.37", 1), ("2026-11-21", 2, 24000, 8000, 2400, "0.0004", 1)],
        ),
        ("model", [("m/large", 3, 11000, 8600, 1100, "0.3704", 0), ("m/small", 2, 20000, 0, 2000, None, 2)]),
        (
            "prompt",
            [
                ("faq", 1, 2000, 0, 200, "0.07", 0),
                ("verdict", 3, 13000, 8600, 1300, "0.3004", 1),
                ("verdict+repair", 1, 16000, 0, 1600, None, 1),
            ],
        ),
        ("comparison", [("a-vs-b", 2, 3000, 600, 300, "0.37", 0), ("a-vs-c", 3, 28000, 8000, 2800, "0.0004", 2)]),
    ],
)
def test_costs_add_up_by_whatever_they_are_grouped(
    by: str, expected: list[tuple[object, ...]], house: House, tiebreak: Tiebreak
):
    with house.parts() as parts:
        parts.store.ledger.book([
            Attempt(
                id=str(number), run_id="r", comparison=comparison, at=datetime.fromisoformat(f"{day}T23:30:00+00:00"),
                model=model, prompt=prompt, prompt_hash="p", answer_key=str(number), outcome="ok", latency_s=1.0,
                usage=Usage(input_tokens=given, cached_tokens=cached, output_tokens=made),
                cost_usd=None if cost is None else Decimal(cost),
            )
            for number, (day, model, prompt, comparison, given, cached, made, cost) in enumerate(CALLS)
        ])  # fmt: skip
    rows = json.loads(tiebreak("costs", "--by", by, "--days", "36500", "--json").out)
    found = [
        (
            row["key"],
            row["attempts"],
            row["input_tokens"],
            row["cached_tokens"],
            row["output_tokens"],
            None if row["cost_usd"] is None else Decimal(str(row["cost_usd"])),
            row["without_price"],
        )
        for row in rows
    ]
    assert found == [(*row[:5], None if row[5] is None else Decimal(str(row[5])), row[6]) for row in expected]
    shown = tiebreak("costs", "--by", by, "--days", "36500").out.splitlines()
    assert shown[0].split()[0] == by
    for key, attempts, *_, unknown in expected:
        (line,) = [one.split() for one in shown if one.split()[0] == key]
        assert line[1] == str(attempts)
        assert ("unknown" in line) == (attempts == unknown)


def test_costs_of_long_ago_are_left_out(house: House, tiebreak: Tiebreak):
    with house.parts() as parts:
        for days in (1, 40):
            parts.store.ledger.book(
                [
                    Attempt(
                        id=str(days), run_id="r", comparison="a-vs-b", at=datetime.now(UTC) - timedelta(days=days),
                        model="m", prompt="verdict", prompt_hash="p", answer_key="k", outcome="ok", latency_s=1.0,
                    )
                ]
            )  # fmt: skip
    attempts = [
        json.loads(tiebreak("costs", "--by", "model", *more, "--json").out)[0]["attempts"]
        for more in ([], ["--days", "50"])
    ]
    assert attempts == [1, 2]


def test_values_read_in_several_places_are_one_line_of_history(tiebreak: Tiebreak):
    said = tiebreak("facts", SLUG, "--history", "time to boil", "--json")
    rows = json.loads(said.out)
    assert [(row["entity"], row["value"]) for row in rows] == [("homely", "240 s"), ("swift", "120 s")]


def test_a_settlement_decides_a_fact(tiebreak: Tiebreak):
    assert "swift boil_time = 100 s" in (
        tiebreak("facts", "settle", "swift", "boil time", "100 s", "--reason", "measured", "--as", "Ann").out
    )
    facts = json.loads(tiebreak("facts", SLUG, "--json").out)["facts"]
    (boil,) = [fact for fact in facts if fact["id"] == "swift.boil_time"]
    assert boil["display"] == "100 s"


def test_a_price_nobody_knows_is_unknown_and_never_nothing(
    tiebreak: Tiebreak, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    with scripted_server() as server:
        monkeypatch.setenv("TIEBREAK_MODEL", "good")
        monkeypatch.setenv("TIEBREAK_MODEL_URL", server.url)
        assert "tiebreak review show 1" in tiebreak("run", SLUG).out
    assert "unknown" in tiebreak("costs").out
    (row,) = json.loads(tiebreak("costs", "--by", "model", "--json").out)
    assert row["cost_usd"] is None
    assert row["without_price"] == row["attempts"] > 0


def test_an_editors_way_from_review_to_retraction(tiebreak: Tiebreak, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    page = tmp_path / "site" / SLUG / "index.html"
    with scripted_server() as server:
        monkeypatch.setenv("TIEBREAK_MODEL", "good")
        monkeypatch.setenv("TIEBREAK_MODEL_URL", server.url)
        assert tiebreak("run", SLUG).code == 0
    assert not page.exists()
    source = "[verdict]\nSwift boils in {{ swift.boil_time }}.\n"
    (tmp_path / "wrong.txt").write_text(source + "It boils in 7 s.\n")
    (tmp_path / "unknown.txt").write_text("[verdict]\nSwift has {{ swift.nosuch }}.\n")
    (tmp_path / "shapeless.txt").write_text("no block\n")
    for name in ("unknown", "shapeless"):
        refused = tiebreak("review", "edit", "1", "--file", f"{name}.txt", "--as", "Ann")
        assert refused.code == 2
        assert f"--file {name}.txt" in refused.complaint
    assert tiebreak("review", "edit", "1", "--file", "wrong.txt", "--as", "Ann").code == 0
    blocked = tiebreak("review", "approve", "1", "--as", "Ann")
    assert blocked.code == 3
    assert "7 s" in blocked.complaint
    (tmp_path / "right.txt").write_text(source)
    assert tiebreak("review", "edit", "1", "--file", "right.txt", "--as", "Ann").code == 0
    assert tiebreak("pause", "publish", "--reason", "waiting").code == 0
    assert "paused" in tiebreak("review", "approve", "1", "--as", "Ann Lee").out
    assert not page.exists()
    tiebreak("resume", "publish")
    assert "published" in tiebreak("publish").out
    assert "Ann Lee" in page.read_text()
    again = tiebreak("review", "approve", "1")
    assert again.code == 1
    assert "not in review" in again.complaint
    assert tiebreak("retract", SLUG, "--reason", "the maker withdrew it").code == 0
    assert "the maker withdrew it" in page.read_text()
    assert tiebreak("retract", SLUG, "--reason", "again").code == 2


@pytest.mark.parametrize(
    ("text", "code"), [("Swift boils in 120 s.", 0), ("Swift boils in 100 s.", 3), ("Homely is cheaper than Swift.", 0)]
)
def test_a_draft_of_ones_own_is_held_against_the_facts(tiebreak: Tiebreak, text: str, code: int):
    said = tiebreak("check", "-", "--comparison", SLUG, stdin=text.encode())
    assert said.code == code
    assert text in said.out
    assert ("decision: publish" in said.out) is (code == 0)


def test_one_claim_is_explained(tiebreak: Tiebreak):
    said = tiebreak("check", "-", "--comparison", SLUG, "--explain", "1", stdin=b"Swift boils in 100 s.")
    assert said.code == 3
    assert "right would be 120 s" in said.out
    assert "swift.boil_time" in said.out
