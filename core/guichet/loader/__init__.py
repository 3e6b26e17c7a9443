"""YAML text to frozen values: reading, overlays, inheritance, cross-checks. The only place with ruamel.yaml."""
