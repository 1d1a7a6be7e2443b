"""The pages. Rendered by the server; every state is a link; they work without JavaScript."""
