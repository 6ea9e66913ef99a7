"""What a value of another type than the field's means, and a word of another platform. Only findings ask."""

import re
from typing import TYPE_CHECKING, Any

from splint.formats import Document, Source
from splint.formats.json.reader import parse
from splint.payloads.keys import values_of
from splint.reporting.wording import spelled
from splint.schema.table import SHAPES
from splint.schema.usual import CURRENCIES, ENTRIES, MOMENTS, TRUTHS, labels, moment, unix_moment

if TYPE_CHECKING:
    from splint.payloads.invalid_fields import UnknownField
    from splint.schema.platforms import Word

AROUND_VALUES = frozenset({"value", "name", "id", "type", "text"})
"""Keys of an object with one member that is written in place of that."""
MAX_DIGITS = 15
"""The most characters of a text that is written as a number: a double holds any number of 15 digits."""


def number_of(value: object) -> int | float | None:
    """The number that a text spells: digits and a point alone, or 1_000, which a double holds exactly.

    None of three digits behind a point, which parts thousands in half of the world: 50.000.
    """
    text = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"[1-9][0-9]{0,2}(_[0-9]{3})+", text):
        text = text.replace("_", "")
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or len(text) > MAX_DIGITS:
        return None
    if not text[0].isdigit() or not text[-1].isdigit() or (text[0] == "0" and text[1:2].isdigit()):
        return None  # .5 and 5. are no JSON, and 0500 may be something else
    if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", text):
        return None
    number = float(text) if "." in text else int(text)
    return int(number) if number == int(number) else number


def meant_by(value: Any, field: str, takes: str) -> str | None:
    """The value of a field that is meant, as JSON, where another type makes that plain; None where it does not."""
    if field.endswith("_time") and takes == "a string" and (time := unix_moment(value)):
        return spelled(str(time))
    if field == "currency" and isinstance(value, str):
        return CURRENCIES.get(value.strip().upper())
    if takes == "true or false" and isinstance(value, str | int):
        return TRUTHS.get(str(value).strip().lower())
    if takes == "a number" and isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", value.strip()):
        return f"{value.strip().replace(',', '')}, if the comma parts thousands"
    if takes == "a list of objects" and field == "budget" and isinstance(value, int | float):
        return f'an entry an ad group, [{{"adgroup_id": "...", "budget": {spelled(value)}}}]'
    name = field.partition("/")[0].removesuffix("_list")
    if takes == "an object" and isinstance(value, str) and name in ENTRIES:
        return _entry_of(value, name)
    if takes == "a list of objects or strings" and isinstance(value, str) and (listed := entries_of(value, takes)):
        return spelled([{name: label} for label in listed], None)
    if takes == "a list of strings" and isinstance(value, str | int | float) and not isinstance(value, bool):
        return spelled(listed) if (listed := entries_of(value, takes)) else None
    if takes == "a list of objects" and isinstance(value, dict) and value:
        is_map = all(isinstance(one, dict) for one in value.values()) and not any(map(_is_field, value))
        return f"the {'objects without their names' if is_map else 'object'} in a list, [{{...}}]"
    if takes == "a string" and (alone := entries_of(value, takes)):
        return spelled(alone[0])
    return None


def _is_field(name: str) -> bool:
    """Whether an object of a request has a field of this name."""
    return any(name in shape.fields for shape in SHAPES.values())


def _entry_of(text: str, name: str) -> str:
    """The entry of a list that a text stands for: the object that it is written as, or one with the text itself."""
    inner = parse(Source("", text.encode("utf-8", "surrogatepass")), place="string")
    if isinstance(inner, Document) and isinstance(inner.value, dict) and inner.value:
        return f"the object itself, {spelled(inner.value)}"
    is_json = isinstance(inner, Document) and isinstance(inner.value, dict | list)
    is_text = text.strip() and not is_json and not text.lstrip().startswith("{")
    return spelled({name: text}) if is_text else f"an object with {name}"


def entries_of(value: Any, takes: str) -> list[str]:
    """The values that are meant, each alone: of a text that should be a list, of a list or an object with one text."""
    if takes == "a list of strings":
        is_list = str(value).lstrip().startswith("[")
        return listed_in(value) if is_list else [part.strip() for part in str(value).split(",") if part.strip()]
    if takes == "a list of objects or strings" and isinstance(value, str):
        return listed_in(value) or list(labels(value))
    if takes == "true or false":
        return [TRUTHS[str(value).strip().lower()]]
    if isinstance(value, dict) and len(value) == 1 and AROUND_VALUES.issuperset(value):
        value = [*value.values()]
    return value if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) else []


def listed_in(value: Any) -> list[str]:
    """The texts of a list that is written as a text, as JSON; ids may be numbers there. None of anything else."""
    if not isinstance(value, str) or not value.lstrip().startswith("["):
        return []
    inner = parse(Source("", value.encode("utf-8", "surrogatepass")), place="string")
    entries = inner.value if isinstance(inner, Document) and isinstance(inner.value, list) else []
    are_plain = all(isinstance(one, str | int) and not isinstance(one, bool) for one in entries)
    return [str(one) for one in entries] if are_plain else []


def list_of(value: Any, takes: str) -> list[str] | None:
    """The list of texts that one text or number stands for; None where it may be another one."""
    if takes != "a list of strings" or not isinstance(value, str | int) or isinstance(value, bool):
        return None
    entries = entries_of(value, takes)
    is_plain = isinstance(value, int) or bool(listed_in(value)) or (len(entries) == 1 and entries[0].isalnum())
    return entries if is_plain else None


def meant_here(word: "Word", fault: "UnknownField") -> "Word":
    """What another platform's word for a field means where it stands: of a Cost Cap the price that the goal takes.

    Where its value is one of the field's, there is nothing to say but the name.
    """
    around = fault.around
    if word.field == "conversion_bid_price" and around.get("optimization_goal") == "CLICK":
        return word._replace(field="bid_price")
    if fault.takes.name == "AdGroupBudgetUpdate":
        later = any("scheduled_budget" in one for one in fault.objects)
        are_ids = isinstance(fault.value, list) and not fault.objects
        return word._replace(field="scheduled_budget" if later else "adgroup_ids" if are_ids else word.field)
    mode = "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
    if "objective_type" in around and around.get("budget_optimize_on") is False:
        mode = f"BUDGET_MODE_DAY, which the API may refuse, or give each ad group a budget with {mode}"
    is_right = isinstance(fault.value, str) and (
        moment(fault.value) is not None if word.field in MOMENTS else fault.value in values_of(word.field, fault.takes)
    )
    return word._replace(help="" if is_right else word.help.replace("{mode}", mode))
