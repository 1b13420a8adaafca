"""Records of rounds that nobody trained, for tests of what reads them."""

from fl.runs.rounds import RoundRecord


def a_round(number, hr=0.5, ndcg=0.1, **values):
    """A record with figures of a usual size; `values` take the place of any of them."""
    valid = {"hr@10": hr, "ndcg@10": ndcg}
    usual = {"round": number, "loss": 0.5, "valid": valid, "seconds": 0.1, "bytes_up": 10, "bytes_down": 20}
    return RoundRecord.model_validate({**usual, **values})
