"""The training of a member of a federation of organisations: one session of it, in a process of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from secretflow import reveal

from data import paths
from data.catalogue import MappingReport
from data.errors import SecretRecError
from data.genres import item_labels
from data.loading import Loaded, load_own
from data.sentences import say
from fl import aggregation
from fl.errors import BrokenSessionError
from fl.federation import session as sessions
from fl.federation.pool import Federation
from fl.federation.rules import rules_of
from fl.federation.session import SERVER, threads_per_party
from fl.jobs.context import JobContext
from fl.jobs.training import Recorder, surroundings, train_rounds
from fl.organisations.kit import Kit
from fl.organisations.link import SignedLink
from fl.organisations.member_model import MISSING, MemberModel, Sizes
from fl.organisations.member_words import GO_ON, REGROUP
from fl.organisations.plan import Session
from fl.privacy.settings import privacy_of, stored_multiplier
from fl.protocol.events import TrainDone
from fl.runs import kept
from fl.runs.in_run import as_in_run
from fl.runs.run_folder import RunFolder
from fl.settings.aggregators import AGGREGATORS, check_table
from fl.settings.train import TrainSettings
from models.registry import MODELS

log = logging.getLogger(__name__)


class RegroupError(BrokenSessionError):
    """The session is over as planned, because a member came back; the next one goes on from here."""


@dataclass(frozen=True)
class MemberTask:
    """A member's part of a session.

    Attributes:
        kit: of the member.
        session: that was called for.
        dataset: the member's own, by its name in its registry; "" for the server.
        threads: of this member; 0 for all cores of the machine.
        wish: what is to be done after a round, asked at the server only.
    """

    kit: Kit
    session: Session
    dataset: str
    threads: int
    wish: Callable[[], str]

    @property
    def is_server(self) -> bool:
        """Whether this member is the server."""
        return self.kit.member == SERVER


class MemberRecorder(Recorder):
    """A Recorder that stops when the server says so, the same for all members."""

    def __init__(
        self,
        task: MemberTask,
        folder: RunFolder,
        settings: TrainSettings,
        federation: Federation,
        context: JobContext,
        loaded: Loaded | None,
    ) -> None:
        super().__init__(folder, settings, federation, context, loaded)
        self._catalogue = task.kit.catalogue

    def keep(self) -> None:
        """Keep what lists need: a party its own users, every member the items with the counts that are everybody's."""
        counts = None
        if self.settings.dp == "none":
            parties = self.federation.model.parties
            with parties.named_failures():
                counts = np.rint(reveal(self.federation.model.questions.item_counts())).astype(np.int64)
        if kept.has_kept(self.folder.path):
            return
        if self.loaded is not None:
            (own,), _ = self.loaded.divide([self.loaded.owner], self.settings.seed)
            kept.keep_users(self.folder.path, kept.own_users(self.loaded.interactions, own))
        items = self._catalogue
        ids, titles = np.array(items.item_ids, object), np.array(items.titles, object)
        kept.keep_items(self.folder.path, kept.KnownItems(self.settings.dataset, ids, titles, items.genres, counts))

    def stop_wanted(self) -> bool:
        order = self.federation.model.report["order"]
        if order == REGROUP:
            raise RegroupError("", say("member.regroup", "A member came back: the session begins anew with it."))
        return bool(order != GO_ON)


def train_as_member(task: MemberTask, link: SignedLink, context: JobContext) -> TrainDone:
    """Train the rounds of a session that are left, and make the final figures.

    Args:
        task: what to do.
        link: that is connecting, see `fl.organisations.link.use`.
        context: of the job.

    Raises:
        BrokenSessionError: the session is over because a member failed or is gone.
        RegroupError: it is over as planned.
        SecretRecError: with a sentence for the person.
    """
    kit, plan = task.kit, task.session
    settings = kit.file.train_settings(
        task.dataset or kit.file.name, name=plan.run, runtime="organisations", threads=task.threads
    )
    check_table(settings.aggregator, kit.catalogue.n_items * settings.row_length)
    _get_ready(task, settings)
    context.phase(say("phase.connecting", "connecting with the other members"))
    session = sessions.join(link.addresses, kit.member)
    made = aggregation.make(settings.aggregator_choice, session.server, session.parties)
    model = MemberModel(session.server, session.parties, made, threads_per_party(task.threads, 1), kit.folder)
    model.parties.lost = {sessions.party(name): MISSING for name in plan.missing}
    folder = _run_folder(task, settings)
    with folder.lock():
        return _train(task, folder, settings, model, context)


def _get_ready(task: MemberTask, settings: TrainSettings) -> None:
    """Read and load what a party needs while its link connects. What is wrong with its data, it says to all later."""
    if not task.is_server:
        MODELS[settings.model].load_local().load()
        with suppress(SecretRecError):
            _own(task, settings)


def _own(task: MemberTask, settings: TrainSettings) -> tuple[Loaded, MappingReport]:
    return load_own(task.dataset, settings.protocol, settings.seed, task.kit.catalogue, task.kit.member)


def _train(
    task: MemberTask, folder: RunFolder, settings: TrainSettings, model: MemberModel, context: JobContext
) -> TrainDone:
    kit, plan = task.kit, task.session
    context.phase(say("phase.reading-own", "every member reads its own data"))
    own = None
    if not task.is_server:
        loaded, report = _own(task, settings)
        own = as_in_run(folder, loaded), report
    notes = () if own is None else (*own[1].sentences(), *own[0].notes())
    sizes = model.open(
        folder.path,
        (task.dataset, settings.protocol, settings.seed),
        kit.catalogue.n_items,
        bool(plan.missing),
        task.wish,
    )
    settings = _settled(folder, settings, sizes, None if own is None else own[0], kit)
    if settings.dp != "none":
        context.finding_noise()
    privacy = privacy_of(
        settings,
        sizes.n_users,
        AGGREGATORS[settings.aggregator].fewest(settings.parties),
        stored_multiplier(folder.path),
    )
    items = kit.catalogue
    model.begin(rules_of(settings, privacy), sizes, item_labels(items.genres, items.titles))
    federation = Federation(model, list(model.parties.workers), settings.aggregator_choice)
    if plan.round:
        context.loading_round(plan.round)
    folder.upgrade()
    # The server's records, at everybody: what follows from them must be the same for all.
    folder.replace_rounds(model.resume(folder.path, plan.round, plan.absent, kit.file.parties) if plan.round else [])
    folder.set_state("running")
    recorder = MemberRecorder(task, folder, settings, federation, context, None if own is None else own[0])
    return train_rounds(recorder, folder.config(), notes, first_round=plan.round + 1)


def _run_folder(task: MemberTask, settings: TrainSettings) -> RunFolder:
    """Return the run's folder at this member, made where there is none."""
    plan, kit = task.session, task.kit
    if (paths.runs_dir() / plan.run).is_dir():
        return RunFolder.find(plan.run)
    organisation = {
        "federation": kit.file.name,
        "id": kit.file.id,
        "digest": kit.file.digest,
        "member": kit.member,
        "members": list(kit.file.parties),
    }
    return RunFolder.create(settings, {"organisation": organisation, **surroundings(settings)})


def _settled(folder: RunFolder, settings: TrainSettings, sizes: Sizes, own: Loaded | None, kit: Kit) -> TrainSettings:
    """Return the settings with nothing left to the data, and write what is known now into the run's config.json."""
    settled = settings.own.settled(sizes.n_train, sizes.n_users, sizes.n_items)
    if settled is not settings.own:
        settings = settings.model_copy(update={"own": settled})
    folder.settle(
        settings,
        {
            "fingerprint": kit.catalogue.digest if own is None else own.interactions.fingerprint,
            "n_users": sizes.n_users,
            "n_items": sizes.n_items,
            "n_train": sizes.n_train,
        },
    )
    return settings
