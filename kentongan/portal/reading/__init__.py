"""What public pages need to know, read from the rooms below. Plain values for templates; nothing here writes or knows a request."""
