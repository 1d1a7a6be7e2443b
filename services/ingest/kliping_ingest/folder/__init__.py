"""The watched folder: what comes in, whether its writer is finished, where it goes."""
