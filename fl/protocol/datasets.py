"""The registry's data sets as records; the window fills its picker with them before the engine is up."""

from __future__ import annotations

from data import registry
from fl.protocol.records import DatasetInfo


def dataset_info(name: str) -> DatasetInfo:
    """Return one row of the registry, with its state on this machine.

    Raises:
        UnknownNameError: there is no data set of that name.
    """
    spec = registry.spec(name)
    return DatasetInfo(
        name=spec.name,
        title=spec.title,
        status=registry.status(name),
        n_users=spec.n_users,
        n_items=spec.n_items,
        n_rows=spec.n_rows,
        licence=spec.licence,
        url=spec.url,
    )


def all_datasets() -> tuple[DatasetInfo, ...]:
    """Return all data sets SecretRec knows, then the imported ones."""
    return tuple(dataset_info(name) for name in registry.all_specs())
