"""Faults of settings in sentences: what a validator refused, and what pydantic found by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from data.sentences import join, say


def describe_errors(error: ValidationError) -> str:
    """Return a sentence for each fault, e.g. "epochs: must be greater than or equal to 1 (got 0)."."""
    return join(_fault(item) for item in faults(error))


def faults(error: ValidationError) -> list[ErrorDetails]:
    """Return what is wrong, a place each; a model's own setting is placed by its name alone, as it is given."""
    found = error.errors()
    for item in found:
        item["loc"] = item["loc"][item["loc"][:1] == ("own",) :]
    return found


def _fault(item: Mapping[str, Any]) -> str:
    reason = _reason(item["type"], item.get("ctx", {}), item["msg"])
    if not item["loc"]:
        return say("settings.fault", "{reason}.", reason=reason)
    where = join((_step(step) for step in item["loc"]), ", ")
    if isinstance(item["input"], dict):
        return say("settings.fault-in", "{where}: {reason}.", where=where, reason=reason)
    got = repr(item["input"])
    return say("settings.fault-in-value", "{where}: {reason} (got {got}).", where=where, reason=reason, got=got)


def _step(step: str | int) -> str:
    """Return one step of the way to a value: the name of a setting, or its place in a list."""
    return say("settings.entry", "entry {number}", number=step + 1) if isinstance(step, int) else step.replace("_", " ")


def _reason(kind: str, given: Mapping[str, Any], message: str) -> str:
    """Return what is wrong, without the full stop. Kinds: https://docs.pydantic.dev/latest/errors/validation_errors/"""
    match kind:
        case "refused":
            said: str = given["said"]
            return said
        case "missing":
            return say("settings.missing", "Field required")
        case "extra_forbidden":
            return say("settings.unknown", "Extra inputs are not permitted")
        case "int_type":
            return say("settings.no-integer", "must be a valid integer")
        case "int_parsing":
            return say("settings.no-integer-text", "must be a valid integer, unable to parse string as an integer")
        case "int_from_float":
            return say("settings.no-integer-fraction", "must be a valid integer, got a number with a fractional part")
        case "int_parsing_size":
            return say(
                "settings.integer-too-large", "Unable to parse input string as an integer, exceeded maximum size"
            )
        case "float_type":
            return say("settings.no-number", "must be a valid number")
        case "float_parsing":
            return say("settings.no-number-text", "must be a valid number, unable to parse string as a number")
        case "finite_number":
            return say("settings.not-finite", "must be a finite number")
        case "bool_type":
            return say("settings.no-boolean", "must be a valid boolean")
        case "bool_parsing":
            return say("settings.no-boolean-text", "must be a valid boolean, unable to interpret input")
        case "string_type":
            return say("settings.no-text", "must be a valid string")
        case "literal_error":
            return say("settings.not-among", "must be {expected}", expected=given["expected"])
        case "greater_than":
            return say("settings.not-above", "must be greater than {limit}", limit=_plain(given["gt"]))
        case "greater_than_equal":
            return say("settings.below", "must be greater than or equal to {limit}", limit=_plain(given["ge"]))
        case "less_than":
            return say("settings.not-below", "must be less than {limit}", limit=_plain(given["lt"]))
        case "less_than_equal":
            return say("settings.above", "must be less than or equal to {limit}", limit=_plain(given["le"]))
        case "string_too_short" if given["min_length"] == 1:
            return say("settings.empty-text", "String should have at least 1 character")
        case "string_too_long":
            return say(
                "settings.text-too-long", "String should have at most {limit} characters", limit=given["max_length"]
            )
    return message


def _plain(limit: float) -> int | float:
    return int(limit) if float(limit).is_integer() else limit
