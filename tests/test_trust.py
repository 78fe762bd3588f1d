"""The trust section of the README: generated, from records that are there; and what it may not hide."""

from tests import trust
from tests.campaigns.__main__ import CAMPAIGNS
from tests.readme import README


def test_the_section_is_the_generated_one() -> None:
    assert trust.section() in README.read_text(), "python -m tests.readme"


def test_every_campaign_that_is_named_exists_and_has_its_record() -> None:
    for attack in trust.ATTACKS:
        assert attack.campaign in CAMPAIGNS
        assert trust.read(attack.campaign)["campaign"] == attack.campaign


def test_findings_are_not_hidden() -> None:
    assert trust.count(0, "error") == "no error" and trust.count(1, "error") == "1 error"
    assert trust.count(1200, "error") == "1,200 errors"
    figures = {"points": 3, "families": 1, "wrong": 2, "right": 1, "undecided": 0}
    assert "2 wrong verdicts" in trust.corpus(figures)
    kinds = {"npz": {"cases": 5}}
    found = {"cases": 5, "kinds": kinds, "limits": {"seconds": 10, "bytes": 2**30}, "findings": [{}]}
    assert "1 traceback" in trust.hostile(found) and "(limits 10 s, 1 GiB)" in trust.hostile(found)
    text = trust.edits({"score": "9 of 12", "not tried": 2, "equivalent": {"a": 2}})
    assert text.startswith("9 of 12") and "2 not tried" in text and "2 more are equivalent" in text
