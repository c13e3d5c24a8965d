"""Public bodies: municipalities, ministries, councils; addressees, never members.

One noun: the *body*, an entry of the address book. The installation's data bring the first
ones (`flask bodies load`); the office adds others and corrects all.
"""
