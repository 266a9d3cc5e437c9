"""Read versions of one story side by side, aligned sentence by sentence, offline.

    paths ─ formats ─▶ Source ─ segment ─▶ Document ─ translate ─▶ Pivots ─ align ─▶ ParallelText
                                                                     tui, export ◀──────┘

From the top to the bottom; a room imports only rooms below it, and none beside it:

    cli          the command line
    tui          the reading screen
    session      what both do with a text: where it was left, stars and notes, exports
    editor       corrections with undo, in memory and in the store at once
    pipeline     runs the stages, with the store
    train        trains a package (needs PyTorch)
    formats, segment, translate, packages, align, export, store   one stage each
    corrections  operations on rows       annotations  stars and notes
    ledger       the account of every character
    languages    codes and names; which one a text is in
    facts, verses, suspicion                  numbers; poems; translations not to be trusted
    printable, subrip, pace, writing          texts safe to show; progress in words; files
    processors   how many there are
    model        the values that flow from left to right, large ones stored in columns
    errors       what is the user's business
    demo         the texts of `reader demo`
"""
