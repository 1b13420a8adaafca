"""Options that several commands have: one for each setting of a class, and --json."""

from __future__ import annotations

import argparse
from typing import Any, TypeVar

from data.setting import EVERYDAY, Setting, Where, grouped
from fl.settings.base import Settings, build
from fl.settings.presets import PRESET_FIELDS
from fl.settings.train import TrainSettings

Kind = TypeVar("Kind", bound=Settings)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json, which every command has."""
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line of standard output")


def add_settings(
    parser: argparse.ArgumentParser, kind: type[Settings], skip: tuple[str, ...] = (), *, needed: bool = True
) -> None:
    """Add an option per setting of a class, as the window offers them: the everyday ones first, others in their groups.

    Values stay text here: the settings class checks them and explains what is wrong.

    Args:
        parser: to add to.
        kind: the class.
        skip: settings that get no option.
        needed: whether options of settings without a default must be given; else the command looks after that.
    """
    chosen = PRESET_FIELDS if kind is TrainSettings else frozenset()
    for group, settings in grouped(kind.declared()).items():
        place = parser if group == EVERYDAY else parser.add_argument_group(group.lower())
        for setting in settings:
            if setting.name not in skip:
                _setting_argument(place, setting, _help(setting, setting.name in chosen), needed)


def _setting_argument(place: argparse._ActionsContainer, setting: Setting, text: str, needed: bool) -> None:
    if setting.annotation is bool:
        place.add_argument(setting.flag, action="store_true", default=argparse.SUPPRESS, help=text)
        return
    choices = setting.choices
    place.add_argument(
        setting.flag,
        default=argparse.SUPPRESS,
        required=setting.required and needed,
        metavar="{" + ",".join(choices) + "}" if choices else setting.name.upper(),
        nargs=_word_count(setting),
        help=text,
    )


def _help(setting: Setting, by_preset: bool) -> str:
    """Return what a setting is, where it has a meaning, and its default."""
    text, where, default = setting.help, setting.belongs, setting.default
    if isinstance(where, Where) and where.words:
        text = f"{text.removesuffix('.')} ({where.words})."
    if by_preset:
        return f"{text} Default: chosen for model and data set."
    if setting.annotation is bool or default in ("", None, ()):
        return text
    return f"{text} Default: {' '.join(map(str, default)) if isinstance(default, tuple) else default}."


def _word_count(setting: Setting) -> str | None:
    """Return how many words an option takes: one, one or more, or any number where an empty list makes sense."""
    if not setting.is_list:
        return None
    return "*" if not setting.default or setting.name in ("models", "baselines") else "+"


def given_settings(arguments: argparse.Namespace, kind: type[Settings]) -> dict[str, Any]:
    """Return the settings that stand on the command line, as text; the settings class converts and checks."""
    return {name: getattr(arguments, name) for name in kind.declared() if hasattr(arguments, name)}


def settings_of(arguments: argparse.Namespace, kind: type[Kind]) -> Kind:
    """Return the settings that the command line makes, with defaults for the others.

    Raises:
        SettingsError: a value is not allowed.
    """
    settings: Kind = build(kind, given_settings(arguments, kind))
    return settings
