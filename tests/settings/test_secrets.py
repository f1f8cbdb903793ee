"""Secrets come from the environment or a file; never from the YAML, never filled in silently."""

import pytest

ONE = "services: [{name: Wavecrest, documents: [{name: Terms, url: 'https://wavecrest.example/terms'}]}]\n"
MAIL = ONE + "mail: {host: smtp.example, sender: a@b.example, password_file: secret.txt}\n"
KEY = "0123456789abcdef" * 4


def test_the_password_comes_from_the_environment(folder):
    settings = folder.load(ONE, {"WATCHER_SMTP_PASSWORD": "hunter2", "WATCHER_SIGNING_KEY": KEY})
    assert settings.mail.password == "hunter2"
    assert settings.signing_key == KEY


def test_the_password_comes_from_a_file_that_the_environment_names(folder):
    path = folder.write("elsewhere.txt", "hunter2\n")
    assert folder.load(ONE, {"WATCHER_SMTP_PASSWORD_FILE": str(path)}).mail.password == "hunter2"


def test_the_password_comes_from_a_file_that_the_config_names_relative_to_it(folder):
    folder.write("secret.txt", "hunter2\n")
    assert folder.load(MAIL).mail.password == "hunter2"


def test_the_environment_wins_over_files_and_its_value_over_its_file(folder):
    folder.write("secret.txt", "from the config's file\n")
    path = folder.write("other.txt", "from the environment's file\n")
    environ = {"WATCHER_SMTP_PASSWORD_FILE": str(path)}
    assert folder.load(MAIL, environ).mail.password == "from the environment's file"
    assert folder.load(MAIL, {**environ, "WATCHER_SMTP_PASSWORD": "itself"}).mail.password == "itself"


def test_an_empty_variable_counts_as_not_set(folder):
    folder.write("secret.txt", "hunter2\n")
    assert folder.load(MAIL, {"WATCHER_SMTP_PASSWORD": ""}).mail.password == "hunter2"


def test_only_the_environment_that_is_handed_in_counts(folder, monkeypatch):
    monkeypatch.setenv("WATCHER_SMTP_PASSWORD", "of this process")
    assert folder.load(ONE).mail.password is None


def test_a_secret_file_that_cannot_be_read_or_holds_too_much_is_told(folder):
    assert folder.mistakes(MAIL) == [
        "config.yaml:2: mail.password_file: secret.txt cannot be read: no such file or directory "
        "(mend the path or its permissions)"
    ]
    folder.write("secret.txt", "one\ntwo\n")
    assert "must hold the secret on one line" in folder.mistakes(MAIL)[0]
    folder.write("secret.txt", "\n")
    assert "must hold the secret on one line" in folder.mistakes(MAIL)[0]
    (mistake,) = folder.mistakes(ONE, {"WATCHER_SIGNING_KEY_FILE": "/nowhere/key"})
    assert mistake.startswith("environment: WATCHER_SIGNING_KEY_FILE: /nowhere/key cannot be read")


def test_a_short_signing_key_is_refused(folder):
    (mistake,) = folder.mistakes(ONE, {"WATCHER_SIGNING_KEY": "short"})
    assert mistake == (
        "WATCHER_SIGNING_KEY: the signing key is shorter than 32 characters (make one with `openssl rand -hex 32`)"
    )


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        ("mail: {password: hunter2}", "config.yaml:2: mail.password", "WATCHER_SMTP_PASSWORD"),
        ("site: {signing_key: hunter2}", "config.yaml:2: site.signing_key", "WATCHER_SIGNING_KEY"),
        ("smtp_password: hunter2", "config.yaml:2: smtp_password", "WATCHER_SMTP_PASSWORD"),
    ],
)
def test_a_secret_in_the_config_is_refused_and_not_repeated(folder, text, place, remedy):
    (mistake,) = folder.mistakes(ONE + text)
    assert mistake.startswith(f"{place}: a secret must not stand in this file (set {remedy}")
    assert "hunter2" not in mistake


def test_variables_are_pointed_out_not_filled_in(folder):
    text = (
        ONE + "site:\n  title: ${TITLE} watch\nmail:\n  host: ${SMTP_HOST:-localhost}\n  sender: a@b.example"
    )
    mistakes = folder.mistakes(text, {"TITLE": "x", "SMTP_HOST": "y"})
    assert "config.yaml:3: site.title: ${TITLE} is not filled in here (write the value itself" in mistakes[0]
    assert mistakes[1].startswith("config.yaml:5: mail.host: ${SMTP_HOST:-localhost} is not filled in here")


def test_secrets_show_in_no_repr(folder):
    settings = folder.load(ONE, {"WATCHER_SMTP_PASSWORD": "hunter2", "WATCHER_SIGNING_KEY": KEY})
    assert "hunter2" not in repr(settings)
    assert KEY not in repr(settings)
