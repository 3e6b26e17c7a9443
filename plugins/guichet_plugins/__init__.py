"""The plugins that come with Guichet. Each uses the public names of `guichet` only."""
