"""NGOs of the network, their people and mandates; joining the network.

Nouns: an *organisation* applies, is admitted, asked back or declined by the coordinator.
A *membership* is a person's place in an organisation, as contributor or representative
(somebody with its mandate). An *invitation* asks a person to join one's organisation.
"""
