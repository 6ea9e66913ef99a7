"""URLs that variables of a script are a part of."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from splint.formats.document import Document
from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell
from splint.run.linter import Linter

SITE = "https://business-api.tiktok.com"
API = f"{SITE}/open_api/v1.3"
C = (
    '{"advertiser_id":"7000000000000000001","request_id":"1770000000000000001","campaign_name":"Spring sale 2027",'
    '"objective_type":"WEB_CONVERSIONS","sales_destination":"WEBSITE","budget_optimize_on":true,'
    '"budget_mode":"BUDGET_MODE_DYNAMIC_DAILY_BUDGET","budget":5}'
)
LINTER = Linter(profile="reference", as_of="2026-12-01", facts={"currency": "USD"})
CREATE = "smart_plus/campaign/create/"
U = '{"advertiser_id":"7000000000000000001","campaign_id":"1800000000000000001","budget":5}'
M = (
    '{"advertiser_id":"7000000000000000001","campaign_name":"M","objective_type":"TRAFFIC",'
    '"budget_mode":"BUDGET_MODE_DAY","budget":500}'
)


def urls(script: str) -> list[str]:
    """The URLs of the requests of a script."""
    read = read_shell("run.sh", BytesIO(script.encode()), parse)
    return [item.call.url for item in read if isinstance(item, Document) and item.call is not None]


@pytest.mark.parametrize(
    "script",
    [
        f"EP={CREATE}; curl \"{API}/$EP\" -d '{{}}'",
        f"EP={CREATE}; curl {API}/${{EP}} -d '{{}}'",
        f"V=v1.3\nEP={CREATE}\ncurl \"{SITE}/open_api/$V/$EP\" -d '{{}}'",
        f"EP={CREATE.rstrip('/')}\ncurl \"{API}/$EP/\" -d '{{}}'",
        f"EP=/open_api/v1.3/{CREATE}\ncurl \"{SITE}$EP\" -d '{{}}'",
    ],
)
def test_a_variable_in_the_path_of_a_url_counts_with_its_text(script: str) -> None:
    assert urls(f"{script}\n") == [f"{API}/{CREATE}"]


@pytest.mark.parametrize(
    "script",
    [
        f"curl \"{API}/$EP\" -d '{{}}'",
        f"EP={CREATE}; EP=campaign/create/; curl \"{API}/$EP\" -d '{{}}'",
        f"curl \"{API}/$EP\" -d '{{}}'; EP={CREATE}",
        f"EP={CREATE}; read -r EP; curl \"{API}/$EP\" -d '{{}}'",
        f"EP=$(gen); curl \"{API}/$EP\" -d '{{}}'",
    ],
)
def test_a_variable_whose_text_is_not_known_stays_in_a_url(script: str) -> None:
    assert not urls(f"{script}\n")[0].endswith(CREATE)


Judged = Callable[[str], list[str]]


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    """The codes of a script with a campaign, $C, or an update, $U, with too low a budget, or a manual campaign, $M."""

    def codes(script: str) -> list[str]:
        path = tmp_path / "run.sh"
        text = f"{script}\n"
        for name, body in (("'$C'", C), ("'$U'", U), ("'$M'", M)):
            text = text.replace(name, f"'{body}'")
        path.write_text(text, encoding="utf-8")
        return [found.code for found in LINTER.check(path).diagnostics]

    return codes


@pytest.mark.parametrize(
    "script",
    [
        f"SP={API}/smart_plus\ncurl -d '$C' \"$SP/campaign/create/\"",
        f"API={API}\nexport SP=$API/smart_plus\ncurl -d '$C' $SP/campaign/create/",
        f'readonly SP="${{HOST:-{SITE}}}/open_api/v1.3/smart_plus"\ncurl -d \'$C\' "$SP/campaign/create/"',
        f'SP="${{SP:-{API}/smart_plus/}}"\ncurl -d \'$C\' "${{SP%/}}/campaign/create/"',
        f"D={API}/smart_plus\ncurl -d '$C' \"${{SP:-$D}}/campaign/create/\"",
        f"URL={API}/smart_plus/campaign/create/\ncurl -d '$C' \"$URL\"",
        (
            f"if t; then S={SITE}/open_api/v1.3/smart_plus; else S=https://sandbox-ads.tiktok.com/open_api/v1.3/smart_plus\n"
            "fi\ncurl -d '$C' $S/campaign/create/"
        ),
        f'B={API}/smart_plus\npost() {{ curl -d "$2" "$B/$1/"; }}\npost campaign/create \'$C\'',
        f'B={API}/smart_plus\npost() {{ curl -d "$2" "$B$1"; }}\npost /campaign/create/ \'$C\'',
        f"B={API}/smart_plus\nmain() {{\ncurl -d '$C' $B/campaign/create/\n}}\nmain",
    ],
)
def test_a_directory_of_smart_plus_in_a_variable_says_what_a_request_creates(script: str, judged: Judged) -> None:
    assert judged(script) == ["REF104"]
    assert sorted(judged(script.replace("curl", "curl -X PUT"))) == ["REF104", "SPL507"]
    assert judged(script.replace("/smart_plus", "")) == ["SPL503"]


def test_what_no_keys_say_is_judged_by_the_endpoint_that_a_variable_has(judged: Judged) -> None:
    update = '{"advertiser_id":"7000000000000000001","campaign_id":"1800000000000000001","budget":5}'
    status = '{"advertiser_id":"7000000000000000001","campaign_ids":["1800000000000000001"],"operation_status":"ON"}'
    assert judged(f"SP={API}/smart_plus\ncurl -d '{update}' \"$SP/campaign/update/\"") == ["REF104"]
    assert judged(f"URL={API}/smart_plus/campaign/update/\ncurl -d '{update}' $URL") == ["REF104"]
    assert judged(f"SP={API}/smart_plus\ncurl -d '{status}' \"$SP/campaign/status/update/\"") == ["SPL007"]


@pytest.mark.parametrize(
    "script",
    [
        "curl -d '$C' \"$SP/campaign/create/\"",
        "curl -X PUT -d '$C' \"$SP/campaign/create/\"",
        f"curl -d '$C' \"$SP/campaign/create/\"\nSP={API}",
        "read -r SP\ncurl -d '$C' \"$SP/campaign/create/\"",
        ". ./env.sh\ncurl -d '$C' \"$SP/campaign/create/\"",
        f'SP={API}\n[ -n "$NEW" ] && SP={API}/smart_plus\ncurl -d \'$C\' "$SP/campaign/create/"',
        f'[ -n "$NEW" ] && SP={API}\ncurl -d \'$C\' "$SP/campaign/create/"',
        "curl -d '$C' \"${SP:?}/campaign/create/\"",
        "curl -d '$C' \"${BASE}smart_plus/campaign/create/\"",
        f"curl -d '$C' \"{API}/$ENDPOINT\"",
        f"curl -d '$C' \"{API}/$1\"",
        f"curl -d '$C' \"{API}/$KIND/create/\"",
        f"curl -d '$C' \"{SITE}/open_api/$ENDPOINT\"",
        f"for E in smart_plus/campaign/create/; do curl -d '$C' \"{API}/$E\"; done",
        f"curl -d '$C' \"{API}/smart_plus/$1/create/\"",
        f"K=$1\ncurl -d '$C' {API}/smart_plus/$K/create/",
    ],
)
def test_a_body_is_judged_by_its_keys_where_only_a_run_tells_the_endpoint(script: str, judged: Judged) -> None:
    assert judged(script) == ["REF104"]


def test_what_is_behind_a_variable_says_which_endpoint_it_is(judged: Judged) -> None:
    for path in ("v1.3/campaign/create/", "open_api/v1.3/campaign/create/"):
        assert judged(f"curl -d '$C' \"$BASE/{path}\"") == ["SPL503"]
    assert judged("curl -d '$C' \"$BASE/campaign/spc/create/\"") == ["SPL501"]
    manual = '{"advertiser_id":"1","adgroup_name":"M","placements":["PLACEMENT_TIKTOK"],"budget":5}'
    assert judged(f"curl -d '{manual}' \"$BASE/adgroup/create/\"") == []
    assert judged(f"curl -d '{manual}' \"{API}/$ENDPOINT\"") == []


def test_a_body_that_only_a_run_tells_is_told_behind_a_variable(judged: Judged) -> None:
    assert judged('curl -d "$(jq . c.json)" "$SP/campaign/create/"') == ["SPL010"]
    assert judged('curl -F a=b "$SP/campaign/create/"') == []
    assert judged(f'SP={API}/smart_plus\ncurl -F a=b "$SP/campaign/create/"') == ["SPL003"]


@pytest.mark.parametrize("path", ["{campaign,ad}/create/", "c{ampaign,}/create/", "{campaign/create,ad/create}/"])
def test_a_path_with_braces_is_one_with_a_variable(path: str, judged: Judged) -> None:
    for url in (f"{API}/smart_plus/{path}", f"'{API}/smart_plus/{path}'", f'"$SP/"{path}'):
        assert judged(f"SP={API}/smart_plus\ncurl -d '$C' {url}") == ["REF104"]


def test_many_texts_of_a_url_are_looked_at_in_no_time() -> None:
    lines = "\n".join(f'A="$A$B/{at}"; B="$B$A/{at}"' for at in range(300))
    assert urls(f"{lines}\ncurl \"$A$B/campaign/create/\" -d '{{}}'\n") == ["$A$B/campaign/create/"]
    long = "smart_plus/" * 20_000
    assert urls(f"A={long}\nB=$A\ncurl \"$B/campaign/create/$X\" -d '{{}}'\n") == ["$B/campaign/create/$X"]


def test_a_variable_in_the_query_of_a_url_is_not_put_in() -> None:
    assert urls(f'T=canary-token; curl "{API}/{CREATE}?t=$T" -d "{{}}"\n') == [f"{API}/{CREATE}?t=$T"]
    held = f'T=canary-token; URL="{API}/{CREATE}?t=$T"; '
    assert urls(f'{held}curl "$URL" -d "{{}}"\n') == [f"{API}/{CREATE}"]
    assert urls(f'T=canary-token; S={API}; curl "$S/{CREATE[:-1]}?t=$T" -d "{{}}"\n')[0].endswith("?t=$T")


@pytest.mark.parametrize("scheme", ["${SCHEME:-https}", "${SCHEME-https}", "$SCHEME"])
def test_a_variable_of_a_scheme_is_no_option(scheme: str, judged: Judged) -> None:
    site = f"{scheme}://business-api.tiktok.com/open_api/v1.3/smart_plus"
    assert judged(f"curl -d '$C' \"{site}/campaign/create/\"") == ["REF104"]
    assert judged(f'SP="{site}"\ncurl -d \'$U\' "$SP/campaign/update/"') == ["REF104"]


@pytest.mark.parametrize("url", ["$BASE/campaign/create/", "${BASE%/*}/campaign/create/", f"{API}/$ENDPOINT"])
def test_a_body_without_what_smart_plus_alone_takes_is_not_judged_where_only_a_run_tells_the_endpoint(
    url: str, judged: Judged
) -> None:
    assert judged(f"curl -d '$M' \"{url}\"") == ["SPL010"]
    assert judged(f"curl -d '$U' \"{url.replace('create', 'update')}\"") == ["SPL010"]
    assert judged(f"curl -d '$C' \"{url}\"") == ["REF104"]
    assert judged(f'curl "{url}"') == []


def test_a_change_is_told_where_only_a_run_tells_the_endpoint(judged: Judged) -> None:
    status = '{"advertiser_id":"7000000000000000001","adgroup_ids":["1800000000000000001"],"operation_status":"ENABLE"}'
    ads = status.replace("adgroup_ids", "smart_plus_ad_ids")
    assert judged(f"curl -d '{status}' \"$BASE/adgroup/status/update/\"") == ["SPL010"]
    assert judged(f"curl -d '{ads}' \"$BASE/ad/status/update/\"") == ["SPL010"]
    assert judged(f"curl -d '{status.replace('adgroup', 'ad')}' \"$BASE/ad/status/update/\"") == []
    assert judged("curl -d '$U' \"$BASE/adgroup/budget/update/\"") == ["SPL010"]


API_AT = f"B={API}\n"
MANUAL = "curl -d '$M' \"$B/campaign/create/\""
CHANGE = "curl -d '$U' \"$B/campaign/update/\""
SMART = f"{API}/smart_plus"


@pytest.mark.parametrize(
    "script",
    [
        f"{API_AT}{MANUAL}\nB={SMART}\n{CHANGE}",
        f"B={API}/\nB=${{B%/}}\n{MANUAL}\nB={SMART}\n{CHANGE}",
        f': "${{B:={API}}}"\n{MANUAL}\nB={SMART}\n{CHANGE}',
        f"{API_AT}( B={SMART}; {CHANGE} )\n{MANUAL}",
        f"{API_AT}f() {{ local B={SMART}; {CHANGE}; }}; f\n{MANUAL}",
        (
            f'post() {{ curl -d "$2" "$B/$1/"; }}\n{API_AT}post campaign/create \'$M\'\n'
            f"B={SMART}\npost campaign/update '$U'"
        ),
        (
            f"printf -v U '%s/campaign/create/' {API}\ncurl -d '$M' \"$U\"\n"
            f'B={SMART}\nprintf -v U "%s/campaign/update/" "$B"\ncurl -d \'$U\' "$U"'
        ),
        f"U={API}\nU+=/campaign/create/\ncurl -d '$M' \"$U\"\nU={SMART}\nU+=/campaign/update/\ncurl -d '$U' $U",
    ],
)
def test_the_last_assignment_in_a_straight_line_counts(script: str, judged: Judged) -> None:
    assert sorted(judged(script)) == ["REF104", "SPL503"]


def test_a_host_of_others_counts_up_to_the_next_assignment(judged: Judged) -> None:
    script = f"B=https://api.pinterest.com/v5\ncurl -d '$M' $B/campaigns\nB={SMART}\n{CHANGE}"
    assert judged(script) == ["REF104"]


@pytest.mark.parametrize(
    "before",
    [
        f'if [ -z "$B" ]; then B={API}; fi',
        f"{API_AT}B=${{B/business-api/sandbox-ads}}",
        f"{API_AT}[ -f .env ] && source .env",
        f"B=({SMART} {API})",
        f"set_base() {{ B={SMART}; }}\n{API_AT}set_base",
        f"{API_AT}while t; do B={SMART}; done",
        f"declare -n R=B\n{API_AT}R={SMART}",
        f"{API_AT}unset B",
        f'{API_AT}B="${{B//smart_plus\\/}}"',
    ],
)
def test_a_base_that_a_run_may_change_makes_no_error_of_a_manual_request(before: str, judged: Judged) -> None:
    assert judged(f"{before}\n{MANUAL}") == ["SPL010"]
    assert judged(f"{before}\n{CHANGE}") == ["SPL010"]


@pytest.mark.parametrize(
    "endpoints",
    [
        f"([c]={SMART}/campaign/create/ [m]={API}/campaign/create/)",
        f"([m]={API}/campaign/create/)",
        f"({SMART}/campaign/create/ {API}/campaign/create/)",
    ],
)
def test_of_several_written_urls_none_is_nothing_that_is_known(endpoints: str, judged: Judged) -> None:
    assert judged(f"declare -A EP={endpoints}\ncurl \"${{EP[m]}}\" -d '{M}'") == ["SPL010"]
    assert judged(f"declare -A EP={endpoints}\ncurl \"${{EP[m]}}\" -d '{U}'") == ["SPL010"]


@pytest.mark.parametrize(
    "before",
    [
        f'[ -n "$NEW" ] && B={SMART}',
        f"B={SMART}\n[ -f .env ] && source .env",
        f"while t; do case $1 in --base) B=$2; shift 2;; esac; done\nB=${{B:-{SMART}}}",
        f"set_base() {{ B={SMART}; }}\nset_base",
    ],
)
def test_where_all_written_bases_are_those_of_smart_plus_a_request_is_one(before: str, judged: Judged) -> None:
    assert judged(f"{before}\n{CHANGE}") == ["REF104"]


@pytest.mark.parametrize(
    "line",
    [
        'docker run -e B="$B" img',
        'make deploy B="$B"',
        'env B="$B" ./x.sh',
        'sudo B="$B" ./x',
        "kubectl set env deploy/x B=$B",
        "awk -v B=\"$B\" '{print B}' f",
        'sed "s#B#$B#" a > b',
        "python3 -c 'import os; print(os.environ[\"B\"])'",
        "bash -c 'echo \"$B\"'",
        "( B=x; echo )",
    ],
)
def test_another_program_cannot_set_a_variable(line: str, judged: Judged) -> None:
    assert judged(f"B={SMART}\n{line}\n{CHANGE}") == ["REF104"]
    assert judged(f"{API_AT}{line}\n{MANUAL}") == ["SPL503"]


@pytest.mark.parametrize(
    "host",
    [
        "https://${HOST:?set HOST}/open_api/v1.3",
        "${1:?usage}/open_api/v1.3",
        "https://$(cat conf/host)/open_api/v1.3",
        "$(jq -r .host c.json)/open_api/v1.3",
        f"{SITE}/open_api/$(cat version)",
        f"${{1:-${{TIKTOK_BASE:-{API}}}}}",
    ],
)
def test_a_base_keeps_what_is_written_of_it(host: str, judged: Judged) -> None:
    assert judged(f'B="{host}"\n{MANUAL}') == ["SPL503"]
    assert judged(f'B="{host}/smart_plus"\n{CHANGE}'.replace("}}/smart_plus", "/smart_plus}}")) == ["REF104"]
    assert judged(f"curl -d '$M' \"{host}/campaign/create/\"") == ["SPL503"]


@pytest.mark.parametrize(
    "url",
    [
        f"$(echo {SMART})/campaign/create/",
        f"$(printf '%s/campaign/create/' {SMART})",
        f"$(join_url {SMART} campaign/create/)",
        f"`echo {SMART}`/campaign/create/",
    ],
)
def test_the_output_of_a_command_is_no_text(url: str, judged: Judged) -> None:
    assert judged(f"curl -d '$C' \"{url}\"") == ["REF104"]
    assert judged(f'URL="{url}"\ncurl -d \'$C\' "$URL"') == ["REF104"]


def test_the_output_of_a_command_in_a_query_leaves_the_path(judged: Judged) -> None:
    for query in ("$(date +%s)", "`date +%s`", "$TS"):
        assert judged(f"B={SMART}\n{CHANGE.replace('update/', f'update/?ts={query}')}") == ["REF104"]


def test_where_options_may_stand_in_a_url_the_method_is_not_known(judged: Judged) -> None:
    script = f"B={SMART}\n[ -n \"$OTHER\" ] && B='-X GET https://www.example.com'\n{CHANGE}"
    assert "SPL507" not in judged(script.replace('"$B/', "$B/").replace('update/"', "update/"))


@pytest.mark.parametrize("base", [SMART, '"$SP"'])
def test_a_base_that_a_call_gives_is_that_of_the_function(base: str, judged: Judged) -> None:
    for body in ("-d '$U'", '-d "$BODY"'):
        post = f"SP={SMART}\nBODY='$U'\npost() {{ curl {body} \"$1/campaign/update/\"; }}\npost {base}"
        assert judged(post) == ["REF104"]
    assert judged(f"post() {{ curl -d '$M' \"$1/campaign/create/\"; }}\npost {API}") == ["SPL503"]


def test_a_base_alone_is_no_endpoint(judged: Judged) -> None:
    assert judged(f'wait_up() {{ until curl -sf "$1/"; do sleep 1; done; }}\nwait_up {SMART}') == ["SPL002"]
    assert judged(f"curl -d '$C' {SMART}/") == ["REF104", "SPL506"]
    post = 'post() { if [ "$DRY" ]; then echo "$@"; else curl -d "$3" "$1$2"; fi; }'
    assert judged(f"{post}\npost {SMART} /campaign/create/ '$C'") == ["SPL010"]


PICK = "case $1 in c) URL={} ;; g) URL={} ;; esac\n"
SEVERAL = [
    (PICK.format(f"{SMART}/campaign/update/", f"{SMART}/adgroup/update/"), '"$URL"'),
    (PICK.format(f"{SMART}/campaign/update/", f"{API}/campaign/update/"), '"$URL"'),
    (f"URL={SMART}/campaign/create/\n[ $1 = u ] && URL={SMART}/campaign/update/\n", '"$URL"'),
    (f"SP={SMART}\nP=campaign/update/\n[ $1 = g ] && P=adgroup/update/\n", '"$SP/$P"'),
    (f"API={API}\nEP=campaign/update\n[ $1 = g ] && EP=adgroup/update\n", '"$API/$EP/"'),
    (f"API={API}\n[ $1 = s ] && EP=smart_plus/campaign/update || EP=campaign/update\n", '"$API/$EP/"'),
    (f"EP=({SMART}/campaign/create/ {SMART}/campaign/update/)\n", '"${EP[1]}"'),
    (f"declare -A EP=([c]={SMART}/campaign/create/ [u]={SMART}/campaign/update/)\n", '"${EP[$1]}"'),
    ("", f'"{SMART}/$1/update/"'),
    ("P=smart_plus/campaign/update/\n[ $1 = c ] && P=smart_plus/campaign/create/\n", f'"{API}/$P"'),
    (
        f"BASE={SMART}\nwhile getopts b:t: o; do case $o in b) BASE=$OPTARG;; t) T=$OPTARG;; esac; done\n",
        '"$BASE/$T/update/"',
    ),
]
ONE = [
    (
        PICK.format(
            f"{SMART}/campaign/update/", "https://sandbox-ads.tiktok.com/open_api/v1.3/smart_plus/campaign/update/"
        ),
        '"$URL"',
    ),
    (f"SITE={SITE}\nAT=open_api/v1.3\n", '"$SITE/$AT/smart_plus/campaign/update/"'),
    ("HOST=business-api.tiktok.com\nROOT=open_api\nV=v1.3\n", '"https://$HOST/$ROOT/$V/smart_plus/campaign/update/"'),
    ("N=1.3\n", f'"{SITE}/open_api/v$N/smart_plus/campaign/update/"'),
    (f"API={API}/\n", '"$API"smart_plus/campaign/update/'),
    (f"API={API}/\n", "$API'smart_plus/campaign/update/'"),
]


@pytest.mark.parametrize(("before", "url"), SEVERAL)
def test_a_url_of_several_endpoints_is_told_of(before: str, url: str, judged: Judged) -> None:
    assert judged(f"{before}curl -d '$U' {url}") == ["SPL010"]
    assert judged(f'{before}curl -d @"$2" {url}') == ["SPL010"]
    assert judged(f"{before}curl -d '$C' {url}") == ["REF104"]


@pytest.mark.parametrize(("before", "url"), ONE)
def test_a_url_of_one_endpoint_is_read_whatever_variables_are_in_it(before: str, url: str, judged: Judged) -> None:
    assert judged(f"{before}curl -d '$U' {url}") == ["REF104"]
    manual = f"{before}curl -d '$M' {url}".replace("update/", "create/").replace("smart_plus/", "")
    assert judged(manual) == ["SPL503"]


def test_the_texts_of_a_loop_are_those_of_its_variable(judged: Judged) -> None:
    assert judged(f"for u in {SMART}/campaign/update/; do curl -d '$U' \"$u\"; done") == ["REF104"]
    assert judged(f"for p in smart_plus/campaign/update; do curl -d '$U' \"{API}/$p/\"; done") == ["REF104"]
    assert judged(f"for p in campaign adgroup; do curl -d '$U' \"{SMART}/$p/update/\"; done") == ["SPL010"]
    array = f'EP=({SMART}/campaign/update/)\nfor u in "${{EP[@]}}"; do curl -d \'$U\' "$u"; done'
    assert judged(array) == ["REF104"]
    array = f"declare -A EP=([c]={SMART}/campaign/create/ [u]={SMART}/campaign/update/)\n"
    assert judged(f"{array}curl -d '$U' \"${{EP[u]}}\"") == ["REF104"]


@pytest.mark.parametrize("base", ['"${TIKTOK_BASE:-}', '"${BASE-}', '"${1:-}', '"${BASE:=}', 'BASE=\ncurl "$BASE'])
def test_an_empty_default_is_no_base(base: str, judged: Judged) -> None:
    before, _, base = base.rpartition("\ncurl ")
    for body, path, code in (("M", "create", "SPL010"), ("U", "update", "SPL010"), ("C", "create", "REF104")):
        assert judged(f"{before}\ncurl -d '${body}' {base}/campaign/{path}/\"") == [code]
        assert judged(f'{before}\nB={base}"\ncurl -d \'${body}\' "$B/campaign/{path}/"') == [code]


def test_urls_that_all_are_of_another_platform_are_passed_over(judged: Judged) -> None:
    hosts = PICK.format("https://api.pinterest.com/v5/campaigns", "https://graph.facebook.com/v19.0/act_1/campaigns")
    assert judged(f"{hosts}curl -d '$M' \"$URL\"") == ["SPL002"]
