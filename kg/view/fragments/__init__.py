"""Small pages about one question, thing or finding, and the frames that carry them into other pages."""
