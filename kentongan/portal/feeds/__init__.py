"""Other faces of the public sites: feeds in three formats, and what search engines ask for."""
