"""Settings of what can be asked about a finished run: evaluate, recommend, audit, cheat, report."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import field_validator

from data.sentences import refusal, say
from data.setting import setting
from fl.settings.base import PROTOCOL_WORDS, ProtocolName, Scope, Settings

AS_THE_RUN = "As the run was trained"
A_CHEATING_SERVER = "A server that cheats"  # group of settings
LISTS = "Lists from elsewhere"  # likewise
_SCOPE_WORDS = {"unrated": "Items not rated yet", "all": "All items"}

TamperKind = Literal["change", "drop", "repeat", "replay", "scale", "swap", "count", "loss", "rows", "stale"]


def _run() -> Any:
    return setting(min_length=1, label="Trained ru&n", help="Name of the run.")


def _top_k(help: str) -> Any:
    return setting(10, ge=1, le=1000, label="Number o&f items (K)", help=help, step=5)


def _scope() -> Any:
    return setting(
        "unrated",
        label="R&ecommend from",
        help="Recommend from all items, or only from those the user has not rated.",
        words=_SCOPE_WORDS,
    )


def _genre() -> Any:
    return setting("", label="Genre", help="Only items of this genre; without one, of all.", placeholder="all")


def _k() -> Any:
    return setting(
        (5, 10, 20),
        min_length=1,
        label="&K (cut-offs)",
        help="Cut-offs K of HR@K and NDCG@K.",
        placeholder="for example 5, 10, 20",
    )


def _users_at_a_time() -> Any:
    return setting(512, ge=1, le=1_000_000, label="&Batch size", help="Users scored at a time.", step=64)


def cut_offs(ks: tuple[int, ...]) -> tuple[int, ...]:
    """Return the cut-offs K in order, each once; a validator."""
    if any(k < 1 or k > 1000 for k in ks):
        raise refusal(say("settings.k-out-of-range", "every K must be between 1 and 1000"), "k")
    return tuple(sorted(set(ks)))


def _column(label: str, help: str) -> Any:
    return setting("", label=label, help=help, placeholder="by its name", group=LISTS)


def _attack(label: str, what: str) -> Any:
    return setting(True, label=label, help=f"Cheat as a server that {what}.", group=A_CHEATING_SERVER)


class EvaluateSettings(Settings):
    """Evaluate a finished run on its test items."""

    run: str = _run()
    k: tuple[int, ...] = _k()
    batch_size: int = _users_at_a_time()
    protocol: ProtocolName | None = setting(
        None,
        label="Evaluation protocol",
        help="Evaluation protocol; default: the run's own.",
        words=PROTOCOL_WORDS,
        placeholder=AS_THE_RUN,
    )

    @field_validator("k")
    @classmethod
    def _k_in_range(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return cut_offs(value)


def _dataset() -> Any:
    return setting("demo", label="&Data set", help="Data set, by its name in the registry.", group=LISTS)


def _protocol() -> Any:
    return setting(
        "leak-free",
        label="Evaluation protocol",
        help="Which items are held out, and which rows count.",
        words=PROTOCOL_WORDS,
        group=LISTS,
    )


def _seed() -> Any:
    return setting(
        2024, ge=0, le=2**31 - 1, label="Seed of the candidates", help="Seed of the sampled candidates.", group=LISTS
    )


class ListsSettings(Settings):
    """Measure ranked lists that another program made, as a run is measured."""

    lists: str = setting(
        min_length=1,
        label="&File of lists",
        help="Lists that another program made: a CSV or TSV file of user, item, and rank or score.",
        group=LISTS,
        placeholder="user, item, rank or score",
    )
    dataset: str = _dataset()
    k: tuple[int, ...] = _k()
    protocol: ProtocolName = _protocol()
    seed: int = _seed()
    user: str = _column("User column", "Column of the user: its name, or its number from 1.")
    item: str = _column("Item column", "Column of the item, likewise.")
    ranking: str = _column("Rank or score column", "Column that orders a list, likewise.")
    order: Literal["auto", "rank", "score", "rows"] = setting(
        "auto",
        label="Lists are ordered by",
        help="What orders a list: a rank (smallest first), a score (largest first), or the rows as they stand.",
        words={
            "auto": "By the column's name",
            "rank": "Rank, smallest first",
            "score": "Score, largest first",
            "rows": "Rows as they stand",
        },
        group=LISTS,
    )

    @field_validator("k")
    @classmethod
    def _k_in_range(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return cut_offs(value)


class SplitSettings(Settings):
    """Write a data set's split for other programs: train, validation, test and candidates."""

    dataset: str = _dataset()
    protocol: ProtocolName = _protocol()
    seed: int = _seed()
    export: str = setting(min_length=1, label="Folder", help="Folder to write into: a new one, or an empty one.")


class AuditSettings(Settings):
    """Attack a run's own messages and model, to see what they give away."""

    run: str = _run()
    users: int = setting(
        20, ge=2, le=1000, label="Users attac&ked", help="Users whose own update is attacked.", unit="users", step=5
    )
    rounds: int = setting(
        20,
        ge=1,
        le=1000,
        label="Rounds o&f training",
        help="Most rounds of each training on half of the users.",
        unit="rounds",
        step=5,
    )
    epsilon: float = setting(
        8.0,
        ge=0,
        le=1e6,
        label="Epsi&lon with noise",
        special={0: "off"},
        help="Privacy budget of the training with noise, to compare; 0 leaves it out.",
    )
    inconsistent_model: bool = _attack(
        "Two item tables", "gives one party the item table and the others zeros, to read its update as the sum"
    )
    two_sums: bool = _attack("Two sums", "has the same updates summed again without one party, to take the sums apart")
    survivor_lists: bool = _attack(
        "Forged lists", "tells parties different lists of who is in a sum, and makes up signatures"
    )
    item_counts: bool = _attack("Two counts", "has item counts summed again without one party, to take the sums apart")


# A kind of cheating and what it does.
_TAMPER_WORDS = {
    "change": "Changes one value",
    "drop": "Leaves out an upload",
    "repeat": "Counts an upload twice",
    "replay": "Puts in an old upload",
    "scale": "Doubles the sum",
    "swap": "Puts one upload in another's place",
    "count": "Adds a user",
    "loss": "Alters the loss",
    "rows": "Exchanges items",
    "stale": "Announces an old sum",
}


class CheatSettings(Settings):
    """Have the server cheat in a replayed round of a run, to see whether it is caught."""

    run: str = _run()
    tamper_kind: TamperKind = setting(
        "change", label="How it cheats", help="What the server does to the sum.", words=_TAMPER_WORDS
    )
    guard: Literal["verified", "masked", "plain"] = setting(
        "verified",
        label="How the round is summed",
        help="How the replayed round is summed, and who checks it.",
        words={
            "verified": "Verified: every party checks the sum",
            "masked": "Masked: nobody checks",
            "plain": "Plain: nobody checks",
        },
    )


class RecommendSettings(Settings):
    """Top-K items for one user of a run."""

    run: str = _run()
    user: str = setting(min_length=1, label="&User", help="User, by the id the data set uses.")
    top_k: int = _top_k("How many items.")
    scope: Scope = _scope()
    genre: str = _genre()
    batch_size: int = setting(4096, ge=1, le=10_000_000, label="&Batch size", help="Items scored at a time.", step=64)


class NewUserSettings(Settings):
    """Top-K items for somebody who is not in the data, from a few items the person picked."""

    run: str = _run()
    items: tuple[str, ...] = setting(
        min_length=1,
        max_length=1000,
        label="Items",
        help="Items a new user picked, oldest first: ids, or titles (a part is enough if only one has it).",
    )
    basket: bool = setting(
        False,
        label="Basket",
        help="Ask what goes with these items, instead of what a person who likes them would like.",
    )
    top_k: int = _top_k("How many items.")
    genre: str = _genre()


class RecommendAllSettings(Settings):
    """Top-K items for every user of a run, into one file."""

    run: str = _run()
    output: str = setting(min_length=1, label="File", help="File to write: .csv or .jsonl.")
    top_k: int = _top_k("How many items for each user.")
    scope: Scope = _scope()
    genre: str = _genre()
    batch_size: int = _users_at_a_time()

    @field_validator("output")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if not value.lower().endswith((".csv", ".jsonl")):
            raise refusal(say("settings.no-csv-or-jsonl", "the file name must end in .csv or .jsonl"), "output")
        return value


class ReportSettings(Settings):
    """One self-contained file about a run: settings, figures, plots, protocol, privacy."""

    run: str = _run()
    output: str = setting(min_length=1, label="File", help="File to write: .html or .pdf.")
    language: Literal["en", "zh_CN"] = setting(
        "en", label="Language", help="Language of the report.", words={"en": "English", "zh_CN": "Simplified Chinese"}
    )

    @field_validator("output")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if not value.lower().endswith((".html", ".htm", ".pdf")):
            raise refusal(say("settings.no-html-or-pdf", "the file name must end in .html or .pdf"), "output")
        return value
