from pathlib import Path

import pytest

from watcher.clauses import Judge, Packs, load_packs

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def packs() -> Packs:
    return load_packs([RULES])


@pytest.fixture(scope="session")
def judge(packs: Packs) -> Judge:
    return Judge(packs)
