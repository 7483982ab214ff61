"""The vocabulary of structured facts and the sentences they become, English and Korean."""
