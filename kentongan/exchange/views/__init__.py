"""What is asked for by address: a region's register, a group's export, open data."""
