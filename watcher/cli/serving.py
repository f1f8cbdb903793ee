"""The site as a server."""

from typing import Annotated

import typer

from watcher.cli import screen
from watcher.cli.options import (
    ConfigOption,
    StoreOption,
    VerboseOption,
    open_store,
    settings_for,
    without_address,
)


def register(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command(rich_help_panel="Reporting")(serve)


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on; a proxy in front speaks HTTPS to the world.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    store: StoreOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Serve the report, subscriptions and search over HTTP, until SIGTERM or Ctrl-C.

    It may run beside the daemon or cron. docs/operating.md has a systemd unit and a proxy's settings.
    """
    from dataclasses import replace

    from watcher import clock, log
    from watcher.posting import Postman
    from watcher.signing import Signer, signing_key
    from watcher.site import Frame
    from watcher.subscribing import closed
    from watcher.web import Site, listen, make_app
    from watcher.web.unread import reading

    log.set_up(verbose=verbose)
    settings = settings_for(store, config)
    with open_store(settings) as opened, reading(opened, settings):
        opened.archive.remember(settings.documents)
        frame = Frame(settings.site.title, settings.site.base_url, served=True, contact=settings.site.contact)
        signer = Signer(signing_key(settings.signing_key, settings.data), clock.now)
        site = Site(settings, opened, signer, clock.now, frame)
        for lacking in filter(None, (closed(settings), without_address(settings))):
            screen.say(lacking)
        with Postman(settings, opened, clock.now, site.reception.tidy) as postman:
            app = make_app(replace(site, posted=postman.wake))
            listen(
                app, host, port, ready=lambda address: screen.say(f"serving on {address}; stop with Ctrl-C")
            )
    screen.say("stopped")
