"""News that would like to be a script: what is put into every field of an article that a page shows, and how it is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

from kliping_shared.contracts import EntityType
from tests.unit.link.building import Draft, Said

#: What it would run, and what a test looks for.
RUN: Final = "window.ran=1"
#: Ways out of an element's text, an attribute, a comment, a script, a style, a title, CDATA, a template.
HOSTILE: Final = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}",
    f"</title></textarea></style><svg onload={RUN}>",
    f"--><iframe srcdoc='<script>{RUN}</script>'>",
    f"]]><html:script xmlns:html='http://www.w3.org/1999/xhtml'>{RUN}</html:script>",
    "{{ 7*'7' }}{% raw %}${7*7}",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;b&#62;",
    f"javascript:{RUN}//",
    f"data:text/html,<script>{RUN}</script>",
    '=HYPERLINK("http://attacker.example")',
    "\u202e\u2066/../..\\%00%3Cscript%3E?a=1#b",
)
#: What every page may link to beside itself.
SCHEMES: Final = ("", "http", "https")
EVENTFUL: Final = "on"


def drafts() -> Iterator[Draft]:
    """Two articles for each of HOSTILE, of two outlets, so that there are groups and stories; all of their words are it."""
    for number, hostile in enumerate(HOSTILE):
        said = Said(f"Sari {hostile}", f"tanggul nomor {number} jebol {hostile}", role=hostile, affiliation=hostile)
        for outlet in ("A", "B"):
            yield Draft(
                f"h{number}{outlet}",
                (said,),
                lead=f"{hostile} tanggul nomor {number} jebol di Kota{number} {hostile}",
                names=((f"Kota{number} {hostile}", EntityType.LOC),),
                outlet=f"{outlet} {hostile}",
                origin=f"{outlet} {hostile}",
                title=f"{number} {hostile}",
                extra={"url": hostile if ":" in hostile else f"https://a.example/{hostile}", "author": hostile},
            )


class Page(HTMLParser):
    """What of a page could run, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is not ours."""
        given = {name: value or "" for name, value in attrs}
        ours = tag != "script" or (list(given) and given.get("src", "").startswith("/static/"))
        if not ours or tag in ("iframe", "object", "embed", "base", "html:script", "style"):
            self.bad.append(f"<{tag} {given}>")
        for name, value in given.items():
            if name.startswith(EVENTFUL) or name in ("style", "srcdoc"):
                self.bad.append(f"<{tag} {name}={value!r}>")
            if name in ("href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post"):
                if urlsplit(value.strip()).scheme.lower() not in SCHEMES:
                    self.bad.append(f"<{tag} {name}={value!r}>")
                elif name == "href" and value.startswith("/"):
                    self.links.append(value.partition("#")[0])
