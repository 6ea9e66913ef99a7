"""Growth of run time: four times the input takes about four times the time, whatever the input is full of."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from subprocess import run
from time import process_time
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from splint import explain
from splint.cli.group import cli
from splint.testing import base

pytestmark = pytest.mark.slow
ENOUGH = 0.1
"""Seconds of the processor below which a time says little: a start takes as long."""


def events(count: int) -> dict[str, Any]:
    """As many reports of one conversion, none of which differs."""
    record = {"event": "CompletePayment", "event_id": "1", "event_time": 1_772_323_200}
    return {"event_source": "web", "event_source_id": "7", "data": [record] * count}


def events_at_other_times(count: int) -> list[dict[str, Any]]:
    """Pixel and Events API report one id again and again, days apart and minutes apart."""
    record = {"event": "CompletePayment", "event_id": "1"}
    days = [{"source": "pixel", **record, "event_time": 200_000 * number} for number in range(count)]
    return [*days, *({**events(0), "data": [{**record, "event_time": 60 * number}]} for number in range(count // 4))]


def bundle(number: int, groups: int = 1) -> dict[str, Any]:
    """A campaign with ad groups, wrong in every object."""
    ads = [{"ad_name": "Film", "creative_list": [{"creative_info": {"ad_format": "SINGLE_VIDEO"}}], "bogus": 1}]
    return {
        "campaign": {"campaign_name": f"Primavera {number}", "budget": 1, "budget_mode": "BUDGET_MODE_DAY"},
        "adgroups": [{"adgroup_name": f"Madrid {group}", "wrong": 1, "ads": ads} for group in range(groups)],
    }


def bundles(count: int) -> list[dict[str, Any]]:
    """As many of them in one array."""
    return [bundle(number) for number in range(count)]


def groups(count: int) -> dict[str, Any]:
    """One of them with many ad groups."""
    return bundle(0, count)


def unknown_keys(count: int) -> dict[str, Any]:
    """A campaign with as many keys that no endpoint knows."""
    value = bundle(0)
    value["campaign"].update({f"key_{number}": number for number in range(count)})
    return value


@pytest.mark.parametrize(
    ("make", "count", "form"),
    [
        (events, 20_000, "concise"),
        (events_at_other_times, 1_600, "concise"),
        (bundles, 220, "concise"),
        (bundles, 65, "html"),
        (groups, 70, "html"),
        (unknown_keys, 500, "html"),
    ],
)
def test_the_time_grows_with_the_input(make: Callable[[int], Any], count: int, form: str, tmp_path: Path) -> None:
    assert_linear(tmp_path / "plan.json", lambda size: json.dumps(make(size)), count, "--output-format", form)


def assert_linear(path: Path, write: Callable[[int], str], count: int, *options: str) -> None:
    """Four times as much takes less than six times as long: the median of each, measured by turns until it shows.

    Of both the time for one is taken off, which is that of a start. So a quadratic step fails that takes a fifth of
    what the linear ones take in the small run: 1.2 becomes 7.2, which is six times as much. No best of each:
    a small run that happened to have the machine for itself would be set against large ones that shared it.
    Where a fast machine takes too little for `count` to say anything, twice as many are measured instead.
    """
    texts = write(1), write(count), write(4 * count)
    times: list[list[float]] = [[], [], []]
    for turn in range(5):  # others work on this machine too
        for at, text in enumerate(texts):
            path.write_text(text)
            times[at] += [_spent([str(path), *options]) for _ in range(2 if turn == 0 and at == 1 else 1)]
        one, small, large = map(median, times)
        if small - one < ENOUGH:
            assert count < 100_000, "the time does not grow with the input at all"
            return assert_linear(path, write, 2 * count, *options)
        if large - one < 6 * (small - one):
            return None
    pytest.fail(f"{large - one:.2f} s for four times what takes {small - one:.2f} s")


def _spent(arguments: list[str]) -> float:
    """The processor's time for a check, as the command does it: the collector leaves alone what was imported."""
    before = getrusage(RUSAGE_CHILDREN)
    done = run([sys.executable, "-m", "splint", "check", *arguments, "--isolated"], capture_output=True, text=True)
    after = getrusage(RUSAGE_CHILDREN)
    assert done.returncode in (0, 1), done.stderr[-500:]
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("word", ["budget ", "budget_mode ", "location ID is ", "'a' "])
def test_the_time_for_a_refusal_grows_with_its_message(word: str) -> None:
    """A message of a megabyte is read in less than eight times the time of a quarter of it, or in no time."""

    def spent(count: int) -> float:
        answer = json.dumps({"code": 40002, "message": word * count})
        began = process_time()
        [explanation] = explain(answer)
        assert explanation.answer.code == 40002
        return process_time() - began

    explain("budget")
    small = min(spent(250_000 // len(word)) for _ in range(3))
    assert min(spent(1_000_000 // len(word)) for _ in range(3)) < 8 * max(small, ENOUGH)


def wrong_ids(count: int) -> list[dict[str, Any]]:
    """As many campaigns whose advertiser is a number, each with a fix."""
    names = (f"Primavera {number}" for number in range(count))
    return [{"campaign_name": name, "objective_type": "WEB_CONVERSIONS", "advertiser_id": 7 * 10**18} for name in names]


def as_lines(count: int) -> str:
    return "".join(f"{json.dumps(one)}\n" for one in wrong_ids(count))


def as_yaml(count: int) -> str:
    return "".join(
        "- " + "\n  ".join(f"{key}: {value}" for key, value in one.items()) + "\n" for one in wrong_ids(count)
    )


def as_script(count: int) -> str:
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    head = f"curl -X POST {url} -H 'Access-Token: $TOKEN' -H 'Content-Type: application/json' -d"
    return "".join(f"{head} '{json.dumps(one)}'\n" for one in wrong_ids(count))


def as_guide(count: int) -> str:
    """As many commands in one fenced block of Markdown."""
    return f"# Create\n\n```sh\n{as_script(count)}```\n"


def as_examples(count: int) -> str:
    """As many fenced blocks, each with a payload."""
    return "".join(f"## Example\n\n```json\n{json.dumps(one, indent=1)}\n```\n\n" for one in wrong_ids(count))


def as_hidden(count: int) -> str:
    """As many keys that a comment beside each silences."""
    keys = "".join(f"key_{number}: 1 # splint: ignore[SPL004] ours\n" for number in range(count))
    return f"campaign_name: Primavera\nobjective_type: WEB_CONVERSIONS\n{keys}"


def as_secrets(count: int) -> str:
    """As many commands with a token each."""
    return "".join(
        line.replace("$TOKEN", f"canary-{number:08d}") for number, line in enumerate(as_script(count).splitlines(True))
    )


def as_bracket(count: int) -> str:
    """A name with as many words of a placeholder in a bracket that is never closed."""
    return json.dumps({"campaign_name": "[" + "id " * count, "objective_type": "WEB_CONVERSIONS", "wrong": 1})


def as_repeats(count: int) -> str:
    """One key again and again."""
    return '{"campaign_name": "Primavera", "objective_type": "WEB_CONVERSIONS"' + ', "wrong": 1' * count + "}"


@pytest.mark.parametrize(
    ("name", "write", "count", "form"),
    [
        ("plan.yaml", as_hidden, 1_000, "concise"),
        ("plan.yaml", as_hidden, 600, "html"),
        ("send.sh", as_secrets, 200, "concise"),
        ("send.sh", as_secrets, 130, "html"),
        ("plan.json", as_repeats, 4_000, "concise"),
        ("plan.json", as_repeats, 900, "html"),
    ],
)
def test_the_time_grows_with_what_a_stranger_sends(
    name: str, write: Callable[[int], str], count: int, form: str, tmp_path: Path
) -> None:
    """The same for what nobody writes who means well."""
    assert_linear(tmp_path / name, write, count, "--output-format", form)


@pytest.mark.parametrize(
    ("name", "write", "count", "options"),
    [
        ("plan.json", lambda count: json.dumps(wrong_ids(count)), 1_000, ["--output-format", "concise"]),
        ("plan.yaml", as_yaml, 1_000, ["--output-format", "concise"]),
        ("send.sh", as_script, 180, ["--output-format", "concise"]),
        ("guide.md", as_guide, 110, ["--output-format", "concise"]),
        ("notes.txt", as_script, 100, ["--output-format", "concise"]),
        ("guide.md", as_examples, 370, ["--output-format", "concise"]),
        ("plan.ndjson", as_lines, 300, ["--diff"]),
        ("plan.json", lambda count: json.dumps(wrong_ids(count), indent=1), 400, ["--diff"]),
    ],
)
def test_the_time_grows_with_the_fixes(
    name: str, write: Callable[[int], str], count: int, options: list[str], tmp_path: Path
) -> None:
    """The same where every payload has a fix, whose edits are made."""
    assert_linear(tmp_path / name, write, count, *options)


GROUPS = "campaign: {campaign_name: P, objective_type: WEB_CONVERSIONS}\n"
PIXEL = "pixel_id: 7000000000000000000"


def as_log(count: int) -> str:
    """As many plans whose ad groups name one campaign, each with a budget of its own and none above it."""
    campaign = {"campaign_name": "Primavera", "objective_type": "WEB_CONVERSIONS", "budget_optimize_on": True}
    group = {"campaign_id": "1", "budget": 50, "pixel_id": "7", "bid_type": "BID_TYPE_NO_BID", "bogus": 1}
    plans = ({"campaign": campaign, "adgroups": [{**group, "adgroup_name": f"{number}"}]} for number in range(count))
    return "\n".join(map(json.dumps, plans))


def as_flow(count: int) -> str:
    """All ad groups within one pair of brackets."""
    return f"{GROUPS}adgroups: [{', '.join(f'{{adgroup_name: G{at}, {PIXEL}}}' for at in range(count))}]\n"


def as_merged(count: int) -> str:
    """Each ad group takes in what one anchor says."""
    groups = "".join(f"- <<: *base\n  adgroup_name: G{at}\n  {PIXEL}\n" for at in range(count))
    return f"{GROUPS}base: &base {{billing_event: OCPM}}\nadgroups:\n{groups}"


def as_commented_moves(count: int) -> str:
    """A field of each ad group belongs into an object of it; comments stand around."""
    group = "  location_ids: [6252001]\n  billing_event: OCPM # splint: ignore[SPL203] ours\n"
    return f"{GROUPS}adgroups:\n" + "".join(f"- adgroup_name: G{at}\n{group}" for at in range(count))


def one_body(count: int) -> str:
    """One request with as many ids that are numbers."""
    ids = {"adgroup_name": "G", "campaign_id": "7", "targeting_spec": {"location_ids": [*range(10**6, 10**6 + count)]}}
    return json.dumps({**ids, "advertiser_id": "7"})


def request(body: str) -> str:
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/adgroup/create/"
    return f"curl -X POST {url} -H 'Access-Token: $TOKEN' -H 'Content-Type: application/json' -d {body}\n"


def as_quoted(count: int) -> str:
    return request(f"'{one_body(count)}'")


def as_escaped(count: int) -> str:
    return request('"' + json.dumps(groups_of(count)).replace('"', '\\"') + '"').replace(
        "adgroup/create", "campaign/create"
    )


def as_fenced(count: int) -> str:
    return f"A plan:\n\n```json\n{json.dumps(groups_of(count))}\n```\n"


def groups_of(count: int) -> dict[str, Any]:
    """A bundle whose ad groups have a number for the pixel."""
    groups = [{"adgroup_name": f"G{at}", "pixel_id": 7 * 10**18} for at in range(count)]
    return {"campaign": {"campaign_name": "P", "objective_type": "WEB_CONVERSIONS"}, "adgroups": groups}


def as_doubled(count: int) -> str:
    """As many objects with a fix, and a key twice in each."""
    return json.dumps(wrong_ids(count)).replace('"objective_type"', '"campaign_name": "X", "objective_type"')


@pytest.mark.parametrize(
    ("name", "write", "count"),
    [
        ("plan.yaml", as_flow, 280),
        ("plan.yaml", as_merged, 260),
        ("plan.yaml", as_commented_moves, 280),
        ("send.sh", as_quoted, 1_200),
        ("send.sh", as_escaped, 240),
        ("plan.md", as_fenced, 300),
        ("plan.json", as_doubled, 700),
        ("log.ndjson", as_log, 350),
    ],
)
def test_the_time_grows_with_the_findings(name: str, write: Callable[[int], str], count: int, tmp_path: Path) -> None:
    """Whether a finding can be fixed is not proved by reading all of a document again for each."""
    assert_linear(tmp_path / name, write, count)


def with_list(name: str, entry: Any, count: int) -> dict[str, Any]:
    """A bundle with as many equal entries in a list of its ad group or ad."""
    value: dict[str, Any] = base("cbo", "guide")
    group = value["adgroups"][0]
    (group if name in group else group["ads"][0])[name] = [entry] * count
    return value


def as_misspelt_placements(count: int) -> str:
    return json.dumps(with_list("placements", "PLACEMENT_TIKTOKK", count))


def as_equal_texts(count: int) -> str:
    return json.dumps(with_list("ad_text_list", {"ad_text": "Buy now"}, count))


def as_equal_texts_in_yaml(count: int) -> str:
    return yaml.safe_dump(json.loads(as_equal_texts(count)), sort_keys=False)


def as_equal_texts_in_flow(count: int) -> str:
    return yaml.safe_dump(json.loads(as_equal_texts(count)), sort_keys=False, default_flow_style=True)


@pytest.mark.parametrize(
    ("name", "write", "count"),
    [
        ("plan.json", as_misspelt_placements, 1_500),
        ("plan.json", as_equal_texts, 1_500),
        ("plan.yaml", as_equal_texts_in_yaml, 900),
        ("plan.yaml", as_equal_texts_in_flow, 950),
    ],
)
def test_entries_of_one_list_are_read_once(name: str, write: Callable[[int], str], count: int, tmp_path: Path) -> None:
    """A fix of one entry is proved on the entries beside it, not on the whole list."""
    assert_linear(tmp_path / name, write, count, "--profile", "reference")


def test_a_bracket_of_forty_thousand_words_is_read_once(tmp_path: Path) -> None:
    """No word in it begins another search for its end."""
    path = tmp_path / "plan.json"
    path.write_text(as_bracket(40_000))
    assert min(_spent([str(path)]) for _ in range(3)) < 0.5


def test_a_landing_page_of_fifty_thousand_dots_is_read_once(tmp_path: Path) -> None:
    """No dot in it begins another search for the end of its host."""
    path = tmp_path / "plan.json"
    path.write_text(
        json.dumps({"creative_list": [], "landing_page_url_list": [{"landing_page_url": "a." * 50_000 + " b"}]})
    )
    assert min(_spent([str(path)]) for _ in range(3)) < 0.5


def plans_in_yaml(count: int, wrong: range) -> str:
    """As many clean bundles, some with a key that no endpoint knows."""
    plans = [{**base("cbo", "guide")} for _ in range(count)]
    for number, plan in enumerate(plans):
        plan["campaign"]["campaign_name"] = f"Primavera {number}"
        if number in wrong:
            plan["adgroups"][0]["bogus"] = 1
    return yaml.safe_dump(plans, sort_keys=False)


def test_a_few_findings_in_a_large_yaml_file_take_three_times_as_long_as_none(tmp_path: Path) -> None:
    """Only what leads to a finding is built again with its places."""
    path = tmp_path / "plan.yaml"
    path.write_text(plans_in_yaml(550, range(0)))
    assert path.stat().st_size > 700_000
    clean = min(_spent([str(path)]) for _ in range(5))
    path.write_text(plans_in_yaml(550, range(0, 550, 180)))
    assert min(_spent([str(path)]) for _ in range(5)) <= 3 * clean


def test_a_page_of_many_findings_stays_small(tmp_path: Path) -> None:
    """A page of 12,000 unknown keys holds a third of them, says so, and is no larger than a browser takes."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(unknown_keys(12_000), indent=1))
    page = CliRunner().invoke(cli, ["check", str(path), "--isolated", "--output-format", "html"]).stdout
    assert "This page shows 4000 of 12" in page
    assert len(page) < 8_000_000
