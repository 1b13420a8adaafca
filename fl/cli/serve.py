"""The command `serve`: an HTTP service for a party's own application."""

from __future__ import annotations

import argparse

from fl.cli.arguments import add_json, add_settings, settings_of
from fl.cli.terminal import Terminal
from fl.settings.serve import ServeSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of the service."""
    add_settings(parser, ServeSettings)
    add_json(parser)


def serve(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Answer requests until Ctrl+C, which is this command's usual end."""
    settings = settings_of(arguments, ServeSettings)
    # One list is too little work to be shared out among threads, and they would wait for each other.
    from models.threads import one_for_products

    one_for_products()
    from fl.service.start import serve as answer

    def ready(address: str) -> None:
        terminal.say(f"Answering from run '{settings.run}' at {address}")
        terminal.say(f"What can be asked: {address}/docs. Ctrl+C ends it.")
        terminal.finish({"run": settings.run, "address": address})

    try:
        answer(settings, ready)
    except KeyboardInterrupt:
        terminal.error("Ended.")
