"""Who may open each address, by its name; a test proves that none is missing and none is idle.

"public" needs no sign-in; "demo" exists only with sample data; "signed in" needs a person;
"work" needs a person in a capacity, and the view asks the policy named beside it.
"""

URL_RULES: dict[str, str] = {
    # portal
    "home": "public",
    "findings": "public",
    "by_number": "public",
    "publication": "public",
    "pdf": "public",
    "recommendations": "public",
    "verify": "public",
    "code": "public",
    "accessibility": "public",
    # health
    "live": "public",
    "ready": "public",
    # accounts
    "account_login": "public",
    "demo_login": "demo",
    "account_logout": "signed in",
    "account_change_password": "signed in",
    "account_reauthenticate": "signed in",
    "account_inactive": "public",
    "capacity": "signed in",
    # workspace
    "inbox": "work: own items",
    "work": "work: view workitem, act workitem",
    "work_check": "work: act workitem",
    "work_receipt": "work: view workitem",
    "work_take": "work: act workitem",
    "work_give_back": "work: own item",
    "work_assign": "work: assign workitem",
    "case_list": "work: view case",
    "case_open": "work: open_case organization",
    "case": "work: view case",
    "case_cancel": "work: steer case",
    "case_postpone": "work: steer case",
    "case_reschedule": "work: steer case",
    "case_stop_waiting": "work: stop_waiting case",
    "case_go_to_front": "work: go_to_front case",
    "inquiry": "work: view inquiry",
    "inquiry_withdraw": "work: steer case",
    "inquiry_extend": "work: extend inquiry",
    "inquiry_ask": "work: answer inquiry",
    "recommendation": "work: view recommendation",
    "recommendation_extend": "work: extend recommendation",
    "recommendation_ask": "work: answer recommendation",
    "recommendation_urge": "work: follow_up recommendation",
    "recommendation_escalate": "work: follow_up recommendation",
    "paper_list": "work: view document",
    "paper": "work: view document",
    "paper_pdf": "work: view document",
    "paper_retry": "work: retry document",
    "file": "work: view attachment",
    "demo_mail": "demo",
    "tour": "public",
}
