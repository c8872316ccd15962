"""Tax: what is exempt, deducted, deferred or carried forward."""
