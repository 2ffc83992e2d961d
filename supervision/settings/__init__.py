"""Settings by place: base, dev, demo, test, production. Strict parsing; no logic, no secrets."""
