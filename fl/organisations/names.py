"""Names of members, as a person writes them."""

from __future__ import annotations

import re
from typing import Final

from data.errors import SettingsError
from data.sentences import say
from fl.federation.session import SERVER

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,30}")


def check_name(name: str) -> str:
    """Return the name of a federation, or of a party, if it can be one: it names folders, files and certificates.

    Raises:
        SettingsError: it cannot.
    """
    if not _NAME.fullmatch(name):
        raise SettingsError(
            say("members.no-name", "{name!r} cannot be a name here.", name=name[:60]),
            say(
                "members.name-rule",
                "Use up to 31 small letters (a-z), digits, '-' and '_', a letter first.",
            ),
        )
    return name


def check_party_name(name: str) -> str:
    """Return the name of a party if it can be one.

    Raises:
        SettingsError: it cannot, or it is the server's.
    """
    if check_name(name) == SERVER:
        raise SettingsError(
            say("members.server-is-no-party", "A party cannot be called {name!r}: so the server is called.", name=name)
        )
    return name
