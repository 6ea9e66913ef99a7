"""Names of files that variables, their defaults and directories stand for, and programs that name none of them."""

from pathlib import Path

import pytest

from tests.formats.shell.test_changed_files import SEND, URL, sent
from tests.grids import few

DEFAULTS = [
    'OUT=${1:-f.json}; sed a b > "$OUT"',
    ': "${OUT:=f.json}"\nsed x > "$OUT"',
    'sed x > "${OUT:-f.json}"',
    'OUT=${1:-f.json}; sed x b | tee "$OUT"',
    'gen() { sed a b > "${1:-f.json}"; }; gen',
    'OUT="${1:-f.json}"; sed -i x "$OUT"',
    'OUT=${1-f.json}; cp a "$OUT"',
    'local OUT="${1:-./f.json}"; gen > $OUT',
    'export OUT="${OUT:-f.json}"\n./gen',
    'OUT=${1:-f}; gen > "$OUT.json"',
    'OUT=${1:-f.json}; python3 gen.py --out "$OUT"',
]

DEFAULTS_LEFT = [
    'OUT=${1:-g.json}; sed .. b > "$OUT"',
    'OUT=${1:-f.json}; jq . "$OUT"',
    'LOG=${LOG:-run.log}; x > "$LOG"',
    'OUT=${1:-f.json}; sed s/a/b/ "$OUT" > b.json',
    ': "${IN:=f.json}"\njq . "$IN"',
    'gen > "${OUT:-g.json}"',
    'F=${1:-f.json}\n[ -f "$F" ] || exit 1',
]

CUT = [
    'for f in *.tpl; do sed a "$f" > "${f%.tpl}"; done',
    'for f in *.tpl; do out="${f%.tpl}"; sed a $f > "$out"; done',
    'for f in *.tpl; do out=$(basename "$f" .tpl); sed a $f > "$out"; done',
    'for f in *.j2; do jinja2 "$f" -o "${f%.j2}"; done',
    "find . -name '*.tpl' -exec sh -c 'sed a > \"${1%.tpl}\"' _ {} \\;",
    'for f in *.tpl; do sed a "$f" > "${f%.*}"; done',
    'for f in *.tpl; do cp "$f" "${f%.tpl}"; done',
    'for f in *.json.tpl; do sed a "$f" > "${f%.tpl}"; done',
    'for f in *.tpl; do sed a "$f" > "${f/.tpl/}"; done',
]

CUT_LEFT = [
    'for f in *.tpl; do sed a "$f" > "${f%.tpl}.txt"; done',
    'for f in *.tpl; do sed a "$f" > out/"${f%.tpl}"; done',
    'for f in *.txt.tpl; do sed a "$f" > "${f%.tpl}"; done',
    'for f in *.json; do jq . "$f" > "${f%.json}.min"; done',
    'for f in *.json; do jq . "$f" > "$f.bak"; done',
    'for f in *.tpl; do echo "${f%.tpl}"; done',
    'for f in g.json.tpl h.json.tpl; do sed a "$f" > "${f%.tpl}"; done',
    'for f in *.json; do jq . "$f" > out/"$f"; done',
    'for f in *.json; do n=$(basename "$f" .json); jq . $f > "$n.txt"; done',
]

DIRECTORIES = [
    "mv p old; mv next p",
    "rm -rf p; cp -r prod p",
    "rm -rf p",
    "rm -rf p; git clone -q repo p",
    "python3 render.py --out p",
    "make -C p f.json",
    "./render.sh p/",
    "npx prettier --write p",
    "python3 render.py --out=./p",
    "mv p old",
    'D=p; ./gen "$D"',
    'gen() { ./x "$1"; }\ngen p',
    'rm -rf "$ROOT/p"',
    'D=${1:-p}; rm -rf "$D"',
    'for d in p q; do rm -rf "$d"; done',
    "ln -sfn prod p",
    "cp -r prod/p .",
    "rsync -a next/ p/",
    "rsync -a --delete next/ p",
    "git checkout main -- p",
]

DIRECTORIES_LEFT = [
    "mkdir -p p",
    "ls p",
    "find p -name x",
    "cp x.json p/",
    "cp p/f.json old/",
    "cp -r p old",
    "rm -rf out",
    "python3 render.py --out q",
    "[ -d p ] || exit 1",
    'D=p; ls "$D"',
    "tar czf a.tgz p",
    "cp b/x.json p/x.json",
    "mv x.json p/",
    "git add p",
    "splint check p",
    "gen > p/x.json",
    "rsync -a p host:",
    "du -sh p",
    "curl -o p/r.json https://example.com/x",
    'for d in p q; do ls "$d"; done',
    "grep -r x p",
    "(cd p && ls)",
    "tree p",
    "zip -r p.zip p",
    "export D=p",
    "echo p",
    "chmod -R a+r p",
]

TREES = [
    "unzip -oq p.zip",
    "gzip -dkf f.json.gz",
    "hg pull -u",
    "hg update",
    "svn up",
    "git lfs pull",
    "gh run download -n x",
    "split -b 10 big f.",
    "csplit -f f. big 10",
    "ls *.json | parallel sed -i s/a/b/",
    'ls *.json | parallel "jq . {} > {}.tmp && mv {}.tmp {}"',
    "gunzip -kf f.json.gz",
    "unzip -o -q p.zip",
    "unzip -d . p.zip",
    "zstd -dkf f.json.zst",
    "bsdtar xf a.tar",
    "xz -dk f.json.xz",
    "bunzip2 -k f.json.bz2",
    "gh repo sync",
    "dvc pull",
    "7z x a.7z -y",
]

TREES_LEFT = [
    "unzip -oq p.zip -d out",
    "unzip -p p.zip x",
    "unzip -l p.zip",
    "gzip -dc f.json.gz",
    "gzip -k f.json",
    "gzip -dk g.json.gz",
    "hg status",
    "svn info",
    "svn st",
    "git lfs ls-files",
    "gh run view",
    "gh pr list",
    "gh run download -n x -D out",
    "split -b 10 big part.",
    "ls *.json | parallel jq empty",
    "ls *.json | parallel -j4 cat {}",
    "gunzip -c f.json.gz",
    "unzip -t p.zip",
]


CHAINS = [
    'rm -f "${F:-f.json}"\n./gen',
    'for f in *.json; do rm -f "$f"; done\n./gen',
    'F=f.json; G=$F; gen > "$G"',
    'F=f.json; G=./$F; sed -i x "$G"',
    'N=f; F=$N.json; gen > "$F"',
    'while read -r f x; do jq . y > "$f"; done < l',
    'for f in *.json; do jq . "$f" > t && mv t "$f"; done',
]

CHANGED = [*CHAINS, *DEFAULTS, *CUT, *TREES]
LEFT = [*DEFAULTS_LEFT, *CUT_LEFT, *TREES_LEFT]


@pytest.mark.parametrize("before", few(CHANGED, 25))
def test_a_file_that_a_name_in_the_script_may_be_is_not_known(before: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path) == ["unknown"]
    assert sent(f"{SEND}\n{before}\n", tmp_path) == ["disk"]


@pytest.mark.parametrize("before", few(LEFT, 25))
def test_a_file_that_no_name_in_the_script_may_be_keeps_its_verdict(before: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path) == ["disk"]


@pytest.mark.parametrize(
    ("before", "expected"),
    few([*((one, "unknown") for one in DIRECTORIES), *((one, "disk") for one in DIRECTORIES_LEFT)], 25),
)
def test_a_program_given_a_directory_may_change_what_is_in_it(before: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "f.json").write_text('"disk"')
    assert sent(f"{before}\ncurl {URL} -d @p/f.json\n", tmp_path) == [expected]


@pytest.mark.parametrize(
    "script",
    [
        '{W}{S} > "$1.json"',
        'for n in a b; do\n{W}{S} -o "out-$n.json"\ndone',
        'OUT=${{1:-resp.json}}\n{W}{S} > "$OUT"\njq . "$OUT"',
        'for f in *.tpl; do sed a $f > "${{f%.tpl}}"; done\n{W}{S}',
        "{W}{S}\nrm -f f.json",
        '{W}{S}\nrm -f "${{F:-f.json}}"',
        'for f in *.json; do rm -f "$f"; done\n{W}{S}',
    ],
)
def test_what_is_written_by_such_names_above_or_of_the_answer_leaves_a_text_of_the_script(
    script: str, tmp_path: Path
) -> None:
    assert sent(script.format(W="cat > f.json <<X\n[1]\nX\n", S=SEND) + "\n", tmp_path) == [[1]]


@pytest.mark.parametrize(
    "write", ['for f in *.tpl; do sed a $f > "${f%.tpl}"; done', 'OUT=${1:-f.json}; gen > "$OUT"', "gen > ${1:-f.json}"]
)
def test_a_text_of_the_script_is_not_known_where_such_a_name_below_it_may_be_written(
    write: str, tmp_path: Path
) -> None:
    assert sent(f"cat > f.json <<X\n[1]\nX\n{write}\n{SEND}\n", tmp_path) == ["unknown"]


def test_what_stands_before_a_call_of_a_function_is_set_for_it(tmp_path: Path) -> None:
    send = f"""send() {{ curl {URL} -d "$B"; }}"""
    assert sent(f"B='[1]'\n{send}\nsend\nB='[2]' ./x.sh\nA=1 send\n", tmp_path) == [[1]]
    for call in ("B='[2]' send", "B='[2]' time send", "main() { B='[2]' send; }\nmain"):
        assert sent(f"B='[1]'\n{send}\nsend\n{call}\n", tmp_path) == ["unknown"]
    assert sent(f"""F=f.json\nsend() {{ curl {URL} -d @"$F"; }}\nsend\nF=g.json send\n""", tmp_path) == ["unknown"]
    assert sent(f"B='[1]'\nmain() {{ B='[2]' send; }}\n{send}\nmain\n", tmp_path) == ["unknown"]


@pytest.mark.slow
def test_many_names_that_are_made_of_each_other_are_read_in_linear_time(tmp_path: Path) -> None:
    chain = "".join(f'V{n + 1}="${{V{n}%.x}}$W{n}"\nW{n + 1}=$V{n}\n' for n in range(3_000))
    uses = "".join(f'gen > "d{n}/$V{n}"\nrm -rf "$D/d{n}"\n./gen "$D{n}/e"\n' for n in range(3_000))
    assert sent(f"{chain}{uses}{SEND}\n", tmp_path) == ["unknown"]


@pytest.mark.parametrize("change", ["ln -sf x.json %s", "sed -i s/a/b/ %s", "curl https://example.com -o %s"])
def test_a_name_that_a_command_prints_may_be_that_of_any_file_to_ln_sed_and_the_output_of_curl(
    change: str, tmp_path: Path
) -> None:
    for name, body in (('"$(name)"', "unknown"), ('"$(name).log"', "disk")):
        assert sent(f"{change % name}\n{SEND}\n", tmp_path) == [body]
