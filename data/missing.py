"""Help for somebody who has named a user or an item that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.sentences import say


def why_no_user(dataset: str, ids: Iterable[str], user: str) -> str:
    """Return why a data set has no such user, or which one may be meant; "" when nothing is known.

    Args:
        dataset: its name. An imported one remembers whom its filters have dropped.
        ids: of its users.
        user: who was asked for.
    """
    from data.own.store import why_gone

    reason = why_gone(dataset, user) or why_gone(dataset, user.strip())
    if reason:
        return say("missing.user-gone", "The imported file has this user: {reason}.", reason=reason)
    return did_you_mean(ids, user)


def did_you_mean(ids: Iterable[str], name: str) -> str:
    """Return a question about ids that differ from `name` in spaces, case, leading zeros or ".0" only, "" if none."""
    bare = _bare(name)
    alike = [str(one) for one in ids if _bare(str(one)) == bare] if bare else []
    if not alike:
        return ""
    return say("missing.did-you-mean", "Did you mean {ids}?", ids=", ".join(repr(one) for one in alike[:3]))


def _bare(name: str) -> str:
    """Return an id without what people add or leave out: spaces, case, leading zeros, ".0"."""
    name = name.strip().casefold()
    whole = re.fullmatch(r"([+-]?)0*([0-9]+)(?:[.,]0*)?", name)
    return f"{whole[1].removeprefix('+')}{whole[2]}" if whole else name
