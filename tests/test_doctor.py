"""What `kg doctor` finds, and what it advises."""

from __future__ import annotations

from importlib import metadata

import pytest

from kg import doctor
from kg.doctor import Finding


@pytest.fixture
def required(monkeypatch):
    """The package asks for these alone; of the packages, "here" is installed."""

    def asks(*lines):
        monkeypatch.setattr(metadata, "requires", lambda _name: list(lines))

    def version(name):
        if name != "here":
            raise metadata.PackageNotFoundError(name)
        return "1.5"

    monkeypatch.setattr(metadata, "version", version)
    return asks


def packages():
    return {item.name: item for item in doctor.examine()[1:-4]}


def test_here_all_is_well():
    assert doctor.well(doctor.examine())


def test_a_package_is_told_with_its_version(required):
    required("here<4,>=1.0")
    assert packages() == {"here": Finding("here", "1.5", "everything", "pip install here")}


def test_a_missing_package_is_told_and_all_is_not_well(required):
    required("gone>=2")
    findings = doctor.examine()
    assert not doctor.well(findings)
    assert "MISSING  gone, for everything: pip install gone" in doctor.lines(findings)


def test_a_missing_extra_does_no_harm_and_its_purpose_is_told(required):
    required("here>=1", 'gone>=18; extra == "parquet"', "gone>=1; extra == 'dev'")
    findings = doctor.examine()
    assert doctor.well(findings)
    assert "without  extra parquet, for kg export -f parquet: pip install 'ai-industry-kg[parquet]'" in doctor.lines(
        findings
    )
    assert "extra dev" not in packages()


def test_without_a_model_building_is_not_possible(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "_HERE", tmp_path)
    assert {item.name for item in doctor.examine() if item.needed and not item.found} == {"model", "ontology"}


def test_the_model_is_told_by_name_and_version():
    model = next(item for item in doctor.examine() if item.name == "model")
    assert model.found.startswith("en_ai_industry 1, ")


def test_every_extra_of_the_package_has_a_purpose():
    extras = {item.name.removeprefix("extra ") for item in doctor.examine() if item.name.startswith("extra ")}
    assert extras <= set(doctor.EXTRAS)
