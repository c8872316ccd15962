"""Reads a Chinese government action plan into measures, responsible units, numeric targets and doubts."""

from .plan_error import PlanError
from .reading import read_file, read_text
from .structure import Clause, Doubt, Measure, Reading, Target

__all__ = ["Clause", "Doubt", "Measure", "PlanError", "Reading", "Target", "read_file", "read_text"]
