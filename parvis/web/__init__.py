"""Pages that cross rooms: home, one search page, about, errors, sitemap."""
