"""The inbox as all who work on it see it: names, folders, what became of its files, bringing files in."""
