"""The ledger: an append-only record of who signed which text, that anyone can check.

Nouns: an *entry* is one *record* (canonical JSON without personal data) at its place in
the log. A *thread* is the entries of one thing (a position, a submission, a mandate),
numbered without gaps. A *secret* is the salt and the identity behind a record's
commitment; it can be erased, the record stays. A *checkpoint* is the signed size and root
of the whole log at a moment. A *receipt* proves one entry to whoever holds it.

The tree is that of RFC 9162, section 2.1; checkpoints are C2SP signed notes (tlog-checkpoint,
signed-note) with Ed25519 keys.
"""
