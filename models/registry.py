"""The models by name."""

from __future__ import annotations

from models.base import LocalModel
from models.fcf import FCF
from models.fedrap import FedRAP
from models.pfedrec import PFedRec

MODELS: dict[str, type[LocalModel]] = {"fcf": FCF, "pfedrec": PFedRec, "fedrap": FedRAP}
