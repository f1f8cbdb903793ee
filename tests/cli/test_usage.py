"""What a person sees who types something wrong: one clear message, exit status 2, no traceback."""

import io
import json
import tarfile

import pytest

PROBLEMS = {
    "no config": (["run"], "watcher init"),
    "unknown platform": (["run", "--service", "Soundclod"], "Did you mean SoundCloud"),
    "unknown document": (["run", "--document", "Terms of Servis"], "Terms of Service"),
    "no mail address": (["subscribe", "anna"], "no mail address"),
    "unknown group": (["subscribe", "a@example.org", "--group", "musics"], "Did you mean music"),
    "unknown category": (["subscribe", "a@example.org", "--category", "trainin_grant"], "training_grant"),
    "no such entry": (["quarantine", "accept", "77"], "quarantine list"),
    "nobody to forget": (["unsubscribe", "nobody@example.org"], "nobody is subscribed"),
    "neither page nor batch": (["extract"], "PAGE or --batch"),
    "no such page": (["extract", "missing.html"], "missing.html"),
    "only one side": (["compare", "old.md"], "OLD and NEW"),
    "no such pairs": (["compare", "--pairs", "missing.jsonl"], "missing.jsonl"),
    "no such clauses": (["classify", "missing.jsonl"], "missing.jsonl"),
    "no such archive": (["replay", "missing.tar.xz"], "missing.tar.xz"),
    "no store": (["report", "--store", "nowhere"], "nowhere"),
    "unknown format": (["status", "--format", "xml"], "--format"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_mistake_is_one_clear_message_with_exit_status_2(watcher, name):
    arguments, message = PROBLEMS[name]
    if name != "no config":
        assert watcher("init").returncode == 0
    done = watcher(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stdout == ""


def test_every_mistake_in_the_config_is_told_with_file_line_and_key(watcher, tmp_path):
    (tmp_path / "config.yaml").write_text(
        "data: data\nfetch:\n  dleay: 3\nservices:\n  - name: X\n    documents:\n      - name: T\n        url: ftp://x\n"
    )
    done = watcher("run")
    assert done.returncode == 2
    assert "config.yaml:3: fetch.dleay" in done.stderr
    assert "config.yaml:8:" in done.stderr


def test_a_broken_archive_is_named(watcher, tmp_path):
    (tmp_path / "broken.tar.xz").write_bytes(b"not an archive")
    with tarfile.open(tmp_path / "empty.tar", "w"):
        pass
    with tarfile.open(tmp_path / "odd.tar", "w") as archive:
        raw = json.dumps({"service": "Wavecrest", "document": "Terms"}).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(raw)
        archive.addfile(info, io.BytesIO(raw))
    for name, message in (
        ("broken.tar.xz", "cannot be read"),
        ("empty.tar", "manifest.json"),
        ("odd.tar", "fetches"),
    ):
        done = watcher("replay", name)
        assert (done.returncode, done.stdout) == (2, "")
        assert name in done.stderr
        assert message in done.stderr


def test_a_database_that_is_none_is_named(watcher, tmp_path):
    watcher("init")
    (tmp_path / "data" / "watcher.sqlite").write_text("hello " * 1000)
    done = watcher("status")
    assert done.returncode == 2
    assert "watcher.sqlite: this is no database" in done.stderr


def test_init_never_overwrites_a_config(watcher, tmp_path):
    assert watcher("init").returncode == 0
    (tmp_path / "config.yaml").write_text("# mine\n")
    assert watcher("init").returncode == 2
    assert (tmp_path / "config.yaml").read_text() == "# mine\n"
    assert watcher("init", "--force").returncode == 0


def test_two_runs_never_overlap(watcher, tmp_path):
    from filelock import FileLock

    watcher("init")
    with FileLock(tmp_path / "data" / "watcher.lock"):
        done = watcher("run")
    assert done.returncode == 1
    assert "another run is at work" in done.stderr


def test_a_batch_goes_on_after_an_item_that_cannot_be_read(watcher, tmp_path):
    (tmp_path / "good.html").write_text(
        "<main><h1>Terms</h1><p>You own what you upload to our service.</p></main>"
    )
    (tmp_path / "batch.json").write_text(
        json.dumps([{"id": 1, "page": "missing.html"}, {"id": 2}, {"id": 3, "page": "good.html"}])
    )
    done = watcher("extract", "--batch", "batch.json", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert ["error" in row for row in rows] == [True, True, False]
    assert "You own what you upload" in rows[2]["markdown"]


def test_classify_answers_every_line_whatever_it_holds(watcher):
    lines = [
        '{"id": "a", "text": "Contact us."}',
        "nonsense",
        "[1]",
        '{"id": "b"}',
        '{"id": "c", "text": "x", "lang": "nl"}',
    ]
    done = watcher("classify", stdin="\n".join(lines))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [row["id"] for row in rows] == ["a", None, None, "b", "c"]
    assert [row["findings"] for row in rows] == [[]] * 5
    assert rows[4]["unjudged"] == "no pack for nl"


def test_a_closed_pipe_is_no_error(watcher):
    import subprocess
    import sys

    script = f'yes \'{{"id": 1, "text": "Contact us."}}\' | head -2000 | {sys.executable} -m watcher classify | head -1'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
