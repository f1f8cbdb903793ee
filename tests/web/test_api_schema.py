"""The API keeps what its own description promises, whatever is asked of it."""

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from watcher.web.api.examples import EXAMPLES

ROOT = "/api/v1"
# A cursor is more than any text, and a search needs a letter: no schema says so.
UNSAID = ("positive_data_acceptance",)


@pytest.fixture(scope="session")
def places(filled_browse):
    """What really stands at the addresses that have a part to fill in."""
    change = filled_browse.get(f"{ROOT}/changes?limit=1").json()["items"][0]["id"]
    return {
        "service": "wavecrest", "document": "terms-of-use", "number": 3, "position": 1, "id": change,
        "format": "csv",
    }  # fmt: skip


@pytest.fixture(scope="session")
def described(filled_address):
    schema = schemathesis.openapi.from_url(f"{filled_address}{ROOT}/openapi.json")
    schema.config.update(base_url=f"{filled_address}{ROOT}")
    return schema


@pytest.mark.parametrize(
    ("mode", "real"),
    [(GenerationMode.POSITIVE, True), (GenerationMode.POSITIVE, False), (GenerationMode.NEGATIVE, False)],
    ids=["right, of what is there", "right, of what is not there", "wrong"],
)
def test_it_answers_as_described(described, places, mode, real):
    unsaid = [CHECKS.get_one(name) for name in UNSAID]
    for found in described.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not list(operation.iter_parameters()):
            continue

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=4, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        def ask(case):
            if real:
                case.path_parameters = {name: places[name] for name in case.path_parameters}
            case.call_and_validate(excluded_checks=unsaid)

        ask()


def test_its_examples_are_answers_that_it_could_give(filled_browse):
    whole = filled_browse.get(f"{ROOT}/openapi.json").json()
    assert whole["openapi"].startswith("3.1")
    for name in EXAMPLES:
        schema = whole["components"]["schemas"][name]
        (example,) = schema["examples"]
        jsonschema.validate(example, schema | {"components": whole["components"]})


def test_everything_that_it_offers_is_explained(filled_browse):
    whole = filled_browse.get(f"{ROOT}/openapi.json").json()
    for path, operations in whole["paths"].items():
        assert list(operations) == ["get"], path
        told = operations["get"]
        assert told["summary"] and told["description"] and told["tags"], path
        assert {"200", "400", "404", "500", "503"} <= set(told["responses"]), path
        for parameter in told.get("parameters", ()):
            assert parameter["in"] == "path" or parameter["description"], (path, parameter["name"])
