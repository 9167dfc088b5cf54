"""Links as a client reads them, in a header or in a TimeMap."""

import re

from tests.serving import Server

Links = list[tuple[str, dict[str, str]]]


def parse_links(text: str) -> Links:
    """Targets with their attributes (RFC 8288, section 3; RFC 6690); nothing may be left over."""
    link = re.compile(r'\s*<([^>]*)>((?:\s*;\s*\w+="[^"]*")*)\s*(?:,|$)')
    found: Links = []
    place = 0
    while place < len(text):
        match = link.match(text, place)
        assert match, text[place:]
        found.append((match[1], dict(re.findall(r'(\w+)="([^"]*)"', match[2]))))
        place = match.end()
    return found


def targets(site: Server, links: Links, relation: str) -> list[str]:
    """The addresses with a relation, without the server's own."""
    return [
        target.removeprefix(site.address)
        for target, attributes in links
        if relation in attributes["rel"].split()
    ]
