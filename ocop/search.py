"""What the search box finds."""

from django.utils.translation import gettext_lazy as _

from damha_portal.core.search import Searchable, register
from ocop.models import Producer, Product

register(Searchable(Product, _("Sản phẩm OCOP"), related=("producer",)))
register(Searchable(Producer, _("Chủ thể OCOP"), related=("admin_unit",)))
