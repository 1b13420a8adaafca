"""The base of all values that go over a wire or onto the disk under names."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A group of values under names. It cannot be changed, and refuses names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
