"""The base classes and field types of the models."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, Strict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Model(BaseModel):
    """An object of a payload. Missing and additional fields are allowed, since rules report them."""

    model_config = ConfigDict(extra="allow", use_attribute_docstrings=True)


class OpenModel(Model):
    """An object that may have custom fields beside the known ones."""


class Identifier:
    """Marks a string as an id: opaque, however much it looks like a number (SPL006)."""


class Decimal(Identifier):
    """Marks an id as one that TikTok's own SDK takes as a signed 64-bit number, in decimal digits (REF001)."""


class OneOf:
    """Marks a string as one of the documented values; another one is reported (SPL007), not refused."""

    __slots__ = ("values",)

    def __init__(self, *values: str) -> None:
        self.values = values

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(self.values)}


class Values:
    """Marks a string as an enumeration of TikTok's own SDK, where the reference pages list no values (REF002)."""

    __slots__ = ("invalid", "only_new", "valid")

    def __init__(self, *valid: str, invalid: tuple[str, ...] = (), only_new: tuple[str, ...] = ()) -> None:
        self.valid = valid
        self.invalid = invalid
        """Values that the SDK knows and that the endpoint refuses."""
        self.only_new = only_new
        """Valid ones that an update refuses."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "examples": list(self.valid)}


ID: TypeAlias = Annotated[str, Identifier()]
INT64: TypeAlias = Annotated[str, Decimal()]
Number: TypeAlias = Annotated[float, Strict()]
"""A number as JSON has it: true is none, nor is a text of one."""
Money: TypeAlias = Number

OperationStatus: TypeAlias = Annotated[str, OneOf("ENABLE", "DISABLE")]
IdentityType: TypeAlias = Annotated[str, OneOf("CUSTOMIZED_USER", "AUTH_CODE", "TT_USER", "BC_AUTH_TT")]
