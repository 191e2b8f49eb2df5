"""An approved revision becomes a page, its data, the site's index and feeds, written through a sink."""
