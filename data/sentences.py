"""Sentences for people: a code with values, beside the English text that they make.

`say("run.no-finished-round", "Run '{run}' has no finished round.", run=name)` is that text: a `str` like any other for
the command line, for files and logs. It keeps its code and its values, and from them the window makes the same sentence
in another language (gui/words/engine_texts.py). The English template stands where the sentence is said, and
scripts/translations.py collects it from there.

No program reads a sentence back. What a program wants to know is a code, or a field of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, Annotated, Any, Final

if TYPE_CHECKING:
    from pydantic_core import PydanticCustomError, core_schema

# The code of sentences that were put together; their values are numbered from "1", beside the "separator".
JOINED: Final = "joined"


class Said(str):
    """English text that keeps its code and values.

    What `str` makes of it (`upper`, `+`, an f-string) is plain text again, without a code: put sentences together with
    `join`, or give one to another as a value.

    Attributes:
        code: names the sentence, e.g. "run.no-finished-round".
        values: what its places hold: numbers, names, or other sentences.
    """

    __slots__ = ("code", "values")

    code: str
    values: Mapping[str, Any]

    def __new__(cls, english: str, code: str, values: Mapping[str, Any]) -> Said:
        text = super().__new__(cls, english)
        text.code = code
        text.values = values
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return Said, (str(self), self.code, dict(self.values))


def say(code: str, template: str, /, **values: object) -> Said:
    """Return a sentence.

    Args:
        code: names the sentence; a literal that stands nowhere else in the program.
        template: the English text, a literal, with places as in `str.format`.
        values: what to put there. Numbers and sentences stay what they are; everything else becomes text.
    """
    return Said(template.format(**values), code, {name: _kept(value) for name, value in values.items()})


def join(parts: Iterable[str], separator: str = " ") -> str:
    """Return sentences one after the other, the empty ones left out, so that each keeps its code and values."""
    said = [part for part in parts if part]
    if len(said) < 2:
        return said[0] if said else ""
    values = {str(number): part for number, part in enumerate(said, start=1)}
    return Said(separator.join(said), JOINED, {"separator": separator, **values})


def refusal(said: Said, *fields: str) -> PydanticCustomError:
    """Return what a pydantic validator raises: the sentence, and the fields to which it applies."""
    from pydantic_core import PydanticCustomError

    # The text is no template of pydantic's, which would fill in its places a second time.
    return PydanticCustomError("refused", "{said}", {"said": said, "fields": fields})


# --- records: on the wire and in files --------------------------------------------------------------------------------


def recorded(text: str) -> str | dict[str, Any]:
    """Return a sentence as a JSON value: an object where it has a code, otherwise the text."""
    if not isinstance(text, Said):
        return text
    return {"english": str(text), **_of_said(text)}


def restored(value: object) -> str:
    """Return the sentence that `recorded` made this of.

    Raises:
        ValueError: this is no record of a sentence.
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or set(value) != {"english", "code", "values"}:
        raise ValueError("a sentence is a text, or an object of english, code and values")
    english, code, values = value["english"], value["code"], value["values"]
    if not isinstance(english, str) or not isinstance(code, str) or not isinstance(values, dict):
        raise ValueError("the parts of a sentence have other types")
    kept = {str(name): part if isinstance(part, int | float) else restored(part) for name, part in values.items()}
    return Said(english, code, kept)


def for_file(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as a file holds it: sentences in English, their codes and values beside them under "said".

    Args:
        record: as `model_dump` gives it, sentences and all.
    """
    places = {"/".join(place): _of_said(said) for place, said in _sentences(record, ())}
    return {**record, "said": places} if places else record


def from_file(record: Any) -> Any:
    """Return a record of a file with its sentences, which have no codes in files of earlier versions.

    Raises:
        ValueError: what stands under "said" does not fit the record.
    """
    if not isinstance(record, dict) or "said" not in record:
        return record
    record = dict(record)
    try:
        for place, said in record.pop("said").items():
            *way, last = place.split("/")
            inside: Any = record
            for step in way:
                key = _key_in(inside, step)
                inside[key] = dict(inside[key]) if isinstance(inside[key], dict) else list(inside[key])
                inside = inside[key]
            key = _key_in(inside, last)
            inside[key] = restored({"english": inside[key], **said})
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise ValueError("the sentences of the record are damaged") from error
    return record


def _key_in(inside: object, step: str) -> str | int:
    return int(step) if isinstance(inside, list) else step


def _sentences(
    record: Mapping[str, Any] | Sequence[Any], place: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Said]]:
    parts = record.items() if isinstance(record, Mapping) else ((str(at), one) for at, one in enumerate(record))
    for name, value in parts:
        if isinstance(value, Said):
            yield (*place, name), value
        elif isinstance(value, Mapping | list | tuple):
            yield from _sentences(value, (*place, name))


def _of_said(said: Said) -> dict[str, Any]:
    values = {name: recorded(value) if isinstance(value, str) else value for name, value in said.values.items()}
    return {"code": said.code, "values": values}


class _Recorded:
    """Tells pydantic to write a sentence to JSON with `recorded`, and to read it with `restored`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            restored, serialization=core_schema.plain_serializer_function_ser_schema(recorded, when_used="json")
        )


# A field of a record that holds a sentence. A plain text is one as well: it is the same in every language.
Text = Annotated[str, _Recorded()]


def _kept(value: object) -> int | float | str:
    if isinstance(value, str):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    return str(value)
