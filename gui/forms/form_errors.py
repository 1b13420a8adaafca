"""Pydantic's complaints as sentences a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gui.forms.number_edit import plain_number
from gui.words.engine_texts import sentence
from gui.words.i18n import tr


def explain(error: Mapping[str, Any], name: str) -> str:
    """Return a pydantic error as a sentence a person can act on. `name` is the field's label without mnemonic."""
    context = error.get("ctx", {})
    value = error.get("input")
    match error["type"]:
        case "int_parsing" | "int_type" | "int_from_float":
            if value == "":
                return tr("{field} is missing: enter a whole number.").format(field=name)
            return tr('{field} must be a whole number, and "{typed}" is not one.').format(field=name, typed=value)
        case "float_parsing" | "float_type":
            if value == "":
                return tr("{field} is missing: enter a number.").format(field=name)
            return tr('{field} must be a number, and "{typed}" is not one.').format(field=name, typed=value)
        case "int_parsing_size" | "finite_number":
            return tr("{field} is too large.").format(field=name)
        case "greater_than_equal":
            return tr("{field} must be at least {limit}.").format(field=name, limit=plain_number(context["ge"]))
        case "greater_than":
            return tr("{field} must be greater than {limit}.").format(field=name, limit=plain_number(context["gt"]))
        case "less_than_equal":
            return tr("{field} can be at most {limit}.").format(field=name, limit=plain_number(context["le"]))
        case "less_than":
            return tr("{field} must be less than {limit}.").format(field=name, limit=plain_number(context["lt"]))
        case "string_too_short" | "too_short":
            return tr("{field} is missing.").format(field=name)
        case "string_too_long":
            return tr("{field} can have at most {limit} characters.").format(field=name, limit=context["max_length"])
        case "refused":
            return sentence(context["said"]) + tr(".")
    return f"{name}: {error['msg']}."
