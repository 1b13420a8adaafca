"""What the engine calls messages, readers, cheats and attacks, in the language of the window."""

from __future__ import annotations

import re

from fl.runs.records import AuditFigure, MessageRecord, SumCheck
from fl.settings.of_jobs import CheatSettings
from fl.settings.train import TrainSettings
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import mark, tr
from gui.words.what_leaves import who_reads

# As in fl/audit/message_records.py; a test compares them with what the engine says.
WORDS = (
    mark("item update and totals"),
    mark("sums of validation figures"),
    mark("item embeddings"),
    mark("ranges of the values"),
    mark("item counts"),
    mark("ranges of the values"),
    mark("keys and sealed shares"),
    mark("shares for unmasking"),
    mark("check of the sum"),
    mark("every party"),
    mark("server"),
    mark("the other parties"),
    mark("the server"),
    mark("nobody; the server learns sums"),
    mark("nobody; shares go to the computing parties, the server learns sums"),
    mark("party-1, which has the key, if it were sent there; the server learns sums"),
    mark("every party and the server"),
    mark("keys: everybody; each share: one party"),
    mark("64 per array"),
)
PACES = {
    "round": mark("once per round"),
    "run": mark("once per run"),
    "message": mark("once per message"),
    "64 messages": mark("once per 64 messages"),
}
GUARDS = CheatSettings.declared()["guard"].words
TAMPERS = CheatSettings.declared()["tamper_kind"].words


def word(english: str) -> str:
    """A word of the engine; unchanged where there is no translation (names of parties, shapes)."""
    return tr(english) if english else ""


def claim(settings: TrainSettings) -> str:
    """What the server learns under a run's settings, with the numbers of the run."""
    parts = [who_reads(settings)]
    if settings.runtime == "in-process":
        parts.append(tr("All parties shared one process: nothing separated them."))
    else:
        parts.append(tr("Simulation: whoever ran this program had all parties' data anyway."))
    return " ".join(parts)


def size_and_pace(record: MessageRecord) -> str:
    """ "215 kB, once per round"."""
    return tr("{size}, {pace}").format(size=text.size(record.bytes), pace=pace(record))


def pace(record: MessageRecord) -> str:
    """How often it is sent."""
    return tr(PACES[record.often]) if record.often in PACES else record.often


def shape(record: MessageRecord) -> str:
    """Rows x columns; several arrays with a plus between them."""
    words = re.sub(r" of (\d+) bits", lambda found: tr(" of {bits} bits").format(bits=found[1]), word(record.shape))
    return words.replace(" and ", " + ")


def read_by(record: MessageRecord) -> str:
    return tr("Read by: {readers}").format(readers=word(record.readable_by))


def is_open(record: MessageRecord) -> bool:
    """Whether the server reads one party's message."""
    return record.readable_by == "the server" and record.name in (
        "item update and totals",
        "sums of validation figures",
    )


def tamper_title(kind: str) -> str:
    """What the server does in a demonstrated cheat."""
    return tr(TAMPERS.get(kind, kind)) if kind else "–"


def guard_title(guard: str) -> str:
    return tr(GUARDS[guard]) if guard in GUARDS else guard


def guard_name(guard: str) -> str:
    """The same in a word."""
    return {"verified": tr("verified"), "masked": tr("masked"), "plain": tr("plain")}.get(guard, guard)


def outcome(check: SumCheck) -> str:
    return {"verified": tr("Sum verified"), "caught": tr("Caught"), "unnoticed": tr("Unnoticed")}[check.outcome]


def named(check: SumCheck) -> str:
    """Who lied, as far as that is known."""
    return ", ".join(word(name) for name in check.culprits) or "–"


REASONS = (
    mark("Every party found the sum to be that of the uploads."),
    mark("The server changed the sum and nobody noticed."),
    mark("The server announced another sum than that of the signed uploads it received."),
)


def reason(check: SumCheck) -> str:
    return said(check.reason)


def attack(figure: AuditFigure) -> str:
    """What was attacked, in short."""
    target = figure.target
    if target == "user, plain":
        return tr("Rated items, from one user's plain update")
    if target == "user, with noise":
        return tr("Rated items, from one user's update with noise")
    if target == "party, plain":
        return tr("Often rated items, from a party's plain update")
    if target == "party, with noise":
        return tr("Often rated items, from a party's update with its noise")
    if target == "party, masked":
        return tr("The same, from the masked update")
    if figure.attack == "membership":
        if figure.epsilon is not None:
            return tr("Membership, from a table with noise (epsilon {epsilon})").format(epsilon=f"{figure.epsilon:g}")
        if target == "item table, without noise":
            return tr("Membership, from a table without noise")
    return target


def verdict(figure: AuditFigure) -> str:
    """One honest sentence on a figure; intervals are 95 % ones."""
    values = {"value": f"{figure.value:.2f}", "low": f"{figure.low:.2f}", "high": f"{figure.high:.2f}"}
    if figure.measure == "precision":
        return tr(
            "Of the items named as rated, {value} ({low} to {high}) are right; guessing gets {chance} right."
        ).format(**values, chance=f"{figure.chance:.2f}")
    if figure.low <= figure.chance <= figure.high:
        told = tr("Not told from guessing: area {value} ({low} to {high}), guessing 0.50.")
    elif figure.value > figure.chance:
        told = tr("It works: area {value} ({low} to {high}), guessing 0.50.")
    else:
        told = tr("Below guessing: area {value} ({low} to {high}), guessing 0.50.")
    return told.format(**values)
