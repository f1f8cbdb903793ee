"""`make demo` as a newcomer meets it: one run over real HTTP, SMTP and SQLite, looked at from all sides."""

import asyncio
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

import demo.__main__ as program
from demo.folder import fresh
from demo.platforms import PLATFORMS
from demo.play import Played, play
from demo.proof import mistakes
from watcher.errors import InputError
from watcher.pipeline import Outcome
from watcher.settings import load
from watcher.store import Store

TELLING = [platform for platform in PLATFORMS if platform.told]


@dataclass(frozen=True)
class Run:
    status: int
    printed: str
    complaints: str
    played: Played
    folder: Path

    @property
    def mails(self) -> list[EmailMessage]:
        files = sorted((self.folder / "mails").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("demo") / "demo-output"
    kept: list[Played] = []

    async def playing(*args, **kwargs) -> Played:
        kept.append(await play(*args, **kwargs))
        return kept[0]

    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("COLUMNS", "80")
        patch.setattr(program, "play", playing)
        status = program.main(folder)
    yield Run(status, out.getvalue(), err.getvalue(), kept[0], folder)


def test_it_finds_exactly_what_it_promises(run: Run) -> None:
    assert run.complaints == ""
    assert run.status == 0
    assert mistakes(run.played) == ()


def test_every_kind_of_outcome_occurs_but_those_that_an_operator_settles(run: Run) -> None:
    outcomes = {check.outcome for seen in run.played.seen for check in seen.checks}
    assert outcomes == set(Outcome) - {Outcome.WAITING, Outcome.TECHNICAL, Outcome.ABSENT}


@pytest.mark.parametrize("language", ["en", "it"])
def test_each_change_is_told_once_in_each_language(run: Run, language: str) -> None:
    told = [mail for mail in run.mails if mail["Content-Language"] == language]
    assert Counter(mail["Subject"].split(":")[0] for mail in told) == Counter(
        platform.service for platform in TELLING
    )
    assert len({mail["To"] for mail in told}) == 1


def test_each_mail_says_the_same_in_text_and_html_and_carries_the_words_themselves(run: Run) -> None:
    words = {
        "Wavecrest": "tools that compose, sing or arrange music",
        "Canzoniere": "Canzoniere si impegna a non utilizzare",
        "Driftlight Radio": "may let partners use your recordings",
        "Bottega Chiara": "Puoi opporti in qualsiasi momento",
        "Lumalia": "User-agent: GPTBot · Disallow: /",
    }
    assert len(run.mails) == 2 * len(TELLING)
    for mail in run.mails:
        for kind in ("plain", "html"):
            part = mail.get_body((kind,))
            assert part is not None
            content = " ".join(re.sub(r"<[^>]+>|[*\[\]+]|\[-|-\]", "", part.get_content()).split())
            assert words[mail["Subject"].split(":")[0]] in content


def test_each_mail_lies_there_as_a_page_too_whose_links_to_the_report_are_alive(run: Run) -> None:
    for file in (run.folder / "mails").glob("*.eml"):
        page = file.with_suffix(".html")
        links = [target for target in _links(page) if not urlsplit(target).scheme]
        assert links, f"{page.name} has no link to the report"
        assert [target for target in links if not _alive(page, target)] == []


def test_every_link_in_the_report_is_alive(run: Run) -> None:
    pages = list((run.folder / "report").rglob("*.html"))
    assert run.played.report in pages
    dead = [
        (page.name, target)
        for page in pages
        for target in _links(page)
        if not urlsplit(target).scheme and not _alive(page, target)
    ]
    assert dead == []


def test_what_it_prints_fits_80_columns_without_colour_codes(run: Run) -> None:
    assert max(map(len, run.printed.splitlines())) <= 80
    assert "\x1b" not in run.printed


def test_it_prints_findings_refusals_false_alarms_and_where_everything_lies(run: Run) -> None:
    printed = " ".join(run.printed.split())
    assert "9 Mar Wavecrest ▲ Wavecrest may now" in printed
    assert "not-found" in printed
    assert "http-503" in printed
    assert "5 different pages in 5 visits" in printed
    assert "told the first time, not again" in printed
    assert "Lumalia ▲ Lumalia no longer forbids CCBot (Common" in printed
    assert "the same rules for AI crawlers" in printed
    assert "mails/" in printed
    assert "report/index.html" in printed
    assert "init my-watch" in printed


def test_its_config_and_store_serve_the_commands_afterwards(run: Run) -> None:
    settings = load(run.folder / "config.yaml", environ={})
    with Store(settings.data / "watcher.sqlite") as store:
        counts = store.outbox.counts()
        assert (counts.sent, counts.waiting, counts.failed) == (2 * len(TELLING), 0, 0)
        assert len(store.reports.statuses()) == len(PLATFORMS)


def test_a_lost_letter_or_another_outcome_is_a_complaint(run: Run) -> None:
    played = run.played
    assert "was to get 5 letters" in mistakes(replace(played, letters=played.letters[1:]))[0]
    twice = mistakes(replace(played, letters=(*played.letters, played.letters[0])))
    assert any("came 2 times" in one for one in twice)
    first = played.seen[0]
    silent = replace(first, checks=(*first.checks[:1], *first.checks[2:], first.checks[-1]))
    found = mistakes(replace(played, seen=(silent, *played.seen[1:])))
    assert "Wavecrest on 09 March was to be changed and was unchanged" in found
    assert (
        "Wavecrest was to tell training_commitment introduced, training_grant introduced and told nothing"
        in found
    )


def test_a_complaint_makes_the_exit_status_1(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def losing(*_, **__) -> Played:
        await asyncio.sleep(0)
        return replace(run.played, letters=())

    monkeypatch.setattr(program, "play", losing)
    assert program.main(tmp_path / "out") == 1
    assert "not what the demo promises" in capsys.readouterr().err


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")
    assert program.main(tmp_path) == 1
    assert "was not made by the demo" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "three years of work"


def test_an_earlier_demo_is_replaced_whole(tmp_path: Path) -> None:
    folder = fresh(tmp_path / "out")
    (folder / "old-mail.eml").touch()
    assert fresh(folder) == folder
    assert [file.name for file in folder.iterdir()] == [".made-by-the-demo"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(InputError, match="was not made by the demo"):
        fresh(tmp_path / "out")


def _links(page: Path) -> set[str]:
    return set(re.findall(r'(?:href|src)="([^"]+)"', page.read_text("utf-8")))


def _alive(page: Path, target: str) -> bool:
    path, fragment = urldefrag(target)
    file = page if not path else (page.parent / unquote(path)).resolve()
    return file.is_file() and (not fragment or f'id="{fragment}"' in file.read_text("utf-8"))
