"""Sentences are text with a code and values, which survive pickling, JSON, errors and other sentences."""

from __future__ import annotations

import ast
import copy
import json
import pickle
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from pydantic import BaseModel, ValidationError, field_validator

from data.errors import DataError, SecretRecError
from data.sentences import Said, Text, for_file, from_file, join, refusal, say
from fl.errors import PartyError
from scripts import translations


class Record(BaseModel):
    text: Text
    reasons: dict[str, Text] = {}
    notes: tuple[Text, ...] = ()


def _nested() -> Said:
    return say("t.outer", "{n:,} {word!r}: {inner}", n=np.int64(1234), word="a", inner=say("t.inner", "Inner."))


def _same(one: str, other: Said) -> bool:
    return isinstance(one, Said) and (str(one), one.code, one.values) == (str(other), other.code, other.values)


def test_that_a_sentence_is_its_english_text_and_knows_its_code_and_values() -> None:
    said = say("t.users", "{n:,} users of {name}", n=np.int64(1234), name=Path("a/b"))
    assert said == "1,234 users of a/b"
    assert said.code == "t.users"
    assert json.dumps(said.values) == '{"n": 1234, "name": "a/b"}'


def test_that_sentences_survive_pickling_and_copying() -> None:
    for again in (pickle.loads(pickle.dumps(_nested())), copy.deepcopy(_nested())):
        assert _same(again, _nested())
        assert _same(again.values["inner"], say("t.inner", "Inner."))


def test_that_errors_keep_sentences_when_they_are_pickled() -> None:
    error = DataError(_nested(), say("t.hint", "Correct it."), Path("x.csv"), 3, "rating")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) == "x.csv, line 3, column 'rating': 1,234 'a': Inner. Correct it."
    assert again.message.code == "file.fault-in-line-and-column"
    assert _same(again.message.values["reason"], _nested())
    assert again.hint.code == "t.hint"


def test_that_an_error_of_a_party_holds_what_the_party_said() -> None:
    message = PartyError("party-1", _nested()).message
    assert isinstance(message, Said)
    assert message.values["party"] == "party-1"
    assert _same(message.values["reason"], _nested())


def test_that_message_and_hint_are_one_sentence_in_another() -> None:
    sentence = SecretRecError(say("t.a", "A."), say("t.b", "B.")).sentence
    assert isinstance(sentence, Said)
    assert sentence == "A. B."
    assert [sentence.values[place].code for place in ("1", "2")] == ["t.a", "t.b"]
    assert SecretRecError("A.").sentence == "A."


def test_that_joining_leaves_out_what_is_empty() -> None:
    assert join([]) == ""
    assert _same(join(["", say("t.a", "A.")]), say("t.a", "A."))
    assert join(["x", say("t.a", "A."), "y"], ", ") == "x, A., y"


def test_that_records_carry_sentences_and_read_plain_texts() -> None:
    record = Record(text=_nested(), reasons={"party-1": say("t.a", "A.")}, notes=("plain", join(["x", "y"])))
    again = Record.model_validate_json(record.model_dump_json())
    assert again == record
    assert _same(again.text, _nested())
    assert _same(again.reasons["party-1"], say("t.a", "A."))
    assert again.notes[0] == "plain"
    assert not isinstance(again.notes[0], Said)
    # Files and --json keep the English text.
    assert json.loads(json.dumps(record.model_dump()))["text"] == "1,234 'a': Inner."


@pytest.mark.parametrize("value", [3, None, {"english": "A."}, {"english": "A.", "code": 1, "values": {}}, ["A."]])
def test_that_what_is_no_sentence_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate({"text": value})


def test_that_a_refusal_says_the_sentence_and_its_fields() -> None:
    class Settings(BaseModel):
        k: int

        @field_validator("k")
        @classmethod
        def _k(cls, value: int) -> int:
            raise refusal(say("t.k", "k cannot be {k}, and {{x}} is kept", k=value), "k", "model")

    with pytest.raises(ValidationError) as caught:
        Settings(k=3)
    (error,) = caught.value.errors()
    assert error["msg"] == "k cannot be 3, and {x} is kept"
    assert error["ctx"]["said"].code == "t.k"
    assert error["ctx"]["fields"] == ("k", "model")


def test_that_files_keep_the_english_text_and_have_codes_beside_it() -> None:
    record = {
        "round": 3,
        "note": "plain",
        "reason": _nested(),
        "dropped": {"party-2": say("t.a", "A."), "party-3": "B."},
    }
    written = json.loads(json.dumps(for_file(record)))
    assert {name: value for name, value in written.items() if name != "said"} == record
    assert written["said"]["dropped/party-2"] == {"code": "t.a", "values": {}}
    again = from_file(written)
    assert again == record
    assert _same(again["reason"], _nested())
    assert _same(again["dropped"]["party-2"], say("t.a", "A."))


def test_that_files_of_earlier_versions_are_read_and_damaged_ones_refused() -> None:
    assert from_file({"reason": "A."}) == for_file({"reason": "A."}) == {"reason": "A."}
    for said in (
        3,
        {"reason": 3},
        {"gone": {"code": "t.a", "values": {}}},
        {"reason/x": {}},
        {"reason": {"code": "t.a"}},
    ):
        with pytest.raises(ValueError, match="damaged"):
            from_file({"reason": "A.", "said": said})


# --- what the program says --------------------------------------------------------------------------------------------


def _spoken() -> list[tuple[str, str, list[str | None], str]]:
    found = []
    for room in translations.SPEAKING:
        for path in sorted((translations.REPO / room).rglob("*.py")):
            for code, template, names, line in translations.sentences_of(ast.parse(path.read_text("utf-8"))):
                found.append((code, template, names, f"{path.relative_to(translations.REPO)}:{line}"))
    return found


def test_that_each_code_stands_in_one_place() -> None:
    places: dict[str, list[str]] = {}
    for code, _, _, place in _spoken():
        places.setdefault(code, []).append(place)
    assert {code: where for code, where in places.items() if len(where) > 1} == {}


def test_that_every_place_of_a_template_is_given_and_nothing_else() -> None:
    for code, template, names, place in _spoken():
        wanted = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        assert wanted == set(names), f"{place}: {code}"


# What sentences of the engine are called where they are held.
SENTENCES = {"english", "error", "hint", "message", "msg", "note", "problem", "reason", "sentence", "warning"}
READING = {
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "split",
    "partition",
    "rpartition",
    "find",
    "index",
}
MATCHING = {"match", "fullmatch", "search", "findall", "sub"}


def _name(node: ast.expr) -> str:
    """Return the name under which a sentence is held: of `event.error`, "error". An exception by itself is none."""
    if isinstance(node, ast.Name):
        return "" if node.id == "error" else node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def test_that_no_program_reads_a_sentence_back() -> None:
    found = []
    for room in ("data", "fl", "gui", "models", "report"):
        for path in sorted((translations.REPO / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                read: list[ast.expr] = []
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    if node.func.attr in READING:
                        read = [node.func.value]
                    elif node.func.attr in MATCHING:
                        read = node.args
                elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
                    read = [node.comparators[0]] if isinstance(node.left, ast.Constant) else []
                if any(_name(value) in SENTENCES for value in read):
                    found.append(f"{path.relative_to(translations.REPO)}:{node.lineno}: {ast.unparse(node)}")
    assert found == []


def test_that_sentences_in_lists_of_records_keep_their_codes_in_files() -> None:
    rows = [{"label": "F"}, {"label": say("group.activity", "{low} to {high} items", low=1, high=9)}]
    kept = json.loads(json.dumps(for_file({"groups": rows, "note": "plain"})))
    assert kept["groups"] == [{"label": "F"}, {"label": "1 to 9 items"}]
    label = from_file(kept)["groups"][1]["label"]
    assert (label, label.code, label.values) == ("1 to 9 items", "group.activity", {"low": 1, "high": 9})
    with pytest.raises(ValueError, match="damaged"):
        from_file({**kept, "groups": []})
