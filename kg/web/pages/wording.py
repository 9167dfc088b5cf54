"""Words that pages say of what the data names by a code: grades, kinds of change, statements.

Each is marked here for the catalogues, and said where it is shown.
"""

from kg.web.pages.messages import marked

__all__ = [
    "COLUMNS",
    "FACETS",
    "GRADES",
    "GRADE_NAMES",
    "KINDS",
    "OPEN",
    "STATEMENTS",
    "STATUS",
    "TEXT_STATUS",
]

COLUMNS = {
    "responsibility": marked("Responsible"),
    "output": marked("Output"),
    "deadline": marked("Deadline"),
    "funding": marked("Funding"),
}
"""The columns of the plan with cells, by property, in the order of the text, and their heads."""

GRADES = {
    "Stated": marked("the text says it"),
    "Inferred": marked("it follows by a named rule"),
    "Unknown": marked("it may be so; the sources held can't tell"),
}
"""What grades mean, by their local names."""

GRADE_NAMES = {
    "Stated": marked("Stated"),
    "Inferred": marked("Inferred"),
    "Unknown": marked("Unknown"),
}

FACETS = (marked("exists"), marked("existence"), marked("words"), marked("start"))
"""What a grade is shown of."""

TEXT_STATUS = {
    "Verbatim": marked("as in the text of this state"),
    "AttestedLater": marked("known only from a later text"),
    "NotPreserved": marked("not preserved in any source held"),
}

STATEMENTS = {
    "place": marked("part of"),
    "number": marked("number"),
    "words": marked("words"),
    "responsibility": marked("body"),
    "output": marked("output"),
    "deadline": marked("deadline"),
    "funding": marked("funding"),
    "printed with": marked("printed with"),
    "topic": marked("topic"),
    "duty": marked("duty"),
    "cited act": marked("cited act"),
    "stands for": marked("full form"),
}
"""What the statements of a comparison are about."""

KINDS = {
    "did": {
        "added": marked("Added"),
        "removed": marked("Removed"),
        "replaced": marked("Replaced"),
        "amended": marked("Amended"),
    },
    "may": {
        "added": marked("May have been added"),
        "removed": marked("May have been removed"),
        "replaced": marked("May have been replaced"),
        "amended": marked("May have been changed"),
    },
}
"""What became of a provision, for certain or perhaps."""

OPEN = (
    marked("whether it was there"),
    marked("its words, which are not preserved"),
    marked("its words"),
    marked("its parts, which are not preserved"),
)
"""What a comparison tells to be unknown of the earlier day."""

STATUS = (
    marked("Bad Request"),
    marked("Not Found"),
    marked("Method Not Allowed"),
    marked("Not Acceptable"),
    marked("Request Timeout"),
    marked("Precondition Failed"),
    marked("Request Entity Too Large"),
    marked("Unsupported Media Type"),
    marked("Internal Server Error"),
    marked("Bad Gateway"),
    marked("Service Unavailable"),
    marked("Gateway Timeout"),
    marked("Insufficient Storage"),
)
"""The names of the status codes that are answered."""
