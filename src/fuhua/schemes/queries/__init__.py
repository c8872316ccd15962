"""Reads of schemes: what is on record of an applicant, applications of a call, eligibility, files of applications."""
