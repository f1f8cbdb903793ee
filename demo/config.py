"""The demo's config.yaml: a real one, only smaller."""

import json
from collections.abc import Sequence

from demo.platforms import Platform

REPORT_URL = "https://watcher.example"

_HEAD = """\
# Written by the demo. `watcher init` writes one for real platforms.
data: data
catalogues: []
schedule: weekly

fetch:
  contact: desk@watcher.example
  allow_hosts: [127.0.0.1]   # the demo's own web server; otherwise only public addresses are reached
  delay: 0                   # and it does not mind being asked quickly
  per_host: 8
  retries: 0                 # the next pass comes soon enough
  connect_timeout: 60        # server, judge and crawler share this computer

mail:                        # the demo's own mail server, which lays every letter down as a file
  host: 127.0.0.1
  port: {port}
  security: none
  sender: Terms Watcher <alerts@watcher.example>

site:
  title: Terms Watcher
  base_url: {report_url}

services:
"""


def config(platforms: Sequence[Platform], *, origin: str, mail_port: int) -> str:
    """The file's text. Strings are quoted as JSON does, which YAML reads too."""
    head = _HEAD.format(port=mail_port, report_url=REPORT_URL)
    services = dict.fromkeys(platform.service for platform in platforms)
    return head + "".join(_service([p for p in platforms if p.service == name], origin) for name in services)


def _service(platforms: Sequence[Platform], origin: str) -> str:
    first = platforms[0]
    robots = "    signals: [robots]\n" if any(one.kind == "robots" for one in platforms) else ""
    return (
        f"  - name: {json.dumps(first.service)}\n    groups: [{first.group}]\n{robots}    documents:\n"
    ) + "".join(
        f"      - name: {json.dumps(one.name, ensure_ascii=False)}\n"
        f"        language: {one.language}\n"
        f"        url: {origin}{one.path}\n"
        for one in platforms
        if one.kind == "terms"
    )
