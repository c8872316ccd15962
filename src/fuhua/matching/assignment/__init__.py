"""Who takes what: people to papers, mentors to ventures, stewards to projects, optimally and with proof."""
