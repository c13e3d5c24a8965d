"""A network to look around in: invented people, organisations and drafts, in every state.

It is lived through, not copied in: every act of the content goes through the operation that
a person would use, at the moment at which it is said to have happened.
"""
