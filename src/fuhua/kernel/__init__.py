"""The floor everything stands on: domain-free registry, access, pages, words, money, periods and URNs."""
