"""What goes to the decision-makers; its documents; their answers, point by point.

Nouns: a *submission* is compiled from positions and, if chosen, comments of single
organisations, for one or more public bodies. *Freezing* copies everything it says, so
that what was sent stays as it was. It is *sent*, and each of its *points* waits for an
*answer* of each body.
"""
