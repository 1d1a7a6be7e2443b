"""Word lists and term weights; each file says where it comes from."""
