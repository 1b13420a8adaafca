"""The growth of masked sums with the number of parties: the work and the bytes of one party, and of the server.

    python -m benchmarks.masking_growth                                  # 2 to 32 parties, a table of 3706 x 32
    python -m benchmarks.masking_growth --parties 4 --size 200x8 --repeats 2

Parties and server are plain objects of this process, on one core, and every message is passed by hand as organisations
pass it: packed as `fl.organisations.wire` does, signature included. So a party's seconds are what it would take on its
own machine, and the server's likewise. A sum is the update message of a round; keys are made once in 64 messages. The
last lines are the constants that fit, by least squares, and what they make of 1,000 parties and 100,000 x 32 values.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import machine, save, table
from fl.aggregation.masking.adverts import BATCH_MESSAGES
from fl.aggregation.masking.checking import check_sum
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.keys import Identity, Roster
from fl.aggregation.masking.ring import TABLE_LIMIT, spec_of
from fl.aggregation.masking.server import MaskingServer
from fl.organisations.wire import SIGNATURE_BYTES, encode
from fl.settings.aggregator_words import quorum

MANY, MANY_VALUES = 1000, 100_000 * 32


class Stopwatch:
    """Seconds by what was done; those of all parties count for one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, what: str, do: Callable[..., Any], *given: Any) -> Any:
        """Return what `do` returns for what it is given."""
        began = time.perf_counter()
        done = do(*given)
        self.seconds[what] = self.seconds.get(what, 0.0) + time.perf_counter() - began
        return done


def length(*values: Any) -> int:
    """Return the bytes of messages between members."""
    return sum(
        SIGNATURE_BYTES + sum(part.nbytes if isinstance(part, memoryview) else len(part) for part in encode(0, value))
        for value in values
    )


def measure(parties: int, size: tuple[int, int], repeats: int) -> dict[str, Any]:
    """Return seconds and bytes of a sum with so many parties, medians of repeats."""
    names = tuple(f"p{place}" for place in range(parties))
    identities = [Identity() for _ in names]
    roster = Roster(b"growth", names, tuple(one.public for one in identities), quorum(parties))
    clients = [MaskingClient(name, one, roster, checks_sums=True) for name, one in zip(names, identities, strict=True)]
    server = MaskingServer(roster)
    first, keys = clients[0], Stopwatch()

    server.begin(1)
    for client in clients:
        server.take_advert(keys.time("keys", client.advertise, 1))
    adverts = server.adverts()
    for client in clients:
        packets = keys.time("keys", client.share, adverts)
        server.take_sealed(client.name, packets)
        if client is first:
            sent = length(adverts[0], packets)
    for client in clients:
        received = server.sealed_for(client.name)
        keys.time("keys", client.receive, received)
    key_bytes = sent + length(adverts, received)

    rng = np.random.default_rng(0)
    arrays: list[NDArray[Any]] = [rng.normal(0, 1, size).astype(np.float32), np.ones(4)]
    specs = [spec_of(array, parties, TABLE_LIMIT) for array in arrays]
    found: list[dict[str, float]] = []
    for number in range(repeats):
        watch = Stopwatch()
        server.open(number, specs)
        uploads = [watch.time("party", client.mask, number, arrays, specs) for client in clients]
        for upload in uploads:
            watch.time("server", server.take_upload, upload)
        survivors = watch.time("server", server.close)
        for client in clients:
            agreed = watch.time("party", client.agree, survivors)
            watch.time("server", server.take_agreement, agreed)
        agreements = server.agreements()
        for client in clients:
            shares = watch.time("party", client.unmask, number, agreements)
            watch.time("server", server.take_shares, shares)
        announcement = server.announce(watch.time("server", server.finish))
        watch.time("check", check_sum, first, announcement)
        for client in clients[1:]:
            check_sum(client, announcement)
        took = watch.seconds
        found.append({"party": took["party"] / parties, "server": took["server"], "check": took["check"]})
        bytes_of = {
            "masked_up": length(uploads[0], agreed, shares),
            "masked_down": length(survivors, agreements),
            "verified_down": length(announcement),
        }
    return {
        "parties": parties,
        "values": size[0] * size[1],
        "keys_seconds": keys.seconds["keys"] / parties,
        "keys_bytes": key_bytes,
        **{f"{name}_seconds": statistics.median(one[name] for one in found) for name in found[0]},
        **bytes_of,
    }


def fits(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the constants: nanoseconds a value and pair, and so on, by least squares over the numbers of parties."""
    counts: NDArray[Any] = np.array([one["parties"] for one in results], np.float64)
    values = results[0]["values"]

    def slope(name: str, against: NDArray[Any]) -> tuple[float, float]:
        part, base = np.polyfit(against, [one[name] for one in results], 1)
        return float(part), float(base)

    party, party_base = slope("party_seconds", counts - 1)
    server, _ = slope("server_seconds", counts)
    check, _ = slope("check_seconds", counts)
    return {
        "party_ns_a_value_and_pair": 1e9 * party / values,
        "party_ns_a_value": 1e9 * party_base / values,
        "server_ns_a_value_and_party": 1e9 * server / values,
        "check_ns_a_value_and_party": 1e9 * check / values,
        # Every share of every message of every other party is made, sealed and opened.
        "keys_us_a_pair_and_message": 1e6 * slope("keys_seconds", counts - 1)[0] / BATCH_MESSAGES,
        "keys_bytes_a_pair_and_message": slope("keys_bytes", counts - 1)[0] / BATCH_MESSAGES,
        "bytes_a_value": 4.0,
    }


def projected(constants: dict[str, Any], parties: int, values: int) -> dict[str, float]:
    """Return seconds and gigabytes of a sum, and of keys for 64, by the constants."""
    pairs = parties - 1
    return {
        "party_seconds": 1e-9
        * values
        * (constants["party_ns_a_value"] + constants["party_ns_a_value_and_pair"] * pairs),
        "server_seconds": 1e-9 * values * constants["server_ns_a_value_and_party"] * parties,
        "check_seconds": 1e-9 * values * constants["check_ns_a_value_and_party"] * parties,
        "keys_seconds_of_a_party": 1e-6 * constants["keys_us_a_pair_and_message"] * pairs * BATCH_MESSAGES,
        "keys_gigabytes_of_a_party": 1e-9 * constants["keys_bytes_a_pair_and_message"] * pairs * BATCH_MESSAGES,
        "gigabytes_up_at_the_server": 1e-9 * constants["bytes_a_value"] * values * parties,
        "gigabytes_down_at_the_server": 1e-9 * constants["bytes_a_value"] * values * parties,
        "gigabytes_down_at_the_server_if_verified": 1e-9
        * constants["bytes_a_value"]
        * values
        * parties
        * (parties + 2),
    }


def _size(text: str) -> tuple[int, int]:
    n_items, _, dim = text.partition("x")
    return int(n_items), int(dim)


def main(argv: list[str] | None = None) -> int:
    """Measure, print a table and the constants, write a JSON file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parties", nargs="+", type=int, default=[2, 4, 8, 16, 32])
    parser.add_argument("--size", type=_size, default=(3706, 32), metavar="ITEMSxDIM")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    results = []
    for parties in arguments.parties:
        print(f"{parties} parties", file=sys.stderr)
        results.append(measure(parties, arguments.size, arguments.repeats))
    header = ["parties", "a party ms", "server ms", "check ms", "keys ms", "up B", "down B", "verified B", "keys B"]
    rows = [
        [
            one["parties"],
            *(round(1000 * one[f"{name}_seconds"], 1) for name in ("party", "server", "check", "keys")),
            *(one[name] for name in ("masked_up", "masked_down", "verified_down", "keys_bytes")),
        ]
        for one in results
    ]
    print(table(header, rows))
    constants = fits(results) if len(results) > 1 else {}
    for name, value in constants.items():
        print(f"{name.replace('_', ' ')}: {value:.3g}")
    if constants:
        print(f"\nBy these, {MANY} parties and {MANY_VALUES} values:")
        for name, value in projected(constants, MANY, MANY_VALUES).items():
            print(f"{name.replace('_', ' ')}: {value:.3g}")
    result = {"machine": machine(), "command": " ".join(sys.argv), "results": results, "constants": constants}
    save("masking_growth", result, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
