"""PFedRec: a private scoring function and a privately fine-tuned view of the item embeddings for every user.

Zhang et al., IJCAI 2023. The method is told where it is computed: `models.pfedrec_local`.
"""

from __future__ import annotations

from data.setting import setting
from models.descriptor import Model
from models.sgd import SgdSettings


class PFedRecSettings(SgdSettings):
    """The settings PFedRec has beside its local steps."""

    item_lr_scale: float = setting(
        80.0,
        gt=0,
        le=1e6,
        label="Item rate factor",
        help="Item step size = learning rate * number of items * this.",
        step=10,
    )


PFEDREC = Model(
    name="pfedrec",
    title="PFedRec",
    sentence="Every user has a scoring function of their own; only item embeddings are shared and averaged.",
    advice="Reproduces the paper of Zhang et al. (IJCAI 2023); to compare.",
    stays="an affine scoring function, and the items as fine-tuned for this user",
    loss="binary cross-entropy of the samples of the round",
    sent="one sum of what the party's users change in the item table",
    settings=PFedRecSettings,
    local="models.pfedrec_local:LocalPFedRec",
    newcomer="models.new_user:fit_affine",
    views=("global", "fine-tuned"),
    published_view="fine-tuned",
    message="change",
    learns_under_noise=False,
    seconds_per_sample=1.5e-7,
)
