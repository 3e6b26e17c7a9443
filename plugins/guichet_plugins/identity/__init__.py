"""Sites elsewhere that say who somebody is: OpenID Connect, and FranceConnect and ProConnect as settings of it."""
