"""Lists of one genre: the best of that genre, not those of the best that have it."""

import json

import pytest

from data.errors import UnknownNameError
from fl.jobs.training import train
from fl.protocol.commands import RecommendAllCommand, RecommendCommand, RecommendNewCommand, TrainCommand
from fl.settings.base import build
from fl.settings.of_jobs import NewUserSettings, RecommendAllSettings, RecommendSettings
from fl.settings.train import TrainSettings
from tests.fl.asking import ask

SETTINGS = {"model": "fcf", "dim": 4, "epochs": 1, "runtime": "in-process", "name": "run"}


@pytest.fixture
def trained(context):
    train(TrainCommand(settings=build(TrainSettings, SETTINGS)), context)


def of_user(**values):
    return ask(RecommendCommand(settings=RecommendSettings(run="run", user="7", **values)))


def test_that_a_genre_gives_its_ten_best(trained):
    everything = of_user(top_k=1000)
    assert set(everything.genres) == {name for item in everything.items for name in item.genres}
    for genre in everything.genres:
        expected = [item.item for item in everything.items if genre in item.genres][:10]
        found = of_user(genre=genre).items
        assert [item.item for item in found] == expected
        assert [item.rank for item in found] == list(range(1, 11))
    rated = of_user(top_k=1000, scope="all", genre="drama")
    assert len(rated.items) > len(of_user(top_k=1000, genre="Drama").items)


def test_that_newcomers_and_all_users_have_lists_of_a_genre(trained, tmp_path):
    picks = {"run": "run", "items": ("3", "17")}
    for basket in (False, True):
        everything = ask(RecommendNewCommand(settings=NewUserSettings(**picks, basket=basket, top_k=1000)))
        found = ask(RecommendNewCommand(settings=NewUserSettings(**picks, basket=basket, genre="Crime")))
        expected = [item.item for item in everything.items if "Crime" in item.genres]
        assert [item.item for item in found.items] == expected[:10]
    path = tmp_path / "all.jsonl"
    ask(RecommendAllCommand(settings=RecommendAllSettings(run="run", output=str(path), genre="Crime", top_k=5)))
    lists = {one["user"]: one["items"] for one in map(json.loads, path.read_text("utf-8").splitlines())}
    assert [one["item"] for one in lists["7"]] == [one.item for one in of_user(genre="Crime", top_k=5).items]


def test_that_a_genre_that_no_item_has_is_told_with_those_there_are(trained):
    with pytest.raises(UnknownNameError, match=r"has the genre 'Western'.*Genres: Adventure, Comedy"):
        of_user(genre="Western")


def test_that_the_command_line_says_what_a_list_is_from(trained, command_line):
    result = command_line("recommend", "--run", "run", "--user", "7", "--genre", "crime", "--top-k", "3")
    assert "From run run, round 1, leak-free protocol, data " in result.stdout
    assert result.stdout.count("Crime") == 3
    answer = json.loads(
        command_line("recommend", "--run", "run", "--items", "3", "--genre", "Crime", "--json").stdout.splitlines()[-1]
    )
    assert answer["source"]["round"] == 1
