"""Pure: one file per indicator of the plan, each a counting rule over the facts of one subject at a time."""
