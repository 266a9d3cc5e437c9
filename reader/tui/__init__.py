"""The reading screen: a `ParallelText`, a cursor and a view. It knows no pipeline and no store."""
