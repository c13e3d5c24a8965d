"""What members say about a provision: comments, proposed wordings, support, moderation.

Nouns: a *comment* is on the whole draft or on a provision, written by a person, on behalf
of an organisation when the person acts as one. A *proposed wording* is a comment that adds,
changes or deletes words, with reasons. A *support* is another organisation's, once. A
*reply* is a comment under a comment, one level deep. A hidden comment keeps its place.
"""
