"""Reads of journeys: what policy knows of a subject, its board, binders, benefits of tenants, and what-if."""
