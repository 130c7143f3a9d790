import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
APPLICATION = {"web", "worker", "beat", "migrate"}
#: Set by scripts for themselves; nobody configures them.
OWN = {"CI_DATABASE_URL", "CI_REDIS_URL"}


def variables_read():
    """Names that settings, commands, the server's configuration, scripts and compose read."""
    patterns = [
        r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"',
        r'os\.environ(?:\.get\(|\.setdefault\(|\[)\s*"([A-Z_]+)"',
        r'^    "([A-Z_]+)",$',
    ]
    found = set()
    for path in [*ROOT.glob("damha_portal/settings/*.py"), ROOT / "damha_portal/wsgi.py"]:
        for pattern in patterns:
            found |= set(re.findall(pattern, path.read_text(), re.MULTILINE))
    for path in [
        ROOT / "damha_portal/gunicorn_conf.py",
        ROOT / "damha_portal/accounts/management/commands/create_first_administrator.py",
        ROOT / "script/healthcheck",
    ]:
        found |= set(re.findall(patterns[1], path.read_text()))
    for path in [ROOT / "docker-compose.yml", ROOT / "script/server"]:
        found |= set(re.findall(r"(?<!\$)\$\{([A-Z_]+)[:}?-]", path.read_text()))
    return found - OWN - {"BASH_SOURCE"}


def variables_named():
    lines = (ROOT / ".env.example").read_text().splitlines()
    return [line.partition("=")[0] for line in lines if line and not line.startswith("#")]


def test_env_example_names_every_variable_that_is_read_and_no_other():
    assert set(variables_named()) == variables_read()


def test_env_example_holds_no_value():
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert [line for line in lines if line and line[0] != "#" and not line.endswith("=")] == []
    assert len(variables_named()) == len(set(variables_named()))


def production(**environment):
    code = "import damha_portal.settings.production as s; print(s.DEMO_DATA_ALLOWED, s.DEBUG)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


REQUIRED = {
    "SECRET_KEY": "only-for-this-test",
    "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "ALLOWED_HOSTS": "portal.example.org",
    "PORTAL_DATA_DIR": "/nonexistent",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
}


def test_production_says_everything_that_is_missing_in_one_message():
    error = production().stderr

    for name in REQUIRED:
        assert name in error.splitlines()[-1]


@pytest.mark.parametrize("name", REQUIRED)
def test_production_has_no_fallback(name):
    result = production(**{key: value for key, value in REQUIRED.items() if key != name})

    assert result.returncode != 0
    assert result.stderr.splitlines()[-1].endswith(f": {name}")


def test_production_starts_with_what_is_required_and_allows_no_illustrative_data():
    result = production(**REQUIRED)

    assert result.stdout.split() == ["False", "False"], result.stderr


def test_compose_has_the_processes_of_the_design():
    assert set(COMPOSE["services"]) == APPLICATION | {"postgres", "redis"}


@pytest.mark.parametrize("service", sorted(set(COMPOSE["services"]) - {"migrate"}))
def test_every_service_that_stays_is_checked_and_restarted(service):
    settings = COMPOSE["services"][service]

    assert {"test", "interval", "timeout", "retries"} <= set(settings["healthcheck"])
    assert settings["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_every_image_is_pinned_to_a_full_version(service):
    image = COMPOSE["services"][service]["image"]

    assert re.search(r":\d+\.\d+(\.\d+)?(-bookworm)?$", image), image


@pytest.mark.parametrize("service", sorted(APPLICATION))
def test_the_application_runs_on_production_settings_with_required_secrets(service):
    environment = COMPOSE["services"][service]["environment"]

    assert environment["DJANGO_SETTINGS_MODULE"] == "damha_portal.settings.production"
    assert set(REQUIRED) <= set(environment)
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"):
        assert environment[name].startswith(f"${{{name}:?")


def test_compose_holds_no_secret():
    text = (ROOT / "docker-compose.yml").read_text()
    for line in re.findall(r"^.*(?:PASSWORD|SECRET).*$", text, re.MULTILINE):
        assert ":?" in line, line


def test_what_must_survive_lies_in_named_volumes():
    used = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
    }

    assert used == set(COMPOSE["volumes"])


def test_nothing_starts_before_the_migrations_are_done():
    for service in APPLICATION - {"migrate"}:
        needs = COMPOSE["services"][service]["depends_on"]
        assert needs["migrate"]["condition"] == "service_completed_successfully"


def test_the_image_is_pinned_and_runs_as_nobody_special():
    text = (ROOT / "Dockerfile").read_text()
    images = re.findall(r"^FROM (\S+)", text, re.MULTILINE)

    assert set(images) == {"python:3.11.13-slim-bookworm"}
    assert text.index("USER portal") < text.index("CMD")


def test_the_image_copies_every_package_of_the_portal():
    text = (ROOT / "Dockerfile").read_text()
    ignored = (ROOT / ".dockerignore").read_text()
    for package in ("damha_portal", "ocop", "tourism", "meetings", "templates", "static"):
        assert f"COPY {package} {package}" in text
        assert f"!{package}\n" in ignored


def test_every_requirement_is_pinned():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        packages = [line for line in lines if line and not line.startswith((" ", "#", "-"))]
        assert packages
        assert [line for line in packages if "==" not in line] == []
