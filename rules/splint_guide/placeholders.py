"""Placeholders: every value is filled in before it is sent."""

from collections.abc import Iterator
from typing import Any, Final

from splint.payloads.invalid_fields import PlaceholderLeft
from splint.payloads.nodes import Finding, RelatedLocation
from splint.reporting.wording import spelled
from splint.rules.rule import bad, good, rule
from splint.schema.kinds import OBJECT
from splint.schema.placeholders import OwnList, OwnMapping, is_bare_word, is_reference
from splint_guide.documents import CALL, SECTION


@rule(
    "SPL010",
    "placeholder-left",
    on=PlaceholderLeft,
    level="info",
    section=SECTION,
    basis="sanity",
    since="0.1.0",
    examples=lambda: [
        bad("an all-capitals stand-in", {"/adgroups/0/pixel_id": "YOUR_PIXEL_ID"}, at=["/adgroups/0/pixel_id"]),
        bad("a placeholder of a template", {"/campaign/budget": "{{budget}}"}, at=["/campaign/budget"]),
        bad("a bare word in an ID field", {"/adgroups/0/pixel_id": "PIXEL_ID"}, at=["/adgroups/0/pixel_id"]),
        *(
            bad(f"an ID field of {where}", {"/adgroups/0/pixel_id": placeholder}, at=["/adgroups/0/pixel_id"])
            for where, placeholder in {
                "Python": "{pixel_id}",
                "Ruby": "#{pixel_id}",
                "a template engine": "<%= pixel_id %>",
                "a batch file": "%PIXEL_ID%",
                "a macro": "__PIXEL_ID__",
                "sed": "@PIXEL_ID@",
                "Concourse": "((pixel_id))",
                "nobody yet": "xxx",
            }.items()
        ),
        *(
            bad(f"a number of {where}", {"/campaign/budget": placeholder}, at=["/campaign/budget"])
            for where, placeholder in {
                "Python": "{budget}",
                "Ruby": "<%= budget %>",
                "sed": "@BUDGET@",
                "Concourse": "((budget))",
                "Octopus": "#{budget}#",
                "a macro": "__BUDGET__",
                "a shell": "$BUDGET",
            }.items()
        ),
        bad(
            "a choice of a template engine", {"/adgroups/0/promotion_type": "@TYPE@"}, at=["/adgroups/0/promotion_type"]
        ),
        bad(
            "a value of CloudFormation",
            {"/campaign/budget": {"Ref": "Budget"}, "/adgroups/0/targeting_spec": {"Fn::GetAtt": ["A", "B"]}},
            at=["/campaign/budget", "/adgroups/0/targeting_spec"],
        ),
        bad("a campaign of CloudFormation", {"/campaign": {"Ref": "Campaign"}}, at=["/campaign"]),
        bad("an ad group of another file", {"/adgroups/0": {"$ref": "g.json"}}, at=["/adgroups/0"]),
        bad("ads of another file", {"/adgroups/0/ads": {"$ref": "ads.json"}}, at=["/adgroups/0/ads"]),
        bad(
            "a creative of another file",
            {"/adgroups/0/ads/0/creative_list/0/creative_info": {"$ref": "c.json"}},
            at=["/adgroups/0/ads/0/creative_list/0/creative_info"],
        ),
        bad(
            "lists and mappings behind tags of YAML",
            text="objective_type: WEB_CONVERSIONS\ncampaign_name: !Join ['-', [a, !Ref B]]\nbudget: !Cond {a: 1}\n",
            name="a.yaml",
            at=["/campaign_name", "/budget"],
        ),
        bad(
            "values of other tags of YAML",
            text="objective_type: !Ref Objective\nbudget: !env BUDGET\ncampaign_name: !Join ['-', a]\n",
            name="a.yaml",
            at=["/objective_type", "/budget", "/campaign_name"],
        ),
        good("braces in a name", {"/campaign/campaign_name": "{season} sale"}),
        bad("brackets to fill in", {"/campaign/advertiser_id": "[your id here]"}, at=["/campaign/advertiser_id"]),
        bad(
            "brackets to fill in within a URL",
            {"/adgroups/0/ads/0/landing_page_url_list/0/landing_page_url": "https://www.example.com/?p=[your id here]"},
            at=["/adgroups/0/ads/0/landing_page_url_list/0/landing_page_url"],
        ),
        good(
            "TikTok's own URL macros",
            {
                "/adgroups/0/ads/0/landing_page_url_list/0/landing_page_url": "https://www.example.com/?c=__CAMPAIGN_ID__"
            },
        ),
        bad(
            "a country for the id of a place",
            {"/adgroups/0/targeting_spec/location_ids/0": "US"},
            at=["/adgroups/0/targeting_spec/location_ids/0"],
        ),
        good("a bare word in a name", {"/campaign/campaign_name": "SPRING"}),
        bad(
            "a body that a script works out, and one that is to be filled in",
            text=f"{CALL} -d \"$BODY\"\n{CALL} -d '<body>'\n",
            name="a.sh",
            at=["", ""],
        ),
        bad(
            "a body of n8n that is made of pairs",
            text='{"url": "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/", '
            '"sendBody": true, "bodyParameters": {"parameters": [{"name": "budget", "value": "={{ 100 }}"}]}}',
            at=["/bodyParameters/parameters"],
        ),
        bad(
            "a change behind a base that only a run tells",
            text='curl -d \'{"campaign_id": "2", "budget": 5}\' "$BASE/campaign/update/"\n',
            name="a.sh",
            at=[""],
        ),
        bad(
            "a change of a level that only a run tells",
            text='curl -d \'{"campaign_id": "2", "budget": 5}\' "https://business-api.tiktok.com/open_api/v1.3/smart_plus/$1/update/"\n',
            name="a.sh",
            at=[""],
        ),
        bad(
            "a change at one of two endpoints",
            text="for p in campaign adgroup; do\n"
            "curl -d '{\"budget\": 5}' https://business-api.tiktok.com/open_api/v1.3/smart_plus/$p/update/\ndone\n",
            name="a.sh",
            at=[""],
        ),
        bad("a second shell", text=f"bash -c '{CALL} -d @body.json'\n", name="a.sh", at=[""]),
        bad("options that a script works out", text=f'{CALL} "${{OPTIONS[@]}}"\n', name="a.sh", at=[""]),
        bad(
            "a file that the script may change",
            text=f"./generate body.json\n{CALL} -d @body.json\n",
            name="a.sh",
            at=[""],
        ),
        good("a body in a variable", text=f"BODY='{{}}'\n{CALL} -d \"$BODY\"\n", name="a.sh"),
        bad("a variable in single quotes", text=f'{CALL} -d \'{{"budget": "$B"}}\'\n', name="a.sh", at=["/budget"]),
        good("backticks in them", text=f'{CALL} -d \'{{"campaign_name": "`a` sale"}}\'\n', name="a.sh"),
    ],
)
def placeholder_left(violation: PlaceholderLeft) -> Iterator[Finding]:
    """Every value is filled in.

    Harmless while a template is linted: the value counts as unknown. It must not be sent. Where a number, a truth, an
    id or one of a closed list of values (`promotion_type`) belongs, `@NAME@`, `((name))`, `{name}` and the like are
    placeholders too, as all of it. The body of a request in a script is unknown too where a variable, a command or a
    file that the script writes holds it, but for a variable or file that is given one text, further up: by an
    assignment, a here-document, `echo` or `printf`. That text counts as long as nothing in the script may change it. So
    is the body where a variable, a command or a file of `--config` may hold the option for it. A node of n8n has a body
    that is judged where it is specified as JSON. Within single quotes no shell expands a variable: that it is sent as
    it stands is told, in case it was not meant so. A value behind a tag of YAML that is an application's own (`!Ref`,
    `!vault`, `!env`, a list behind `!Join`) is unknown, also a list or a mapping where a text or a number belongs, and
    what CloudFormation fills in (`{"Ref": ...}`, `{"Fn::GetAtt": ...}`) or another file has (`{"$ref": ...}`), a
    campaign or an ad group too. What a log shows instead of a body (`[REDACTED]`, `[object Object]`), one that it cuts
    off, and one elsewhere (`$ref`, `"@body.json"`) are unknown too. A campaign or a change that has nothing of Smart+
    alone is not judged where only a run tells whether its endpoint is Smart+'s (`"$BASE/campaign/create/"`,
    `{base}/...`), nor is a body that its keys alone do not tell where the path behind `smart_plus/` is unknown, or
    where a script gives the URL several.
    """
    call = violation.location.document.call
    if call is not None and call.stand_in is not None and call.stand_in.changed is not None:
        is_below = call.stand_in.changed.start > call.stand_in.span.start  # in a loop, a function or the background
        is_written = call.stand_in.is_written and not is_below
        what, help, change = _on_change(spelled(violation.value), is_written=is_written, is_below=is_below)
        related = RelatedLocation(violation.location._replace(part="change"), change)
        yield violation.finding(what, help)._replace(related=(related,))
    else:
        yield violation.finding(*_on_placeholder(violation))


_OF_ENDPOINTS: Final = {
    "endpoint:directory": (
        "only a run tells which endpoint of TikTok's this is, Smart+'s or not: nothing in the body is judged",
        "write the endpoint with /smart_plus/ into it, or assign its base to a variable above, once",
    ),
    "endpoint:path": (
        "only a run tells which endpoint of Smart+ this is: nothing in the body is judged",
        "write what is behind /smart_plus/ into it, such as campaign/update/, or assign it to a variable above, once",
    ),
    "endpoint:several": (
        "only a run tells which of several endpoints this is: nothing in the body is judged",
        "give each endpoint a request of its own",
    ),
}
"""What is not known of an endpoint, and the way out."""


def _on_change(name: str, *, is_written: bool, is_below: bool) -> tuple[str, str, str]:
    """What a body is whose file a command writes or may change, the way out, and what this command does."""
    if is_written:
        what = f"the body is {name}, which a command writes before it is sent: nothing in it is judged"
        return what, "write it out in a here-document, or lint what the command writes", "this writes it"
    what = f"the body is {name}, which a command may change before it is sent: nothing in it is judged"
    move = "move the command that may change it below the request"
    way = "let the request end before the command that may change it runs" if is_below else move
    return what, f"{way}, or lint the file by itself as well", "this may change it"


def _on_placeholder(violation: PlaceholderLeft) -> tuple[str, str]:
    """What a placeholder is, and the way out."""
    if violation.takes in _OF_ENDPOINTS:
        return _OF_ENDPOINTS[violation.takes]
    if violation.field.startswith("location_ids") and len(violation.value) == 2 and is_bare_word(violation.value):
        what = f"{violation.field} is {spelled(violation.value)}, no id of a place"
        return what, "look up the numeric id, such as 6252001 for the United States"
    if violation.location.part == "body" and violation.takes != "placeholder":
        is_output = violation.value.startswith(("$(", "`"))  # it may hold what is a secret
        word = "the output of a command" if is_output else spelled(violation.value)
        call = violation.location.document.call
        if call is not None and call.stand_in is not None and call.stand_in.setter:
            word += f", which the function {call.stand_in.setter} may set"
        if violation.takes in ("options", "runner"):
            return _on_options(violation, word)
        if violation.takes == "many":
            what = f"calls of {word} from here on are not judged: together they are too large to be read"
            return what, "give these calls a script of their own"
        if violation.takes == "several":
            what = (
                f"the shell may make several arguments of {word}, so only a run tells the body: nothing in it is judged"
            )
            return what, "put quotes around it where it is one argument, or write each out"
        places = {"directory": " where a cd leads", "elsewhere": " of another machine or a container"}
        where = places.get(violation.takes or "", "")
        what = f"the body is {word}{where}, so only a run tells it: nothing in it is judged"
        return what, "write it into the command or a file, or assign it to a variable above, once"
    if violation.takes is not OBJECT and (origin := _origin(violation.value)):
        return f"{violation.field} comes from {origin}", "fill it in before it is sent"
    if isinstance(violation.value, dict):
        what = "the body stands in another place, is encoded, or a part of a text: nothing in it is judged"
        return what, "write it here to have it judged"
    if not isinstance(violation.value, str):
        what = "the body is put together of names and values when n8n runs: nothing in it is judged"
        return what, "specify it as JSON, in jsonBody"
    call = violation.location.document.call
    if call is not None and call.keeps(violation.value):
        what = f"{violation.field} is sent as {spelled(violation.value)}: its quotes keep the shell from expanding it"
        return what, "take the quotes off what is to be expanded, or off the word behind <<; a text may stay as it is"
    value = violation.value if call is None else call.as_written(violation.value)
    if call is not None and call.sets(value):
        what = f"{violation.field or 'the body'} is {spelled(value)}, which the script sets to what only a run tells"
        return what, "it is judged where one assignment above, which surely runs, sets it to a plain text"
    if violation.is_yaml and isinstance(value, str) and value.startswith("${!"):
        value = value[2:-1]  # with its tag, as the file has it
    return (
        f"{violation.field or 'the body'} is still the placeholder {spelled(value)}",
        "fill it in before it is sent",
    )


def _on_options(violation: PlaceholderLeft, word: str) -> tuple[str, str]:
    """Why it is not known what options a curl command has, and the way out; `word` is what they come from."""
    then = "so only a run tells the body: nothing in it is judged"
    if violation.takes == "runner":
        what = f"{'another command' if ' ' in violation.value else word} runs curl here, {then}"
        return what, "move curl out of the second shell, or of the function that is not plainly one curl command"
    origin = "its standard input" if violation.value == "-" else word
    return f"options of curl come from {origin}, {then}", "write the option for the body into the command"


def _origin(value: Any) -> str:
    """The tag of YAML, or the reference, that another program puts a value in place of; empty for a text."""
    if isinstance(value, OwnList | OwnMapping):
        return value.tag
    return spelled(value) if isinstance(value, dict) and is_reference(value) else ""


RULES = (placeholder_left,)
