"""The way from parties' shares back to a secret, also where some of the shares are wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations, islice

from data.sentences import say
from fl.aggregation.masking import shamir
from fl.aggregation.masking.errors import DropoutError
from fl.aggregation.masking.keys import Roster

# Sets of shares tried when one is wrong, before giving up.
_TRIES = 5000


def rebuild(
    roster: Roster, what: str, shares: Mapping[str, int], right: Callable[[bytes], bool], misfits: set[str]
) -> bytes:
    """Return the secret that `right` accepts.

    A share that does not fit may be its giver's fault, or that of the party that dealt it: `misfits` is no verdict.

    Args:
        roster: of all parties.
        what: the secret, for the complaint.
        shares: by the party that gave them.
        right: whether a secret is the one that was committed to.
        misfits: whose shares did not fit so far; those found here are added.

    Raises:
        DropoutError: no set of shares gives the secret.
    """
    threshold = roster.threshold
    fitting_first = sorted(shares, key=lambda name: (name in misfits, roster.place(name)))
    for chosen in islice(combinations(fitting_first, threshold), _TRIES):
        secret = shamir.combine({roster.place(name) + 1: shares[name] for name in chosen}, threshold)
        if secret is not None and right(secret):
            if chosen != tuple(fitting_first[:threshold]):
                misfits.update(_off_the_curve(roster, secret, shares, chosen))
            return secret
    raise DropoutError(
        say(
            "masking.no-shares-give-many",
            "No {threshold} of {n_shares} shares give {what}: too many are wrong. The round is given up.",
            threshold=threshold,
            n_shares=len(shares),
            what=what,
        )
    )


def _off_the_curve(roster: Roster, secret: bytes, shares: Mapping[str, int], chosen: tuple[str, ...]) -> list[str]:
    """Return whose share does not lie on the polynomial through the chosen ones."""
    off = []
    for name in shares:
        trial = {roster.place(n) + 1: shares[n] for n in (name, *chosen[: len(chosen) - 1])}
        if name not in chosen and shamir.combine(trial, len(trial)) != secret:
            off.append(name)
    return off
