"""A party that drops out and a sum that was refused are told in words, beside the progress and in the log."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fl.protocol import events as ev
from tests.gui.train.test_train_tab import start, until_round
from tests.round_records import a_round


@pytest.fixture
def tab(stage: Any) -> Any:
    stage.answer_lists()
    return stage.window.train


def round_done(job: str, number: int, dropped: dict[str, str]) -> ev.RoundDone:
    return ev.RoundDone(
        job=job, run="r", record=a_round(number, 0.4, 0.2, dropped=dropped), rounds=500, best_round=1, eta_seconds=1
    )


def told(tab: Any) -> list[str]:
    tab.log.flush()
    return [line for line in tab.log.text().splitlines() if "WARNING" in line]


def test_that_a_lost_party_is_named_with_its_reason_and_marked_once_in_the_log(
    stage: Any, tab: Any, qtbot: QtBot
) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(1))
    assert not tab.progress.missing.isVisible()
    lost = {"party-2": "it did not answer within 30 seconds"}
    for number in (2, 3):
        stage.client.receive(round_done(job, number, lost))
    assert tab.progress.missing.isVisible()
    assert tab.progress.missing.text() == (
        "party-2 dropped out: it did not answer within 30 seconds. The run goes on with the other parties."
    )
    assert len(told(tab)) == 1
    assert "WARNING: party-2 dropped out" in told(tab)[0]
    stage.client.receive(round_done(job, 4, {**lost, "party-1": "its process died"}))
    assert "party-1 dropped out: its process died." in tab.progress.missing.text()
    assert len(told(tab)) == 2


def test_that_a_refused_sum_is_told_and_a_new_training_begins_without_it(stage: Any, tab: Any, qtbot: QtBot) -> None:
    job = start(stage, tab, qtbot)
    stage.play("train", job, until_round(1))
    stage.client.receive(ev.RoundRefused(job=job, run="r", round=2, reason="Its counts are no counts."))
    assert tab.progress.missing.text() == (
        "The sum of round 2 was refused, nothing of it was applied, and it is tried again. Its counts are no counts."
    )
    assert "tried again" in told(tab)[0]
    tab.progress.begin("Preparing", training=True)
    assert not tab.progress.missing.isVisible()
