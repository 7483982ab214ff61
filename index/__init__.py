"""From text to ranked, cited evidence: tokens, embedder, vector index, BM25, retriever, answerer."""
