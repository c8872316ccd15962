"""Spreadsheets as rows of values: safe streaming reading of .xlsx and .csv, and writing .xlsx back."""
