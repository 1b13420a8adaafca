"""The models by name."""

from __future__ import annotations

from models.base import LocalModel
from models.pfedrec import PFedRec

MODELS: dict[str, type[LocalModel]] = {"pfedrec": PFedRec}
