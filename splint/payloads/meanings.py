"""What a value of another type than the field's means, and a word of another platform. Only findings ask."""

import re
from typing import TYPE_CHECKING, Any

from splint.formats import Document, Source
from splint.formats.json.reader import parse
from splint.reporting.wording import spelled
from splint.schema.table import SHAPES
from splint.schema.usual import CURRENCIES, ENTRIES, TRUTHS, labels, unix_moment

if TYPE_CHECKING:
    from splint.payloads.invalid_fields import UnknownField
    from splint.schema.platforms import Word

MAX_DIGITS = 15
"""The most characters of a text that is written as a number: a double holds any number of 15 digits."""


def number_of(value: object) -> int | float | None:
    """The number that a text spells: digits and a point alone, or 1_000, which a double holds exactly."""
    text = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"[1-9][0-9]{0,2}(_[0-9]{3})+", text):
        text = text.replace("_", "")
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or len(text) > MAX_DIGITS:
        return None
    if not text[0].isdigit() or not text[-1].isdigit() or (text[0] == "0" and text[1:2].isdigit()):
        return None  # .5 and 5. are no JSON, and 0500 may be something else
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
    if takes == "a list of objects or strings" and isinstance(value, str) and (listed := labels(value)):
        return spelled([{name: label} for label in listed], None)
    if takes == "a list of strings" and isinstance(value, str | int | float) and not isinstance(value, bool):
        return spelled(entries_of(value, takes))
    if takes == "a list of objects" and isinstance(value, dict) and value:
        is_map = all(isinstance(one, dict) for one in value.values()) and not any(map(_is_field, value))
        return f"the {'objects without their names' if is_map else 'object'} in a list, [{{...}}]"
    if takes == "a string" and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return spelled(value[0])
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
    """The values that are meant, each alone: of a text with commas that should be a list, or a list of one text."""
    if takes == "a list of strings":
        return [part.strip() for part in str(value).split(",") if part.strip()]
    if takes == "a list of objects or strings" and isinstance(value, str):
        return list(labels(value))
    if takes == "true or false":
        return [TRUTHS[str(value).strip().lower()]]
    return value if isinstance(value, list) else []


def meant_here(word: "Word", fault: "UnknownField") -> "Word":
    """What another platform's word for a field means where it stands: of a Cost Cap the price that the goal takes."""
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
    return word._replace(help=word.help.replace("{mode}", mode))
