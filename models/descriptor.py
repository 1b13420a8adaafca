"""The descriptor of a model, light for window and settings: what computes is imported when it is used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from models.base import LocalModel
    from models.explain import Contributions
    from models.nearness import Basket
    from models.new_user import Fit

View = Literal["global", "fine-tuned", "personal"]
Message = Literal["change", "gradient"]
ReasonKind = Literal["share", "nearness"]
Averaging = Literal["uniform", "samples"]


@dataclass(frozen=True)
class Block:
    """Some neighbouring columns of the item table, for which the server has a rule of its own.

    Attributes:
        width: how many columns.
        optimizer: name in `fl.federation.server_optimizers`; "" for the one that the run chose.
        rate: its step size in the first round, where it is not the one that the run chose.
    """

    width: int
    optimizer: str = ""
    rate: float = 0.0


class ModelSettings(BaseModel):
    """The base of the settings that one model has and others do not, declared with `data.setting.setting`.

    The methods are what the rest of the program asks of them; the answers here are those of a model that goes through
    its users' train items once a round.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    def settled(self, n_rows: int, n_users: int, n_items: int) -> ModelSettings:
        """Return the settings with what they leave to the data filled in.

        Args:
            n_rows: train interactions of all users.
            n_users: all users.
            n_items: all items.
        """
        return self

    def samples(self, n_rows: float) -> float:
        """Return how many samples one pass over so many train interactions has."""
        return n_rows

    def blocks(self, dim: int) -> tuple[Block, ...]:
        """Return the columns of the item table, from the left. The first block is the item embeddings, `dim` of them.

        A further block is averaged over users alone, times the number of items, not by the weights of items.
        """
        return (Block(dim),)

    def row_length(self, dim: int) -> int:
        """Return the numbers in an item's row of the item table, and of the message: `dim`, or more."""
        return sum(block.width for block in self.blocks(dim))

    @property
    def passes(self) -> int:
        """Passes of each user over its samples in a round."""
        return 1

    @property
    def unobserved_weight(self) -> float:
        """The weight of an unobserved pair beside an observed one in a gradient; 0 where no gradient is sent."""
        return 0.0

    @property
    def reg_of_items(self) -> float:
        """reg, where users are solved exactly in FCF's loss (`models.fcf_local`), which the gradient then tells the
        curvature of; 0 elsewhere."""
        return 0.0


Own = TypeVar("Own", bound=ModelSettings, covariant=True)


@dataclass(frozen=True)
class HyperParameters(Generic[Own]):
    """The values a model is told besides its users' data.

    Attributes:
        own: the settings that only this model has.
        dim: length of an item embedding.
        batch_size: samples per local gradient step and user.
        seed: seed of initial values and of sampling.
        view: the item embeddings users score with; see `models.base.LocalModel.scores`.
        lr_decay: the local step sizes of round r are multiplied by lr_decay ** (r - 1).
        averaging: weight of a user's change in the average: 1, or the user's number of samples.
    """

    own: Own
    dim: int
    batch_size: int
    seed: int
    view: View
    lr_decay: float = 1.0
    averaging: Averaging = "uniform"

    @property
    def row_length(self) -> int:
        """The numbers in an item's row of the item table, and of the message."""
        return self.own.row_length(self.dim)

    def decay(self, round_number: int) -> float:
        """Return what the local step sizes of a round, counted from 1, are multiplied by."""
        return float(self.lr_decay ** (round_number - 1))


@dataclass(frozen=True)
class Model:
    """A model, as the rest of the program knows it.

    Attributes:
        name: as settings, files and options have it.
        title: as people write it.
        sentence: what each user has of its own and what is shared, in one sentence.
        advice: who should take it, in a line.
        stays: what each user keeps in the party, in words that follow "each user keeps".
        sent: what a party sends each round, in words that follow "each round".
        loss: what the training loss is the mean of.
        settings: the class of its own settings.
        local: "module:class" of the `models.base.LocalModel` that holds a party's users.
        newcomer: "module:function" that fits a scoring function for somebody new, see `models.new_user`.
        views: the item embeddings its users can score with, the usual one first.
        published_view: the one that its paper scores with, where that is not the usual one.
        message: what the parties send: the sum of their users' "change" of the item table, or of the "gradient" of
            their losses by it.
        basket: "module:function" that says how well every item goes with picked ones, see `models.nearness`.
        contributions: "module:function" that splits a user's score into what each train item adds to it, see
            `models.explain`; "" for a model whose reasons are nearness.
        contributions_of_order: likewise for the part of it that comes from the order of the user's items; "" where the
            order has no part.
        seconds_per_sample: measured, see `fl.jobs.estimates`.
        learns_under_noise: whether it was seen to beat popularity with differential privacy; see docs/benchmarks.md.
        bytes_per_personal_value: memory for each of users * items * dim numbers, where users have item tables.
    """

    name: str
    title: str
    sentence: str
    advice: str
    stays: str
    sent: str
    loss: str
    settings: type[ModelSettings]
    local: str
    newcomer: str
    views: tuple[View, ...]
    message: Message
    seconds_per_sample: float
    published_view: View | None = None
    basket: str = "models.nearness:closeness_to_basket"
    contributions: str = ""
    contributions_of_order: str = ""
    learns_under_noise: bool = True
    bytes_per_personal_value: float = 0.0

    @property
    def reason_kind(self) -> ReasonKind:
        """The kind of a reason: "share", what a train item adds to the score, or "nearness"."""
        return "share" if self.contributions else "nearness"

    def usual_view(self, protocol: str) -> View:
        """Return the item embeddings that users score with where nobody chose, under an evaluation protocol."""
        return self.published_view if self.published_view and protocol == "published" else self.views[0]

    def load_local(self) -> type[LocalModel]:
        """Import the class that holds a party's users; Numba comes only with its own `load`."""
        kind: type[LocalModel] = _found(self.local)
        return kind

    def load_newcomer(self) -> Fit:
        """Import the fit of a scoring function for somebody new."""
        fit: Fit = _found(self.newcomer)
        return fit

    def load_basket(self) -> Basket:
        """Import what says how well every item goes with picked ones."""
        goes_with: Basket = _found(self.basket)
        return goes_with

    def load_contributions(self) -> Contributions:
        """Import what splits scores into shares; only for a model whose reasons are shares."""
        split: Contributions = _found(self.contributions)
        return split

    def load_contributions_of_order(self) -> Contributions:
        """Import what splits the order's part of scores; only for a model in which the order has one."""
        split: Contributions = _found(self.contributions_of_order)
        return split


@cache
def _found(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
