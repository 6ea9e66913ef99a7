"""The addresses of the rules' pages."""

from splint.rules.rule import Pack, Rule

DOCS_URL: str | None = None
"""The address of the documentation, without a slash at its end. None while no host has it: no page is linked then,
and texts name `splint rules CODE`, which shows the same page."""
SHIPPED = ("guide", "reference")
"""The names of the packs whose pages the documentation holds."""
CODE = "{code}"
"""What stands for the code of a rule in the `rule_url` of a pack."""
DOCUMENT_URL = "https://business-api.tiktok.com/portal/docs?id={}"
"""A page of TikTok's API reference by its document id."""


def rule_url(rule: Rule, pack: Pack) -> str | None:
    """The address of a rule's page: of its pack's own pages, else of the documentation; None where there is none."""
    if pack.rule_url is not None:
        return pack.rule_url.replace(CODE, rule.code)
    return f"{DOCS_URL}/rules/{rule.code}/" if DOCS_URL and pack.name in SHIPPED else None


def fault_of(template: str) -> str | None:
    """What is wrong with the `rule_url` of a pack; None for a good one."""
    if not template.startswith(("https://", "http://")) or any(char.isspace() for char in template):
        return "is no address: it begins with https:// and holds no blank"
    return None if CODE in template else f"names no rule: {CODE} stands in it for the code"
