"""What this room puts together out of all the others for one reader."""
