"""The report's figures: tables and plots of an evaluation, and of the training that led to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from data.sentences import Said, say
from fl.runs.records import Evaluation, GroupRow, MetricRow, RunDetail
from report import charts, markup, words
from report.language import now

USUAL_K = 10
_RANKED_BY: Final = say("report.ranked-by", "Ranked by")
_ROUND: Final = say("report.round", "round")
_METRICS = (("hr", "HR"), ("ndcg", "NDCG"), ("mrr", "MRR"))
_EXPLAINED = say(
    "report.explained",
    "HR@K: share of users whose held-out item is among the first K; as one item is held out, it equals Recall@K. "
    "NDCG@K: a hit counts 1 / log2(rank + 1). MRR@K: a hit counts 1 / rank. Sampled: the held-out item is ranked among "
    "99 items that the user never touched. Full: among all items but those of the user's train set. Small: 95% "
    "bootstrap intervals over users; they say nothing of other seeds.",
)


def _full(name: str) -> Said:
    return say("report.full", "Full {figure}", figure=name)


def _sampled(name: str) -> Said:
    return say("report.sampled", "{figure}, sampled", figure=name)


def _full_rank(name: str) -> Said:
    return say("report.full-rank", "{figure}, full rank", figure=name)


def _protocol(name: str) -> str:
    return now().text(name)


def headline(detail: RunDetail) -> str:
    """Return the figures most people look for, beside the popularity baseline of the same candidates."""
    rows = []
    own = _usual_row(detail, "model")
    base = _usual_row(detail, "popularity")
    for key, name in (("hr", "HR"), ("ndcg", "NDCG"), ("full_hr", "HR"), ("full_ndcg", "NDCG")):
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
        title = f"{name}@{k}"
        rows.append(
            [
                _full_rank(title) if key.startswith("full") else title,
                words.with_interval(pair[0], ends[0]),
                words.with_interval(pair[1], ends[1]),
                difference,
            ]
        )
    note = detail.info.left_out if own is None or base is None else ""
    return (markup.paragraph(note, "warning") if note else "") + markup.table(
        [
            say("report.test-figure", "Test figure"),
            say("report.this-run", "This run"),
            words.POPULARITY,
            say("report.difference", "Difference"),
        ],
        rows,
    )


def evaluation_sections(evaluation: Evaluation) -> str:
    """Return sections with everything an evaluation found."""
    rows = sorted(evaluation.rows, key=lambda row: row.k)
    own_rows = [row for row in rows if row.scorer == "model"]
    table = markup.table(
        [_RANKED_BY, "K", *(f"{name}@K" for _, name in _METRICS), *(_full(name) for _, name in _METRICS)],
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
        _by_k(rows, key, how(name))
        for how, prefix in ((_sampled, ""), (_full_rank, "full_"))
        for key, name in ((f"{prefix}hr", "HR@K"), (f"{prefix}ndcg", "NDCG@K"))
    ]
    return (
        markup.section(
            say("report.test-figures", "Test figures, {protocol} protocol", protocol=_protocol(evaluation.protocol)),
            markup.paragraph(evaluation.warning, "warning") if evaluation.warning else "",
            markup.paragraph(
                say(
                    "report.tested-users",
                    "{users:,} users, each tested on one held-out item; round {round}, the best on the validation "
                    "items.",
                    users=evaluation.n_users,
                    round=evaluation.best_round,
                )
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
            plots.append(
                charts.line_chart(
                    say("report.validation", "Validation {figure}", figure=name),
                    _ROUND,
                    rounds,
                    [charts.Series(name, values)],
                )
            )
    losses = [one.loss for one in detail.rounds]
    if any(value is not None for value in losses):
        plots.append(
            charts.line_chart(
                say("report.training-loss", "Training loss"),
                _ROUND,
                rounds,
                [charts.Series(say("report.loss", "loss"), losses)],
            )
        )
    seconds = sum(one.seconds for one in detail.rounds)
    last = detail.rounds[-1]
    told = say(
        "report.trained",
        "{round} of {rounds} rounds ({state}), the best one is round {best}. {time} in rounds. Each round a party sent "
        "{sent} and received {received}.",
        round=last.round,
        rounds=detail.info.epochs,
        state=words.STATES[detail.info.state],
        best=detail.info.best_round,
        time=words.duration(seconds),
        sent=words.size(last.bytes_up),
        received=words.size(last.bytes_down),
    )
    return markup.section(
        say("report.training", "Training"),
        markup.paragraph(told),
        markup.bullets(_drop_outs(detail)),
        markup.side_by_side(*plots) if plots else "",
    )


def _drop_outs(detail: RunDetail) -> list[str]:
    """Return a sentence for each time that a party was lost."""
    found, before = list[str](), set[str]()
    for one in detail.rounds:
        for party, why in one.dropped.items():
            if party not in before:
                found.append(
                    say(
                        "report.dropped-out",
                        "{party} dropped out in round {round}: {why}. Figures of the rounds without it leave out its "
                        "users.",
                        party=party,
                        round=one.round,
                        why=why,
                    )
                )
        before = set(one.dropped)
    return found


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
                table_rows.append(
                    [
                        words.name(now().text(kind)),
                        now().text(label),
                        words.scorer(row),
                        words.count(row.n_users),
                        *figures,
                    ]
                )
    for kind in dict.fromkeys(kind for kind, _ in labels):
        names = [label for found_kind, label in labels if found_kind == kind]
        series = []
        for scorer in scorers:
            of_kind = [found.get((kind, label, *scorer)) for label in names]
            first = next(row for row in of_kind if row is not None)
            series.append(charts.Series(words.scorer(first), [row.hr if row else None for row in of_kind]))
        by = say("report.by-kind", "HR@{k} by {kind}", k=k, kind=now().text(kind))
        title = say("report.by-activity", "{title} (train items)", title=by) if kind == "activity" else by
        plots.append(charts.bar_chart(title, [_short(label) for label in names], series))
    return markup.section(
        say("report.groups", "Groups of users, K = {k}", k=k),
        markup.paragraph(
            say(
                "report.groups-why",
                "Does everybody get good recommendations? Activity: number of train items of a user.",
            )
        ),
        markup.table(
            [
                say("report.kind", "Kind"),
                say("report.group", "Group"),
                _RANKED_BY,
                words.USERS,
                "HR",
                "NDCG",
                _full("HR"),
                _full("NDCG"),
            ],
            table_rows,
            texts=3,
        ),
        markup.side_by_side(*plots),
    )


def _short(label: str) -> str:
    """Return the name of a group for a plot: of a range of activity the ends alone."""
    if isinstance(label, Said) and "high" in label.values:
        low, high = label.values.get("low", label.values["high"]), label.values["high"]
        return f"{low}–{high}" if low != high else str(high)
    return label.removesuffix(" items")  # as an older version kept it


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
        say("report.shown", "What users are shown"),
        markup.table(
            [
                _RANKED_BY,
                "K",
                say("report.coverage", "Coverage"),
                say("report.novelty", "Novelty (bits)"),
                say("report.percentile", "Popularity percentile"),
                say("report.gini", "Gini"),
            ],
            rows,
        ),
        markup.paragraph(
            say(
                "report.shown-explained",
                "Coverage: share of all items that anybody is shown. Novelty: how rare the shown items are. "
                "Popularity percentile: 50 for random lists, 100 for bestsellers. Gini: 0 all items alike, 1 one item "
                "for everybody.",
            ),
            "note",
        )
        if rows
        else "",
    )
