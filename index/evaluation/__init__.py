"""How good answers are: rankings against what is right, verdicts on replies, and how sure such numbers are."""
