"""The rules of the house, as docs/architecture.md states them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "watcher"

STAGES = {
    "settings",
    "fetch",
    "read",
    "store",
    "diff",
    "clauses",
    "alerts",
    "site",
    "browser",
    "channels",
    "signals",
    "evidence",
}
GROUND = {"model", "errors", "resources", "yamlfile", "yamlproblems", "signing"}
BESIDES = {
    "alerts": {"voice", "signing"},
    "channels": {"voice", "alerts"},
    "site": {"voice", "schedule"},
    "settings": {"schedule"},
    "voice": set(),
    "schedule": set(),
}

# Where a third-party library lives; one that is named nowhere may not be imported at all.
LIBRARIES = {
    "aiosmtplib": {"alerts"},
    "alembic": {"store"},
    "apprise": {"channels"},
    "apscheduler": {"schedule"},
    "babel": {"voice"},
    "brotli": {"fetch"},
    "bs4": {"read"},
    "css_inline": {"voice"},
    "defusedxml": {"signals"},
    "diff_match_patch": {"diff"},
    "email_validator": {"addresses"},
    "fastapi": {"web"},
    "filelock": {"lock"},
    "http_sf": {"signals"},
    "httpcore": {"fetch"},
    "httpx": {"fetch"},
    "itsdangerous": {"signing"},
    "jinja2": {"voice"},
    "lxml": {"read"},
    "markdown_it": {"read"},
    "markupsafe": {"voice"},
    "pdfminer": {"read"},
    "playwright": {"browser"},
    "protego": {"fetch", "signals"},
    "py3langid": {"read"},
    "pydantic": {"web", "settings", "clauses", "store", "history", "yamlfile", "yamlproblems", "signals"},
    "pydantic_settings": {"settings"},
    "rich": {"cli"},
    "selectolax": {"read"},
    "soupsieve": {"settings", "read"},
    "spacy": {"clauses"},
    "sqlalchemy": {"store"},
    "starlette": {"web"},
    "structlog": {"log", "rounds", "cli", "schedule", "fetch", "web", "posting"},
    "tenacity": {"fetch"},
    "typer": {"cli"},
    "uvicorn": {"web"},
    "warcio": {"evidence"},
    "yaml": {"yamlfile"},
    "zstandard": {"store"},
}
HEAVY = {
    "spacy",
    "sqlalchemy",
    "apscheduler",
    "babel",
    "bs4",
    "lxml",
    "httpx",
    "jinja2",
    "yaml",
    "playwright",
    "fastapi",
    "warcio",
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield ("__init__" if parts[0] == "__init__" else parts[0]), path


def imports(path: Path) -> Iterator[str]:
    """Dotted names of everything a file imports, but for what only the type checker sees."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_a_stage_knows_the_shared_model_and_never_another_stage():
    wrong = []
    for room, path in modules():
        if room not in STAGES | GROUND | {"voice", "schedule"}:
            continue
        allowed = {room} | BESIDES.get(room, set()) | ({"model"} if room == "model" else GROUND)
        wrong += [
            f"{path.relative_to(ROOT)} imports {name}"
            for name in imports(path)
            if name.startswith("watcher.") and name.split(".")[1] not in allowed | {"__version__"}
        ]
    assert not wrong, "\n".join(wrong)


def test_a_third_party_library_lives_in_its_own_room():
    wrong = []
    for room, path in modules():
        for name in imports(path):
            top = name.split(".")[0]
            if top == "watcher" or top in sys.stdlib_module_names:
                continue
            if room not in LIBRARIES.get(top, set()):
                wrong.append(f"{path.relative_to(ROOT)} imports {top}")
    assert not wrong, "\n".join(wrong)


def test_no_module_grows_beyond_what_a_reader_holds_in_mind():
    long = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for _, path in modules()}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["rules", "--help"]])
def test_help_imports_no_heavy_library(arguments):
    program = (
        "import sys\nsys.argv = ['watcher', *{arguments!r}]\nfrom watcher.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('LOADED', *sorted(sys.modules))"
    ).replace("{arguments!r}", repr(arguments))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(done.stdout.split("LOADED", 1)[1].split())
    assert not HEAVY & loaded


def test_every_library_is_declared_and_every_declared_one_is_used():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    entries = project["dependencies"] + extras["browser"] + extras["channels"]
    declared = {entry.split(">")[0].split("[")[0].lower() for entry in entries}
    distributions = {
        "bs4": "beautifulsoup4", "markdown_it": "markdown-it-py", "pdfminer": "pdfminer.six", "yaml": "pyyaml",
        "soupsieve": "beautifulsoup4", "markupsafe": "jinja2",
        "starlette": "fastapi",
    }  # fmt: skip
    used = {
        distributions.get(name.split(".")[0], name.split(".")[0].replace("_", "-"))
        for _, path in modules()
        for name in imports(path)
        if name.split(".")[0] in LIBRARIES
    }
    assert used - declared == set()
    # lxml is BeautifulSoup's parser and named in a string; tzdata holds the time zones where a system has none.
    unseen = {"lxml", "tzdata", "python-multipart", "apprise", "email-validator", "defusedxml"}
    assert declared - used == unseen - used
