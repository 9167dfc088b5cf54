"""Things of the project's own plan that Memento (RFC 7089) is tried on, and the states they have.

States begin on 2013-01-31, 2014-10-27 and 2014-12-30, at midnight in Kazakhstan: 18:00 GMT of the
day before.
"""

ACT = "/eli/kz/resolution/2013/78"
MEASURE = f"{ACT}/plan/section-1/measure-1"
LATE_MEASURE = f"{ACT}/plan/section-4/measure-7"  # stands from the last state on
REMOVED = f"{ACT}/plan/section-3"  # stands in the first state only
FIRST, SECOND, THIRD = DAYS = ("2013-01-31", "2014-10-27", "2014-12-30")
MIDNIGHT = {
    FIRST: "Wed, 30 Jan 2013 18:00:00 GMT",
    SECOND: "Sun, 26 Oct 2014 18:00:00 GMT",
    THIRD: "Mon, 29 Dec 2014 18:00:00 GMT",
}
OF_NO_STATE = ["/agency/ministry-of-finance", "/rule/R8", "/ontology", "/graph/reference"]
