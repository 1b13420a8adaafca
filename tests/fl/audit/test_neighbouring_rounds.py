"""Two sums of neighbouring rounds, one without a party, tell nearly what the party sent: no aggregator hides that."""

import numpy as np

from fl.federation.new_fl_model import NewFLModel
from fl.runs.storage import read_arrays, round_file
from models.fcf_local import LocalFCF
from tests.fl.small_rules import rules_for
from tests.models.small_data import hyper_of, small_parties


def test_that_a_drop_out_between_rounds_gives_a_partys_update_nearly_away(federate, tmp_path):
    federation, devices = federate(4, "masked")
    parts = small_parties(4)
    assert isinstance(federation, NewFLModel)
    federation.set_up(dict(zip(devices, parts, strict=True)), rules_for("fcf"))
    federation.fit(epochs=30, validation_data=False, audit_log_dir=tmp_path)
    tables = [read_arrays(tmp_path / "server" / round_file(number))["items"] for number in (29, 30)]

    def sent(part, table):
        return LocalFCF(part, hyper_of("fcf")).train_round(table.copy(), 1).item_update.astype(np.float64)

    # What the server reads: the sum of round 30 over four parties, and that of round 31 over the three that are left.
    whole = sum(sent(part, tables[0]) for part in parts)
    rest = sum(sent(part, tables[1]) for part in parts[1:])
    found = np.corrcoef((whole - rest).ravel(), sent(parts[0], tables[0]).ravel())[0, 1]
    assert found > 0.9
