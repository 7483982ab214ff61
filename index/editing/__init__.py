"""What can be said of new texts with the means of retrieval: which names they leave unlinked, what they repeat."""

from index.editing.linking import check_names_linked
from index.editing.near_duplicates import check_near_duplicates, english_texts

__all__ = ["check_names_linked", "check_near_duplicates", "english_texts"]
