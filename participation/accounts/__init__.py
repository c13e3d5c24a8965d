"""People: sign-up, sign-in, second factor, profile.

Nouns: a *user* is a person with an account; a *visitor* is anybody without one. Roles
that hold for the whole network stand here (coordinator, council representative,
administrator); roles within an organisation belong to its memberships.
"""
