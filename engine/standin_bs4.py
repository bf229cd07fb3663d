"""Stands in for bs4: elements of a page by their name and attributes, and their text."""

import html.parser

EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Tag:
    """An element."""

    def __init__(self, name, attrs=()):
        self.name, self.attrs, self.contents = name, dict(attrs), []

    def __getitem__(self, name):
        return self.attrs[name]

    def get(self, name, default=None):
        """An attribute, or what is given for it."""
        return self.attrs.get(name, default)

    def descendants(self):
        """All elements in it, in their order."""
        for each in self.contents:
            if isinstance(each, Tag):
                yield each
                yield from each.descendants()

    def find_all(self, name=None, attrs=None, limit=None, class_=None, **others):
        """The elements of a name that have such attributes; True is for any value."""
        wanted = {**(attrs or {}), **others, **({"class": class_} if class_ else {})}
        names = [name] if isinstance(name, str) else name

        def fits(each):
            def has(key, value):
                found = each.attrs.get(key)
                return found is not None and (value is True or found == value or key == "class" and value in found.split())

            return (names in (None, True) or each.name in names) and all(has(*item) for item in wanted.items())

        return [each for each in self.descendants() if fits(each)][:limit]

    def find(self, name=None, attrs=None, **others):
        """The first of them, if there is one."""
        return next(iter(self.find_all(name, attrs, limit=1, **others)), None)

    def __getattr__(self, name):
        return None if name.startswith("__") else self.find(name)

    def get_text(self, separator="", strip=False):
        """All text in it."""
        texts = [each.get_text(separator, strip) if isinstance(each, Tag) else each for each in self.contents]
        return separator.join(text for text in (text.strip() if strip else text for text in texts) if text)

    text = property(get_text)
    string = property(lambda self: self.contents[0] if len(self.contents) == 1 and isinstance(self.contents[0], str) else None)


class BeautifulSoup(Tag):
    """A page."""

    def __init__(self, markup="", features=None, **others):
        super().__init__("[document]")
        inside = [self]

        class Parser(html.parser.HTMLParser):
            def handle_starttag(self, name, attrs):
                tag = Tag(name, attrs)
                inside[-1].contents.append(tag)
                if name not in EMPTY:
                    inside.append(tag)

            def handle_endtag(self, name):
                if any(tag.name == name for tag in inside[1:]):
                    while inside.pop().name != name:
                        pass

            def handle_data(self, data):
                inside[-1].contents.append(data)

        Parser().feed(markup.decode() if isinstance(markup, bytes) else markup)
