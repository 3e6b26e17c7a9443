"""Where lists come from and files go to."""
