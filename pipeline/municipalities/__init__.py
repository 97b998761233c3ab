"""The municipalities: each its own words, roles and deadlines, declared in config/municipalities/."""
