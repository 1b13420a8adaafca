"""The report's figures: tables and plots of an evaluation, and of the training that led to it."""

from __future__ import annotations

from collections.abc import Sequence

from fl.runs.records import Evaluation, GroupRow, MetricRow, RunDetail
from report import charts, markup, words

USUAL_K = 10
_METRICS = (("hr", "HR"), ("ndcg", "NDCG"), ("mrr", "MRR"))
_EXPLAINED = (
    "HR@K: share of users whose held-out item is among the first K; as one item is held out, it equals Recall@K. "
    "NDCG@K: a hit counts 1 / log2(rank + 1). MRR@K: a hit counts 1 / rank. Sampled: the held-out item is ranked among "
    "99 items that the user never touched. Full: among all items but those of the user's train set. Small: 95% "
    "bootstrap intervals over users; they say nothing of other seeds."
)


def headline(detail: RunDetail) -> str:
    """Return the figures most people look for, beside the popularity baseline of the same candidates."""
    rows = []
    own = _usual_row(detail, "model")
    base = _usual_row(detail, "popularity")
    for key, name in (("hr", "HR"), ("ndcg", "NDCG"), ("full_hr", "HR, full rank"), ("full_ndcg", "NDCG, full rank")):
        if own is not None and base is not None:
            ends = (own.intervals.get(key), base.intervals.get(key))
            pair = (getattr(own, key), getattr(base, key))
            k = own.k
        else:
            ends, k = (None, None), USUAL_K
            pair = (_result(detail, f"{key}@{k}"), _result(detail, f"popularity_{key}@{k}"))
            if pair[0] is None:
                continue
        difference = (
            f"{pair[0] - pair[1]:+.3f}".replace("-", "−") if pair[0] is not None and pair[1] is not None else "–"
        )
        short, _, more = name.partition(",")
        rows.append(
            [
                f"{short}@{k}" + (f",{more}" if more else ""),
                words.with_interval(pair[0], ends[0]),
                words.with_interval(pair[1], ends[1]),
                difference,
            ]
        )
    return markup.table(["Test figure", "This run", "Popularity", "Difference"], rows)


def evaluation_sections(evaluation: Evaluation) -> str:
    """Return sections with everything an evaluation found."""
    rows = sorted(evaluation.rows, key=lambda row: row.k)
    own_rows = [row for row in rows if row.scorer == "model"]
    table = markup.table(
        ["Ranked by", "K", *(f"{name}@K" for _, name in _METRICS), *(f"Full {name}" for _, name in _METRICS)],
        [
            [
                words.scorer(row),
                str(row.k),
                *(
                    words.with_interval(getattr(row, key), row.intervals.get(key))
                    for key in (*(key for key, _ in _METRICS), *(f"full_{key}" for key, _ in _METRICS))
                ),
            ]
            for row in rows
        ],
    )
    plots = [
        _by_k(rows, key, f"{name}, {how}")
        for how, prefix in (("sampled", ""), ("full rank", "full_"))
        for key, name in ((f"{prefix}hr", "HR@K"), (f"{prefix}ndcg", "NDCG@K"))
    ]
    return (
        markup.section(
            f"Test figures, {evaluation.protocol} protocol",
            markup.paragraph(evaluation.warning, "warning") if evaluation.warning else "",
            markup.paragraph(
                f"{words.count(evaluation.n_users)} users, each tested on one held-out item; round "
                f"{evaluation.best_round}, the best on the validation items."
            ),
            table,
            markup.paragraph(_EXPLAINED, "note"),
            markup.side_by_side(*plots) if own_rows else "",
        )
        + _groups(evaluation.groups)
        + _reach(evaluation)
    )


def training_section(detail: RunDetail) -> str:
    """Return a section with the curves over the rounds."""
    if not detail.rounds:
        return ""
    rounds = [float(one.round) for one in detail.rounds]
    plots = []
    for key, name in (("hr@10", "HR@10"), ("ndcg@10", "NDCG@10")):
        values = [one.valid.get(key) for one in detail.rounds]
        if any(value is not None for value in values):
            plots.append(charts.line_chart(f"Validation {name}", "round", rounds, [charts.Series(name, values)]))
    losses = [one.loss for one in detail.rounds]
    if any(value is not None for value in losses):
        plots.append(charts.line_chart("Training loss", "round", rounds, [charts.Series("loss", losses)]))
    seconds = sum(one.seconds for one in detail.rounds)
    last = detail.rounds[-1]
    told = (
        f"{last.round} of {detail.info.epochs} rounds ({detail.info.state}), the best one is round "
        f"{detail.info.best_round}. {words.duration(seconds)} in rounds. Each round a party sent "
        f"{words.size(last.bytes_up)} and received {words.size(last.bytes_down)}."
    )
    return markup.section("Training", markup.paragraph(told), markup.side_by_side(*plots) if plots else "")


def _usual_row(detail: RunDetail, scorer: str) -> MetricRow | None:
    """Return the headline's row: of the run's own protocol and item view, at the usual K where that was asked for."""
    evaluation = next((one for one in detail.evaluations if one.protocol == detail.settings.protocol), None)
    if evaluation is None or not evaluation.rows:
        return None
    ks = {row.k for row in evaluation.rows}
    k = USUAL_K if USUAL_K in ks else min(ks)
    rows = [row for row in evaluation.rows if row.scorer == scorer and row.k == k]
    own = [row for row in rows if row.item_view == detail.settings.resolved_item_view]
    return next(iter(own or rows), None)


def _result(detail: RunDetail, key: str) -> float | None:
    value = detail.result.get(key)
    return float(value) if isinstance(value, int | float) else None


def _by_k(rows: Sequence[MetricRow], key: str, title: str) -> str:
    ks = sorted({row.k for row in rows})
    series = []
    for scorer in dict.fromkeys((row.scorer, row.item_view) for row in rows):
        by_k = {row.k: row for row in rows if (row.scorer, row.item_view) == scorer}
        values = [getattr(by_k[k], key) if k in by_k else None for k in ks]
        ends = [by_k[k].intervals.get(key) if k in by_k else None for k in ks]
        series.append(charts.Series(words.scorer(next(iter(by_k.values()))), values, ends))
    return charts.line_chart(title, "K", ks, series, even=True)


def _groups(groups: Sequence[GroupRow]) -> str:
    if not groups:
        return ""
    ks = {row.k for row in groups}
    k = USUAL_K if USUAL_K in ks else min(ks)
    rows = [row for row in groups if row.k == k]
    labels = list(dict.fromkeys((row.kind, row.label) for row in rows))
    scorers = list(dict.fromkeys((row.scorer, row.item_view) for row in rows))
    found = {(row.kind, row.label, row.scorer, row.item_view): row for row in rows}
    table_rows, plots = [], []
    for kind, label in labels:
        for scorer in scorers:
            row = found.get((kind, label, *scorer))
            if row is not None:
                figures = [words.metric(value) for value in (row.hr, row.ndcg, row.full_hr, row.full_ndcg)]
                table_rows.append([words.name(kind), label, words.scorer(row), words.count(row.n_users), *figures])
    for kind in dict.fromkeys(kind for kind, _ in labels):
        names = [label for found_kind, label in labels if found_kind == kind]
        series = []
        for scorer in scorers:
            of_kind = [found.get((kind, label, *scorer)) for label in names]
            first = next(row for row in of_kind if row is not None)
            series.append(charts.Series(words.scorer(first), [row.hr if row else None for row in of_kind]))
        title = f"HR@{k} by {kind}" + (" (train items)" if kind == "activity" else "")
        plots.append(charts.bar_chart(title, [label.replace(" items", "") for label in names], series))
    return markup.section(
        f"Groups of users, K = {k}",
        markup.paragraph("Does everybody get good recommendations? Activity: number of train items of a user."),
        markup.table(
            ["Kind", "Group", "Ranked by", "Users", "HR", "NDCG", "Full HR", "Full NDCG"], table_rows, texts=3
        ),
        markup.side_by_side(*plots),
    )


def _reach(evaluation: Evaluation) -> str:
    rows = [
        [
            words.scorer(row),
            str(row.k),
            f"{row.coverage:.3f}",
            "–" if row.novelty is None else f"{row.novelty:.2f}",
            "–" if row.popularity_percentile is None else f"{row.popularity_percentile:.1f}",
            "–" if row.gini is None else f"{row.gini:.3f}",
        ]
        for row in sorted(evaluation.reach, key=lambda row: row.k)
    ]
    return markup.section(
        "What users are shown",
        markup.table(["Ranked by", "K", "Coverage", "Novelty (bits)", "Popularity percentile", "Gini"], rows),
        markup.paragraph(
            "Coverage: share of all items that anybody is shown. Novelty: how rare the shown items are. Popularity "
            "percentile: 50 for random lists, 100 for bestsellers. Gini: 0 all items alike, 1 one item for everybody.",
            "note",
        )
        if rows
        else "",
    )
