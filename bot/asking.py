"""The use case behind `/ask`, **Answer this** and `hallyu ask`: a question in a scope becomes a proved outcome."""
