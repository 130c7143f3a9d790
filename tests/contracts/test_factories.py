import importlib
import inspect
import pkgutil

import pytest
from django.apps import apps

from damha_portal.core.models import Record
from ocop.models import Product
from tests import factories
from tests.factories.base import RecordFactory
from tests.factories.ocop import ProductFactory

#: Factories that need a record to point at.
POINTING = {"AttachmentFactory": {"record"}, "CohortMemberFactory": {"record"}}


def every_factory():
    found = {}
    for module in pkgutil.iter_modules(factories.__path__):
        for _name, item in inspect.getmembers(
            importlib.import_module(f"tests.factories.{module.name}"), inspect.isclass
        ):
            if issubclass(item, RecordFactory) and item is not RecordFactory:
                found[item.__name__] = item
    return list(found.values())


@pytest.mark.parametrize("factory_class", every_factory(), ids=lambda item: item.__name__)
def test_every_factory_makes_a_row_that_its_model_accepts(db, settings, tmp_path, factory_class):
    settings.MEDIA_ROOT = tmp_path
    needed = {name: ProductFactory() for name in POINTING.get(factory_class.__name__, ())}

    row = factory_class(**needed)

    row.refresh_from_db()
    if isinstance(row, Record):  # what is only computed (measurements, marks) knows no forms
        row.full_clean()


def test_every_record_model_has_a_factory():
    made = {item._meta.model for item in every_factory()}
    records = {model for model in apps.get_models() if issubclass(model, Record)}

    assert Product in records
    assert records - made == set()
