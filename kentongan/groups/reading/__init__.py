"""From rows to what is read: papers to be signed."""
