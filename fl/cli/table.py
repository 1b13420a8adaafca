"""The table of the commands that a person can type. Nothing of a command is imported before it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class CommandLine:
    """A command that a person can type.

    Attributes:
        help: one line that says what it is for.
        arguments: "module:function" below `fl.cli`; the function adds the command's arguments to its parser.
        run: "module:function" below `fl.cli`; the function takes the parsed arguments and the Terminal.
    """

    help: str
    arguments: str
    run: str


COMMANDS = {
    "train": CommandLine(
        "train a recommender across parties, or --resume a run; also on data that grew",
        "training:add_arguments",
        "training:train",
    ),
    "evaluate": CommandLine(
        "HR@K and NDCG@K of a run, or of another program's lists, with the popularity baseline",
        "evaluation:add_arguments",
        "evaluation:evaluate",
    ),
    "split": CommandLine(
        "write a data set's train, validation and test items and candidates for other programs",
        "evaluation:add_split_arguments",
        "evaluation:split",
    ),
    "audit": CommandLine(
        "attack a run's own messages and model, to see what they give away",
        "privacy:add_audit_arguments",
        "privacy:audit",
    ),
    "inspect": CommandLine(
        "what leaves a party: one round's messages of a run, for demonstration",
        "privacy:add_inspect_arguments",
        "privacy:inspect",
    ),
    "compare": CommandLine(
        "models and baselines side by side, over several seeds", "comparison:add_arguments", "comparison:compare"
    ),
    "sweep": CommandLine(
        "one training with several seeds, and with several values of chosen settings; asked again, it goes on",
        "sweep:add_arguments",
        "sweep:sweep",
    ),
    "recommend": CommandLine(
        "top-K items with titles for one user of a run, or for somebody new",
        "recommendation:add_arguments",
        "recommendation:recommend",
    ),
    "recommend-all": CommandLine(
        "top-K items for every user of a run, into a CSV or JSON-lines file",
        "recommendation:add_all_arguments",
        "recommendation:recommend_all",
    ),
    "serve": CommandLine(
        "answer your own application over HTTP: lists of a run's users, of baskets and of new users",
        "serve:add_arguments",
        "serve:serve",
    ),
    "forget": CommandLine("delete what a run holds of one user alone", "runs:add_forget_arguments", "runs:forget"),
    "report": CommandLine("one HTML or PDF file that says all about a run", "runs:add_report_arguments", "runs:report"),
    "datasets": CommandLine(
        "list the data sets, fetch one, or import your own file", "datasets:add_arguments", "datasets:datasets"
    ),
    "federation": CommandLine(
        "set up a federation of organisations, each with its own data",
        "federation:add_arguments",
        "federation:federation",
    ),
    "party": CommandLine(
        "take part in a federation's training as a party, with your own data",
        "member:add_party_arguments",
        "member:party",
    ),
    "server": CommandLine(
        "take part in a federation's training as its server", "member:add_server_arguments", "member:server"
    ),
    "runs": CommandLine(
        "list the training runs; rename, note, delete, export or import one", "runs:add_arguments", "runs:runs"
    ),
}


def function(name: str) -> Any:
    """Return the function of `fl.cli` that the table calls "module:function"."""
    module, attribute = name.split(":")
    return getattr(import_module(f"fl.cli.{module}"), attribute)
