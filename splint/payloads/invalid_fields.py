"""Fields that violate the shape of their object; each kind is a node that one rule reports."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from splint.formats import Document, reference_tokens, value_at
from splint.payloads.keys import OF_BUDGETS, OF_CAMPAIGNS, may_be_of_others, word_of, written_for_value
from splint.payloads.nodes import Finding, Fix, Location, Operation
from splint.payloads.validation import Violation, is_empty
from splint.schema.kinds import INT64, Shape, cached_property
from splint.schema.table import SHAPES
from splint.schema.usual import BIGGEST_ID, DisputedInteger
from splint.schema.vocabulary import LEVEL_OF, OWN_IDS

if TYPE_CHECKING:
    from splint.formats.fault import SyntaxFault
    from splint.formats.shell.call import StandIn
    from splint.payloads.aside import Taker
    from splint.payloads.homes import Double, Home
    from splint.payloads.strays import Absence
    from splint.schema.platforms import Word


class InvalidField:
    """A field that violates its shape; `becomes` is none but for a key which is no field there."""

    becomes: str | None = None

    def __init__(self, location: Location, value: Any, takes: Any, root: str = "", model: str = "") -> None:
        self.location = location
        self.value = value
        self.takes = takes
        self.root, self.model = root, model
        """The pointer of the body that contains the field, and the name of its shape; empty where that is not known."""
        around, _, last = location.pointer.rpartition("/")
        before = around.rpartition("/")[2] if last.isdigit() else ""
        self.field = f"{before}/{last}" if before else last.replace("~1", "/").replace("~0", "~")
        """The field's name; for a list entry the list's name with the index."""
        self.holder = around
        """The pointer of the object or list that contains the field."""

    @cached_property
    def around(self) -> Any:
        """The object or list that contains the field, as written."""
        return value_at(self.location.document.value, reference_tokens(self.location.pointer)[:-1])

    def finding(self, message: str, help: str, fix: Fix | None = None, offers: Iterable[str] = ()) -> Finding:
        """A finding at the field; `offers` are the values that the help names."""
        found = Finding(self.location, message, help, fix=fix, becomes=self.becomes, offers=tuple(offers))
        return found._replace(takes=self.takes) if isinstance(self.takes, str) else found

    def finding_on_object(self, message: str, help: str, fix: Fix | None, about: str) -> Finding:
        """A finding on the object that contains the field, with the field marked; `about` is what the object lacks."""
        opening = self.location._replace(pointer=self.holder, part="opening")
        key = self.location.pointer.rpartition("/")[2]
        return self.finding(message, help, fix)._replace(location=opening, about=about, mark=key)

    def as_written(self, message: Callable[[str], str]) -> Callable[[str], str]:
        """The wording of a finding: `message` of the value as the file has it, and as it is read where that differs."""

        def wording(text: str) -> str:
            import splint.payloads.written  # findings on values of a wrong type are few

            return message(splint.payloads.written.told(self.value, text, is_yaml=self.is_yaml))

        return wording

    @property
    def is_yaml(self) -> bool:
        """Whether the field stands in YAML."""
        return (written := self.location.document.written) is not None and written.syntax == "yaml"


class WrongType(InvalidField):
    """A field of a JSON type that the endpoint does not take."""

    unread: "SyntaxFault | None" = None
    """Why a text that is meant as a body of JSON is none."""

    @property
    def number(self) -> int | float | None:
        """The number that a text spells where one belongs: digits and a point alone, which a double holds exactly."""
        from splint.payloads.meanings import number_of  # only findings need it

        return number_of(self.value) if self.takes == "a number" else None

    @property
    def is_of_yaml_1_1(self) -> bool:
        """Whether it is yes, no, on, off or 1_000 in YAML: true, false or a number to YAML 1.1, a text to YAML 1.2."""
        if self.number is not None and "_" in self.value:
            return self.is_yaml
        is_truth = self.is_yaml and self.takes == "true or false" and str(self.value) not in ("0", "1")
        return is_truth and self.meant not in (None, str(self.value).strip().lower())

    @property
    def meant(self) -> str | None:
        """The value that is meant, as JSON, where another type makes that plain; None where it does not."""
        from splint.payloads.meanings import meant_by  # only findings need it

        return meant_by(self.value, self.field, self.takes)


class UnknownField(InvalidField):
    """An unknown field; `takes` is the shape of the object that contains it."""

    takes: Shape
    followers: "tuple[UnknownField, ...]" = ()
    """Of the unknown fields of an object that belong in the same other one, what the first is told: those behind it."""
    does_follow = False
    """Whether it is one of those behind the first."""
    owned: "frozenset[Absence]" = frozenset()
    """The fields that are absent where these belong."""
    absences: "frozenset[Absence]" = frozenset()
    """Those that are absent for its own key."""
    takers: "Sequence[Taker]" = ()
    """Of a field right in a bundle, or beside a body: the objects there that take it."""
    unseen: str = ""
    """The model of objects that it leaves no place to be judged in; empty for none."""
    holders: "Mapping[str, Double]" = {}
    """The models of the other objects of its campaign that have it where it belongs, with how it stands to it."""
    elsewhere: "Sequence[Taker]" = ()
    """The other objects of its campaign that take it, where each of those is the only one of its kind."""
    models: Sequence[str] = ()
    """The models of a campaign's objects that its object is besides its own, of whose fields it is one."""
    becomes = ""
    cbo: bool | None = None
    """Whether its campaign has CBO; None if the campaign or its setting is unknown."""
    untold: Sequence[str] = ()
    """The fields that say how much the budget of its campaign is, and for how long, which that is created without."""
    is_of_campaign = False
    """Whether it is a field of a budget in a part of an ad group, and the campaign's, or may be: CBO is not off."""
    is_missed = False
    """Whether one of the fields that are absent would be an error if it were not there."""

    @cached_property
    def nearest(self) -> str | None:
        """The known name that it is written for, one of a nested list included; none for a field of other objects."""
        word = self.word
        return word.field if word is not None else written_for_value(self.field, self.value, self.takes)

    @cached_property
    def word(self) -> "Word | None":
        """What the key is here if another ad platform calls a field so: of a Cost Cap the price that the goal takes."""
        if (word := word_of(self.field, self.takes)) is None or self.field in self.takes.fields:
            return None
        from splint.payloads.meanings import meant_here  # only findings need it

        return meant_here(word, self)

    @cached_property
    def home(self) -> "Home | None":
        """Where in the same body the field belongs, as it is spelled, would be in snake case or seems to be meant."""
        import splint.payloads.homes as homes  # only findings need it

        if (name := self.belongs_elsewhere) is None:
            return None
        steps = reference_tokens(self.location.pointer[len(self.root) :])[:-1]
        home = homes.home_of(name, self.takes, steps)
        if home is None and self.nearest is None and (meant := homes.misspelt_below(name, self.takes)):
            home = homes.home_of(meant, self.takes, steps)
        if home is None or (root := SHAPES.get(self.model)) is None:
            return home
        body = value_at(self.location.document.value, reference_tokens(self.root))
        return homes.with_rivals(home, root, body, steps)

    @property
    def double(self) -> "Double":
        """How its value stands to the one where the field belongs."""
        from splint.payloads.homes import double_in  # only findings need it

        around = Location(self.location.document, self.holder)
        return double_in(home, around, self.value, self.holders) if (home := self.home) is not None else ""

    @cached_property
    def belongs_elsewhere(self) -> str | None:
        """The field of another object that it may be; None where it is one of this object but for its spelling."""
        if (word := self.word) is not None:
            return word.elsewhere or None
        is_around = self.holder.rstrip("/0123456789").endswith(f"/{self.field}")
        if is_around or not may_be_of_others(self.field, self.nearest or "", self.takes):
            return None
        from splint.schema.nearest import snake_case  # only findings need it

        name = snake_case(self.field)
        return name if name in OF_CAMPAIGNS else self.field

    @property
    def is_of_budget(self) -> bool:
        """Whether it is a field that the campaign holds with CBO, and each ad group without it."""
        return self.belongs_elsewhere in OF_BUDGETS

    @property
    def idle_model(self) -> str:
        """The model of the objects that take a field of a budget, and do not hold that of their campaign; else none."""
        return {True: "AdGroup", False: "Campaign", None: ""}[self.cbo if self.is_of_budget else None]

    @property
    def places(self) -> "Sequence[Taker]":
        """Its takers without those where a field of a budget has no effect, as in ad groups with CBO."""
        return [one for one in self.takers if one.shape.name.removesuffix("Update") != self.idle_model] or self.takers

    @property
    def goes_as_budget(self) -> bool:
        """Whether it is such a field in a part of an object that takes it: of an ad group."""
        return self.is_of_budget and self.word is None and self.home is not None and self.home.up > 0

    @cached_property
    def moves(self) -> tuple[Operation, ...]:
        """The operations that move it, and those together with it, to where they belong; none where that is unclear."""
        from splint.payloads.homes import moves  # only findings need it

        members = {one.field: (home, one.value) for one in (self, *self.followers) if (home := one.home)}
        return moves(members, Location(self.location.document, self.holder)) if members else ()

    @property
    def holds_objects(self) -> bool:
        """Whether it, or what goes with it, is an object or a list of some, which no rule sees; payloads are read."""
        return self.takes.name not in ("Bundle", "Envelope") and any(one.objects for one in (self, *self.followers))

    @cached_property
    def objects(self) -> list[dict[str, Any]]:
        """The object that it holds, or those in its list; of a string of JSON the ad groups or ads that it means."""
        if isinstance(self.value, str):
            from splint.payloads.similar import objects_in_text  # few fields hold a string of JSON

            return objects_in_text(self)
        return [one for one in (self.value if isinstance(self.value, list) else [self.value]) if isinstance(one, dict)]

    @property
    def has_several_ids(self) -> bool:
        """Whether it holds several ids, and is written for the one of an update."""
        return self.nearest in OWN_IDS.values() and isinstance(self.value, list) and len(self.value) > 1

    @property
    def id_in_place(self) -> list[str]:
        """Its key, where it is the only id of an update: what changes is the object of this id, of another level."""
        level = LEVEL_OF.get(self.takes.name.removesuffix("Update"))
        is_alone = level is not None and is_empty(self.around.get(OWN_IDS[level]))
        return [self.field] if is_alone and self.takes.name.endswith("Update") else []

    @property
    def is_of_no_cbo(self) -> bool:
        """Whether it is a word for a field that an ad group has without CBO alone, while its campaign has CBO."""
        return self.word is not None and self.word.of_no_cbo and self.cbo is True

    @property
    def lacked_above(self) -> list[str]:
        """The fields of its campaign, which lacks them, that would say with CBO what it says in an ad group."""
        if (word := self.word) is None or not self.is_of_no_cbo or is_empty(self.value):
            return []
        says = {word.field, *(word.beside[:1] if "BUDGET_MODE_TOTAL" in word.beside else ())}
        return [name for name in self.untold if name in says]

    def may_be(self, name: str) -> bool:
        """Whether renaming to a field is unambiguous: the object lacks it, no other key resembles it, its type fits."""
        import splint.payloads.similar  # only findings need it

        return splint.payloads.similar.may_rename(self, name)


class NumericId(InvalidField):
    """An ID written as a JSON number."""

    @property
    def is_too_big(self) -> bool:
        """Whether TikTok takes the ID as a signed 64-bit number, which holds less."""
        return (self.takes is INT64 or self.field == "request_id") and self.value > BIGGEST_ID


class NotDecimal(InvalidField):
    """An ID that TikTok takes as a 64-bit number, and whose text is none."""


class DisputedNumber(InvalidField):
    """A number of YAML that YAML 1.1 reads otherwise, where a number belongs."""

    value: DisputedInteger


class UnknownValue(InvalidField):
    """An enumerated field with a value outside of `takes`."""

    def may_be(self, name: str) -> bool:
        """Whether changing the value to `name` would not duplicate another entry of its list."""
        from splint.payloads.similar import ById, first_indices  # only findings need it

        if not isinstance(self.around, list):
            return True
        written, resembled = first_indices(ById(self.around), self.takes)
        return name not in written and resembled.get(name, written[self.value]) >= written[self.value]


class PlaceholderLeft(InvalidField):
    """A value that is a template placeholder; `takes` is what the field takes, None for a field of no shape.

    Of the body of a curl command it is the kind of its `StandIn`.
    """


_KINDS: dict[str, type[InvalidField]] = {
    "wrong-type": WrongType,
    "unknown-field": UnknownField,
    "id-not-a-string": NumericId,
    "id-not-decimal": NotDecimal,
    "disputed-integer": DisputedNumber,
    "unknown-value": UnknownValue,
    "placeholder": PlaceholderLeft,
}


def fault_for(violation: Violation, document: Document, pointer: str, model: str = "") -> InvalidField:
    """The node of a violation; its pointer is relative to `pointer`, that of an object of the shape `model`."""
    location = Location(document, pointer + violation.pointer, "key" if violation.kind == "unknown-field" else "value")
    return _KINDS[violation.kind](location, violation.value, violation.takes, pointer, model)


def fault_in_place(instead: "StandIn", location: Location) -> InvalidField:
    """The node of what a curl command has in the place of a body."""
    if instead.kind == "form":
        return WrongType(location, "a form", "an object")
    return PlaceholderLeft(location, instead.text, instead.kind)


def misfits(faults: Iterable[object]) -> dict[str, type[InvalidField]]:
    """The pointers of values of a wrong type, and of ids that are none or numbers, with their faults."""
    kinds = (WrongType, NotDecimal, NumericId)  # `|` would make a type each time
    return {fault.location.pointer: type(fault) for fault in faults if isinstance(fault, kinds)}
