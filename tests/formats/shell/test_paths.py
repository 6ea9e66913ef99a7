"""Names of files of which variables are a part: which file a curl command sends."""

from io import BytesIO
from pathlib import Path

import pytest

from splint.formats.document import Document
from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell
from tests.grids import few

SEND = "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -d"
MADE = "W=$(mktemp -d)\ncat > \"$W/f.json\" <<'EOF'\n[1]\nEOF\n"
OWN = '"$(cd "$(dirname "$0")" && pwd)"'


def sent(script: str, tree: Path) -> list[object]:
    """What each request of a script sends: the value, why it is not known, or the message of a fault."""
    (tree / "run.sh").write_text(script)
    for name in ("", "a", "b"):
        (tree / name).mkdir(exist_ok=True)
        (tree / name / "f.json").write_text(f'"{name}"')
    items = list(read_shell(f"{tree}/run.sh", BytesIO(script.encode()), parse))
    return [
        item.message
        if not isinstance(item, Document)
        else item.value
        if item.call is None or item.call.stand_in is None
        else item.call.stand_in.kind
        for item in items
    ]


KNOWN = {
    f'DIR=a\n{SEND} @"$DIR/f.json"': "a",
    f'DIR=a/\n{SEND} @"${{DIR}}/f.json"': "a",
    f'DIR=a\nFILE="$DIR/f.json"\n{SEND} @"$FILE"': "a",
    f"N=f\n{SEND} @a/$N.json": "a",
    f'export DIR=a\n{SEND} @"$DIR/../b/f.json"': "b",
    f'DIR=a\ncd "$DIR" || exit 1\n{SEND} @f.json': "a",
    f'DIR=a\ncd "$DIR"\ncd ..\n{SEND} @f.json': "",
    f'DIR={OWN}\n{SEND} @"$DIR/f.json"': "",
    f'DIR={OWN}\ncd a\n{SEND} @"$DIR/f.json"': "",
    f'DIR="$(cd "$(dirname "$0")/a" > /dev/null 2>&1 && pwd)"\n{SEND} @"$DIR/../b/f.json"': "b",
    f'DIR=$(dirname "$0")\n{SEND} @"$DIR/a/f.json"': "a",
    f'DIR=$(dirname "${{BASH_SOURCE[0]}}")\ncd "$DIR/a"\n{SEND} @f.json': "a",
    f'{SEND} @"$(dirname "$0")/b/f.json"': "b",
    f'f() {{ {SEND} @"${{1:?which}}"; }}\nf a/f.json': "a",
    f'f() {{ local d="${{2-b}}" n="${{1:?"a name"}}"; {SEND} @"$d/$n"; }}\nf f.json': "b",
}
UNKNOWN = [
    f'DIR=a\nDIR=b\n{SEND} @"$DIR/f.json"',
    f'DIR=a\n[ -z "$1" ] || DIR=b\n{SEND} @"$DIR/f.json"',
    f'DIR=${{1:-a}}\n{SEND} @"$DIR/f.json"',
    f'DIR=~/a\n{SEND} @"$DIR/f.json"',
    f'DIR=a\n. ./env.sh\n{SEND} @"$DIR/f.json"',
    f'for DIR in a b; do {SEND} @"$DIR/f.json"; done',
    f'DIR=a\n{SEND} @"$DIR/none.json"',
    f'DIR=a\njq . x > a/f.json\n{SEND} @"$DIR/f.json"',
    f'DIR=a\njq . x > "$DIR/f.json"\n{SEND} @a/f.json',
    f'DIR=a\njq . x > "$DIR/../f.json"\n{SEND} @f.json',
    f'DIR=a\njq . x > a/f.json\ncd "$DIR"\n{SEND} @f.json',
    f'DIR=$(dirname "$0")\ncd a\n{SEND} @"$DIR/f.json"',
    f'cd a\nDIR={OWN}\n{SEND} @"$DIR/f.json"',
    f'cd a\n{SEND} @"$(dirname "$0")/f.json"',
    f'DIR=a\nf() {{ cd "$DIR"; {SEND} @f.json; }}\ncd b\nf',
    f"f() {{ cd a; {SEND} @f.json; }}\ncd b\nf",
]


@pytest.mark.parametrize(("script", "value"), few(KNOWN.items(), 8))
def test_a_name_that_variables_of_the_script_tell_is_that_of_a_file(script: str, value: str, tmp_path: Path) -> None:
    assert sent(script, tmp_path) == [value]


@pytest.mark.parametrize("script", few(UNKNOWN, 8))
def test_a_name_of_which_only_a_run_tells_a_part_is_not_known(script: str, tmp_path: Path) -> None:
    (only,) = sent(script, tmp_path)
    assert only in ("unknown", "directory")


@pytest.mark.parametrize(
    "between", few(["", 'mkdir -p "$W"', "trap 'rm -rf \"$W\"' EXIT", 'jq . "$W/f.json"', "cp -r a b"], 2)
)
def test_what_is_written_into_a_directory_for_a_while_is_sent(between: str, tmp_path: Path) -> None:
    assert sent(f'{MADE}{between}\n{SEND} @"$W/f.json"', tmp_path) == [[1]]


@pytest.mark.parametrize(
    "between",
    few(
        [
            "W=$(mktemp -d)",
            'sed -i s/1/2/ "$W/f.json"',
            'sed -i s/1/2/ "$W"/*.json',
            'cp -r a/. "$W"',
            'tar xf a.tar -C "$W"',
            './render.sh "$W"',
            'D=$W\n./render.sh "$D"',
            'D=$W\njq . x > "$D/f.json"',
        ],
        4,
    ),
)
def test_what_something_else_may_write_into_such_a_directory_is_not_known(between: str, tmp_path: Path) -> None:
    assert sent(f'{MADE}{between}\n{SEND} @"$W/f.json"', tmp_path) == ["unknown"]
    assert sent(f'cat > "$W/f.json" <<E\n[1]\nE\n{SEND} @"$W/f.json"', tmp_path) == ["unknown"]


@pytest.mark.parametrize(
    ("before", "value"),
    few(
        [
            (r"printf '[1]\n' > f.json", [1]),
            (r"printf '[1]' > f.json", [1]),
            (r"printf '[1]\n' x > f.json", "unknown"),
            (r"printf '[%d]\n' > f.json", "unknown"),
            (r"""printf '["\t"]\n' > f.json""", "unknown"),
            ('printf "$X" > f.json', "unknown"),
        ],
        3,
    ),
)
def test_a_format_without_directives_is_what_printf_prints(before: str, value: object, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND} @f.json", tmp_path) == [value]


@pytest.mark.parametrize(
    ("before", "value"),
    few(
        [
            ('cp f.json "f.json.$(date +%s)"', ""),
            ("cp f.json{,.bak}", ""),
            ('aws s3 cp f.json "s3://bucket/$N.json"', ""),
            ('scp f.json "$HOST:/tmp/f.json"', ""),
            ("cp f.json{.bak,}", "unknown"),
            ("cp {a/,}f.json", "unknown"),
            ('cp f.bak "f.json$X"', "unknown"),
            ('aws s3 cp "s3://bucket/f.json" "$N.json"', "unknown"),
            ("aws s3 cp s3://bucket/a . --recursive", "unknown"),
        ],
        5,
    ),
)
def test_a_copy_under_another_name_leaves_a_file_as_it_is(before: str, value: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND} @f.json", tmp_path) == [value]


OF_SCRIPT = 'cd "$(dirname "$0")"'
PLACES = [
    ("", "top", "top"),
    ("", "beside", "beside"),
    ("", "both", "unknown"),
    ("", "same", "same"),
    ("", "none", "the body's file scripts/a/f.json is not readable: no such file"),
    ("D=a", "top", "top"),
    ("cd a", "top", "top"),
    ("cd a", "both", "unknown"),
    ("cd a", "none", "directory"),
    (OF_SCRIPT, "both", "beside"),
    (OF_SCRIPT, "top", "the body's file scripts/a/f.json is not readable: no such file"),
    (f"{OF_SCRIPT}/..", "both", "top"),
    (f"D=a\n{OF_SCRIPT}", "both", "beside"),
    (f"D=a\n{OF_SCRIPT}\ncd $D", "both", "beside"),
    ('H="$(cd "$(dirname "$0")" && pwd)"', "both", "beside"),
    ('H="$(cd "$(dirname "$0")/.." && pwd)"', "both", "top"),
    ('H=$(dirname "$0")', "top", "unknown"),
]


@pytest.mark.parametrize(("before", "there", "value"), few(PLACES, 8))
def test_a_script_may_begin_in_its_own_directory_or_in_the_working_directory(
    before: str, there: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for place, name in (("a", "top"), ("scripts/a", "beside")):
        if there in (name, "both", "same"):
            (tmp_path / place).mkdir(parents=True)
            (tmp_path / place / "f.json").write_text(f'"{there if there == "same" else name}"')
    (tmp_path / "scripts").mkdir(exist_ok=True)
    last = before.splitlines()[-1:]
    prefix = (
        "$H/a/" if before[:2] == "H=" else "" if last in (["cd a"], ["cd $D"]) else "$D/" if before[:1] == "D" else "a/"
    )
    script = f'{before}\n{SEND} @"{prefix}f.json"\n'
    (tmp_path / "scripts/run.sh").write_text(script)
    item, *_ = read_shell("scripts/run.sh", BytesIO(script.encode()), parse)
    if isinstance(item, Document):
        assert item.call is not None
        assert value == (item.call.stand_in.kind if item.call.stand_in else item.value)
    else:
        assert item.message == value
