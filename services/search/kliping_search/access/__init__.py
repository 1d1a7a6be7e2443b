"""Who asks, and whether he may: keys, sessions of the browser, a proxy's word, roles."""
