"""The job `train`, and `resume`, which goes on with an interrupted run."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, Literal

from data.errors import CancelledError, SecretRecError, SettingsError, StorageError
from data.loading import Loaded, load
from data.sentences import say
from fl.errors import AggregationError, BrokenSessionError, SessionError
from fl.federation.pool import Federation
from fl.federation.rules import clients_of, rules_of
from fl.federation.session import party_names
from fl.federation.tensorboard_callback import FOLDER, TensorBoardCallback
from fl.jobs.beginning import begin
from fl.jobs.context import JobContext
from fl.jobs.federations import check_parties_are_here, federation_for, members_of
from fl.jobs.run_data import check_fingerprint
from fl.jobs.training_notes import notes_of
from fl.jobs.training_result import final_figures
from fl.jobs.verification import VerificationLog
from fl.privacy.settings import privacy_of, stored_multiplier
from fl.protocol.commands import ResumeCommand, TrainCommand
from fl.protocol.events import Members, RoundDone, RoundRefused, TrainDone, TrainStarted
from fl.runs import kept, sweeps, wholeness
from fl.runs.extent import check_private_parts
from fl.runs.in_run import CONTINUES, as_in_run
from fl.runs.machine import machine
from fl.runs.names import check_free
from fl.runs.rounds import RoundRecord, best_record, has_converged
from fl.runs.run_folder import RunFolder
from fl.settings.aggregators import AGGREGATORS, check_table, claim_for
from fl.settings.base import build
from fl.settings.hyper_parameters import settled
from fl.settings.train import TrainSettings
from models.evaluation import VALIDATION

_VERSIONS = ("secretflow", "tensorflow", "numpy", "pandas", "ray")


def train(command: TrainCommand, context: JobContext) -> TrainDone:
    """Train a new run.

    Raises:
        SecretRecError: with a sentence for the person. A run that finished a round is kept, others leave nothing.
    """
    if sweeps.goes_on(command.settings):
        return resume(ResumeCommand(job=command.job, run=command.settings.name), context)
    check_free(command.settings.name)
    settings, loaded, federation, facts = prepare(command.settings, context)
    folder = RunFolder.create(settings, facts)
    settings = folder.settings()
    with folder.lock():
        recorder = Recorder(folder, settings, federation, context, loaded)
        return train_rounds(recorder, facts, loaded.notes(), first_round=1)


def resume(command: ResumeCommand, context: JobContext) -> TrainDone:
    """Go on with a run from its last finished round.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    run, epochs = command.run, command.epochs
    folder = RunFolder.find(run)
    check_parties_are_here(folder.settings())
    with folder.lock():
        folder.upgrade()
        had, done = len(folder.rounds()), folder.go_back_to_whole()
        if done:
            check_private_parts(folder.path)
        if done < had:
            context.phase(
                say(
                    "phase.going-back",
                    "a checkpoint of round {had} is damaged; going on from round {round}, which is whole",
                    had=had,
                    round=done,
                )
            )
        if epochs is not None and epochs < done:
            raise SettingsError(
                say(
                    "training.run-finished-rounds-epochs",
                    "Run '{run}' has finished {done} rounds already; epochs cannot be {epochs}.",
                    run=run,
                    done=done,
                    epochs=epochs,
                )
            )
        asked = _moved(folder.settings(), command.address)
        if epochs is not None:
            asked = asked.model_copy(update={"epochs": epochs})
        context.reading(asked.dataset)
        loaded = _data_to_go_on(folder)
        settings, loaded, federation, facts = prepare(asked, context, loaded, folder)
        if not done and CONTINUES in folder.config():
            begin(folder, loaded, federation, context)
        if done:
            context.loading_round(done)
            federation.restore(folder, done)
        if epochs is None and has_converged(folder.rounds(), settings.early_stopping):
            settings = settings.model_copy(update={"epochs": done})  # only the final figures are left to do
        if epochs is not None:
            folder.change({"epochs": epochs})  # nothing refuses it any more
        if "placement" in facts:
            folder.change({"address": settings.address}, placement=facts["placement"])
        folder.set_state("running")
        recorder = Recorder(folder, settings, federation, context, loaded)
        return train_rounds(recorder, facts, loaded.notes(), first_round=done + 1)


def _moved(settings: TrainSettings, address: str) -> TrainSettings:
    """Return the settings of a run that goes on on a cluster of another address; "" for the one it had.

    Raises:
        SettingsError: it was not trained on a cluster, or that is no address.
    """
    if not address:
        return settings
    if settings.runtime != "cluster":
        raise SettingsError(
            say("training.not-of-a-cluster", "Only a run that is trained on a Ray cluster has an address of one.")
        )
    moved: TrainSettings = build(TrainSettings, {**settings.flat(), "address": address})
    return moved


def check_clients(settings: TrainSettings, loaded: Loaded) -> None:
    """Refuse a draw that would leave a party out of most rounds.

    Raises:
        SettingsError: naming the party of which too few users are drawn on average.
    """
    clients, n_users = clients_of(settings), loaded.split.n_users
    parts, _ = loaded.divide(party_names(settings.parties), settings.seed)
    if clients.everyone(n_users):
        share = 1.0
    else:
        share = min(1.0, clients.amount if clients.amount <= 1 else clients.amount / n_users)
    for part in parts:
        if share * part.n_users < clients.minimum:
            raise SettingsError(
                say(
                    "training.users-whom-take-part",
                    "{party} has {n_users} users, of whom {share:.2g} take part in a round on average. A "
                    "party with fewer than {fewest} would send nearly one user's own update, so it would sit "
                    "most rounds out.",
                    party=part.party,
                    n_users=part.n_users,
                    share=share * part.n_users,
                    fewest=clients.minimum,
                ),
                say(
                    "training.draw-more-users-use",
                    "Draw more users, use fewer parties, or lower the fewest users of a party "
                    "(--min-clients-per-party).",
                ),
            )


def prepare(
    settings: TrainSettings, context: JobContext, loaded: Loaded | None = None, folder: RunFolder | None = None
) -> tuple[TrainSettings, Loaded, Federation, dict[str, Any]]:
    """Do everything that can fail before a run folder exists; the settings come back with nothing left to the data.

    Args:
        settings: of the run.
        context: of the job.
        loaded: its data; None reads them.
        folder: of the run, where there is one.
    """
    if loaded is None:
        context.reading(settings.dataset)
        loaded = load(settings.dataset, settings.protocol, settings.seed)
    settings = settled(settings, loaded.split)
    check_table(settings.aggregator, loaded.split.n_items * settings.row_length)
    check_clients(settings, loaded)
    federation = federation_for(settings, context, trains=True)
    context.phase(say("phase.dealing-out", "giving each party its users"))
    if settings.dp != "none":
        context.finding_noise()
    parts, _ = loaded.divide(party_names(settings.parties), settings.seed)
    n_users = sum(part.n_users for part in parts)
    privacy = privacy_of(
        settings,
        n_users,
        AGGREGATORS[settings.aggregator].fewest(settings.parties),
        None if folder is None else stored_multiplier(folder.path),
    )
    federation.set_up(parts, rules_of(settings, privacy), counts=loaded.known_counts)
    facts = {
        "fingerprint": loaded.interactions.fingerprint,
        "n_users": n_users,
        "n_items": loaded.split.n_items,
        "n_train": len(loaded.split.items),
        **surroundings(settings),
    }
    placement = federation.model.parties.placement
    if placement is not None:
        facts["placement"] = placement.facts()
    return settings, loaded, federation, facts


def _data_to_go_on(folder: RunFolder) -> Loaded:
    """Return the data of a run that is to go on, as the run knows them.

    Raises:
        StorageError: they are not those that it was trained on; or it began with those of an earlier run, and kept
            nothing yet.
    """
    settings = folder.settings()
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    check_fingerprint(folder, loaded.interactions.fingerprint)
    if CONTINUES in folder.config() and not kept.has_kept(folder.path):
        raise StorageError(
            say("training.never-began", "Run '{run}' ended before it began.", run=folder.name),
            say("training.never-began-hint", "Go on from the earlier run again, with --dataset-update."),
        )
    return as_in_run(folder, loaded)


def surroundings(settings: TrainSettings) -> dict[str, Any]:
    """Return what config.json says of a run beside settings and data: versions, machine, what the server learns."""
    return {
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _VERSIONS}},
        "machine": machine(),
        "claim": claim_for(settings.aggregator_choice, settings.parties),
    }


class Recorder:
    """A callback that puts every round on disk before anybody hears of it, and then tells them.

    Attributes:
        folder, settings: of the run.
        federation: that trains it.
        context: of the job.
        loaded: the data at hand; None at a server between organisations, which has none.
        stopped: whether the person asked to stop.
        converged: whether early stopping did.
    """

    def __init__(
        self,
        folder: RunFolder,
        settings: TrainSettings,
        federation: Federation,
        context: JobContext,
        loaded: Loaded | None,
    ) -> None:
        self.folder, self.settings, self.federation, self.context = folder, settings, federation, context
        self.loaded = loaded
        self._records = folder.rounds()
        self.stopped = self.converged = False

    def on_epoch_begin(self, round_number: int) -> None:
        self.context.check_cancelled()
        wholeness.check_here(self.folder.path)

    def on_epoch_end(self, record: RoundRecord) -> bool:
        self.folder.add_round(record)
        self._records.append(record)
        best = best_record(self._records)
        best_round = best.round if best else record.round
        self.federation.model.checkpoints.prune(self.folder.path, [record.round - 1, record.round, best_round])
        left = self.settings.epochs - record.round
        recent = statistics.median(r.seconds for r in self._records[-10:])
        self.context.emit(
            RoundDone(
                job=self.context.job,
                run=self.folder.name,
                record=record,
                rounds=self.settings.epochs,
                best_round=best_round,
                eta_seconds=left * recent,
            )
        )
        self.tell_members(record.round)
        self.converged = left > 0 and 0 < self.settings.early_stopping <= record.round - best_round
        if left > 0 and not self.converged:
            self.context.wait_while_paused(self.folder.name, record.round)
        self.stopped = left > 0 and not self.converged and self.stop_wanted()
        return self.stopped or self.converged

    def tell_members(self, round_number: int) -> None:
        """On a cluster, tell who trains on which node, and who was lost.

        Args:
            round_number: of the last finished round.
        """
        members = members_of(self.federation.model.parties, round_number)
        if members:
            self.context.emit(Members(job=self.context.job, members=members))

    def keep(self) -> None:
        """Keep what lists need of the data: the driver of a simulation deals them out, so it writes them down too."""
        if self.loaded is not None and not kept.has_kept(self.folder.path):
            parts, _ = self.loaded.divide(party_names(self.settings.parties), self.settings.seed)
            kept.keep(self.folder.path, self.loaded.interactions, parts, self.loaded.counts())

    def stop_wanted(self) -> bool:
        """Return whether to stop after this round, which is not the last."""
        return self.context.stop_requested()


def train_rounds(recorder: Recorder, facts: Mapping[str, Any], notes: Sequence[str], first_round: int) -> TrainDone:
    """Train the rounds and make the final figures, with an honest state in the folder whatever happens.

    Args:
        recorder: of the run.
        facts: what config.json holds beside the settings.
        notes: what a person should know of the data.
        first_round: to train.
    """
    folder, settings, federation, context = recorder.folder, recorder.settings, recorder.federation, recorder.context
    named_failures = federation.model.parties.named_failures
    try:
        recorder.keep()
        placement = federation.model.parties.placement
        where = [] if placement is None else [placement.sentence()]
        recorder.tell_members(first_round - 1)
        popularity: dict[str, float] = {}
        if settings.dp == "none":  # else it would reveal exact counts of every item, which epsilon does not cover
            context.phase(say("phase.measuring-popularity", "measuring the popularity baseline"))
            popularity = federation.model.questions.evaluate_popularity(VALIDATION).figures
        context.emit(
            TrainStarted(
                job=context.job,
                run=folder.name,
                settings=settings,
                first_round=first_round,
                n_users=facts["n_users"],
                n_items=facts["n_items"],
                n_train=facts["n_train"],
                notes=notes_of(settings, facts["n_items"], [*notes, *where], federation.model.privacy),
                popularity=popularity,
                earlier=tuple(folder.rounds()),
            )
        )
        with _tensorboard(folder, settings) as boards:
            checks = VerificationLog(folder, federation.model.parties.aggregator, context)

            def tried_again(error: AggregationError, round_number: int) -> None:
                checks.refused(error, round_number)
                context.emit(RoundRefused(job=context.job, run=folder.name, round=round_number, reason=error.message))

            try:
                with named_failures():
                    federation.model.fit(
                        epochs=settings.epochs,
                        callbacks=[checks, recorder, *boards],
                        audit_log_dir=folder.path,
                        initial_epoch=first_round - 1,
                        round_timeout=settings.round_timeout,
                        retries=settings.round_retries,
                        on_refused=tried_again,
                    )
            except AggregationError as error:
                checks.refused(error, len(folder.rounds()) + 1)
                raise
        context.phase(say("phase.evaluating", "evaluating the best round on the test items"))
        with named_failures():
            result, intervals = final_figures(folder, settings, federation, facts["fingerprint"])
        wholeness.check_here(folder.path)  # writing would make a folder of that name again
    except CancelledError:
        if context.ending() and folder.rounds():
            # Nobody gave this run up: it stays "running" with no process, which reads as interrupted.
            folder.note("interrupted: the program ended")
        else:
            _end(folder, "cancelled")
        raise
    except KeyboardInterrupt:
        _end(folder, "cancelled")
        raise
    except BrokenSessionError as error:
        folder.note(f"interrupted: {error}")  # it goes on in the members' next session
        raise
    except SecretRecError as error:
        was_here = wholeness.is_here(folder.path)
        folder.note(f"failed: {error}")
        _end(folder, "failed")
        if isinstance(error, SessionError):
            context.drop_federation()
        if not was_here:
            raise wholeness.deleted(folder.path) from error
        raise
    except BaseException:
        _end(folder, "failed")
        raise
    if federation.model.parties.lost:
        context.drop_federation()  # the next job starts all parties anew
    folder.write_result(result)
    folder.write_intervals(intervals)
    folder.set_state("stopped" if recorder.stopped else "done")
    stopped_early = recorder.stopped or recorder.converged
    return TrainDone(job=context.job, run=folder.name, stopped_early=stopped_early, result=result, intervals=intervals)


@contextmanager
def _tensorboard(folder: RunFolder, settings: TrainSettings) -> Iterator[list[TensorBoardCallback]]:
    """Give the callback that writes TensorBoard files, where the person asked for it."""
    boards = [TensorBoardCallback(folder.path / FOLDER)] if settings.tensorboard else []
    try:
        yield boards
    finally:
        for board in boards:
            board.close()


def _end(folder: RunFolder, state: Literal["cancelled", "failed"]) -> None:
    """Keep a run that has something to keep; one without a finished round leaves nothing behind."""
    if wholeness.is_here(folder.path) and folder.rounds():
        folder.set_state(state)
    else:
        folder.discard()
