"""Own data: a table file of the person's becomes a data set like the known ones.

`importer.inspect` looks at a file, `importer.import_file` reads, filters and installs it and reports what it found,
`store.remove` takes it away. `options` and `report` are light enough for the window.
"""
