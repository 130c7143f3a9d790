import inspect
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from damha_portal.celery import app as celery_app

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("damha_portal", "ocop", "tourism", "meetings", "tests")
TEMPLATES = ROOT / "templates"
PYTHON_LIMIT, TEMPLATE_LIMIT = 400, 150
#: Longer on purpose, each with its reason.
LONG = {}


def python_files():
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path for path in files if "migrations" not in path.parts]


def template_files(suffix="*.html"):
    return sorted(TEMPLATES.rglob(suffix))


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(paths, limit):
    names = {str(path.relative_to(ROOT)): lines_of(path) for path in paths}
    return {name: count for name, count in names.items() if count > limit and name not in LONG}


def test_no_file_tells_more_than_one_story():
    assert too_long(python_files(), PYTHON_LIMIT) == {}


def test_no_template_is_longer_than_a_screen_or_three():
    assert too_long(template_files(), TEMPLATE_LIMIT) == {}


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [path for path in python_files() if path.name in drawers] == []


def test_no_file_is_a_numbered_continuation():
    assert [path.name for path in python_files() if re.search(r"[a-z]\d\.py$", path.name)] == []


@pytest.mark.parametrize(
    "path", template_files(), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_every_template_compiles_and_keeps_code_and_style_out(path):
    get_template(str(path.relative_to(TEMPLATES)))
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<[^>]*\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", text), "inline handler"
    assert not re.search(r"<style\b", text), "inline style block"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert "|safe" not in text
    assert "autoescape off" not in text
    assert "javascript:" not in text


@pytest.mark.parametrize(
    "path",
    sorted((TEMPLATES / "components").glob("*.html")),
    ids=lambda path: path.stem,
)
def test_every_component_starts_with_what_it_takes(path):
    first = path.read_text(encoding="utf-8").split("#}", 1)[0].split("{% endcomment %}", 1)[0]
    opening = re.sub(r"^(\{% load [^%]*%\})+", "", first)

    assert opening.startswith(("{#", "{% comment %}")), "no comment on the first line"
    assert path.stem in opening


def test_no_template_formats_numbers_or_dates_by_django():
    """Django's own filters write 40,000.5 and Feb. 20 (domain.md §9.2)."""
    pattern = re.compile(r"\|\s*(floatformat|intcomma|date|time|localize|naturaltime)\b")
    found = [
        f"{path.relative_to(TEMPLATES)}: {match[0]}"
        for path in template_files()
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_code_marks_text_as_safe():
    pattern = re.compile(r"\bmark_safe\(|\bSafeString\(")
    found = [
        path.name
        for path in python_files()
        if path != Path(__file__) and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


# --- Tasks --------------------------------------------------------------------------------------


def own_tasks():
    celery_app.loader.import_default_modules()
    return {name: task for name, task in celery_app.tasks.items() if not name.startswith("celery.")}


def test_there_are_tasks_and_they_are_named_after_their_application():
    names = set(own_tasks())

    assert {"progress.recompute_plan", "progress.sweep", "progress.verify"} <= names
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in names)


def test_tasks_take_keys_and_nothing_else():
    for name, task in own_tasks().items():
        for parameter in inspect.signature(task.run).parameters.values():
            assert parameter.name.endswith("_id"), f"{name}({parameter.name})"
            assert parameter.annotation in {int, "int"}, f"{name}({parameter.name})"


def test_everything_scheduled_exists_and_is_dropped_when_it_is_late():
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in own_tasks()
        assert entry["options"]["expires"] <= entry["schedule"]


def test_nothing_waits_in_the_queue_for_longer_than_it_stays_invisible():
    """Long countdowns are delivered again and again by Redis (celery #2481)."""
    pattern = re.compile(r"\b(countdown|eta)\s*=")
    found = [
        path.name
        for path in python_files()
        if "tests" not in path.parts and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_result_is_kept_for_state():
    assert settings.CELERY_TASK_IGNORE_RESULT
    assert not getattr(settings, "CELERY_RESULT_BACKEND", "")
