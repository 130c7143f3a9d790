"""What the factories share."""

import factory


class RecordFactory(factory.django.DjangoModelFactory):
    """Saves plainly: a test may want a row that the forms would refuse."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True
