"""The growth of masked sums: bytes as they follow from the protocol, and constants that are found again."""

import pytest

from benchmarks.masking_growth import fits, measure, projected
from fl.aggregation.masking.adverts import BATCH_MESSAGES

VALUES = 50 * 4


def test_that_bytes_are_those_of_the_protocol():
    found = {parties: measure(parties, (50, 4), 1) for parties in (2, 3, 4)}
    up = [one["masked_up"] for one in found.values()]
    # 4 bytes a value, and signatures and shares beside it, a few more of them for each party.
    assert all(4 * VALUES < size < 4 * VALUES + 2000 for size in up)
    assert up[2] - up[1] < 100
    # Who verifies is shown the sum and every upload.
    shown = [one["verified_down"] for one in found.values()]
    assert all(size > 4 * VALUES * (parties + 1) for parties, size in zip(found, shown, strict=True))
    assert shown[2] - shown[1] == pytest.approx(shown[1] - shown[0], rel=0.01)
    # Two shares of 33 bytes or so of each message, sealed, go to each other party and come from it.
    for_a_pair = (found[4]["keys_bytes"] - found[3]["keys_bytes"]) / BATCH_MESSAGES
    assert 2 * 2 * 32 < for_a_pair < 4 * 2 * 32
    assert all(found[3][f"{name}_seconds"] > 0 for name in ("party", "server", "check", "keys"))


def test_that_constants_of_straight_lines_are_found_again():
    lines = [
        {
            "parties": parties,
            "values": 1000,
            "party_seconds": 1000 * (50 + 4 * (parties - 1)) * 1e-9,
            "server_seconds": 1000 * 20 * parties * 1e-9,
            "check_seconds": 1000 * 10 * parties * 1e-9 + 1,
            "keys_seconds": 64 * 18e-6 * (parties - 1),
            "keys_bytes": 64 * 200 * (parties - 1) + 77,
        }
        for parties in (2, 4, 8)
    ]
    constants = fits(lines)
    assert [round(value, 6) for value in constants.values()] == [4, 50, 20, 10, 18, 200, 4]
    # By hand: a million values of 1,001 parties.
    many = projected(constants, 1001, 10**6)
    assert many["party_seconds"] == pytest.approx(4.05)
    assert many["server_seconds"] == pytest.approx(20.02)
    assert many["keys_seconds_of_a_party"] == pytest.approx(1.152)
    assert many["gigabytes_up_at_the_server"] == pytest.approx(4.004)
    assert many["gigabytes_down_at_the_server_if_verified"] == pytest.approx(4.004 * 1003)
