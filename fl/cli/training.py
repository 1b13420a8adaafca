"""The command `train`, which also resumes."""

from __future__ import annotations

import argparse
import textwrap
from typing import Any

from data.errors import SettingsError
from data.registry import status
from data.sentences import say
from fl.cli.arguments import add_json, add_settings, given_settings, settings_of
from fl.cli.start import answer_to, find_run, read_for_run
from fl.cli.terminal import Terminal
from fl.federation.session import start_ahead
from fl.protocol.commands import ContinueCommand, ResumeCommand, TrainCommand
from fl.protocol.events import TrainDone
from fl.runs.left_out import left_out
from fl.runs.names import check_free
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.aggregators import AGGREGATORS, claim_for
from fl.settings.base import build
from fl.settings.train import TrainSettings

_PARTIES_IN_HELP = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of a training, and --resume."""
    add_settings(parser, TrainSettings)
    parser.formatter_class, parser.epilog = argparse.RawDescriptionHelpFormatter, _what_servers_learn()
    parser.add_argument(
        "--like",
        metavar="RUN",
        help="take the settings of this run; others may be given beside it. Its name is not taken",
    )
    parser.add_argument(
        "--resume",
        metavar="RUN",
        help="go on with this run instead; only --epochs may be given beside it, and --address where its cluster moved",
    )
    parser.add_argument(
        "--dataset-update",
        action="store_true",
        help="with --resume: the data set has grown; train a new run that goes on from where this one ended, which "
        "stays. --name, --epochs and --dataset (where the grown data have another name) may be given beside it",
    )
    add_json(parser)


def _settings_like(run: str, given: dict[str, Any]) -> TrainSettings:
    """Return the settings of a run, with those that stand on the command line in their places.

    Raises:
        SecretRecError: no such run, or they do not go together.
    """
    settings: TrainSettings = build(TrainSettings, {**find_run(run).settings().model_dump(), "name": "", **given})
    return settings


def _what_servers_learn() -> str:
    """Return what the server learns under each aggregator, a paragraph each, for the help."""
    paragraphs = [f"what the server learns, with {_PARTIES_IN_HELP} parties:"]
    for name in AGGREGATORS:
        claim = claim_for(AggregatorChoice(name), _PARTIES_IN_HELP)
        paragraphs.append(textwrap.fill(claim, 78, initial_indent=f"  {name:10}", subsequent_indent=" " * 12))
    return "\n".join(paragraphs)


def train(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Train a run, or resume one."""
    given = given_settings(arguments, TrainSettings)
    settings = _settings_like(arguments.like, given) if arguments.like else settings_of(arguments, TrainSettings)
    command: TrainCommand | ResumeCommand | ContinueCommand
    if arguments.dataset_update and not arguments.resume:
        raise SettingsError(
            say("cli.update-needs-resume", "--dataset-update goes on from a run: name it with --resume.")
        )
    if arguments.resume:
        allowed = ("epochs", "name", "dataset") if arguments.dataset_update else ("epochs", "address")
        extra = [name for name in given if name not in allowed]
        if extra:
            raise SettingsError(
                say(
                    "cli.resume-goes-runs-settings",
                    "--resume goes on with the run's own settings: drop --{extra}.",
                    extra=extra[0].replace("_", "-"),
                )
            )
        earlier = find_run(arguments.resume).settings()
        if arguments.dataset_update:
            check_free(str(given.get("name", "")))
        _start_ahead(earlier)
        epochs = settings.epochs if "epochs" in given else None
        if arguments.dataset_update:
            name, dataset = str(given.get("name", "")), str(given.get("dataset", ""))
            command = ContinueCommand(run=arguments.resume, epochs=epochs, name=name, dataset=dataset)
        else:
            address = str(given.get("address", ""))
            command = ResumeCommand(run=arguments.resume, epochs=epochs, address=address)
    else:
        if settings.address and settings.runtime != "cluster":
            raise SettingsError(
                say("cli.address-without-cluster", "--address is that of a Ray cluster."),
                say("cli.address-without-cluster-hint", "Give --runtime cluster beside it, or drop it."),
            )
        check_free(settings.name)
        _start_ahead(settings)
        read_for_run(settings)
        command = TrainCommand(settings=settings)
    with answer_to(command, terminal, stoppable=True) as done:
        _show_result(done, terminal)


def _start_ahead(settings: TrainSettings) -> None:
    """Begin to start the parties' processes, unless it is plain that there will be no training."""
    if status(settings.dataset) == "ready":
        start_ahead(settings.runtime, settings.parties, settings.model)


def _show_result(done: TrainDone, terminal: Terminal) -> None:
    show_figures(done.result, terminal)
    terminal.say(f"Next: TheMain.py recommend --run '{done.run}' --user ID")
    terminal.finish({**done.result, "stopped_early": done.stopped_early})


def show_figures(result: dict[str, Any], terminal: Terminal) -> None:
    """Show the figures that a finished training leaves."""
    terminal.say(f"Run {result['run']}: {result['rounds']} rounds, best round {result['best_round']} by validation.")
    terminal.table(
        ["test figures", "HR@10", "NDCG@10", "full HR@10", "full NDCG@10"],
        [
            [name, *(f"{float(result[key] or 0):.4f}" for key in keys)]
            for name, keys in (
                (f"model ({result['item_view']} items)", ("hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10")),
                ("before these data", ("before_hr@10", "before_ndcg@10", "before_full_hr@10", "before_full_ndcg@10")),
                (
                    "popularity",
                    ("popularity_hr@10", "popularity_ndcg@10", "popularity_full_hr@10", "popularity_full_ndcg@10"),
                ),
            )
            if keys[0] in result
        ],
    )
    if note := left_out(result, None):
        terminal.say(note)
    if "popularity_hr@10" not in result:
        terminal.say("A party dropped out before items were counted, so there is no popularity baseline here.")
    terminal.say(
        f"{result['protocol']} protocol, seed {result['seed']}; median round "
        f"{float(result['median_round_seconds'] or 0):.2f} s; "
        f"{result['bytes_up_per_party_round']} bytes up per party and round."
    )
    if result.get("dp", "none") != "none":
        terminal.say(
            f"Differential privacy ({result['dp']}): epsilon {float(result['epsilon'] or 0):.3g} at delta "
            f"{float(result['delta'] or 0):g}, noise {float(result['noise_multiplier'] or 0):.3g} times the clipping "
            f"norm {float(result['clip_norm'] or 0):g}. The test figures above are exact and not part of it."
        )
    if result["protocol"] == "published":
        from fl.settings.words import LEAK

        terminal.say(LEAK)
