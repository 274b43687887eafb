"""Definitions: what each named function is. Everything else about it is found."""

from symderiv.catalog.catalog import Catalog as Catalog
from symderiv.catalog.catalog import load as load
from symderiv.catalog.file import ASSUMPTIONS as ASSUMPTIONS
from symderiv.catalog.record import Origin as Origin
from symderiv.catalog.record import Record as Record
from symderiv.catalog.record import Reference as Reference
