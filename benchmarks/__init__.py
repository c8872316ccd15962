"""Benchmarks: each prints JSON with what it measured and the ratio to a baseline taken in the same run."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fuhua.config.settings")
django.setup()
