"""The API does what it says of itself, whatever it is asked, over each store. `make chaos` asks more."""

from __future__ import annotations

import os
from typing import Any
from unittest import SkipTest

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

#: Requests of each operation, both as described and otherwise.
EXAMPLES = 400 if os.environ.get("KLIPING_TEST_CHAOS") == "full" else 15


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_answer_is_a_5xx_or_not_declared(schema: BaseSchema, mode: GenerationMode) -> None:
    """Neither to what the description allows nor to what it does not.

    What it allows may be refused all the same: queries have a syntax, days a calendar, which no schema tells.
    """
    asked, broken = 0, []
    for found in schema.get_all_operations():
        operation: Any = found.ok()
        if operation.path.endswith("/events"):
            continue  # has no end
        # In a form everything is text, so nothing is of a wrong type.
        excluded = [positive_data_acceptance] + [negative_data_rejection] * (operation.path == "/api/v1/files")

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            case.call_and_validate(timeout=20, excluded_checks=excluded)  # noqa: B023 - asked at once

        try:
            ask()
            asked += 1
        except (Unsatisfiable, SkipTest):
            continue  # with some nothing can be wrong
        except (FailureGroup, AssertionError) as failure:
            broken.append(f"{operation.label}: {_told(failure)}")
    assert not broken, "\n\n".join(broken)
    assert asked > 15


def _told(failure: BaseException) -> str:
    return "\n".join(map(str, getattr(failure, "exceptions", None) or [failure]))
