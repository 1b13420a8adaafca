"""Numbers, times and names as people read them, and the standing sentences of the program."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

from PyQt5.QtCore import QLocale

from data.registry import DATASETS
from data.setting import Setting
from gui.words.i18n import mark, tr
from models.registry import MODELS

HELP = {
    "hr": mark(
        "HR@K (hit rate): share of users whose held-out item is among the first K. "
        "Sampled: ranked against 99 items the user never touched. Full rank: against all items.",
    ),
    "ndcg": mark("NDCG@K: like HR@K, but a hit counts more the nearer it is to the top (1 at rank 1, 0.5 at rank 3)."),
    "mrr": mark("MRR@K: mean of 1/rank of the held-out item, 0 where it is not among the first K."),
    "round": mark("One round: every party trains on its own users' data, then the updates are summed once."),
    "party": mark("A party is an organisation that holds some of the users. Their data stays with it."),
    "popularity": mark(
        "Popularity ranks items by how many users chose them. A model that does not beat it has learnt nothing "
        "personal.",
    ),
    "loss": mark("What the model minimises, as a mean over the round. Lower is better."),
}


TIP_WIDTH = 72  # of a tooltip, in letters; Chinese characters are twice as wide
# What no line breaks: a word with the space before it, a Chinese character with the marks behind it.
_MARKS = "\u3001\u3002\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u201d"
_PARTS = re.compile(rf"\s*[^\s\u2e80-\uffff]+|\s*[\u2e80-\uffff][{_MARKS}]*|\s+")

# What groups of users are told apart by.
GROUP_KINDS = (mark("activity"), mark("gender"), mark("age group"))


def translate(context: str, text: str) -> str:
    """Translate a text that was marked elsewhere, as `tr` does; there is one context only."""
    return tr(text) if text else ""  # an empty source text is the file's own header to Qt


def wrapped(words: str) -> str:
    """Return a text in lines that are short enough for a tooltip, in which Qt breaks none."""
    lines = []
    for paragraph in words.split("\n"):
        line, room = "", TIP_WIDTH
        for part in _PARTS.findall(paragraph):
            width = sum(2 if sign > "\u2e80" else 1 for sign in part)
            if line and width > room:
                lines.append(line.rstrip())
                line, room, part = "", TIP_WIDTH, part.lstrip()
            line, room = line + part, room - width
        lines.append(line)
    return "\n".join(lines)


def help_text(name: str) -> str:
    """Return what a term of HELP means, in the language of the window."""
    return tr(HELP[name])


def number(value: int) -> str:
    """Return a count with the locale's group separators."""
    return QLocale().toString(value)


def metric(value: float | None) -> str:
    """Return a fraction in 0..1 with three decimals, as metrics.jsonl and the papers have it; a dash where there is
    none.
    """
    return "–" if value is None else f"{value:.3f}"


def interval(low: float, high: float) -> str:
    return f"{low:.3f}–{high:.3f}"


def signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")


def beside_popularity(difference: float) -> str:
    """Return how far a figure is from that of popularity: "+0.317 over popularity"."""
    if difference < 0:
        return tr("{0} below popularity").format(signed(difference))
    return tr("{0} over popularity").format(signed(difference))


def duration(seconds: float) -> str:
    """Return a time span as "8 s", "2 min 05 s" or "1 h 12 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return tr("{0} s").format(whole)
    if whole < 3600:
        return tr("{0} min {1:02d} s").format(whole // 60, whole % 60)
    return tr("{0} h {1:02d} min").format(whole // 3600, whole % 3600 // 60)


def rough_duration(seconds: float) -> str:
    """Return an estimated time span in coarse steps, so that the text does not flicker with every round."""
    if seconds < 10:
        return tr("a few seconds")
    if seconds < 60:
        return tr("about {0} s").format(int(seconds // 5 * 5))
    if seconds < 3600:
        return tr("about {0} min").format(max(1, round(seconds / 60)))
    return tr("about {0} h {1:02d} min").format(int(seconds // 3600), int(seconds % 3600 // 600 * 10))


def size(count: float) -> str:
    """Return a number of bytes in decimal units: "210 kB", "1.3 MB"."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if count >= 100 or unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError("unreachable: GB returns")


def date_time(iso: str) -> str:
    """Return an ISO 8601 UTC time as short local time; the text itself where it is not one."""
    try:
        moment = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    except ValueError:
        return iso
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def date(timestamp: int) -> str:
    """Return the day of a Unix time; empty where the data has none."""
    return datetime.fromtimestamp(timestamp, tz=timezone.utc).strftime("%Y-%m-%d") if timestamp > 0 else ""


DEMO_TITLE = mark("Demo film library (invented)")
# Licences that are this program's own words; the others are quoted.
OWN_LICENCES = (
    mark("Generated by SecretRec; all users, films and titles are invented. No restrictions."),
    mark("Your own data."),
)


def extent(users: int, items: int, interactions: int) -> list[str]:
    """Return how large a data set is: its users, items and interactions, a part each."""
    return [tr("%Ln users", n=users), tr("%Ln items", n=items), tr("%Ln interactions", n=interactions)]


_titles = {name: spec.title for name, spec in DATASETS.items()}


def learn_titles(titles: dict[str, str]) -> None:
    """Note the titles of imported data sets, as the engine lists them."""
    _titles.update(titles)


def dataset_title(name: str) -> str:
    return title_of(_titles.get(name, name))


def title_of(title: str) -> str:
    """Return a data set's title. The invented one has a name in each language; the others are proper names."""
    return tr(title) if title == DEMO_TITLE else title


def licence_of(licence: str) -> str:
    """Return a data set's licence, in the language of the window where it is this program's own words."""
    return tr(licence) if licence in OWN_LICENCES else licence


def model_title(name: str) -> str:
    return MODELS[name].title if name in MODELS else name


def model_advice(name: str) -> str:
    """Return who should take a model; "" for one that does not exist."""
    return tr(MODELS[name].advice) if name in MODELS else ""


def model_sentence(name: str) -> str:
    """Return what each user of a model keeps and what is shared; "" for one that does not exist."""
    return tr(MODELS[name].sentence) if name in MODELS else ""


def loss_help(model: str = "") -> str:
    """Return what the training loss of a model is, or of each model."""
    of_each = tr("{model}: {loss}.")
    shown = [MODELS[model]] if model in MODELS else MODELS.values()
    return " ".join([help_text("loss"), *(of_each.format(model=one.title, loss=tr(one.loss)) for one in shown)])


def protocol_title(name: str) -> str:
    titles = {"leak-free": tr("leak-free"), "published": tr("published")}
    return titles.get(name, name)


def published_warning() -> str:
    return tr(
        "Published protocol: held-out items leak into training (they are never drawn as negatives), so these "
        "figures are too "
        "high. Use them to compare with papers, not to judge quality.",
    )


def setting_title(setting: Setting) -> str:
    """Return the label of a setting without the mark of its shortcut."""
    # Chinese marks the letter of a shortcut apart: "批大小(&B)".
    return re.sub(r"\(&\w\)", "", tr(setting.label)).replace("&", "")


def setting_value(setting: Setting, value: Any) -> str:
    """Return the value of a setting as people read it."""
    if isinstance(value, str) and value in setting.words:
        return tr(setting.words[value])
    if setting.special_word(value):
        return tr(setting.special_word(value))
    if setting.name == "dataset":
        return dataset_title(str(value))
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return f"{value:.6g}" if isinstance(value, float) else str(value)
