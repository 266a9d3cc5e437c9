"""The reading screen. It knows no pipeline and no store: `desk` is all that it is given.

Without Textual:

    reading                 the state: a text, a cursor, how it is looked at, a window on it
    panes                   which versions are shown, in what order and how wide
    lens                    what of each row is shown, covered and marked
    loose                   a version that scrolls by itself
    placing                 the state as it is kept from one time to the next
    moves, steps            what the keys do to a reading
    keys                    the one table of keys
    layout, looking         a row and what the reader has chosen ─▶ lines of cells
    wrapping, bidi, differences, search   what layout needs; blocks keeps what it makes
    scroll                  which lines of which rows a window shows
    geometry, paint         where columns and gutter are; lines ─▶ styled cells
    about, overview, notes, copying       the whole text in words; what is copied

With Textual:

    app                     the application; runs the job
    view, correcting        draws a reading and takes its keys; with a mode to correct rows
    status                  the status line, and the words of the header
    finder, notebook        search and filter; stars and notes
    pages, selecting        what opens over the text; the mouse
    dialogs, choice, exporting, library   the screens over the view, and the list of texts read
    leaving, wrapped, unscrolled          signals; widgets that Textual lacks
"""
