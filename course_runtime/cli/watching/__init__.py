"""`workshop watch`: what is saved is checked, and the answer stands on the screen."""
