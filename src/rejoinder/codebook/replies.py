"""Which links are replies: words or deeds of the other side that end the silence after an offer."""

from rejoinder.records import Act, How

__all__ = ["is_reply"]

_NONE: tuple[How, ...] = ("reaffirms", "evades", "withdraws")
"""The offerer comes back to it, or a text reports that nothing was said."""


def is_reply(how: How, answer: Act, offer: Act) -> bool:
    """Whether ``answer``, which answers ``offer`` in the way ``how``, is a reply by another side.

    What the offerer itself does about its offer is none; a state that talks to itself is told apart by role.
    """
    return how not in _NONE and not _same_side(answer, offer)


def _same_side(answer: Act, offer: Act) -> bool:
    if answer.actor.state is None or answer.actor.state != offer.actor.state:
        return False
    inside = offer.target is not None and offer.target.state == offer.actor.state
    return not inside or answer.actor.role == offer.actor.role
