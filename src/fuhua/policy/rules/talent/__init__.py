"""Talent: work permits and rosters of programmes."""
