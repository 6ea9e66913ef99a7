"""What advertisers call the API's values and fields: the words of TikTok Ads Manager and of the guide."""

TERMS = {
    "BID_TYPE_CUSTOM": "Cost Cap",
    "BID_TYPE_NO_BID": "Maximum delivery",
    "BUDGET_MODE_DAY": "daily budget",
    "BUDGET_MODE_DYNAMIC_DAILY_BUDGET": "daily budget, on average",
    "BUDGET_MODE_INFINITE": "no budget of its own",
    "BUDGET_MODE_TOTAL": "lifetime budget",
    "CLICK": "Clicks",
    "COMPLETE_PAYMENT": "Complete payment",
    "CONVERT": "Conversions",
    "LANDING_PAGE": "Landing page views",
    "ON_WEB_ORDER": "Place an order",
    "SCHEDULE_FROM_NOW": "runs from now on",
    "SCHEDULE_START_END": "runs from start to end",
    "WEB_CONVERSIONS": "Web Conversions",
    "budget_optimize_on": "Campaign Budget Optimization, CBO",
    "conversion_bid_price": "target cost per result",
    "roas_bid": "Minimum ROAS",
}
"""By the API's name; what is not here has no other name, or one that says the same."""
