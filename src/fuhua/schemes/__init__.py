"""Schemes: agreements with benchmark incubators, their tiers and checks, uplift of traditional ones, gold seeds."""
