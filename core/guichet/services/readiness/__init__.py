"""The launch list: what must be true before a scheme opens in a territory, and who took what upon themselves."""
