"""One declaration for each setting: its default, its limits, its words, its place, and where it has a meaning.

`setting` makes a field of a pydantic class that carries all of these; `declared` reads them back. The command line, the
window's forms, the report and the translations are made from what `declared` returns. Light: pydantic only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

EVERYDAY: Final = "Everyday"  # the group of what most people look at

Values = Mapping[str, Any]
Belongs = Callable[[Values], bool]


@dataclass(frozen=True)
class Where:
    """A predicate that holds where another setting has one of some values.

    Attributes:
        name: of the other setting.
        values: with which this setting has a meaning.
        words: how help says it in a word or two; "" where the group says it already.
    """

    name: str
    values: tuple[str, ...]
    words: str = ""

    def __call__(self, values: Values) -> bool:
        return values.get(self.name) in self.values


def everywhere(values: Values) -> bool:
    """Return True: the predicate of a setting that always has a meaning."""
    return True


@dataclass(frozen=True)
class About:
    """The words and the place of a setting, declared beside its type, default and limits.

    Attributes:
        label: in a form; "&" stands before the letter of its shortcut.
        help: one sentence.
        group: under which heading it stands.
        unit: of a number.
        advanced: whether a form folds it away.
        belongs: whether the setting has a meaning, given the values of the others; a form hides it otherwise.
        words: how a choice is called, by its value.
        step: by how much one press of an arrow key changes a number.
        placeholder: what stands in an empty text field.
        special: the word for numbers that mean something else than their size: 0 that is "off", 1 that is "all".
    """

    label: str
    help: str
    group: str = EVERYDAY
    unit: str = ""
    advanced: bool = False
    belongs: Belongs = everywhere
    words: Mapping[str, str] = field(default_factory=dict)
    step: float = 1
    placeholder: str = ""
    special: Mapping[float, str] = field(default_factory=dict)

    def special_word(self, value: object) -> str:
        """Return the word for a number that means something else than its size, "" for any other value."""
        try:
            return self.special.get(float(str(value)), "") if self.special else ""
        except ValueError:
            return ""


@dataclass(frozen=True)
class Setting(About):
    """A setting as it was declared.

    Attributes:
        name: of the field.
        annotation: its type.
        default: its value where none is given; None where one must be.
        required: whether a value must be given.
        bounds: the limits of a number, among "ge", "gt", "le" and "lt".
        (others as in About)
    """

    name: str = ""
    annotation: Any = None
    default: Any = None
    required: bool = False
    bounds: Mapping[str, float] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The label without the mark of its shortcut."""
        return self.label.replace("&", "")

    @property
    def flag(self) -> str:
        """The option of the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that may be chosen, in order; () where any value within the limits may be.

        Values that have no words beside others that have are not for a person to choose.
        """
        kinds = get_args(self.annotation) if self.optional else (self.annotation,)
        literals = tuple(str(value) for kind in kinds if get_origin(kind) is Literal for value in get_args(kind))
        return tuple(value for value in literals if value in self.words or not self.words) or tuple(self.words)

    @property
    def optional(self) -> bool:
        """Whether None is a value too."""
        return get_origin(self.annotation) in (Union, UnionType) and type(None) in get_args(self.annotation)

    @property
    def is_list(self) -> bool:
        """Whether the value is a list of values."""
        return get_origin(self.annotation) is tuple


def setting(
    default: Any = ...,
    *,
    label: str,
    help: str,  # the name that everything made from it has for it
    group: str = EVERYDAY,
    unit: str = "",
    advanced: bool = False,
    belongs: Belongs = everywhere,
    words: Mapping[str, str] | None = None,
    step: float = 1,
    placeholder: str = "",
    special: Mapping[float, str] | None = None,
    **limits: Any,
) -> Any:
    """Declare a setting: a field of a pydantic class.

    Args:
        default: its value where none is given; without one, a value must be given.
        limits: pydantic's own, such as ge and max_length.
        (others as in About)
    """
    made: FieldInfo = Field(default, description=help, **limits)
    about = About(label, help, group, unit, advanced, belongs, words or {}, step, placeholder, special or {})
    made.metadata.append(about)
    return made


def declared(kind: type[BaseModel]) -> dict[str, Setting]:
    """Return the settings of a class by name, in the order of their declaration; fields that are none are left out."""
    found = {}
    for name, info in kind.model_fields.items():
        about = next((one for one in info.metadata if isinstance(one, About)), None)
        if about is not None:
            required = info.is_required()
            default = None if required else info.get_default()
            found[name] = Setting(**vars(about), name=name, annotation=info.annotation, default=default,
                                  required=required, bounds=_bounds(info))  # fmt: skip
    return found


def grouped(settings: Mapping[str, Setting]) -> dict[str, list[Setting]]:
    """Return settings by group, groups in the order in which they first appear."""
    groups: dict[str, list[Setting]] = {}
    for one in settings.values():
        groups.setdefault(one.group, []).append(one)
    return groups


def one_of(names: Mapping[str, Any]) -> AfterValidator:
    """Return a validator for a text that must be a key of a table, as a Literal is checked."""
    quoted = [repr(name) for name in names]
    expected = " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))

    def check(value: str) -> str:
        if value not in names:
            raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": expected})
        return value

    return AfterValidator(check)


def _bounds(info: FieldInfo) -> dict[str, float]:
    return {
        kind: getattr(limit, kind)
        for limit in info.metadata
        for kind in ("ge", "gt", "le", "lt")
        if getattr(limit, kind, None) is not None
    }
