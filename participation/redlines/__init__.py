"""Redlines: drafts in Word with demands as tracked changes, out and in.

Nouns: a *draft in Word* is a text with everybody's demanded wordings as tracked changes and the comments beside
them. An *edited file* is what somebody sends back; what is found in it waits as a preview, a list of *items*, until
the person posts the chosen ones as comments of the organisation they act for. The worker reads it.
"""
