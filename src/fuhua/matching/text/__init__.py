"""Text as matching sees it: terms, and the numbers that stand for them."""
