"""The table of aggregators: every one can be made and chosen, and all places say the same of it."""

import re
from pathlib import Path

import pytest

from data.errors import SettingsError
from fl.aggregation import make
from fl.settings.aggregator_costs import HEU_MAX_VALUES
from fl.settings.aggregator_words import AggregatorChoice, collusion_needed, quorum
from fl.settings.aggregators import AGGREGATORS, check_table, claim_for, cost_of, problem_of
from fl.settings.base import build
from fl.settings.train import TrainSettings

DOCS = Path(__file__).resolve().parents[3] / "docs" / "privacy.md"


def claim(name, parties, **chosen):
    return claim_for(AggregatorChoice(name, **chosen), parties)


@pytest.mark.parametrize("name", AGGREGATORS)
def test_that_an_aggregator_can_be_chosen_and_made(name):
    about = AGGREGATORS[name]
    parties = max(4, about.min_parties)
    settings = TrainSettings(aggregator=name, parties=parties)
    assert settings.aggregator_choice == AggregatorChoice(name)
    assert problem_of(AggregatorChoice(name), about.min_parties, "simulation") is None
    assert about.fewest(parties) in (quorum(parties), parties)
    assert TrainSettings.declared()["aggregator"].words[name] == about.title


def test_that_an_unknown_aggregator_is_refused_with_those_there_are():
    with pytest.raises(SettingsError, match=r"aggregator: must be 'masked', 'verified'"):
        build(TrainSettings, {"aggregator": "magic"})


def test_that_made_aggregators_know_what_is_declared_of_them():
    for name in ("masked", "verified", "spu", "heu"):  # the others' parents in SecretFlow ask for a real server
        assert make(name, None, list("abcd")).about is AGGREGATORS[name]


@pytest.mark.parametrize("name", AGGREGATORS)
def test_that_the_guide_says_what_the_program_says(name):
    """The guide gives each sentence for 4 parties, in the section of the aggregator."""
    text = DOCS.read_text("utf-8")
    section = re.search(rf"^### {name}\n(.*?)(?=^##)", text, re.DOTALL | re.MULTILINE)[1]
    quotes = re.findall(r"(?:^> .*\n)+", section, re.MULTILINE)
    chosen = [{}, {"spu_protocol": "aby3"}] if name == "spu" else [{}]
    assert [quote.replace("\n", "").replace("> ", " ").strip() for quote in quotes] == [
        claim(name, 4, **more) for more in chosen
    ]
    row = re.search(rf"^\| `{name}`.*$", text, re.MULTILINE)[0].split("|")
    assert row[6].strip().startswith(str(AGGREGATORS[name].min_parties))
    assert ("`t` are left" in row[5] or "as `masked`" in row[5]) == AGGREGATORS[name].recovers


def test_that_a_claim_has_the_numbers_of_the_run_and_the_collusion_it_withstands():
    assert [collusion_needed(n) for n in range(2, 9)] == [1, 2, 2, 3, 4, 3, 4]
    four = claim("verified", 4)
    assert "at least 3 of 4 parties" in four
    assert "colludes with 2 of the others" in four
    assert "What the server does with the sum afterwards is not checked" in four
    spu = claim("spu", 4)
    assert spu.startswith("party-1 and party-2 add secret shares")
    assert "takes both of them together" in spu
    assert "party-1, party-2 and party-3" in claim("spu", 4, spu_protocol="aby3")
    assert "takes two of them" in claim("spu", 4, spu_protocol="aby3")
    assert "colludes with party-1" in claim("heu", 2)
    assert "reads every party's update in plain" in claim("robust", 5)
    assert "the median over parties bounds what fewer than 3 of 5 can do" in claim("robust", 5)
    assert "the trimmed mean over parties bounds what fewer than 2 of 5" in claim(
        "robust", 5, robust_rule="trimmed-mean"
    )


def test_that_an_absurd_table_is_refused_with_its_cost():
    check_table("heu", HEU_MAX_VALUES)
    check_table("masked", 10**9)
    with pytest.raises(SettingsError, match=r"would take about .* MB from each party every round"):
        check_table("heu", 500_000 * 64)


def test_that_a_cost_is_that_of_a_round():
    # 1682 x 32 values in 2692 ciphertexts of 272 bytes.
    heu = cost_of(AggregatorChoice("heu"), 4, 1682 * 32)
    assert heu.bytes_up == 2692 * 272
    assert 0.5 < heu.seconds < 4
    assert "0.7 MB" in heu.sentence
    assert "times the plain update" in cost_of(AggregatorChoice("spu"), 4, 1682 * 32).sentence
    assert cost_of(AggregatorChoice("masked"), 4, 1682 * 32).sentence == ""
