"""The read API: what the public site shows, page by page, and a problem instead of a page when something is wrong."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from kentongan.exchange.reading import served
from kentongan.groups.models import Group, Membership
from kentongan.newsroom.models import Source, Story
from kentongan.newsroom.tests.factories import story_in

PROBLEM = "application/problem+json"


@pytest.fixture
def reader() -> Client:
    return Client(headers={"host": "testserver"})


@pytest.fixture
def story(cast: Any) -> Story:
    return story_in("published", cast)


def ask(reader: Client, address: str, **query: Any) -> Any:
    answer = reader.get(f"/api/v1/{address}", query)
    assert answer.status_code == 200, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies
    return answer.json()


def test_groups_are_walked_page_by_page_each_once(reader: Client, cast: Any) -> None:
    first = ask(reader, "groups", limit=1)
    assert [one["name"] for one in first["items"]] == ["KIM Bermi"]
    rest = reader.get(first["next"].replace("http://localhost:8000", "")).json()
    assert ([one["name"] for one in rest["items"]], rest["next"]) == (["KIM Gulangpongge"], None)
    assert rest["licence"].startswith("https://creativecommons.org/")


def test_groups_of_a_place_and_of_a_state(reader: Client, cast: Any) -> None:
    assert len(ask(reader, "groups", region="33.18")["items"]) == 2
    assert [one["slug"] for one in ask(reader, "groups", region="33.18.17.2003")["items"]] == ["gulangpongge"]
    assert ask(reader, "groups", state="dissolved")["items"] == []


def test_a_group_that_is_not_public_is_nowhere(reader: Client, cast: Any) -> None:
    Group.objects.filter(pk=cast.other_group.pk).update(state="proposed")
    assert len(ask(reader, "groups")["items"]) == len(ask(reader, "decrees")["items"]) == 1
    assert reader.get(f"/api/v1/groups/{cast.other_group.pk}").status_code == 404


def test_members_are_named_only_when_they_said_yes(reader: Client, cast: Any) -> None:
    Membership.objects.filter(person=cast.anggota).update(agreed_at=None)
    named = [one["name"] for one in ask(reader, f"groups/{cast.group.pk}")["members"]]
    assert "Sugeng Riyadi" in named and "Joko Prasetyo" not in named
    assert "+62812" not in str(ask(reader, f"groups/{cast.group.pk}"))


def test_decrees_are_public_facts(reader: Client, cast: Any) -> None:
    found = ask(reader, "decrees", group=cast.group.pk)["items"]
    assert [(one["number"], one["rank"], one["holds_today"]) for one in found] == [("141/07/2024", "kades", True)]


def test_only_published_stories_with_their_words_and_without_who_asked_not_to_be_named(reader: Client, cast: Any, story: Story) -> None:
    story_in("submitted", cast)
    Source.objects.filter(story=story).update(unnamed=True, who="Mbah Karto")
    assert [one["id"] for one in ask(reader, "stories")["items"]] == [story.pk]
    whole = ask(reader, f"stories/{story.pk}")
    assert whole["body"] == story.body and whole["sources"][0]["unnamed"]
    assert "Mbah Karto" not in str(whole)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", whole["published_at"]), "RFC 3339"


def test_a_retracted_story_is_gone(reader: Client, cast: Any) -> None:
    gone = story_in("retracted", cast)
    assert ask(reader, "stories")["items"] == []
    assert reader.get(f"/api/v1/stories/{gone.pk}").status_code == 404


def test_stories_are_walked_from_the_newest(reader: Client, cast: Any, story: Story) -> None:
    newer = story_in("published", cast)
    first = ask(reader, "stories", limit=1, region="33.18")
    second = reader.get(first["next"].replace("http://localhost:8000", "")).json()
    assert [first["items"][0]["id"], second["items"][0]["id"], second["next"]] == [newer.pk, story.pk, None]


def test_regions_by_code_level_and_parent(reader: Client, cast: Any) -> None:
    assert [one["code"] for one in ask(reader, "regions", level=1)["items"]] == ["33"]
    assert [one["code"] for one in ask(reader, "regions", parent="33.18")["items"]] == ["33.18.13", "33.18.17"]
    assert ask(reader, "regions/3318172003")["label"] == "Desa Gulangpongge"
    assert [one["code"] for one in ask(reader, "regions", cursor="33.18.17")["items"]] == ["33.18.17.2003"]


def test_figures_have_their_denominator(reader: Client, cast: Any) -> None:
    found = ask(reader, "figures", region="33.18")
    assert (found["of"]["villages"], [one["villages"] for one in found["items"]]) == (2, [1, 1])
    assert ask(reader, "figures")["of"]["code"] == ""
    assert ask(reader, "figures", region="33.18.17.2003")["items"] == []


def test_the_same_content_is_not_sent_twice(reader: Client, cast: Any) -> None:
    tag = reader.get("/api/v1/groups")["ETag"]
    assert reader.get("/api/v1/groups", headers={"if-none-match": tag}).status_code == 304
    Group.objects.filter(pk=cast.group.pk).update(about="Lain.")
    assert reader.get("/api/v1/groups", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("groups?limit=0", 422), ("groups?limit=101", 422), ("groups?cursor=x", 422), ("groups?cursor=99999999999999999999", 422),
        ("groups?region=abc", 422), ("groups?region=99", 404), ("groups?state=proposed", 422), ("groups/0", 422), ("groups/999999", 404),
        ("stories?cursor=1", 422), ("stories?cursor=1-", 422), ("stories?kind=gosip", 422), ("regions?level=5", 422), ("regions/9", 422),
        ("regions?cursor=%00", 422), ("figures?region=33.18.17.9999", 404), ("tidak/ada", 404), ("", 404),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_problem(reader: Client, cast: Any, address: str, status: int) -> None:
    answer = reader.get(f"/api/v1/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert answer.json()["status"] == status and answer.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(reader: Client, db: None, method: str) -> None:
    for address in ("groups", "groups/1", "openapi.json", "tidak/ada"):
        answer = getattr(reader, method)(f"/api/v1/{address}")
        assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, PROBLEM, "GET, HEAD, OPTIONS")


def test_other_pages_may_ask_first(reader: Client, db: None) -> None:
    answer = reader.options("/api/v1/groups")
    assert (answer.status_code, answer["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_a_list_asks_the_same_number_of_questions_however_long(
    reader: Client, cast: Any, story: Story, django_assert_max_num_queries: Any
) -> None:
    for address in ("groups", "groups?region=33.18", "stories", "decrees", "regions", "figures"):
        with django_assert_max_num_queries(8):
            reader.get(f"/api/v1/{address}")


def test_the_states_and_kinds_it_takes_are_those_there_are() -> None:
    from kentongan.exchange import api

    assert set(api.GroupState.__args__) - {""} == set(Group.PUBLIC)
    assert set(api.StoryKind.__args__) - {""} == set(Story.Kind.values)


def test_the_page_about_it_links_to_examples_that_answer(reader: Client, cast: Any, story: Story) -> None:
    page = reader.get("/api/").content.decode()
    examples = re.findall(r'href="(/api/v1/[^"]+)"', page)
    assert len(examples) > 4
    for example in examples:
        assert reader.get(example.replace("&amp;", "&")).status_code == 200, example


def test_a_cursor_is_read_back_as_it_was_written(story: Story) -> None:
    assert served.story_key(served.story_mark(story)) == (story.published_at, story.pk)


@pytest.fixture
def described(cast: Any, story: Story) -> Iterator[Any]:
    """The API as it describes itself. As in Django's own test client, the end of a request leaves the test's connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_it_answers_as_it_says_to_whatever_its_schema_allows_and_forbids(described: Any, mode: GenerationMode) -> None:
    for found in described.get_all_operations():

        @given(case=found.ok().as_strategy(generation_mode=mode))
        @settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True)
        def asked(case: Any) -> None:
            case.call_and_validate(checks=CHECKS)

        asked()


def no_server_error(ctx: Any, response: Any, case: Any) -> None:
    """Nothing anybody asks breaks it, and every refusal is a problem."""
    assert response.status_code < 500, response.text
    kind = response.headers["content-type"][0]
    assert kind.startswith("application/json" if response.status_code == 200 else PROBLEM)


CHECKS = (content_type_conformance, status_code_conformance, negative_data_rejection, response_schema_conformance, no_server_error)
