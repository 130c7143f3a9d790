import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import F
from django.db.models.expressions import OrderBy

from damha_portal.accounts.models import User
from damha_portal.core.access import RowScope
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet
from tests.contracts.world import record_models

OWN_APPS = ("accounts", "documents", "progress", "ocop", "tourism", "meetings", "dashboards")
#: What is only computed or remembered for a while: rebuilt from the records, never typed.
COMPUTED = {
    "progress.Measurement": "rebuilt by every recompute",
    "progress.PendingChange": "a mark that lives until the next recompute",
    "progress.RecomputeState": "a lease and a time",
    "progress.Verification": "the outcome of one comparison, never edited",
}
ROOT = Path(__file__).parent.parent.parent


def own_models():
    """Our models, without history tables and the tables between two models."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OWN_APPS and not model.__name__.startswith("Historical")
    ]


def kept():
    return [model for model in own_models() if model._meta.label not in COMPUTED]


def label(model):
    return model._meta.label


def test_the_list_of_computed_models_names_only_models_that_exist():
    assert set(COMPUTED) <= {label(model) for model in own_models()}


@pytest.mark.parametrize("model", kept(), ids=label)
def test_every_model_has_a_scope_a_history_and_the_scoped_manager(model):
    assert isinstance(model.row_scope, RowScope)
    assert isinstance(model._default_manager.all(), RecordQuerySet)
    assert issubclass(model, Record) or model is User
    tracked = {field.attname for field in model.history.model.tracked_fields}
    columns = {field.attname for field in model._meta.concrete_fields}
    untracked = {"password", "last_login"} if model is User else set()
    assert columns - tracked == untracked


@pytest.mark.parametrize("model", kept(), ids=label)
def test_the_scope_of_every_model_leads_to_an_administrative_unit(model):
    scope = model.row_scope
    for path in filter(None, (scope.unit_path, *scope.also_readable)):
        field = model
        for name in path.split("__"):
            field = field._meta.get_field(name).related_model
        assert field._meta.label == "accounts.AdminUnit"


@pytest.mark.parametrize("model", record_models(), ids=label)
def test_every_record_has_stamps_and_the_mark_of_illustrative_data(model):
    names = {field.name for field in model._meta.concrete_fields}
    assert {"created_at", "updated_at", "is_illustrative"} <= names


@pytest.mark.parametrize("model", own_models(), ids=label)
def test_text_is_never_null(model):
    nullable = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.null
    ]
    assert nullable == []


@pytest.mark.parametrize("model", own_models(), ids=label)
def test_every_model_says_what_it_is_in_words(model):
    assert model.__str__ is not models.Model.__str__
    assert model._meta.verbose_name != model.__name__.lower()


def ordered_by(model):
    names = []
    for entry in model._meta.ordering:
        expression = entry.expression if isinstance(entry, OrderBy) else entry
        name = expression.name if isinstance(expression, F) else str(expression)
        names.append(name.lstrip("-"))
    return names


def unique_sets(model):
    yield {"pk"}
    yield {model._meta.pk.name}
    for field in model._meta.concrete_fields:
        if field.unique:
            yield {field.name}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            yield set(constraint.fields)


@pytest.mark.parametrize("model", own_models(), ids=label)
def test_every_list_has_one_order_only(model):
    names = set(ordered_by(model))

    assert any(key <= names for key in unique_sets(model)), f"{sorted(names)} may tie"


@pytest.mark.parametrize("model", own_models(), ids=label)
def test_every_on_delete_is_a_decision(model):
    """CASCADE only inside an aggregate, named here; NULL only where a person left."""
    inside = {
        "accounts.Membership.user",
        "progress.CohortMember.cohort",
        "progress.Measurement.target",
        "progress.Measurement.admin_unit",
        "progress.PendingChange.plan",
        "progress.RecomputeState.plan",
        "progress.Verification.plan",
        "ocop.CycleStepChange.participation",
        "ocop.StarBand.rule_set",
        "ocop.RecognisingAuthority.rule_set",
    }
    for field in model._meta.concrete_fields:
        if not field.is_relation:
            continue
        rule = field.remote_field.on_delete
        name = f"{label(model)}.{field.name}"
        assert rule is models.PROTECT or name in inside or rule is models.SET_NULL, name
        if rule is models.SET_NULL:
            assert field.related_model is User, name


@pytest.mark.parametrize("model", own_models(), ids=label)
def test_every_constraint_names_its_application(model):
    for constraint in model._meta.constraints:
        assert constraint.name.startswith(f"{model._meta.app_label}_"), constraint.name


def test_nothing_overrides_save_or_delete():
    """Services, history and the staleness mark see every write (style.md, rule 21)."""
    bare = [label(model) for model in own_models() if model.save is not models.Model.save]
    assert set(bare) <= {"accounts.User"}  # Django's own AbstractBaseUser.save
    assert "save" not in vars(User)
    assert [model for model in own_models() if "delete" in vars(model)] == []


# --- Migrations ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph():
    return MigrationLoader(None).graph


def own_migrations(graph):
    return sorted(key for key in graph.nodes if key[0] in OWN_APPS)


def test_the_migrations_of_each_application_form_one_line(graph):
    for app in {app for app, _name in own_migrations(graph)}:
        assert len(graph.leaf_nodes(app)) == 1
        numbers = [name[:4] for owner, name in own_migrations(graph) if owner == app]
        assert numbers == [f"{index:04d}" for index in range(1, len(numbers) + 1)]


def test_no_migration_has_a_machine_name(graph):
    machine = [key for key in own_migrations(graph) if "_auto_" in key[1]]
    assert machine == []


def test_every_operation_can_be_undone(graph):
    loader = MigrationLoader(None)
    for key in own_migrations(graph):
        migration = loader.disk_migrations[key]
        assert all(operation.reversible for operation in migration.operations), key


def test_the_models_and_the_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_run_forward_and_back_to_nothing(tmp_path):
    """In a process and a database of its own: this one must keep its tables."""
    if connection.vendor != "sqlite":
        pytest.skip("proved on SQLite; the services run migrates PostgreSQL forward")
    apps_back = ["meetings", "dashboards", "tourism", "ocop", "progress", "documents"]
    apps_back += ["authtoken", "admin", "account", "accounts"]
    migrated = {app for app, _name in MigrationLoader(None).disk_migrations}
    code = f"""
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "damha_portal.settings.local"
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
for app in {[app for app in apps_back if app in migrated]!r}:
    call_command("migrate", app, "zero", verbosity=0)
left = [name for name in connection.introspection.table_names()
        if name.startswith({tuple(f"{app}_" for app in OWN_APPS)!r})]
assert left == [], left
"""
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PORTAL_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
