"""Registers: an office's own spreadsheet of groups, read, settled and taken in."""
