"""What URLs and deeplinks look like."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from splint.payloads.nodes import Ad, Finding
from splint.reporting.wording import spelled
from splint.rules.guard import given, unusual
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.usual import is_plain_url
from splint_guide.destination import AD, CONFIG, DEEPLINKS, LINK, SECTION, URLS


@cache
def _url() -> re.Pattern[str]:
    host = r"(?:\[[0-9A-Fa-f:.]+\]|(?!(?i:https?)(?:[/?#:]|$))(?=[^\s/?#@:\[\]\\]*[^\W_])[^\s/?#@:\[\]\\]+)"
    return re.compile(rf"(?i:https?)://(?:[^\s/?#@\\]*@)?{host}(?::\d{{1,5}})?(?:[/?#]\S*)?")


@cache
def _misspelt() -> re.Pattern[str]:
    """A URL without a scheme, with one that lacks a sign (`https//`), or with another one before it."""
    sign = r":?/{1,2}(?!/)"
    host = r"(?:localhost(?::\d+)?|[^\s/?#@.]+(?:\.[^\s/?#@.]+)+)"
    return re.compile(rf"(?:https?{sign}(?=https?{sign}))?(?:(https?){sign}|//)?({host}(?:[/?#]\S*)?)", re.IGNORECASE)


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(r"(?!(?i:https?):)[A-Za-z][A-Za-z0-9+.-]*://\S+")


def is_url(text: str) -> bool:
    """Whether a text is an absolute http(s) URL with a host."""
    return is_plain_url(text) or _url().fullmatch(text) is not None


def is_deeplink(text: str) -> bool:
    """Whether a text is an https:// link or scheme://resource with a scheme of its own."""
    return _scheme().fullmatch(text) is not None or (text[:6].lower() == "https:" and is_url(text))


@rule(
    "SPL319",
    "malformed-destination",
    on=Ad,
    level="error",
    section=SECTION,
    basis="implied",
    since="0.1.0",
    guard=given(*DEEPLINKS) | unusual("LandingPageUrl.landing_page_url"),
    examples=lambda: [
        bad("no scheme", {f"{URLS}/0/landing_page_url": "www.example.com"}, at=[f"{URLS}/0/landing_page_url"]),
        bad(
            "a blank within",
            {f"{URLS}/0/landing_page_url": "https://example.com/spring sale"},
            at=[f"{URLS}/0/landing_page_url"],
        ),
        bad(
            "a blank behind", {f"{URLS}/0/landing_page_url": "https://example.com/ "}, at=[f"{URLS}/0/landing_page_url"]
        ),
        *(
            bad(
                f"a scheme {words}",
                {f"{URLS}/0/landing_page_url": url},
                at=[f"{URLS}/0/landing_page_url"],
            )
            for words, url in (
                ("without its colon", "https//shop.example.com/x"),
                ("of HTTP without its colon", "http//example.com"),
                ("with one slash", "https:/example.com"),
                ("left to the page that links to it", "//example.com/x"),
                ("before another", "https://https//shop.example.com/x"),
                ("before another, with its colon", "https://https://shop.example.com/x"),
                ("for mail", "mailto:sales@example.com"),
                ("and no host", "https://https"),
            )
        ),
        bad(
            "no scheme before a port",
            {f"{URLS}/0/landing_page_url": "localhost:3000"},
            at=[f"{URLS}/0/landing_page_url"],
        ),
        bad("a word", {f"{URLS}/0/landing_page_url": "shop"}, at=[f"{URLS}/0/landing_page_url"]),
        bad("no host", {f"{URLS}/0/landing_page_url": "https:///spring"}, at=[f"{URLS}/0/landing_page_url"]),
        bad(
            "http is no deeplink",
            {f"{AD}/deeplink_list": [{"deeplink": "http://example.com", "deeplink_type": "NORMAL"}]},
            at=[f"{AD}/deeplink_list/0/deeplink"],
        ),
        bad("a deeplink of the ad", {f"{AD}/deeplink": "shop:spring"}, at=[f"{AD}/deeplink"]),
        bad("a deeplink of all creatives", {f"{CONFIG}/deeplink": "shop:spring"}, at=[f"{CONFIG}/deeplink"]),
        good("a URL with macros", {f"{URLS}/0/landing_page_url": "https://www.example.com/?c=__CAMPAIGN_ID__"}),
        good("a scheme of its own", {f"{AD}/deeplink_list": [LINK]}),
        good(
            "a universal link",
            {f"{AD}/deeplink_list": [{"deeplink": "https://example.com/a", "deeplink_type": "NORMAL"}]},
        ),
        bad(
            "an https link without a host",
            {f"{AD}/deeplink_list": [{"deeplink": "https:///a", "deeplink_type": "NORMAL"}]},
            at=[f"{AD}/deeplink_list/0/deeplink"],
        ),
        good("a URL to come", {f"{URLS}/0/landing_page_url": "{{url}}"}),
        good(
            "a URL to come beside a deeplink", {f"{URLS}/0/landing_page_url": "{{url}}", f"{AD}/deeplink_list": [LINK]}
        ),
        good("a deeplink alone", {URLS: GONE, f"{AD}/deeplink_list": [LINK]}),
        good("a deeplink to come", {f"{AD}/deeplink_list": [{"deeplink": "{{link}}", "deeplink_type": "NORMAL"}]}),
        good("no landing page", {URLS: GONE}),
        bad(
            "https alone is no scheme",
            {f"{AD}/deeplink_list": [{"deeplink": "https:", "deeplink_type": "NORMAL"}]},
            at=[f"{AD}/deeplink_list/0/deeplink"],
        ),
        good("a host by its number, and a port", {f"{URLS}/0/landing_page_url": "HTTP://[::1]:8443/?a=b"}),
    ],
)
def malformed_destination(ad: Ad) -> Iterator[Finding]:
    """A landing page is an absolute http(s) URL, a deeplink an https link or scheme://resource."""
    for index, entry in enumerate(ad.landing_page_url_list or ()):
        url = entry.get("landing_page_url") if isinstance(entry, dict) else None
        if isinstance(url, str) and not is_url(url):
            what, help = (
                f"landing_page_url {spelled(url)} is no absolute http(s) URL with a host",
                "write it as https://host/path",
            )
            if meant := _meant(url):
                help = f"write {meant}"
            what, help = _blank_in("landing_page_url", url, is_url) or (what, help)
            yield ad.finding(f"landing_page_url_list/{index}/landing_page_url", what, help)
    for home in ad.deeplinks:
        link = home.raw.get("deeplink")
        if isinstance(link, str) and not is_deeplink(link):
            what = f"deeplink {spelled(link)} is neither an https link nor scheme://resource"
            help = "write it as https://host/path or scheme://resource"
            yield home.finding("deeplink", *(_blank_in("deeplink", link, is_deeplink) or (what, help)))


def _meant(url: str) -> str:
    """The URL that is meant by one whose scheme is missing or misspelt; empty where none is clear."""
    found = _misspelt().fullmatch(url)
    meant = f"{(found[1] or 'https').lower()}://{found[2]}" if found else ""
    return meant if is_url(meant) else ""


def _blank_in(field: str, url: str, is_right: Callable[[str], bool]) -> tuple[str, str] | None:
    """The message and the help if blanks are all that is wrong with a URL."""
    if url.split() == [url]:  # without any
        return None
    if is_right(url.strip()):
        return f"{field} {spelled(url)} begins or ends with a blank, which is no part of a URL", "remove the blank"
    if is_right("%20".join(url.split())):
        return f"{field} {spelled(url)} holds a blank, which no URL does", "write %20 for it, or remove it"
    return None


RULES = (malformed_destination,)
