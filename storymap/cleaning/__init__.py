"""Files of authors as they may be published: nothing in them runs, and photographs keep their place to themselves."""
