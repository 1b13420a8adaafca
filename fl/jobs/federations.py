"""The federation that a job takes: on this computer, or for a training on a cluster; and who is in it."""

from __future__ import annotations

from data.errors import SettingsError
from data.sentences import say
from fl.federation.parties import Parties
from fl.federation.pool import Federation, FederationKey
from fl.federation.session import threads_per_party
from fl.jobs.context import JobContext
from fl.protocol.records import MemberInfo
from fl.settings.base import RuntimeName
from fl.settings.train import TrainSettings
from fl.settings.words import RUNTIMES


def check_parties_are_here(settings: TrainSettings) -> None:
    """Refuse what needs all parties for a run of which only one organisation is here.

    Raises:
        SettingsError: the parties are organisations, which only take part together.
    """
    if settings.runtime == "organisations":
        raise SettingsError(
            say("training.of-organisations", "This needs all organisations of the federation, and only one is here."),
            say(
                "training.of-organisations-hint",
                "Lists for your own users work: TheMain.py recommend. To train, take part: TheMain.py party.",
            ),
        )


def federation_for(settings: TrainSettings, context: JobContext, *, trains: bool = False) -> Federation:
    """Return the warm federation for these settings, started when needed, with the phase said.

    A run of a cluster is asked on this computer, which has its data and its folder: the figures are the same, and
    nobody's cluster is needed. Only training takes it there.

    Args:
        settings: of the run.
        context: of the job.
        trains: whether the job is a training of it.

    Raises:
        SettingsError: the parties are organisations, which only take part together.
        SessionError: SecretFlow could not be started, or the cluster cannot be used.
    """
    check_parties_are_here(settings)
    key = key_of(settings, trains=trains)
    if not context.pool.is_warm(key, settings.aggregator_choice):
        context.phase(
            say(
                "phase.starting-federation",
                "starting SecretFlow ({runtime}, {parties} parties)",
                runtime=RUNTIMES[key.runtime],
                parties=settings.parties,
            )
        )
    return context.pool.get(key, settings.aggregator_choice)


def key_of(settings: TrainSettings, *, trains: bool) -> FederationKey:
    """Return what the federation for these settings must be like; see `federation_for`."""
    if settings.runtime == "cluster" and trains:
        return FederationKey("cluster", settings.parties, settings.threads, settings.address)
    runtime: RuntimeName = "simulation" if settings.runtime == "cluster" else settings.runtime
    return FederationKey(runtime, settings.parties, threads_per_party(settings.threads, settings.parties))


def members_of(parties: Parties, round_number: int) -> tuple[MemberInfo, ...]:
    """Return what the server and each party of a cluster does, and on which node; nothing elsewhere.

    Args:
        parties: of the training.
        round_number: of the last finished round.
    """
    if parties.placement is None:
        return ()
    lost = {str(device): (why, round(parties.lost_at[device])) for device, why in parties.lost.items()}
    return tuple(
        MemberInfo(name=name, state="lost", since=lost[name][1], problem=lost[name][0], node=str(node))
        if name in lost
        else MemberInfo(name=name, state="training", round=round_number, node=str(node))
        for name, node in parties.placement.nodes.items()
    )
