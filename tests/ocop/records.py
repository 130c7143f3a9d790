"""Records that several tests of the OCOP targets make."""

import datetime as dt

from ocop.enums import ParticipationState
from tests.factories.ocop import ParticipationFactory, ProductFactory, StepChangeFactory

ACCEPTED = dt.date(2023, 4, 12)


def new_product(producer, accepted_on=ACCEPTED, year=2023, **values):
    """A product whose idea was accepted."""
    product = ProductFactory(producer=producer, **values)
    ParticipationFactory(product=product, year=year, accepted_on=accepted_on)
    return product


def make_ready(product, on=dt.date(2023, 7, 1), state=ParticipationState.DOSSIER_READY):
    """Move the product's participation on."""
    participation = product.participations.get()
    return StepChangeFactory(participation=participation, to_state=state, happened_on=on)
