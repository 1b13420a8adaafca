"""What the engine says in English, in the language of the window.

Fixed sentences are looked up as they are; sentences with values in them are matched with the patterns below. What has
no translation (rare errors with many values) stays English: a sentence in another language is better than none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PyQt5.QtCore import QCoreApplication

from data.sentences import JOINED, Said
from fl.protocol import events as ev
from gui.words import text
from gui.words.i18n import mark, tr

CONTEXT = "Engine"  # of the engine's sentences in the .ts files: their sources are codes

# The wording of fl/jobs, fl and data that has no code yet; `{name}` stands for any text there.
ERRORS = (
    mark("Run '{run}' has no finished round."),
    mark("Run '{run}' has finished {done} rounds already; epochs cannot be {epochs}."),
    mark("Data set '{dataset}' is not the one run '{run}' was trained on (fingerprints differ)."),
    mark("Data set '{dataset}' cannot be read by this version."),
    mark("Data set '{dataset}' has not been fetched yet."),
    mark("Data set '{dataset}' has no user '{user}'."),
    mark("There is no run called '{run}'."),
    mark("A run called '{run}' exists already."),
    mark("Run '{run}' is being trained by another process."),
    mark("Round {round}: the aggregate is wrong: {problem}."),
    mark("A party's process died: {reason}"),
    mark("To reuse something old, the server needs an earlier round: this run kept only one."),
    mark("There is no sum to cheat with: the run has one party."),
    mark("SecretFlow could not start Ray: {reason}"),
    mark("Cannot write {path}: {reason}."),
    mark("{parties} parties were asked for, but the data set has only {users} users."),
    mark(
        "secure aggregation needs at least 2 parties: with 1, the sum is that party's own update. "
        "Raise the number of parties, or choose the plain aggregator"
    ),
    mark("use letters, digits, space, dot, dash and underscore, beginning with a letter or digit"),
    mark("every K must be between 1 and 1000"),
    mark("the file name must end in .csv or .jsonl"),
    mark("Published protocol: held-out items leak into training, so these figures are higher than users would see."),
    mark(
        "This run was trained under the published protocol: its training negatives left out the held-out items, which "
        "leaks them. Train a run under the leak-free protocol for honest figures."
    ),
)
# Of what a party that is missing did, and of a round: shown while training.
NOTES = (
    mark("its process died"),
    mark("it did not answer within {seconds} seconds"),
    mark(
        "With differential privacy, the popularity baseline is measured when training is over: it takes exact counts "
        "of every item."
    ),
    mark(
        "Epsilon counts for the server and for whoever sees the items. A party can take its own noise off a sum: for "
        "it, epsilon is {epsilon} after the last round."
    ),
)
SETTINGS = (
    mark("differential privacy needs a privacy budget or a noise multiplier above 0"),
    mark("differential privacy bounds what each user adds, so users weigh the same. Choose uniform"),
    mark("differential privacy accounts for noise on a sum, and the robust aggregator gives none. Choose masked"),
    mark(
        "with differential privacy each party draws its users in secret, each independently of the others. "
        "Choose poisson, or 1 for all users in every round"
    ),
    mark(
        "averaging by samples does not apply to FCF, whose gradients are divided by the weights of the items. "
        "Choose uniform"
    ),
    mark("clients per round: above 1 it is a number of users, which must be whole (got {value})"),
    mark("item learning rate times weight decay must be below 1, or every step turns the signs of the items"),
    mark(
        "upload bits, row fraction: only the aggregators masked, verified and plain can sum smaller updates. "
        "Choose one of them, or 32 bits and all rows"
    ),
    mark(
        "upload bits: with differential privacy each party's noise would be rounded before it is summed, and "
        "epsilon would not hold. Choose 32 bits; the row fraction may stay"
    ),
    mark("the file name must end in .html or .pdf"),
    mark("'{name}' cannot be the name of a data set."),
    mark("'{name}' is the name of a data set SecretRec knows."),
    mark("'{name}' cannot be the name of a run."),
)
IMPORT = (
    mark("there is no such file."),
    mark("the file is empty (0 bytes)."),
    mark("the file has only blank lines."),
    mark("this is a folder; a CSV, TSV or Parquet file is needed."),
    mark("this is not a table but {what}."),
    mark("this is not a text file: it has zero bytes."),
    mark("{path} may not be read: no permission."),
    mark("the gzip packing is damaged or cut off: {reason}."),
    mark("the Parquet file is damaged or cut off: {reason}."),
    mark("there is a header but no row below it."),
    mark("there is only one row, which is no data set."),
    mark("a double quote opens a field here and no other closes it."),
    mark("{fields} where {wanted} are expected: {row}."),
    mark("character {place} is not {encoding} text."),
    mark("{row}{value} is a {reason}."),
    mark("the header has more than one column called '{column}'."),
    mark("only one column was found, '{column}', so there is no {role} column."),
    mark("no column was recognised as the {role}; the columns are {names}."),
    mark("there is only one {role}, '{only}', in all {rows} rows, so there is nothing to compare."),
    mark("no row is left after the k-core filter ({items} items a user, {users} users an item)."),
    mark("no user has {least} different items or more, so nothing can be held out for evaluation."),
)
HINTS = (
    mark("Choose smaller numbers."),
    mark("Get it again."),
    mark("Get the file again."),
    mark("Check the file's permissions."),
    mark("A CSV, TSV or Parquet file is needed."),
    mark("Is the user column right? Does a filter drop too much?"),
    mark("Unpack it, or save the sheet as CSV (UTF-8)."),
    mark("Save the sheet as CSV (UTF-8)."),
    mark("Use up to 64 letters (A-Z, a-z), digits, '.', '_' and '-', a letter or digit first."),
    mark("Use letters, digits, space, dot, dash and underscore, beginning with a letter or digit."),
    mark("Choose the aggregator masked, or a smaller dim."),
    mark("Resume it, or train again."),
    mark("Resume the run to go on."),
    mark("Fetch the same files again, or train a new run."),
    mark("Choose another name."),
    mark("Choose another way to cheat, or train more rounds."),
    mark("Choose a run of more parties."),
    mark("Choose another place for the file."),
    mark("Wait for it, or stop it there."),
    mark("Free some space."),
    mark("Free some space or check permissions."),
    mark("Restore it from a copy, or train again."),
    mark("The round was discarded; resume the run to try it again."),
    mark("Choose at most {parties} parties."),
    mark("It has {users} users, for example {some}."),
)
WORDS = (
    mark("user"),
    mark("item"),
    mark("rating that is not a number"),
    mark("timestamp that is neither a number nor ISO text"),
    mark("a zip archive or an Excel or LibreOffice workbook"),
    mark("an old Excel workbook"),
    mark("a PDF"),
    mark("activity"),
    mark("gender"),
    mark("age group"),
    mark("global"),
    mark("fine-tuned"),
    mark("personal"),
    mark("simulation"),
    mark("in-process"),
)


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Sentences with places, the longest first: the one that says most of a sentence is meant."""
    spoken = (*ERRORS, *NOTES, *SETTINGS, *IMPORT, *HINTS)
    sentences = [sentence for sentence in spoken if "{" in sentence]
    sentences.sort(key=lambda sentence: len(re.sub(r"{\w+}", "", sentence)), reverse=True)
    result = []
    for sentence in sentences:
        escaped = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(sentence))
        result.append((re.compile(escaped, re.DOTALL), sentence))
    return result


def said(sentence: str) -> str:
    """A sentence of the engine in the language of the window; unchanged where there is no translation."""
    if not sentence:
        return ""
    if isinstance(sentence, Said):
        return _by_code(sentence)
    translated = tr(sentence)
    if translated != sentence:
        return translated
    for pattern, template in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            # Words among the values have translations of their own ("global", "simulation"), names do not.
            values = {key: tr(value) if value in WORDS else value for key, value in found.groupdict().items()}
            return tr(template).format(**values)
    return sentence


def _by_code(sentence: Said) -> str:
    """A sentence with a code; its English where there is no translation, or one of other values."""
    values = {name: said(value) if isinstance(value, str) else value for name, value in sentence.values.items()}
    if sentence.code == JOINED:
        separator = values.pop("separator")
        return separator.join(values.values())
    template = QCoreApplication.translate(CONTEXT, sentence.code)
    if template == sentence.code:
        return str(sentence)
    try:
        return template.format(**values)
    except (KeyError, ValueError):  # a run folder holds what another version of the program said
        return str(sentence)


def with_hint(message: str, hint: str) -> str:
    """Return what went wrong, and what to do about it, as the sentences that a message shows."""
    return f"{said(message)} {said(hint)}".strip()


def sentence(words: str) -> str:
    """What the engine says, with a capital."""
    spoken = said(words)
    return spoken[:1].upper() + spoken[1:]


def progress(event: ev.Progress) -> str:
    """How far a phase is: "3 of 50 users", "1.3 MB of 4.9 MB"."""
    if event.unit == "bytes":
        if not event.total:
            return text.size(event.done)
        return tr("{done} of {total}").format(done=text.size(event.done), total=text.size(event.total))
    if event.unit == "users":
        return tr("{done} of %Ln users", n=event.total).format(done=text.number(event.done))
    return tr("{done} of {total} {unit}").format(
        done=text.number(event.done), total=text.number(event.total), unit=event.unit
    )
