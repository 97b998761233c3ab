"""Years in the life of cases, played through the journeys with a clock of their own; every letter is held against a reviewed text."""
