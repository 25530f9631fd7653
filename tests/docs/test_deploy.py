"""The files in deploy/ as far as they can be read here: no container is built and no unit started."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.settings import PREFIX, Settings, read_settings
from tests.bot.test_settings import EXAMPLE
from tests.fakes.slack.manifest import read_manifest
from tests.required import REQUIRED

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
HOME = "/var/lib/tillidsrum"
SECRETS_AT = "/run/secrets/"
BUILDS = re.compile(r"\b(uv|pip|gcc|make|apt-get|build-essential|git|curl|wget)\b")


def written(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def settings_named(text: str) -> set[str]:
    return set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", text))


def is_setting(name: str) -> bool:
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    return name in known or name.removesuffix("_FILE") in known


@pytest.mark.parametrize(
    "file", ["Dockerfile", "compose.yaml", "tillidsrum.service", "env.example"]
)
def test_every_setting_that_is_named_is_one(file: str) -> None:
    named = settings_named(written(file))
    assert named
    assert [name for name in named if not is_setting(name)] == []


def test_the_example_has_every_setting_once_with_what_it_is_for() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    given = [line.lstrip("#").partition("=")[0] for line in lines if line.startswith("#TILLIDSRUM")]
    assert sorted(given) == sorted(f"{PREFIX}{field.upper()}" for field in Settings.model_fields)
    for before, line in pairwise(lines):
        assert not line.startswith("#TILLIDSRUM") or before.startswith("# ")


# --- Dockerfile


Instruction = tuple[str, str]


def stages() -> list[list[Instruction]]:
    text = re.sub(r"\\\n\s*", " ", written("Dockerfile"))
    found: list[list[Instruction]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        assert word.isupper(), f"no instruction: {line}"
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest.strip()))
    return found


def of(stage: list[Instruction], word: str) -> list[str]:
    return [rest for name, rest in stage if name == word]


def test_the_last_stage_builds_nothing_and_takes_only_what_was_built() -> None:
    *_, last = stages()
    assert [run for run in of(last, "RUN") if BUILDS.search(run)] == []
    assert [copy.split()[0] for copy in of(last, "COPY")] == ["--from=build"]
    assert of(last, "ADD") == []


def test_the_first_stage_copies_only_what_is_let_into_the_build() -> None:
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.M))
    first, *_ = stages()
    copied = {word for copy in of(first, "COPY") for word in copy.split()[:-1]}
    assert copied == let_in
    assert all((ROOT / one).exists() for one in copied)
    assert any("--frozen" in run and "--no-dev" in run for run in of(first, "RUN"))


def test_both_stages_have_the_same_python_and_it_is_one_we_take() -> None:
    bases = {rest.split()[0] for stage in stages() for rest in of(stage, "FROM")}
    assert len(bases) == 1
    minor = int(re.fullmatch(r"python:3\.(\d+)-slim", bases.pop())[1])  # type: ignore[index]
    takes = re.search(
        r'requires-python = ">=3\.(\d+),<3\.(\d+)"', (ROOT / "pyproject.toml").read_text()
    )
    assert takes is not None
    assert int(takes[1]) <= minor < int(takes[2])


def test_it_does_not_run_as_root_and_writes_in_its_home_only() -> None:
    *_, last = stages()
    (made,) = of(last, "RUN")
    (user,) = of(last, "USER")
    assert user not in ("root", "0")
    assert re.search(rf"useradd .*--uid [1-9]\d{{3,}} .*--home-dir {HOME} .*\b{user}$", made)
    assert of(last, "WORKDIR") == of(last, "VOLUME") == [HOME]
    words = [word for word, _ in last]
    assert words.index("USER") < words.index("ENTRYPOINT")


def test_where_nothing_is_said_it_writes_below_the_folder_it_starts_in() -> None:
    usual = Settings()
    assert usual.database_url == "sqlite:///var/tillidsrum.db"


def test_the_health_check_asks_what_the_server_answers() -> None:
    *_, last = stages()
    (check,) = of(last, "HEALTHCHECK")
    (port,) = of(last, "EXPOSE")
    assert f"http://127.0.0.1:{port}/healthz" in check
    assert port == str(Settings.model_fields["port"].default)
    program = re.search(r'"-c", "(.+)"\]', check)
    assert program is not None
    compile(program[1], "healthcheck", "exec")


def test_what_it_starts_is_a_command_of_ours() -> None:
    *_, last = stages()
    assert of(last, "ENTRYPOINT") == ['["tillidsrum"]']
    assert of(last, "CMD")[-1] == '["run"]'
    assert CliRunner().invoke(main, ["run", "--help"]).exit_code == 0


# --- compose


@pytest.fixture(scope="module")
def compose() -> Any:
    return read_manifest(written("compose.yaml"))


@pytest.fixture(scope="module")
def service(compose: Any) -> Any:
    return compose["services"]["tillidsrum"]


def test_the_program_may_do_nothing_but_run(service: Any) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == ["/tmp"]
    assert service["volumes"] == [f"tillidsrum:{HOME}"]
    assert "privileged" not in service


def test_it_is_reached_from_this_machine_only(service: Any) -> None:
    (port,) = service["ports"]
    assert port == "127.0.0.1:8080:8080"
    assert service["environment"]["TILLIDSRUM_PORT"] == port.rpartition(":")[2]


def passwords(environment: dict[str, str]) -> Iterator[str]:
    return (name for name in environment if re.search("PASSWORD|KEY|TOKEN|SECRET|URL", name))


def test_every_secret_comes_from_a_file_that_the_service_is_given(compose: Any) -> None:
    for one in compose["services"].values():
        for name in passwords(one["environment"]):
            path = one["environment"][name]
            assert name.endswith("_FILE")
            assert path.removeprefix(SECRETS_AT) in one["secrets"]
        assert set(one["secrets"]) <= set(compose["secrets"])
    assert all(one["file"].startswith("./secrets/") for one in compose["secrets"].values())


def test_the_programs_settings_can_be_read(service: Any, tmp_path: Path) -> None:
    """With the secrets in files, as they will be; the database is the one beside it."""
    written_there = {"database_url": "postgresql://tillidsrum:pw@database/tillidsrum"}
    environment: dict[str, str] = {}
    for name, value in service["environment"].items():
        secret = value.removeprefix(SECRETS_AT)
        if secret in service["secrets"]:
            (tmp_path / secret).write_text(written_there.get(secret, "k"))
            value = str(tmp_path / secret)
        environment[name] = value
    settings = read_settings(environment, None)
    assert settings.host == "0.0.0.0"
    assert settings.database_url == written_there["database_url"]


def test_the_database_keeps_its_data_and_is_waited_for(compose: Any, service: Any) -> None:
    database = compose["services"]["database"]
    assert re.fullmatch(r"postgres:\d+(-alpine)?", database["image"])
    assert database["volumes"] == ["database:/var/lib/postgresql/data"]
    assert "ports" not in database
    assert database["healthcheck"]["test"][1].startswith("pg_isready")
    assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
    named = {
        one.partition(":")[0] for each in compose["services"].values() for one in each["volumes"]
    }
    assert named == set(compose["volumes"])


# --- systemd


def unit() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in written("tillidsrum.service").splitlines():
        name, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_keeps_the_program_in_its_own_folder() -> None:
    said = unit()
    on = ("DynamicUser", "ProtectHome", "PrivateTmp", "PrivateDevices", "NoNewPrivileges",
          "ProtectKernelTunables", "ProtectControlGroups", "RestrictNamespaces")  # fmt: skip
    assert {name: said[name] for name in on} == {name: ["yes"] for name in on}
    assert said["ProtectSystem"] == ["strict"]
    assert said["CapabilityBoundingSet"] == [""]
    assert said["UMask"] == ["0077"]
    assert said["WorkingDirectory"] == [f"/var/lib/{said['StateDirectory'][0]}"]


def test_the_units_key_is_a_credential_and_no_setting() -> None:
    (credential,) = unit()["LoadCredential"]
    (given,) = unit()["Environment"]
    assert given == f"TILLIDSRUM_SECRET_KEY_FILE=%d/{credential.partition(':')[0]}"


# systemd is of the machine that the program is put on, and a container has none: the options are
# read above in any case, and where it is there it has the last word.
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_knows_every_option_of_the_unit(tmp_path: Path) -> None:
    text = re.sub(
        r"^ExecStart=\S+", "ExecStart=/bin/true", written("tillidsrum.service"), flags=re.M
    )
    file = tmp_path / "tillidsrum.service"
    file.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(file)], check=False, capture_output=True, text=True
    )
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "tillidsrum" in line]
    assert ours == []


# --- what runs all of it


# The skip is what is tested: a test file of its own, for the pytest that is run below.
SKIPPED = """
import pytest

@pytest.mark.{marker}
@pytest.mark.skip(reason="nothing of the kind here")
def test_one(): ...
"""


@pytest.mark.parametrize(
    ("marker", "required", "code"),
    [("browser", "1", 1), ("postgresql", "1", 1), ("postgresql", "", 0)],
)
def test_a_skipped_browser_or_postgresql_test_fails_where_all_are_required(
    tmp_path: Path, marker: str, required: str, code: int
) -> None:
    (tmp_path / "test_skipped.py").write_text(SKIPPED.format(marker=marker))
    (tmp_path / "pytest.ini").write_text(f"[pytest]\nmarkers = {marker}\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.required", "-p", "no:cacheprovider", "."],
        check=False, capture_output=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), REQUIRED: required},
    )  # fmt: skip
    assert done.returncode == code, done.stdout.decode()


def test_ci_requires_all_tests_and_stops_at_the_first_failure() -> None:
    run = (ROOT / ".ci/run").read_text()
    assert re.search(rf"^export {REQUIRED}=1\n(.*\n)*?make test$", run, re.M)
    assert "set -euo pipefail" in run
    test = re.search(r"^test: lint\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.M)
    assert test is not None
    assert not re.search(r"\|\||;|^\t-|--ignore|-m \"not (browser|postgresql)", test[1], re.M)
