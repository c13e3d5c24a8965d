"""What the project knows about documents: pure functions, no database, no Flask.

Nothing here words a sentence for a person: doubts and refusals are codes with
details, and the layer above says them in the reader's language.
"""
