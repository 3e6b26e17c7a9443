"""What stands between a request and its handler: headers, cookies, sessions, tokens, bodies."""
