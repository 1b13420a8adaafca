"""Make the README's pictures from the real window and the real engine, in a home of their own.

    .venv/bin/python images/make_screenshots.py            images/train.png, train-dark.png, train-zh.png, ...
    .venv/bin/python images/make_screenshots.py --languages zh_CN --themes dark
    .venv/bin/python images/make_screenshots.py --size 1024x700 --scale 2 --out /some/folder

Needs no screen. Takes about a minute for each language: it trains on the demo data set.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))


def wait(condition: Callable[[], bool], what: str, seconds: float = 300) -> None:
    """Run the event loop until a condition holds."""
    from PyQt5.QtCore import QEventLoop, QTimer

    loop, tick, limit = QEventLoop(), QTimer(), QTimer()
    tick.timeout.connect(lambda: loop.quit() if condition() else None)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    tick.start(50)
    limit.start(int(seconds * 1000))
    loop.exec()
    if not condition():
        raise SystemExit(f"gave up waiting for {what}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--languages", nargs="+", choices=("en", "zh_CN"), default=["en", "zh_CN"])
    parser.add_argument("--themes", nargs="+", choices=("light", "dark"), default=["light", "dark"])
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels per pixel")
    parser.add_argument("--out", type=Path, default=REPO / "images")
    parser.add_argument("--engine", nargs="*", help="another engine's command line, for trying the script itself")
    options = parser.parse_args()
    if len(options.languages) > 1:
        # A process each: a language is chosen once, before any widget is made.
        rest = ["--themes", *options.themes, "--size", options.size, "--scale", str(options.scale)]
        rest += ["--out", str(options.out), *(["--engine", *options.engine] if options.engine else [])]
        return max(
            subprocess.run([sys.executable, __file__, "--languages", language, *rest]).returncode
            for language in options.languages
        )
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_FONT_DPI"] = "96"  # the offscreen platform claims 100, which would scale everything by 1.04
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    options.out.mkdir(parents=True, exist_ok=True)
    width, height = map(int, options.size.split("x"))
    (language,) = options.languages
    with tempfile.TemporaryDirectory() as home:
        os.environ["SECRETREC_HOME"] = home
        from PyQt5.QtCore import qInstallMessageHandler

        from gui.app.app import make_application
        from gui.app.main_window import EVALUATE, PRIVACY, RECOMMEND, TRAIN, MainWindow
        from gui.engine.client import EngineClient, EngineState
        from gui.look.theme import theme
        from gui.privacy.privacy_tab import ROUND
        from gui.tabs.state import JobState
        from gui.words import i18n

        app = make_application(["screenshots"])
        qInstallMessageHandler(lambda *_: None)  # the offscreen platform complains about every resize
        font = app.font()
        font.setPointSizeF(10)  # the offscreen platform's own is larger than any desktop's
        app.setFont(font)
        i18n.install(app, language)
        theme().apply(app, options.themes[0])
        client = EngineClient(options.engine)
        window = MainWindow(client)
        window.resize(width, height)
        window.show()
        window.train.make_plots()
        window.start_engine()

        def picture(name: str) -> None:
            focused = app.focusWidget()
            if focused is not None:
                focused.clearFocus()
            for mode in options.themes:
                theme().apply(app, mode)
                for _ in range(3):  # pages that scroll settle in steps
                    app.processEvents()
                marks = ["zh"] * (language == "zh_CN") + ["dark"] * (mode == "dark")
                path = options.out / ("-".join([name, *marks]) + ".png")
                if not window.grab().save(str(path)):
                    raise SystemExit(f"{path} could not be written")
                print(path)

        wait(lambda: client.state is EngineState.READY, "the engine")
        window.train.form.set_values({"dataset": "demo", "parties": "4", "name": "first-run"})
        wait(lambda: window.train.allowed().start, "the start button")
        window.train.start()
        wait(lambda: window.train.state in (JobState.DONE, JobState.FAILED), "training")
        for plot in (window.train.view.curves.loss, window.train.view.curves.valid):
            if plot is not None:
                plot.redraw_now()
        window.train.form.set_value("name", "second-run")  # of the run that one might start next
        wait(window.train.train_form.estimate.words.isVisible, "the estimate")
        picture("train")

        window.tabs.setCurrentIndex(RECOMMEND)
        wait(lambda: window.recommend.allowed().start, "the users of the run")
        window.recommend.users.pick_row(6)
        window.recommend.form.set_value("top_k", "15")
        window.recommend.start()
        wait(lambda: window.recommend.items.model.rowCount() > 0, "recommendations")
        picture("recommend")

        window.tabs.setCurrentIndex(EVALUATE)
        window.evaluate.form.set_value("k", [5, 10, 20])
        wait(lambda: window.evaluate.allowed().start, "the run")
        window.evaluate.start()
        wait(lambda: window.evaluate.state in (JobState.DONE, JobState.FAILED), "the evaluation")
        picture("evaluate")

        window.tabs.setCurrentIndex(PRIVACY)
        wait(lambda: window.privacy.shown is not None, "the record of the run's privacy")
        window.privacy.segments.choose(ROUND)
        window.privacy.round.show_button.click()
        wait(lambda: window.privacy.state in (JobState.DONE, JobState.FAILED), "one round")
        picture("privacy")
        window.tabs.setCurrentIndex(TRAIN)

        ended: list[bool] = []
        window.closed.connect(lambda: ended.append(True))
        window.leave()
        wait(lambda: bool(ended), "the end of the engine", 60)
    return 0


if __name__ == "__main__":
    sys.exit(main())
