"""Pages of policy: the rules, a subject's board, its profile and binders, and what officers and incubators see."""
