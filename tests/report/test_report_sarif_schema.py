"""What `check --format sarif` writes is SARIF 2.1.0: by a typed model of the standard, and by its own schema.

The model (the distribution sarif-pydantic) names every property of the standard; what it does not know is refused here.
No distribution carries the schema itself: `SARIF_SCHEMA=/path/to/sarif-2.1.0.json` names a copy to be used.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.checks import OTHER_CHECKS, all_checks
from netzwerk_i18n.findings import CheckReport, LocatedFinding
from netzwerk_i18n.report.findings_sarif import format_findings_sarif

SCHEMA = os.environ.get("SARIF_SCHEMA", "")
NAMES = st.sampled_from(
    [*(check.name for check in all_checks()), *OTHER_CHECKS, "catalog", "page", "house-style"]
)
TEXTS = st.text() | st.sampled_from(
    ["[a](javascript:x)", "{0} {{", "\x1b[31m\u202e", "##[error]x", "a\nb", "%25"]
)
FINDINGS = st.builds(
    LocatedFinding,
    severity=st.sampled_from(["error", "warning"]),
    check=NAMES,
    message=TEXTS.map(lambda text: f"x{text}"),
    file=st.sampled_from(["", "a.po", "//x/y.po", "ü b:c%.po", "\udcff.md", "../x"]) | st.text(),
    line=st.integers(1, 10**6),
    column=st.integers(1, 10**6),
    msgid=TEXTS,
    end_line=st.just(0) | st.integers(10**6, 10**7),
    end_column=st.integers(1, 10**6),
)
REPORTS = st.lists(FINDINGS, max_size=5).map(lambda findings: CheckReport(findings, 3, 1))


def unknown_names(model: Any, where: str = "") -> list[str]:
    """What a typed model was given and does not know, at any depth."""
    if isinstance(model, list):
        return [name for one in model for name in unknown_names(one, where)]
    if not hasattr(model, "model_extra"):
        return []
    found = [f"{where}.{name}" for name in model.model_extra or ()]
    for name in type(model).model_fields:
        found += unknown_names(getattr(model, name), f"{where}.{name}")
    return found


@given(REPORTS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_report_fits_the_typed_model_of_the_standard(report: CheckReport) -> None:
    sarif = pytest.importorskip("sarif_pydantic", reason="sarif-pydantic is not installed")
    data = json.loads(format_findings_sarif(report))
    schema = data.pop("$schema")
    assert schema.endswith("sarif-2.1.0.json")
    # Section 3.14.17 of the standard; the model lacks it.
    assert data["runs"][0].pop("columnKind") == "unicodeCodePoints"
    log = sarif.Sarif.model_validate(data)
    assert unknown_names(log) == []
    (run,) = log.runs
    assert len(run.results) == len(report.findings)


@pytest.mark.skipif(not SCHEMA, reason="SARIF_SCHEMA does not name a copy of the schema")
@given(REPORTS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_report_fits_the_schema_of_the_standard(report: CheckReport) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(Path(SCHEMA).read_text("utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    assert list(validator.iter_errors(json.loads(format_findings_sarif(report)))) == []


@given(REPORTS)
def test_every_result_names_a_rule_a_level_and_a_region_that_begins_before_it_ends(
    report: CheckReport,
) -> None:
    (run,) = json.loads(format_findings_sarif(report))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning"}
        assert result["message"]["text"]
        for location in result.get("locations", ()):
            region = location["physicalLocation"]["region"]
            assert 1 <= region["startLine"] <= region.get("endLine", region["startLine"])
