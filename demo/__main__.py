"""`make demo`: plays a bundled history into demo-output/ and says what came of it."""

import asyncio
import sys
from pathlib import Path

from demo.folder import fresh
from demo.platforms import DAYS, PLATFORMS
from demo.play import play
from demo.proof import mistakes
from demo.show import closing, opening
from watcher import log
from watcher.cli import screen
from watcher.errors import WatcherError

OUTPUT = Path("demo-output")


def main(output: Path = OUTPUT) -> int:
    """Play, show, and check oneself: exit status 0, or 1 when the demo did not do what it promises."""
    log.set_up(verbose=False)
    try:
        folder = fresh(output)
        opening()
        with screen.progress("visiting", len(DAYS) * len(PLATFORMS) + 1) as on:
            played = asyncio.run(play(folder, told=on))
            on()
    except WatcherError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    closing(played, folder)
    wrong = mistakes(played)
    for one in wrong:
        print(f"demo: {one}", file=sys.stderr)
    if wrong:
        print("demo: this is not what the demo promises; please report it.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
