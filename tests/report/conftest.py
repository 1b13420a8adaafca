"""A run made by hand, with figures that are easy to find again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fl.runs.records import Evaluation, GroupRow, MetricRow, ReachRow, RunDetail, RunInfo
from fl.runs.rounds import RoundRecord
from fl.settings.of_jobs import EvaluateSettings
from fl.settings.train import TrainSettings


def row(scorer: str, k: int, hr: float, view: str = "", **more: Any) -> MetricRow:
    """Figures that follow from HR: NDCG is half of it, full rank a quarter, MRR a third."""
    return MetricRow(
        scorer=scorer,
        item_view=view,
        k=k,
        hr=hr,
        ndcg=hr / 2,
        full_hr=hr / 4,
        full_ndcg=hr / 8,
        recall=hr,
        mrr=hr / 3,
        full_mrr=hr / 9,
        **more,
    )


def evaluation(run: str = "a run", protocol: Any = "leak-free") -> Evaluation:
    return Evaluation(
        settings=EvaluateSettings(run=run, k=(5, 10)),
        protocol=protocol,
        seed=7,
        fingerprint="f" * 64,
        n_users=300,
        best_round=2,
        rows=(
            row("model", 5, 0.512, "global"),
            row("model", 10, 0.624, "global", intervals={"hr": (0.571, 0.677)}),
            row("popularity", 5, 0.304),
            row("popularity", 10, 0.416),
        ),
        groups=tuple(
            GroupRow(
                scorer=scorer,
                item_view="global" if scorer == "model" else "",
                kind="activity",
                label=label,
                n_users=150,
                k=10,
                hr=hr,
                ndcg=hr / 2,
                full_hr=hr / 4,
                full_ndcg=hr / 8,
            )
            for label, hr in (("1 to 9 items", 0.555), ("10 to 99 items", 0.693))
            for scorer in ("model", "popularity")
        ),
        reach=(
            ReachRow(
                scorer="model",
                item_view="global",
                k=10,
                coverage=0.777,
                novelty=3.25,
                popularity_percentile=88.5,
                gini=0.876,
            ),
        ),
        warning="",
    )


def make_detail(name: str = "a run", *, evaluated: bool = True, finished: bool = True, **settings: Any) -> RunDetail:
    """A run of three rounds on the demo data."""
    chosen = TrainSettings(**{"model": "pfedrec", "epochs": 3, "seed": 7, "name": name, **settings})
    result: dict[str, Any] = {"hr@10": 0.624, "ndcg@10": 0.312, "popularity_hr@10": 0.416, "popularity_ndcg@10": 0.208}
    info = RunInfo(
        name=name,
        dataset=chosen.dataset,
        model=chosen.model,
        protocol=chosen.protocol,
        created="2026-11-21T07:30:00Z",
        state="done" if finished else "interrupted",
        rounds=3,
        epochs=chosen.epochs,
        parties=chosen.parties,
        best_round=2,
    )
    return RunDetail(
        info=info,
        settings=chosen,
        fingerprint="f" * 64,
        n_users=300,
        n_items=400,
        n_train=11_368,
        versions={"python": "3.10.13", "secretflow": "1.13.0b0"},
        machine={"processor": "Some CPU", "cores": "2", "memory": "8 GiB", "system": "Linux x86_64"},
        rounds=tuple(
            RoundRecord(
                round=number,
                loss=1 / number,
                valid={"hr@10": 0.3 + number / 10, "ndcg@10": 0.2 + number / 20},
                seconds=0.5,
                bytes_up=51_234,
                bytes_down=51_200,
            )
            for number in (1, 2, 3)
        ),
        result=result if finished else {},
        evaluations=(evaluation(name, chosen.protocol),) if evaluated else (),
    )


@pytest.fixture
def detail() -> Callable[..., RunDetail]:
    """Makes runs: `detail(name, evaluated=True, finished=True, **settings)`."""
    return make_detail
