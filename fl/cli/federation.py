"""The command `federation`: set up a federation of organisations, change it, look at it, check a member's kit."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import SettingsError, UnknownNameError
from data.sentences import say
from fl.cli.arguments import add_json, add_settings, given_settings, settings_of
from fl.cli.exit_codes import DONE, FAILURE
from fl.cli.terminal import Terminal
from fl.settings.base import build
from fl.settings.federation import FederationRules
from fl.settings.train import TrainSettings

if TYPE_CHECKING:
    from data.catalogue import Catalogue
    from fl.organisations.administration import Administration
    from fl.organisations.federation_file import FederationFile

Action = Callable[[argparse.Namespace, Terminal], int | None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the actions, each with its own arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (words, add, _) in _ACTIONS.items():
        action = actions.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        add(action)
        add_json(action)


def federation(arguments: argparse.Namespace, terminal: Terminal) -> int | None:
    """Do what was asked for; return the exit code of a check."""
    return _ACTIONS[arguments.action][2](arguments, terminal)


# --- arguments --------------------------------------------------------------------------------------------------------


def _add_new(parser: argparse.ArgumentParser) -> None:
    from fl.organisations.federation_file import OWN_SETTINGS

    parser.add_argument("name", metavar="NAME", help="of the federation; also of the folder that is made here")
    parser.add_argument(
        "--parties",
        nargs="+",
        required=True,
        metavar="NAME[=HOST:PORT]",
        help="the parties, and where each listens; without an address it says so itself when it joins",
    )
    parser.add_argument("--server", required=True, metavar="HOST:PORT", help="where the server listens")
    parser.add_argument(
        "--meeting",
        default="",
        metavar="HOST:PORT",
        help="where members meet at the server. Default: its next free port",
    )
    parser.add_argument(
        "--catalogue",
        required=True,
        metavar="FILE|NAME",
        help="the items: a CSV file (item, title, genres), or a data set of this computer whose items they are",
    )
    parser.add_argument("--folder", default="", metavar="DIR", help="the administrator's folder. Default: ./NAME")
    parser.add_argument(
        "--with-keys",
        nargs="*",
        default=None,
        metavar="NAME",
        help="make the keys of these members here, where they will run; without a name all, for a trial",
    )
    add_settings(parser, TrainSettings, skip=OWN_SETTINGS)
    add_settings(parser, FederationRules)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", default=".", metavar="DIR", help="the administrator's folder. Default: this one")


def _add_kit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kit", required=True, metavar="DIR", help="the member's kit")


def _add_days(parser: argparse.ArgumentParser) -> None:
    from fl.organisations.certificates import MEMBER_DAYS

    parser.add_argument(
        "--days",
        type=int,
        default=MEMBER_DAYS,
        metavar="N",
        help=f"how long certificates are good. Default: {MEMBER_DAYS}",
    )


def _add_join(parser: argparse.ArgumentParser) -> None:
    _add_kit(parser)
    parser.add_argument("--address", default="", metavar="HOST:PORT", help="where the others reach this member")
    parser.add_argument("--new-keys", action="store_true", help="make new keys for a member that has some")


def _add_admit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("requests", nargs="+", metavar="REQUEST", help="files that members' `federation join` made")
    _add_folder(parser)
    _add_days(parser)
    parser.add_argument("--replace", action="store_true", help="also where the member is admitted with other keys")
    parser.add_argument("--yes", action="store_true", help="the codes were compared; do not ask")


def _add_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("party", metavar="NAME[=HOST:PORT]", help="the party, and where it listens")
    _add_folder(parser)


def _add_remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parties", nargs="+", metavar="NAME", help="parties that leave")
    _add_folder(parser)


def _add_renew(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "members", nargs="*", metavar="NAME", help="whose certificates; none signs the file for this version only"
    )
    _add_folder(parser)
    _add_days(parser)
    parser.add_argument("--address", default="", metavar="HOST:PORT", help="the new address of the one member")


def _add_try(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", default="", metavar="DIR", help="keep all members' folders here. Default: none")
    add_settings(parser, TrainSettings, skip=("name", "runtime", "address", "tensorboard", "threads"))
    add_settings(parser, FederationRules)


def _add_update(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the newly signed federation.toml")
    _add_kit(parser)


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR", help="a kit, or the administrator's folder")


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_kit(parser)
    parser.add_argument("--dataset", default="", metavar="NAME", help="also try this data set against the catalogue")
    parser.add_argument(
        "--wait",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="how long to wait for members that check at the same time. Default: 0",
    )


# --- the administrator ------------------------------------------------------------------------------------------------


def _new(arguments: argparse.Namespace, terminal: Terminal) -> None:
    from fl.organisations import administration

    parties = _parties(arguments.parties)
    catalogue, dataset = _catalogue(arguments.catalogue)
    given = {**given_settings(arguments, TrainSettings), "parties": len(parties)}
    # Presets are those of the data set that the items are of; a catalogue in a file has those of any.
    settings: TrainSettings = build(TrainSettings, {**given, "dataset": dataset or arguments.name})
    made = administration.new_federation(
        Path(arguments.folder or arguments.name),
        arguments.name,
        parties,
        arguments.server,
        catalogue,
        settings,
        settings_of(arguments, FederationRules),
        meeting=arguments.meeting,
        with_keys=arguments.with_keys == [] or arguments.with_keys or (),
    )
    terminal.say(f"The federation {made.file.name} is founded in {made.folder}.")
    complete = made.file.admitted
    if complete:
        terminal.say(f"Complete, with keys that were made here: {', '.join(complete)} in {made.folder}/kits.")
    if made.file.invited:
        terminal.say(
            f"Hand out the start-up kits in {made.folder}/kits to {', '.join(made.file.invited)}; nothing in them is "
            "secret. Next, there: TheMain.py federation join --kit DIR"
        )
    else:
        terminal.say(f"Next: TheMain.py federation check --kit {made.kit_of(complete[0])}")
    _finish(made.file, terminal)


def _parties(words: list[str]) -> dict[str, str]:
    """Return the address of each party by name, "" where none is given.

    Raises:
        SettingsError: a name stands twice.
    """
    found: dict[str, str] = {}
    for word in words:
        name, _, place = word.partition("=")
        if name in found:
            raise SettingsError(say("cli.party-twice", "The party {name!r} stands twice.", name=name))
        found[name] = place
    return found


def _catalogue(source: str) -> tuple[Catalogue, str]:
    """Return (the catalogue in a file, or of a data set; the data set's name, "" for a file).

    Raises:
        DataError: the file is damaged, or the data set was not fetched.
        UnknownNameError: there is neither.
    """
    from data import catalogue as catalogues
    from data import registry
    from data.loading import interactions_of

    if Path(source).is_file():
        return catalogues.read(Path(source)), ""
    if source not in registry.all_specs():
        raise UnknownNameError(
            say("cli.no-catalogue", "There is no file {source}, and no data set of that name.", source=source),
            registry.known_sets(),
        )
    return catalogues.from_interactions(interactions_of(source, "leak-free")), source


def _admit(arguments: argparse.Namespace, terminal: Terminal) -> None:
    from fl.organisations import requests

    here = _administration(arguments)
    asked = [requests.read(Path(path), here.file.id) for path in arguments.requests]
    for request in asked:
        terminal.say(f"{request.member}{f' at {request.address}' if request.address else ''}: code {request.code}")
    if not arguments.yes:
        nobody = SettingsError(
            say("cli.codes", "Nobody is admitted before the codes above are compared with the members'."),
            say("cli.codes-hint", "Ask each member for its code by telephone, then add --yes."),
        )
        terminal.need_yes("Do the members read out the same codes?", nobody)
    made = here.admit(asked, arguments.days, replace=arguments.replace)
    _changed(made, terminal, "Admitted: " + ", ".join(request.member for request in asked) + ".")


def _add(arguments: argparse.Namespace, terminal: Terminal) -> None:
    ((name, place),) = _parties([arguments.party]).items()
    made = _administration(arguments).add(name, place)
    _changed(made, terminal, f"{name} is invited. Hand it the start-up kit {made.kit_of(name)}.")


def _remove(arguments: argparse.Namespace, terminal: Terminal) -> None:
    made = _administration(arguments).remove(arguments.parties)
    _changed(made, terminal, "Removed: " + ", ".join(arguments.parties) + ". Nobody else's keys changed.")


def _renew(arguments: argparse.Namespace, terminal: Terminal) -> None:
    if arguments.address and len(arguments.members) != 1:
        raise SettingsError(say("cli.one-address", "--address is for one member: name it."))
    made = _administration(arguments).renew(arguments.members, arguments.days, arguments.address)
    renewed = [f"{name} until {made.file.member(name).expires}" for name in arguments.members]
    _changed(made, terminal, "Renewed: " + (", ".join(renewed) or "the federation file") + ".")


def _administration(arguments: argparse.Namespace) -> Administration:
    from fl.organisations.administration import Administration

    return Administration.read(Path(arguments.folder))


def _changed(made: Administration, terminal: Terminal, text: str) -> None:
    terminal.say(text)
    terminal.say(
        f"Send {made.folder / 'federation.toml'} (revision {made.file.revision}) to all members; each takes it with: "
        "TheMain.py federation update FILE --kit DIR"
    )
    _finish(made.file, terminal)


def _finish(file: FederationFile, terminal: Terminal) -> None:
    terminal.finish({**file.model_dump(mode="json"), "digest": file.digest})


# --- a member ---------------------------------------------------------------------------------------------------------


def _join(arguments: argparse.Namespace, terminal: Terminal) -> None:
    from fl.organisations import kit, requests

    path, request = requests.join(
        kit.read_start_up(Path(arguments.kit)), arguments.address, new_keys=arguments.new_keys
    )
    terminal.say(f"The keys of {request.member} are in {arguments.kit}; they stay there.")
    terminal.say(f"Send {path} to the administrator, and tell the code by telephone: {request.code}")
    terminal.say(f"Then take the new federation.toml: TheMain.py federation update FILE --kit {arguments.kit}")
    terminal.finish({"member": request.member, "request": str(path), "code": request.code})


def _update(arguments: argparse.Namespace, terminal: Terminal) -> None:
    from fl.organisations import kit

    before, after = kit.update(Path(arguments.kit), Path(arguments.file))
    terminal.say(
        f"The kit has revision {after.revision} of the federation {after.name} now (before: {before.revision})."
    )
    for line in _differences(before, after):
        terminal.say(line)
    _finish(after, terminal)


def _differences(before: FederationFile, after: FederationFile) -> list[str]:
    """Return what an update changes, a line each."""
    old, new = ({member.name: member for member in file.members} for file in (before, after))
    lines = [f"{name} was invited." for name in new if name not in old]
    lines += [f"{name} left." for name in old if name not in new]
    for name in new:
        if name in old and new[name] != old[name]:
            admitted = new[name].is_admitted and not old[name].is_admitted
            moved = new[name].address != old[name].address
            what = "was admitted" if admitted else "has another address" if moved else "has another certificate"
            lines.append(f"{name} {what}: {new[name].address}, until {new[name].expires or '-'}.")
    for words, one, other in (
        ("setting", before.settings, after.settings),
        ("rule", before.rules.model_dump(), after.rules.model_dump()),
    ):
        lines += [f"The {words} {name} is {value}." for name, value in other.items() if one.get(name) != value]
    if before.program != after.program:
        lines.append(
            f"All members must run version {after.program.version} of the program as the administrator has it."
        )
    return lines


def _show(arguments: argparse.Namespace, terminal: Terminal) -> None:
    from fl.organisations import federation_file, kit

    folder = Path(arguments.folder)
    authority = federation_file.read_authority(folder / kit.AUTHORITY)
    file = federation_file.read(folder / kit.FEDERATION, authority)
    shown = file.settings
    terminal.say(f"Federation {file.name}, revision {file.revision}, signed {file.signed}; the signature fits.")
    terminal.say(
        f"{shown['model']}, {shown['epochs']} rounds, {shown['aggregator']} aggregation, {shown['protocol']} protocol, "
        f"seed {shown['seed']}; a catalogue of {file.catalogue.items:,} items; version {file.program.version}."
    )
    terminal.say(f"Members meet at {file.meeting}. Authority {file.authority[:16]}, digest {file.digest[:16]}.")
    terminal.table(
        ["member", "address", "certificate until", "fingerprint"],
        [
            [member.name, member.address or "-", member.expires or "not admitted yet", member.fingerprint[:16]]
            for member in file.members
        ],
    )
    _finish(file, terminal)


def _check(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from fl.organisations import preflight

    marks = {"good": "ok   ", "doubt": "doubt", "fault": "FAULT"}
    found: list[dict[str, Any]] = []
    for one in preflight.check(Path(arguments.kit), arguments.dataset, arguments.wait):
        terminal.say(f"{marks[one.level]}  {one.subject}, {one.what}: {one.sentence}")
        found.append(one.model_dump())
    faults = sum(one["level"] == "fault" for one in found)
    terminal.say(f"{faults} of {len(found)} checks failed." if faults else "All is well.")
    terminal.finish({"checks": found, "faults": faults})
    return FAILURE if faults else DONE


def _try(arguments: argparse.Namespace, terminal: Terminal) -> None:
    import tempfile
    from contextlib import nullcontext

    from fl.cli.training import show_figures
    from fl.organisations.trial import trial_of

    settings = settings_of(arguments, TrainSettings)
    given = Path(arguments.folder) if arguments.folder else None
    with nullcontext(given) if given else tempfile.TemporaryDirectory(prefix="secretrec-trial-") as made:
        with trial_of(settings.dataset, settings, Path(made), settings_of(arguments, FederationRules)) as trial:
            trial.start_all(lambda member, line: terminal.error(f"{member:8} {line}"))
            trial.wait()
            result = trial.result()
        terminal.end_bar()
        show_figures(result, terminal)
        if given:
            terminal.say(f"Each member's own part is in {given / 'members'}.")
        terminal.finish(result)


_ACTIONS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], Action]] = {
    "new": ("found a federation: its signed file, and a start-up kit for each member", _add_new, _new),
    "join": ("at a member: make its keys and a request to be admitted", _add_join, _join),
    "admit": ("sign the certificates of members that ask", _add_admit, _admit),
    "update": ("at a member: take a newly signed federation.toml", _add_update, _update),
    "add": ("invite one more party", _add_add, _add),
    "remove": ("take parties out", _add_remove, _remove),
    "renew": ("renew certificates, or give a member another address", _add_renew, _renew),
    "show": ("print a federation file", _add_show, _show),
    "try": ("on this computer: every member a program of its own, on a data set dealt out", _add_try, _try),
    "check": ("at a member: say what would make a session fail, and why", _add_check, _check),
}
