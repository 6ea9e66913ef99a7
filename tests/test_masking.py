"""Access tokens as asterisks."""

from time import process_time

import pytest

from splint.reporting.masking import FEW, Secrets, masked

CANARIES = [f"canary-{number:08d}" for number in range(FEW + 2)]


@pytest.mark.parametrize("known", [CANARIES[:2], CANARIES])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("nothing", "nothing"),
        ("a canary-00000001.", "a ***************."),
        ("canary-00000001canary-00000000", "*" * 30),
        ("canary-0000000", "canary-0000000"),
    ],
)
def test_known_secrets_are_masked_however_many_there_are(known: list[str], text: str, shown: str) -> None:
    """Each becomes asterisks of its length."""
    assert masked(text, known) == masked(text, Secrets(known)) == masked(text, known[:1], known[1:]) == shown


def test_secrets_that_overlap_are_masked_whole() -> None:
    """Nothing of either is left, nor of one that begins like another."""
    known = Secrets(["abcdefgh1", "gh1234567", "abcdefgh1-longer", *CANARIES])
    assert known.hidden("-abcdefgh1234567- abcdefgh1-longer abcdefgh1") == f"-{'*' * 15}- {'*' * 16} {'*' * 9}"


@pytest.mark.parametrize("filling", [" ", "\t", "\n", "\\ ", '\\"', "[ ", "$(", "access_token:\n", "- access_token:"])
def test_no_filling_keeps_the_masking_busy(filling: str) -> None:
    """A token's name before a hundred thousand spaces takes a moment, and leaves the text as long as it was."""
    text = f"access_token:{filling * (100_000 // len(filling))}"
    start = process_time()
    assert len(masked(text)) == len(text)
    assert process_time() - start < 2
