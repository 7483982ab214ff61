"""The one exception whose message may be shown to a person."""


class HallyuError(Exception):
    """An expected fault: `str(error)` is one or two plain sentences that say what is wrong and what to do.

    Everything else that is raised is a defect: it is logged with an id and the person sees only the id.
    """
