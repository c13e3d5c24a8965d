"""Writing: one document of a submission as PDF, DOCX, ODT, CSV, XLSX and JSON.

Every format is made from the same `documents.Document`, in which all words are already in the reader's language. The
same document makes the same bytes, today and on another machine with the same versions of the tools. What is heavy
(typst, pandoc, XlsxWriter) is loaded when a document is written, or runs in a process of its own.
"""
