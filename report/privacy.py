"""The report's privacy statement: what left a party, who could read it, and what nothing here prevents."""

from __future__ import annotations

from pydantic import ValidationError

from data.sentences import Said, join, say
from fl.runs.records import Audit, RunDetail
from fl.settings.aggregator_words import TWO_PARTIES
from fl.settings.aggregators import AGGREGATORS, claim_for
from models.descriptor import Model
from models.registry import MODELS
from report import markup, words
from report.language import now

_LATER = (
    say("report.once", "Once: how many interactions each item has."),
    say(
        "report.for-evaluation",
        "For an evaluation: sums of figures over users, under bootstrap weights and by group, and how often each item "
        "is shown.",
    ),
)
_OPEN = (
    say(
        "report.open-sums",
        "The sums themselves: what they say about few users, or about one, is bounded only by differential privacy.",
    ),
    say(
        "report.open-poisoning",
        "Poisoning: a finite update within range that was made to harm is not recognised by aggregators that cannot "
        "look.",
    ),
    say(
        "report.open-metadata",
        "Metadata: who took part and when, how long it took, number and size of messages.",
    ),
)


def privacy_section(detail: RunDetail) -> str:
    """Return a section on what the run's settings enforced; docs/privacy.md says more."""
    settings = detail.settings
    model = MODELS[settings.model]
    still_open: list[str] = list(_OPEN)
    if settings.parties == 2:
        still_open.insert(0, TWO_PARTIES)
    return markup.section(
        say("report.privacy", "Privacy"),
        markup.paragraph(say("report.what-left", "What left a party:")),
        markup.bullets([_each_round(detail, model), *_LATER]),
        markup.paragraph(
            say(
                "report.stayed",
                "Interactions, private parameters and single users' figures stayed with the party: with {title}, each "
                "user keeps {stays}.",
                title=model.title,
                stays=now().text(model.stays),
            )
        ),
        markup.paragraph(
            say(
                "report.who-could-read",
                "Who could read it ({aggregator} aggregation, {parties} parties): {claim}",
                aggregator=now().text(AGGREGATORS[settings.aggregator].title),
                parties=settings.parties,
                claim=claim_for(settings.aggregator_choice, settings.parties),
            )
        ),
        markup.paragraph(_where(detail)),
        markup.paragraph(_differential_privacy(detail)),
        _audit(detail),
        markup.paragraph(say("report.not-prevented", "What this does not prevent:")),
        markup.bullets(still_open),
    )


def _each_round(detail: RunDetail, model: Model) -> Said:
    sent = now().text(model.sent)
    if epsilon(detail) is None:
        return say(
            "report.each-round",
            "Each round: {sent}, three totals (users, samples, loss), and sums of validation figures.",
            sent=sent,
        )
    return say(
        "report.each-round-with-noise",
        "Each round: {sent}, and sums of validation figures, both with noise. No totals and no loss.",
        sent=sent,
    )


def epsilon(detail: RunDetail) -> float | None:
    """Return the differential privacy that the run spent; None without it."""
    value = detail.result.get("epsilon")
    if isinstance(value, int | float):
        return float(value)
    return detail.rounds[-1].epsilon if detail.rounds else None


def _where(detail: RunDetail) -> str:
    if detail.settings.runtime == "in-process":
        return say(
            "report.in-process",
            "All parties shared one process: nothing separated them. This was a quick look, not a deployment.",
        )
    if detail.settings.runtime == "organisations":
        return say(
            "report.organisations",
            "Between organisations: each ran its own program with its own file, over TLS with certificates on both "
            "sides.",
        )
    if detail.settings.runtime == "cluster":
        return say(
            "report.cluster",
            "A Ray cluster of one organisation: parties were processes on its computers, and one program read the data "
            "file and dealt it out. This took their processors; it does not protect from whoever ran it.",
        )
    return say(
        "report.simulation",
        "Simulation: all parties were processes on one machine, and one program read the data file and dealt it out. "
        "This shows the protocol; it does not protect from whoever ran it.",
    )


def _differential_privacy(detail: RunDetail) -> str:
    spent = epsilon(detail)
    if spent is None:
        return say(
            "report.no-dp",
            "No differential privacy: no noise was added, and no epsilon bounds what the sums give away.",
        )
    settings = detail.settings
    delta = words.plain(detail.result.get("delta", settings.delta))
    told: str = say(
        "report.dp",
        "Differential privacy ({kind}): epsilon {epsilon:.3g} at delta {delta}, over all rounds, for one user's "
        "contribution to the item tables and validation figures of training. It does not cover the figures of the "
        "finished run (test figures, how many interactions each item has), nor what was learnt from other runs on the "
        "same data.",
        kind=settings.dp,
        epsilon=spent,
        delta=delta,
    )
    if AGGREGATORS[settings.aggregator].is_open and settings.dp == "user":
        part = say(
            "report.dp-open",
            "The {aggregator} aggregator shows the server each party's own sum, with a part of the noise only.",
            aggregator=settings.aggregator,
        )
        told = join((told, part))
    return told


def _audit(detail: RunDetail) -> str:
    """Return a section on the attacks on the run, where somebody made them."""
    if detail.audit is None:
        return markup.paragraph(say("report.no-audit", "No audit of this run was made."))
    try:
        audit = Audit(**detail.audit)  # type: ignore[arg-type]  # checked by pydantic
    except (TypeError, ValidationError):
        # Of another version: shown as it is.
        rows = [(words.name(name), words.plain(value)) for name, value in detail.audit.items()]
        return markup.paragraph(say("report.audit-other", "Audit of this run:")) + markup.facts(rows)
    figures = [
        [
            f"{words.name(one.attack)}: {one.target}",
            one.measure,
            words.with_interval(one.value, (one.low, one.high)),
            words.metric(one.chance),
            words.count(one.cases),
        ]
        for one in audit.figures
    ]
    return (
        markup.paragraph(
            say(
                "report.audit",
                "Audit: attacks on this run, simple ones, so a low figure is no proof. Small: 95% intervals.",
            )
        )
        + markup.table(
            [
                say("report.attack", "Attack"),
                say("report.measure", "Measure"),
                say("report.found", "Found"),
                say("report.guessing", "Guessing"),
                say("report.cases", "Cases"),
            ],
            figures,
            texts=2,
        )
        + markup.bullets(audit.sentences())
    )
