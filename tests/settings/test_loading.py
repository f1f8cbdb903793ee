"""From config.yaml to settings: where it is found, what it gives, and every mistake told at once."""

from pathlib import Path

import pytest

from watcher.errors import ConfigError
from watcher.model.options import BrowserOptions, FetchOptions, MailOptions
from watcher.resources import shipped
from watcher.settings import Site, load

ONE = """\
services:
  - name: Wavecrest
    documents:
      - {name: Terms, url: "https://wavecrest.example/terms"}
"""


def test_the_smallest_config_is_one_document_and_all_defaults(folder):
    settings = folder.load(ONE)
    (document,) = settings.documents
    assert document.key == "wavecrest/terms"
    assert (document.schedule, document.timezone, document.source) == ("every 6 hours", "UTC", "operator")
    assert document.pages[0].url == "https://wavecrest.example/terms"
    assert settings.data == folder.path / "data"
    assert settings.fetch == FetchOptions()
    assert settings.browser == BrowserOptions()
    assert settings.mail == MailOptions()
    assert settings.site == Site()
    assert settings.rules == (shipped("rules"),)
    assert settings.ping is None
    assert settings.signing_key is None


def test_everything_an_operator_sets_arrives(folder):
    (folder.path / "packs").mkdir()
    settings = folder.load(
        ONE
        + """\
data: ../kept
schedule: 30 7 * * mon-fri
timezone: Europe/Rome
rules: packs
ping: https://ping.example/1
fetch: {contact: desk@news.example, concurrency: 3, delay: 2.5, allow_hosts: [127.0.0.1, "::1", localhost]}
browser: {enabled: true, executable: /opt/chromium, timeout: 30, memory: 2000, sandbox: no}
mail:
  host: smtp.news.example
  port: 465
  security: tls
  username: alerts
  sender: Terms Watcher <alerts@news.example>
  reply_to: desk@news.example
site: {base_url: "https://terms.news.example/ai/", title: Our watch, contact: desk@news.example}
"""
    )
    assert settings.data == folder.path / "../kept"
    assert (settings.documents[0].schedule, settings.documents[0].timezone) == (
        "30 7 * * mon-fri",
        "Europe/Rome",
    )
    assert settings.rules == (shipped("rules"), folder.path / "packs")
    assert settings.ping == "https://ping.example/1"
    assert settings.fetch == FetchOptions(
        contact="desk@news.example", concurrency=3, delay=2.5, allow_hosts=("127.0.0.1", "::1", "localhost")
    )
    assert settings.browser == BrowserOptions(True, "/opt/chromium", 30.0, 2000, sandbox=False)
    assert settings.mail.security == "tls"
    assert settings.mail.domain == "news.example", "a Message-ID ends in the sender's domain"
    assert settings.site == Site("https://terms.news.example/ai", "Our watch", "desk@news.example")


def test_the_config_is_the_one_given_else_the_one_in_the_environment_else_the_one_here(
    folder, tmp_path, monkeypatch
):
    given = folder.write("given.yaml", ONE)
    named = folder.write("named.yaml", ONE)
    folder.write("config.yaml", ONE)
    monkeypatch.chdir(tmp_path)
    environ = {"WATCHER_CONFIG": str(named)}
    assert load(given, environ=environ).path == given
    assert load(environ=environ).path == named
    assert load(environ={}).path == Path("config.yaml")


def test_without_a_config_the_remedy_is_init(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=r"no config file[\s\S]*config\.yaml: no such file.*watcher init"):
        load(environ={})


def test_an_empty_config_says_what_is_missing(folder):
    (mistake,) = folder.mistakes("")
    assert mistake.startswith("config.yaml:1: there is no document to watch (add `catalogues: [shipped]`")


def test_mistakes_of_every_kind_are_told_together(folder):
    text = """\
dta: data
catalogues: [own.yaml, other.yaml]
follow: {groups: [musik]}
schedule: sometimes
timezone: Europe/Atlantis
fetch:
  contact: nobody
  concurrency: many
  per_host: 0
  allow_hosts: ["http://x"]
mail:
  host: smtp.example
  securety: tls
  password: hunter2
site: {base_url: terms.example}
rules: [packs]
services:
  - name: Wavecrest
    documents:
      - name: Terms of Service
        url: ftp://wavecrest.example/terms
        obey_robots: perhaps
  - name: Tonhafen
    documents:
      - name: Terms
        url: https://tonhafen.example/terms
        select: ["main["]
      - name: Terms
        url: https://tonhafen.example/more
"""
    mistakes = folder.mistakes(text)
    for expected in (
        "config.yaml:1: dta: this key is not known (did you mean `data`?)",
        "config.yaml:2: catalogues[1]: there is no catalogue other.yaml (write `shipped`",
        "config.yaml:4: schedule: the schedule 'sometimes' is not understood",
        "config.yaml:5: timezone: no time zone is named 'Europe/Atlantis'",
        "config.yaml:7: fetch.contact: 'nobody' is not a mail address",
        "config.yaml:8: fetch.concurrency: expected a whole number, found the text 'many'",
        "config.yaml:9: fetch.per_host: must be greater than or equal to 1, found the number 0",
        "config.yaml:10: fetch.allow_hosts[0]: 'http://x' is not a host name",
        "config.yaml:13: mail.securety: this key is not known (did you mean `security`?)",
        "config.yaml:14: mail.password: a secret must not stand in this file (set WATCHER_SMTP_PASSWORD",
        "config.yaml:15: site.base_url: the address 'terms.example' must begin with https://",
        "config.yaml:16: rules[0]: there is no folder packs (make it, or mend the path)",
        "config.yaml:21: services[0].documents[0].url: the address 'ftp://wavecrest.example/terms' must begin",
        "config.yaml:22: services[0].documents[0].obey_robots: expected true or false, found the text 'perhaps'",
        "config.yaml:27: services[1].documents[0].select[0]: 'main[' is not a CSS selector",
        "config.yaml:28: services[1].documents[1].name: Tonhafen 'Terms' stands twice, first in line 25",
    ):
        assert any(each.startswith(expected) for each in mistakes), expected
    assert len(mistakes) == 16


def test_a_broken_file_is_told_with_its_line(folder):
    assert folder.mistakes("data: data\ndata: more\nfollow: [")[0].startswith(
        "config.yaml:2: data: this key stands twice"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mail: {host: smtp.example}", "mail: mail needs both `host` and `sender`: `sender` is missing"),
        ("mail: {sender: a@b.example}", "mail: mail needs both `host` and `sender`: `host` is missing"),
        ("mail: {host: a, sender: Desk}", "mail.sender: 'Desk' is not a mail address"),
        ('mail: {host: a, sender: "a@b.c\\nBcc: x@y.z"}', "is not a mail address"),
        ("mail: {port: 70000}", "mail.port: must be less than or equal to 65535"),
        (
            "mail: {security: ssl}",
            "mail.security: expected 'none', 'starttls' or 'tls', found the text 'ssl'",
        ),
        ("fetch: {delay: .inf}", "fetch.delay: "),
        ("browser: {enabled: sometimes}", "browser.enabled: expected 'auto', True or False"),
        ("browser: {memory: 10}", "browser.memory: must be greater than or equal to 256"),
        ("ping: hc-ping.com", "ping: the address 'hc-ping.com' must begin with https://"),
        ("data:", "data: expected text, found nothing"),
        ("data: 5", "data: expected text, found the number 5 (put it in quotes)"),
        ("services: Wavecrest", "services: expected a list, found the text 'Wavecrest'"),
        ("services: [Wavecrest]", "services[0]: expected keys with values, found the text 'Wavecrest'"),
        ("services: [{documents: []}]", "services[0].name: this key is missing (add it)"),
        ("- data", "config.yaml:1: expected keys with values, found a list"),
    ],
)
def test_a_wrong_value_is_told_with_what_would_be_right(folder, text, says):
    assert any(says in each for each in folder.mistakes(text)), folder.mistakes(text)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("url: https://", "has no host"),
        ("url: 'https://a b.example/'", "has no host, or a blank in it"),
        ("url: 'https://me:secret@a.example/'", "must not carry a name or password"),
        ("url: 'https://a.example:port/'", "cannot be read"),
        ("{url: https://a.example, pages: [https://b.example]}", "give either `url` or `pages`, not both"),
        ("pages: []", "`pages` needs at least one address"),
        ("pages: [{select: main}]", "pages[0].url: this key is missing (add it)"),
        ("pages: [nonsense]", "pages[0]: the address 'nonsense' must begin with"),
        (
            "{url: https://a.example, language: English}",
            "language: 'English' is not a language code such as en",
        ),
        ("{url: https://a.example, selekt: main}", "selekt: this key is not known (did you mean `select`?)"),
        ("{url: https://a.example, remove: ['a', ':is(']}", "remove[1]: ':is(' is not a CSS selector"),
        ("pages: [{url: https://a.example, select: '##'}]", "pages[0].select[0]: '##' is not a CSS selector"),
        (
            "{url: https://a.example, schedule: 0 25 * * *}",
            "schedule: '25' is no hour of a crontab expression",
        ),
        ("{url: https://a.example, opt_out: settings}", "opt_out: the address 'settings' must begin with"),
    ],
)
def test_a_wrong_document_is_told_with_its_place(folder, entry, says):
    body = entry.removeprefix("{").removesuffix("}") if entry.startswith("{url") else entry
    text = "services:\n  - name: Wavecrest\n    documents:\n      - {name: Terms, " + body + "}\n"
    mistakes = folder.mistakes(text)
    assert len(mistakes) == 1, mistakes
    assert mistakes[0].startswith("config.yaml:4: services[0].documents[0]")
    assert says in mistakes[0]


def test_a_section_whose_lines_are_all_commented_out_counts_as_absent(folder):
    text = ONE + "follow:\nfetch:\n#  delay: 2\nmail:\nsite:\nrules:\ncatalogues:\n"
    assert folder.load(text).fetch == FetchOptions()


def test_words_for_yes_and_no_are_understood_where_they_are_asked_for(folder):
    text = (
        ONE
        + "      - {name: Privacy, url: 'https://wavecrest.example/privacy', obey_robots: no, javascript: on}\n"
    )
    document = folder.load(text).documents[1]
    assert document.obey_robots is False
    assert document.pages[0].javascript is True


CHANNELS = """\
services: [{name: Wavecrest, documents: [{name: Terms, url: 'https://wavecrest.example/terms'}]}]
alerts: {hold: a while, gather: 90 minutes}
channels:
  - {name: chat, url: 'ntfy://topic', webhook: 'https://hook.example/'}
  - {name: bare, webhook: 'https://hook.example/'}
  - {name: hook, webhook: 'https://hook.example/', secret_file: short}
  - {name: hook, url: 'ntfy://topic'}
"""


def test_what_is_wrong_with_alerts_and_channels_is_told_at_once(folder):
    folder.write("short", "too short\n")
    with pytest.raises(ConfigError) as wrong:
        folder.load(CHANNELS)
    told = str(wrong.value)
    for part in (
        "'a while' is no time such as \"30 minutes\"",
        "a channel needs one of `url`, `url_file` and `webhook`",
        "`webhook` and `secret_file` go together",
    ):
        assert part in told
    right = "\n".join(line for line in CHANNELS.splitlines() if "chat" not in line and "bare" not in line)
    right = right.replace("a while", "1 day")
    with pytest.raises(ConfigError) as wrong:
        folder.load(right)
    told = str(wrong.value)
    assert "two channels are called 'hook'" in told
    assert "the secret is shorter than 32 characters" in told
    assert "too short" not in told
