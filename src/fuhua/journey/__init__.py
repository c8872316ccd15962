"""Journey: ventures, their stays with incubators, recognitions, landings and relays."""
