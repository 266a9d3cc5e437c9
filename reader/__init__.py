"""Read versions of one story side by side, aligned sentence by sentence, offline."""
