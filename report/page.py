"""The whole report as one HTML page: no script, nothing fetched, readable by a browser, a mail program and Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from string import Template
from typing import Any

from data.sentences import join, say
from data.setting import Setting
from fl.runs.records import RunDetail
from fl.settings.train import TrainSettings
from report import markup, words
from report.figures import evaluation_sections, headline, training_section
from report.language import now, shown, shown_in
from report.privacy import privacy_section

_PROTOCOLS = {
    "leak-free": say(
        "report.leak-free",
        "Leak-free: each user's last item is the test item, the last but one the validation item; training knows "
        "neither, and samples them as negatives like any other item the user has not rated.",
    ),
    "published": say(
        "report.published",
        "Published: as the papers' code has it, training never samples the held-out items as negatives, which leaks "
        "them. These figures are too high; they serve to compare with papers, not to judge quality.",
    ),
}
_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #18212d; background: #ffffff;
  max-width: 880px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 34px 0 8px; padding-top: 14px; border-top: 1px solid #e2e6ec; }
p { margin: 8px 0; } ul { margin: 8px 0; padding-left: 22px; }
.sub, .note, .name, small { color: #586374; } .note, small { font-size: 12.5px; }
.warning { background: #fff4dc; color: #7d4e00; padding: 8px 12px; border-left: 4px solid #7d4e00; }
table { border-collapse: collapse; margin: 10px 0; width: 100%; font-variant-numeric: tabular-nums; }
th { font-size: 12.5px; color: #586374; box-shadow: inset 0 -1px #c5ccd6; vertical-align: bottom;
  position: sticky; top: 0; background: #ffffff; }
td { border-bottom: 1px solid #eef1f5; vertical-align: top; }
th, td { padding: 5px 8px; }
.facts td { overflow-wrap: anywhere; } .facts .name { width: 34%; }
.plots td { border: 0; padding: 0 8px 0 0; width: 50%; }
svg { max-width: 100%; height: auto; display: block; }
@media (max-width: 640px) { .plots td { display: block; width: auto; } table { font-size: 12px; } }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } svg, tr { break-inside: avoid; }
  th { position: static; } }
"""
_PAGE = Template(
    """<!DOCTYPE html>
<html lang="$tag">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>$style</style>
</head>
<body>
$body
</body>
</html>
"""
)


@dataclass(frozen=True)
class Page:
    """A report, and a sentence for each thing it could not show."""

    html: str
    missing: tuple[str, ...]


def page(detail: RunDetail, made_at: str, language: str = "en") -> Page:
    """Return the report of a run.

    Args:
        detail: the run.
        made_at: ISO 8601 time of the report, UTC.
        language: "en", or the name of a translation of the window.
    """
    with shown_in(language):
        return _page(detail, made_at)


def _page(detail: RunDetail, made_at: str) -> Page:
    missing = what_is_missing(detail)
    settings, info = detail.settings, detail.info
    spec = words.dataset(settings.dataset)
    sub = join(
        [
            words.model(settings.model),
            now().text(spec.title) if spec else settings.dataset,
            say("report.trained-at", "trained {time}", time=words.moment(info.created)),
            say("report.report-of", "report of {time}", time=words.moment(made_at)),
        ],
        " · ",
    )
    body = [
        f"<h1>{escape(info.name)}</h1>",
        markup.paragraph(sub, "sub"),
        markup.paragraph(_PROTOCOLS["published"], "warning") if settings.protocol == "published" else "",
        headline(detail),
        markup.section(say("report.missing", "Missing from this report"), markup.bullets(missing)) if missing else "",
        *(evaluation_sections(evaluation) for evaluation in detail.evaluations),
        training_section(detail),
        markup.section(
            say("report.protocol", "Protocol"),
            *(markup.paragraph(_PROTOCOLS.get(name, name)) for name in _protocols(detail)),
        ),
        privacy_section(detail),
        _data(detail),
        markup.section(say("report.settings", "Settings"), markup.facts(setting_pairs(settings))),
        _made(detail, made_at),
    ]
    title = shown(say("report.title", "{run} – SecretRec report", run=info.name))
    return Page(
        _PAGE.substitute(title=title, tag=now().tag, style=_STYLE, body="\n".join(part for part in body if part)),
        missing,
    )


def what_is_missing(detail: RunDetail) -> tuple[str, ...]:
    """Return a sentence for each part of a full report that this run has nothing for, and how to get it."""
    found = []
    if not detail.result:
        found.append(
            say(
                "report.no-figures",
                "Test figures of the training: it did not reach its end ({state}). Resume the run, or evaluate it as "
                "it is.",
                state=words.STATES[detail.info.state],
            )
        )
    if not any(one.protocol == detail.settings.protocol for one in detail.evaluations):
        found.append(
            say(
                "report.not-evaluated",
                "Intervals, other K, groups of users and what users are shown: the run's best round has not been "
                "evaluated. Evaluate the run, then make the report again.",
            )
        )
    if not detail.machine:
        found.append(
            say(
                "report.no-machine",
                "The machine the run was trained on: the version that trained it did not record it.",
            )
        )
    return tuple(found)


def setting_pairs(settings: TrainSettings) -> list[tuple[str, str]]:
    """Return the settings that have a meaning for the run, by name."""
    values = settings.flat()
    return [
        (now().text(one.label), _choice(one, values[one.name]))
        for one in TrainSettings.declared().values()
        if one.belongs(values) and one.name != "address"  # reports are sent around
    ]


def _choice(setting: Setting, value: Any) -> str:
    """Return a value as the window has it: the words of a choice, of a number that means something else, or itself."""
    word = setting.words.get(value, "") if isinstance(value, str) else setting.special_word(value)
    return now().text(word) if word else words.plain(value)


def _protocols(detail: RunDetail) -> list[str]:
    return list(dict.fromkeys([detail.settings.protocol, *(one.protocol for one in detail.evaluations)]))


def _data(detail: RunDetail) -> str:
    spec = words.dataset(detail.settings.dataset)
    return markup.section(
        say("report.data", "Data"),
        markup.facts(
            [
                (say("report.name-data-set", "Data set"), now().text(spec.title) if spec else detail.settings.dataset),
                (words.USERS, words.count(detail.n_users)),
                (say("report.name-items", "Items"), words.count(detail.n_items)),
                (say("report.name-train-interactions", "Train interactions"), words.count(detail.n_train)),
                (say("report.name-fingerprint", "Fingerprint"), detail.fingerprint),
                (
                    say("report.name-licence", "Licence"),
                    _unlinked(now().text(spec.licence))
                    if spec
                    else say("report.licence-unknown", "not known: the data set is no longer on this machine"),
                ),
                (say("report.name-source", "Source"), _unlinked(spec.url) if spec else ""),
                (say("report.name-reference", "Reference"), _unlinked(spec.citation) if spec else ""),
            ]
        ),
    )


def _unlinked(words_: str) -> str:
    """Return words without the schemes of addresses, so that no program makes links of them."""
    return re.sub(r"https?://", "", words_)


def _placed(placement: Mapping[str, Mapping[str, str]]) -> str:
    """Return who ran together on a node of a cluster; no names of nodes, as reports are sent around."""
    nodes: dict[tuple[str, str], list[str]] = {}
    for who, node in placement.items():
        nodes.setdefault((node.get("node", ""), node.get("address", "")), []).append(who)
    return join(
        (
            say("report.on-node", "node {number}: {who}", number=number, who=", ".join(here))
            for number, here in enumerate(nodes.values(), start=1)
        ),
        "; ",
    )


def _made(detail: RunDetail, made_at: str) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in detail.versions.items())
    machine = detail.machine
    return markup.section(
        say("report.how-made", "How this was made"),
        markup.facts(
            [
                (say("report.name-run", "Run"), detail.info.name),
                (say("report.name-state", "State"), words.STATES[detail.info.state]),
                (say("report.name-trained", "Trained"), words.moment(detail.info.created)),
                (say("report.name-seed", "Seed"), str(detail.settings.seed)),
                (say("report.name-processor", "Processor"), machine.get("processor", "")),
                (
                    say("report.name-cores-and-memory", "Cores and memory"),
                    ", ".join(machine[key] for key in ("cores", "memory") if key in machine),
                ),
                (say("report.name-system", "System"), machine.get("system", "")),
                (say("report.name-cluster", "Ray cluster"), _placed(detail.placement)),
                (say("report.name-versions", "Versions"), versions),
                (
                    say("report.name-report", "Report"),
                    say("report.by-secretrec", "{time}, by SecretRec", time=words.moment(made_at)),
                ),
            ]
        ),
    )
