"""The reading of JSON lines: an object is of the class that its `type` names, and unknown ones are refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, TypeAdapter

Base = TypeVar("Base", bound=BaseModel)


def adapter_of(base: type[Base]) -> TypeAdapter[Base]:
    """Return a reader of all classes below `base` that have a `type`. Call it after the last of them."""
    union: Any = reduce(or_, _kinds(base))
    return TypeAdapter(Annotated[union, Field(discriminator="type")])


def _kinds(base: type[Base]) -> Iterator[type[Base]]:
    for kind in base.__subclasses__():
        if "type" in kind.model_fields:
            yield kind
        yield from _kinds(kind)
