"""The newsroom's pages: fetch what this person may see, call one action or render."""
