"""The common base of all settings: unknown names are refused, and each fault is told in a sentence."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from data.errors import SettingsError
from data.sentences import refusal, say
from data.setting import Setting, declared
from fl.settings.faults import describe_errors

RuntimeName = Literal["simulation", "in-process", "cluster", "organisations"]
ProtocolName = Literal["leak-free", "published"]
Scope = Literal["all", "unrated"]

MAX_PARTIES = 64
# Those that a person chooses for a training here; members of a federation take part with `party` and `server`.
RUNTIME_WORDS = {
    "simulation": "As processes (simulation)",
    "in-process": "In one process (no isolation)",
}
ON_A_CLUSTER = {"cluster": "On a Ray cluster"}
PROTOCOL_WORDS = {"leak-free": "Leak-free (recommended)", "published": "Published (as in papers)"}
_NAME_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,79}")


def is_folder_name(name: str) -> bool:
    """Return whether a run can be called so: its folder has to bear the name on any system."""
    return bool(_NAME_PATTERN.fullmatch(name)) and not name.endswith((" ", "."))


def checked_folder_name(name: str) -> str:
    """Return a name that a folder can bear, or that is empty; a validator of fields called "name"."""
    if name and not is_folder_name(name):
        said = say(
            "settings.no-folder-name",
            "use letters, digits, space, dot, dash and underscore, beginning with a letter or digit",
        )
        raise refusal(said, "name")
    return name


class Settings(BaseModel):
    """The base of all settings: unknown keys are refused, values cannot change after they were checked."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    @classmethod
    def declared(cls) -> dict[str, Setting]:
        """Return the settings by name, in the order of their declaration."""
        return declared(cls)


def build(kind: type[Any], values: dict[str, Any]) -> Any:
    """Build `kind(**values)`, with pydantic's complaint turned into a SettingsError.

    Raises:
        SettingsError: naming each field at fault.
    """
    try:
        return kind(**values)
    except ValidationError as error:
        raise SettingsError(describe_errors(error)) from error
