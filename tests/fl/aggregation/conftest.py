"""Parties that mask whatever a test gives them."""

import pytest


class AnyMessage(dict):
    """A memory of messages that has every one in it."""

    def get(self, message):
        return b"", False


@pytest.fixture
def any_message(monkeypatch):
    """Have parties mask messages that they did not make."""
    from fl.aggregation.party_side import MaskingParty

    monkeypatch.setattr(MaskingParty, "_told", AnyMessage())
