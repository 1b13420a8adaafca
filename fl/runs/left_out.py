"""The users whom a run's figures leave out: those of parties that dropped out, in words for every place of figures."""

from __future__ import annotations

from collections.abc import Mapping

from data.sentences import Said, say
from fl.runs.rounds import RoundRecord


def left_out(result: Mapping[str, object], best: RoundRecord | None) -> Said | str:
    """Return whose users are in none of a run's figures, "" where they cover all users.

    Args:
        result: the final figures, as result.json holds them; empty before there are any.
        best: the best round, whose validation figures are shown where there are no final ones.
    """
    if "missing_parties" in result:
        return say(
            "run.figures-of-some",
            "These figures cover {users} users: {parties} dropped out, and the users there are in none of them. "
            "Evaluating the run asks all parties again and gives other figures.",
            users=result.get("n_test_users"),
            parties=result["missing_parties"],
        )
    if not result and best is not None and best.dropped:
        return say(
            "run.validated-on-some",
            "The validation figures leave out the users of {parties}, which dropped out.",
            parties=", ".join(sorted(best.dropped)),
        )
    return ""
