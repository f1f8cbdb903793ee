"""The site as a server."""

from typing import Annotated

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, VerboseOption, open_store, read_settings


def register(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command(rich_help_panel="Reporting")(serve)


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on; a proxy in front speaks HTTPS to the world.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    config: ConfigOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Serve the report, subscriptions and search over HTTP, until SIGTERM or Ctrl-C.

    It may run beside the daemon or cron. docs/operating.md has a systemd unit and a proxy's settings.
    """
    from watcher import clock, log
    from watcher.assembly import Rules
    from watcher.signing import Signer, signing_key
    from watcher.site import Frame
    from watcher.web import Site, listen, make_app

    log.set_up(verbose=verbose)
    settings = read_settings(config)
    with open_store(settings) as store:
        store.archive.remember(settings.documents)
        frame = Frame(settings.site.title, settings.site.base_url, served=True, contact=settings.site.contact)
        signer = Signer(signing_key(settings.signing_key, settings.data), clock.now)
        app = make_app(Site(settings, store, signer, clock.now, frame, Rules(settings.rules)))
        listen(app, host, port, ready=lambda address: screen.say(f"serving on {address}; stop with Ctrl-C"))
    screen.say("stopped")
