"""The models by name, as they declare themselves."""

from __future__ import annotations

from models.descriptor import Model
from models.fcf import FCF
from models.fedrap import FEDRAP
from models.pfedrec import PFEDREC
from models.seqfcf import SEQFCF

MODELS: dict[str, Model] = {model.name: model for model in (FCF, SEQFCF, PFEDREC, FEDRAP)}
