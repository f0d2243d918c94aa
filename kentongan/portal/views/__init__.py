"""Pages anyone may read: no cookie, no account, no script. What may be kept is marked `stored`."""
