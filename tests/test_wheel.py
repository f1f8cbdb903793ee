"""The wheel carries rules, templates, translations, migrations and the starter config, and works by itself."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def watcher(installed: Path, cwd: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "watcher", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(installed), "NO_COLOR": "1"},
    )


def test_an_installed_wheel_sets_up_judges_and_reports_without_the_checkout(installed, tmp_path):
    where = subprocess.run(
        [sys.executable, "-c", "import watcher; print(watcher.__file__)"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
    assert "285 documents" in watcher(installed, tmp_path, "init").stderr
    assert (tmp_path / "config.yaml").read_text() == (ROOT / "config.yaml").read_text()
    assert watcher(installed, tmp_path, "rules", "lint").returncode == 0
    clause = '{"id": 1, "text": "We may use what you upload to train AI.", "lang": "en"}'
    assert "training_grant" in watcher(installed, tmp_path, "classify", stdin=clause).stdout
    assert watcher(installed, tmp_path, "status", "--service", "SoundCloud").returncode == 0
    done = watcher(installed, tmp_path, "report", "--out", "report")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report" / "it" / "index.html").is_file()
