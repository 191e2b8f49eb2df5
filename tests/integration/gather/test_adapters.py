"""Each adapter against recorded answers of its source (tests/recorded), over a local server."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from flows.errors import InputError, SourceUnavailable
from flows.gather.endoflife import EndOfLife
from flows.gather.generic_json import GenericJson
from flows.gather.github import GitHub
from flows.gather.jsonld import JsonLd
from flows.gather.osv import Osv
from flows.gather.package_index import PackageIndex
from flows.gather.stackexchange import StackExchange
from flows.net import Net, NotThere, RateLimited
from tests.integration.gather.recorded import FOLDER, NOW, entity, raws, read, serve, source
from tests.integration.gather.server import Reply, ScriptedServer


def test_the_package_index_gives_dates_counts_sizes_and_the_python_floor(server: ScriptedServer, net: Net) -> None:
    serve(server, "package_index")
    found = read(PackageIndex(), entity(pypi="Flask"), source("pypi", endpoint=f"{server.url}/simple/"), net)
    assert raws(found) == {
        "first_release": "2010-04-16",
        "latest_release": "2026-02-19",
        "latest_version": "3.1.3",
        # Eight versions are recorded; 2.0.0rc1 is a pre-release.
        "release_count": "7",
        # 3.1.3 alone lies within 365 days of 2026-11-22.
        "releases_last_year": "1",
        "wheel_size": "103424 bytes",
        "sdist_size": "759004 bytes",
        "python_floor": ">=3.9",
    }


def test_an_observation_says_where_it_comes_from(server: ScriptedServer, net: Net) -> None:
    serve(server, "github")
    seen = read(GitHub(), entity(github="pallets/flask"), source("github", endpoint=server.url), net)["github_stars"]
    reply = server.replies["/repos/pallets/flask"]
    assert isinstance(reply, list)
    assert isinstance(reply[0].body, bytes)
    assert seen.url == "https://github.com/pallets/flask"
    assert seen.endpoint == f"{server.url}/repos/pallets/flask"
    assert seen.jsonpath == "$.stargazers_count"
    assert seen.response_hash == hashlib.sha256(reply[0].body).hexdigest()
    assert (seen.licence, seen.retrieved_at, seen.as_of) == ("test licence", NOW, NOW.date())


def test_a_live_figure_that_reads_the_same_tomorrow_is_the_same_observation(server: ScriptedServer, net: Net) -> None:
    stars = []
    for days in (0, 1):
        serve(server, "github")
        now = NOW + timedelta(days=days)
        about, asked = entity(github="pallets/flask"), source("github", endpoint=server.url)
        stars.append(read(GitHub(), about, asked, net, now=now)["github_stars"])
        assert stars[-1].as_of == now.date()
    assert stars[0].id == stars[1].id


def test_github_gives_figures_with_issues_counted_without_pull_requests(server: ScriptedServer, net: Net) -> None:
    serve(server, "github")
    found = read(GitHub(), entity(github="pallets/flask", pypi="flask"), source("github", endpoint=server.url), net)
    assert raws(found) == {
        "github_stars": "71234",
        "github_forks": "16789",
        # 9 open issues and pull requests together, 4 pages of one pull request each: 9 - 4 = 5
        "open_issues": "5",
        "licence": "BSD-3-Clause",
        "archived": "No",
        "last_push": "2026-11-20",
    }


def test_github_gives_releases_only_where_no_package_index_does(server: ScriptedServer, net: Net) -> None:
    serve(server, "github")
    found = raws(
        read(
            GitHub(), entity("Bun", github="https://github.com/oven-sh/bun"), source("github", endpoint=server.url), net
        )
    )
    assert found["latest_release"] == "2026-11-10"
    assert found["latest_version"] == "bun-v1.9.2"
    assert found["release_count"] == "180"
    assert "licence" not in found


def test_github_is_asked_nothing_for_metrics_that_nobody_registered(server: ScriptedServer, net: Net) -> None:
    serve(server, "github")
    wanted = source("github", endpoint=server.url, metrics={"open_issues": "", "stars": "downloads"})
    found = read(GitHub(), entity(github="pallets/flask", pypi="flask"), wanted, net)
    assert found["downloads"].raw == "71234"
    assert [seen.path for seen in server.seen] == ["/repos/pallets/flask"]


def test_the_github_token_is_sent_but_not_recorded(server: ScriptedServer, net: Net) -> None:
    serve(server, "github")
    found = read(
        GitHub(),
        entity(github="pallets/flask", pypi="flask"),
        source("github", endpoint=server.url),
        net,
        secrets={"github_token": "t0ken"},
    )
    assert {seen.headers["authorization"] for seen in server.seen} == {"Bearer t0ken"}
    assert all("t0ken" not in seen.model_dump_json() for seen in found.values())


def test_an_unchanged_github_answer_is_confirmed_with_its_etag(server: ScriptedServer, tmp_path: Path) -> None:
    serve(server, "github")
    tagged = server.replies["/repos/pallets/flask"]
    assert isinstance(tagged, list)
    tagged.append(Reply(status=304, headers={"ETag": 'W/"f1a5k"'}))
    asked = source("github", endpoint=server.url, metrics={"open_issues": ""})
    with Net(allow=["localhost"], cache=tmp_path) as door:
        first = read(GitHub(), entity(github="pallets/flask", pypi="flask"), asked, door)
        second = read(GitHub(), entity(github="pallets/flask", pypi="flask"), asked, door)
    assert raws(first) == raws(second)
    assert server.seen[1].headers["if-none-match"] == 'W/"f1a5k"'


def test_a_spent_github_limit_is_said_with_its_pause(server: ScriptedServer, net: Net) -> None:
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "32503680000", "Content-Type": "application/json"}
    server.replies["/repos/pallets/flask"] = [Reply(b'{"message": "API rate limit exceeded"}', 403, spent)]
    with pytest.raises(RateLimited, match="asks for a pause"):
        read(GitHub(), entity(github="pallets/flask"), source("github", endpoint=server.url), net)
    assert len(server.seen) == 1


@pytest.mark.parametrize("name", ["flask", "a/b/c", "../..", "pallets/flask?x=1", "https://evil.example/pallets/flask"])
def test_a_repository_name_of_another_form_is_a_mistake_in_the_catalogue(
    server: ScriptedServer, net: Net, name: str
) -> None:
    with pytest.raises(InputError, match=r"external\.github must be owner/name"):
        read(GitHub(), entity(github=name), source("github", endpoint=server.url), net)
    assert server.seen == []


def test_endoflife_gives_the_newest_cycle_that_is_out_and_maintained(server: ScriptedServer, net: Net) -> None:
    serve(server, "endoflife")
    found = read(EndOfLife(), entity("Django", eol="django"), source("endoflife", endpoint=f"{server.url}/api/v1"), net)
    # 6.2 is dated 2027, after today; 6.1 is the newest one that is out.
    assert raws(found) == {"supported_until": "2027-12-31", "latest_version": "6.1.3", "latest_release": "2026-11-03"}
    assert found["supported_until"].jsonpath == "$.result.releases[1].eolFrom"
    assert found["supported_until"].url == "https://endoflife.date/django"


def test_the_recorded_endoflife_answer_follows_the_vendors_description() -> None:
    _front_matter, _, text = (FOLDER / "endoflife_api_v1.yml").read_text(encoding="utf-8").rpartition("\n---\n")
    description = yaml.safe_load(text)
    expected = Draft202012Validator(
        {"$ref": "#/components/schemas/ProductResponse", "components": description["components"]}
    )
    recorded = json.loads((FOLDER / "endoflife.json").read_text(encoding="utf-8"))["answers"][0]["body"]
    expected.validate(recorded)
    # What the adapter reads, with the wrong type, is noticed.
    recorded["result"]["releases"][0]["isMaintained"] = "yes"
    assert [error.message for error in expected.iter_errors(recorded)] == ["'yes' is not of type 'boolean'"]


def test_osv_counts_a_flaw_once_and_leaves_withdrawn_ones_out(server: ScriptedServer, net: Net) -> None:
    serve(server, "osv")
    found = read(Osv(), entity(pypi="flask"), source("osv", endpoint=server.url), net)
    # Page one: two ids of one flaw and a withdrawn one; page two: one more. 1 + 1 = 2
    assert raws(found) == {"known_vulnerabilities": "2"}
    assert [json.loads(seen.body) for seen in server.seen] == [
        {"package": {"ecosystem": "PyPI", "name": "flask"}},
        {"package": {"ecosystem": "PyPI", "name": "flask"}, "page_token": "more"},
    ]


def test_osv_says_zero_where_it_lists_nothing(server: ScriptedServer, net: Net) -> None:
    server.replies["/v1/query"] = [Reply.of_json({})]
    found = read(Osv(), entity(osv="npm/express"), source("osv", endpoint=server.url), net)
    assert raws(found) == {"known_vulnerabilities": "0"}
    assert json.loads(server.seen[0].body)["package"] == {"ecosystem": "npm", "name": "express"}


def test_an_endless_osv_answer_is_no_count(server: ScriptedServer, net: Net) -> None:
    server.replies["/v1/query"] = [Reply.of_json({"vulns": [], "next_page_token": "again"})]
    with pytest.raises(SourceUnavailable, match="more than 20 pages"):
        read(Osv(), entity(pypi="flask"), source("osv", endpoint=server.url), net)


def test_stack_exchange_gives_the_tag_count_and_its_backoff_is_kept(server: ScriptedServer, net: Net) -> None:
    serve(server, "stackexchange")
    time = [100.0]
    pauses: list[float] = []
    adapter = StackExchange(clock=lambda: time[0], sleep=pauses.append)
    asked = source("stackexchange", endpoint=f"{server.url}/2.3")
    found = read(adapter, entity(stackexchange_tag="flask"), asked, net)
    assert raws(found) == {"stack_overflow_questions": "55321"}
    assert found["stack_overflow_questions"].url == "https://stackoverflow.com/questions/tagged/flask"
    time[0] += 4
    read(adapter, entity("FastAPI", stackexchange_tag="fastapi"), asked, net)
    # `backoff` was 10 s, and 4 s have passed.
    assert pauses == [6.0]


def test_a_long_backoff_ends_the_asking_instead_of_waiting(server: ScriptedServer, net: Net) -> None:
    server.replies["/2.3/tags/flask/info"] = [
        Reply.of_json({"items": [{"count": 1}], "backoff": 600, "quota_remaining": 5})
    ]
    adapter = StackExchange(clock=lambda: 0.0, sleep=lambda _: None)
    asked = source("stackexchange", endpoint=f"{server.url}/2.3")
    read(adapter, entity(stackexchange_tag="flask"), asked, net)
    with pytest.raises(RateLimited, match="600 s"):
        read(adapter, entity(stackexchange_tag="flask"), asked, net)
    assert len(server.seen) == 1


def test_an_unknown_tag_is_not_there(server: ScriptedServer, net: Net) -> None:
    serve(server, "stackexchange")
    with pytest.raises(NotThere):
        read(
            StackExchange(),
            entity(stackexchange_tag="nosuchtag"),
            source("stackexchange", endpoint=f"{server.url}/2.3"),
            net,
        )


def test_the_stack_exchange_key_is_sent_but_not_recorded(server: ScriptedServer, net: Net) -> None:
    server.replies["/2.3/tags/flask/info"] = [Reply.of_json({"items": [{"count": 3}]})]
    asked = source("stackexchange", endpoint=f"{server.url}/2.3")
    found = read(StackExchange(), entity(stackexchange_tag="flask"), asked, net, secrets={"stackexchange_key": "k3y"})
    assert server.seen[0].path.endswith("&key=k3y")
    assert "k3y" not in found["stack_overflow_questions"].model_dump_json()


def test_any_json_source_fills_metrics_by_path(server: ScriptedServer, net: Net) -> None:
    serve(server, "generic_json")
    values = {
        "downloads": {"path": "$.periods[?@.name == 'month'].downloads", "as_of": "$.updated"},
        "rating": "$.rating",
        "wheel_size": "$.size",
        "github_stars": "$.periods[*].downloads",
        "unregistered": "$.rating",
    }
    asked = source("json", url=f"{server.url}/stats/{{npm}}", values=values, page="https://stats.example/{npm}")
    remarks: list[str] = []
    found = read(GenericJson(), entity(npm="flask/core"), asked, net, remarks)
    assert raws(found) == {
        "downloads": "120456789",
        "rating": "4.7",
        "wheel_size": "1.2 MB",
    }
    assert str(found["downloads"].as_of) == "2026-11-21"
    assert found["downloads"].dated
    assert found["downloads"].url == "https://stats.example/flask%2Fcore"
    # Two periods: no single value to take.
    assert remarks == ["has not exactly one $.periods[*].downloads for Flask"]


def test_a_json_source_covers_only_entities_with_the_names_that_it_asks_for() -> None:
    asked = source("json", url="https://stats.example/{npm}", values={"downloads": "$.d"})
    assert not GenericJson().covers(entity(pypi="flask"), asked)
    assert GenericJson().covers(entity(npm="flask"), asked)


def test_the_key_of_a_json_source_goes_where_the_options_say(server: ScriptedServer, net: Net) -> None:
    server.replies["/d"] = [Reply.of_json({"d": 1})]
    for where in ({"key_header": "X-Key"}, {"key_param": "token"}):
        asked = source("json", url=f"{server.url}/d", values={"downloads": "$.d"}, key="counter", **where)
        read(GenericJson(), entity(), asked, net, secrets={"counter": "s3cret"})
    assert server.seen[0].headers["x-key"] == "s3cret"
    assert server.seen[1].path == "/d?token=s3cret"


@pytest.mark.parametrize("values", [{}, "x", {"downloads": 3}, {"downloads": {"unit": "s"}}, {"downloads": "$.["}])
def test_wrong_options_of_a_json_source_are_said(server: ScriptedServer, net: Net, values: object) -> None:
    server.replies["/d"] = [Reply.of_json({"d": 1})]
    with pytest.raises(InputError, match="Source 'json'"):
        read(GenericJson(), entity(), source("json", url=f"{server.url}/d", values=values), net)


@pytest.mark.parametrize(
    ("path", "options", "raw"),
    [
        ("/plans", {"metric": "monthly_price"}, "13.99 USD/month"),
        ("/laptop", {}, "1099.00-1499.00 USD"),
        ("/laptop", {"currency": "USD", "period": "year"}, "1099.00-1499.00 USD/year"),
    ],
)
def test_a_page_states_its_price(
    server: ScriptedServer, net: Net, path: str, options: dict[str, str], raw: str
) -> None:
    serve(server, "jsonld")
    found = read(JsonLd(), entity("Streamly", jsonld=server.url + path), source("jsonld", **options), net)
    assert list(raws(found).values()) == [raw]


@pytest.mark.parametrize(
    ("path", "remark"),
    [
        ("/expired", "states only expired prices for Streamly"),
        ("/two", "states several prices for Streamly"),
        # One script is cut short, the other's price is written the way no number is.
        ("/broken", "states no price for Streamly"),
    ],
)
def test_a_price_that_cannot_be_told_is_left_out_with_a_remark(
    server: ScriptedServer, net: Net, path: str, remark: str
) -> None:
    serve(server, "jsonld")
    remarks: list[str] = []
    assert read(JsonLd(), entity("Streamly", jsonld=server.url + path), source("jsonld"), net, remarks) == {}
    assert remarks == [remark]
