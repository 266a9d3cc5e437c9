"""The reading screen. It knows no pipeline and no store: `desk` is all that it is given.

Without Textual:
reading       the state: a text, a cursor, how it is looked at, a window on it
panes       which versions are shown, in what order and how wide
lens        what of each row is shown, covered and marked
loose       a version that scrolls by itself
placing     the state as it is kept from one time to the next
moves, steps  what the keys do to a reading
layout        a row ─▶ lines of cells; by wrapping, bidi, differences, search; kept by blocks
scroll        which lines of which rows a window shows
geometry      where columns and gutter are
paint         lines ─▶ styled cells
keys          the one table of keys

With Textual:
app           the application; runs the job
view          draws a reading and takes its keys; `correcting` adds the correcting mode
finder, notebook, pages, selecting   search, stars and notes, what opens over the text, mouse
dialogs, choice, exporting, library  the screens over the view, and the list of texts read
"""
