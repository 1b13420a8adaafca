"""Words of the Privacy tab: messages, readers, cheats and attacks, in the language of the window."""

from __future__ import annotations

from fl.runs.records import AuditFigure, MessageRecord, ServerAttack, SumCheck
from fl.settings.of_jobs import AuditSettings, CheatSettings
from fl.settings.train import TrainSettings
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import mark, tr
from gui.words.what_leaves import who_reads

ENDS = {"server": mark("server"), "every party": mark("every party"), "the other parties": mark("the other parties")}
PACES = {
    "round": mark("once per round"),
    "run": mark("once per run"),
    "message": mark("once per message"),
    "64 messages": mark("once per 64 messages"),
}
GUARDS = CheatSettings.declared()["guard"].words
TAMPERS = CheatSettings.declared()["tamper_kind"].words


def end(code: str) -> str:
    """Return the sender or the receiver of a message; a party's name is the same in every language."""
    return tr(ENDS[code]) if code in ENDS else code


def claim(settings: TrainSettings) -> str:
    """Return what the server learns under a run's settings, with the numbers of the run."""
    parts = [who_reads(settings)]
    if settings.runtime == "in-process":
        parts.append(tr("All parties shared one process: nothing separated them."))
    elif settings.runtime == "cluster":
        parts.append(tr("One organisation's cluster: whoever ran this program had all parties' data anyway."))
    elif settings.runtime == "simulation":
        parts.append(tr("Simulation: whoever ran this program had all parties' data anyway."))
    return " ".join(parts)


def size_and_pace(record: MessageRecord) -> str:
    """Return a message's size and pace: "215 kB, once per round"."""
    return tr("{size}, {pace}").format(size=text.size(record.bytes), pace=pace(record))


def pace(record: MessageRecord) -> str:
    """Return how often a message is sent."""
    return tr(PACES[record.often]) if record.often in PACES else record.often


def read_by(record: MessageRecord) -> str:
    return tr("Read by: {readers}").format(readers=said(record.readable_by))


def tamper_title(kind: str) -> str:
    """Return what the server does in a demonstrated cheat."""
    return tr(TAMPERS.get(kind, kind)) if kind else "–"


def guard_title(guard: str) -> str:
    return tr(GUARDS[guard]) if guard in GUARDS else guard


def guard_name(guard: str) -> str:
    """Return in a word how the sum of a replayed round is guarded."""
    return {"verified": tr("verified"), "masked": tr("masked"), "plain": tr("plain")}.get(guard, guard)


def outcome(check: SumCheck) -> str:
    return {"verified": tr("Sum verified"), "caught": tr("Caught"), "unnoticed": tr("Unnoticed")}[check.outcome]


def named(check: SumCheck) -> str:
    """Return who lied, as far as that is known."""
    return ", ".join(end(name) for name in check.culprits) or "–"


def reason(check: SumCheck) -> str:
    return said(check.reason)


def attack(figure: AuditFigure) -> str:
    """Return what was attacked, in short."""
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
        if target == "tables of the order, without noise":
            return tr("Membership, from the tables of the order")
    return target


def server_attack(found: ServerAttack) -> str:
    """Return what a cheating server tried, and what came of it: "Two sums: hidden"."""
    tried = AuditSettings.declared()[found.attack.replace("-", "_")].label
    outcome = {"hidden": tr("hidden"), "open": tr("open"), "absent": tr("nothing to attack")}[found.outcome]
    return tr("{what}: {outcome}").format(what=tr(tried), outcome=outcome)


def verdict(figure: AuditFigure) -> str:
    """Return one honest sentence on a figure; intervals are 95 % ones."""
    values = {"value": f"{figure.value:.2f}", "low": f"{figure.low:.2f}", "high": f"{figure.high:.2f}"}
    if figure.low <= figure.chance <= figure.high:
        found = tr("The attack fails: no better than guessing.")
    elif figure.value > figure.chance:
        found = tr("The attack works: better than guessing.")
    else:
        found = tr("The attack fails: worse than guessing.")
    if figure.measure == "precision":
        told = tr("Of the items named as rated, {value} ({low} to {high}) are right; guessing gets {chance} right.")
    else:
        told = tr("Area {value} ({low} to {high}), guessing {chance}.")
    return f"{found} {told.format(**values, chance=f'{figure.chance:.2f}')}"
