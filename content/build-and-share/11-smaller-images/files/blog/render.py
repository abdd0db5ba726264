"""Turns every post into a page: python3 render.py OUTPUT"""

import html
import pathlib
import sys

output = pathlib.Path(sys.argv[1])
output.mkdir(parents=True, exist_ok=True)
links = []
for post in sorted(pathlib.Path("posts").glob("*.txt")):
    title, _, text = post.read_text().partition("\n")
    page = f"<h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>\n"
    (output / f"{post.stem}.html").write_text(page)
    links.append(f'<li><a href="{post.stem}.html">{html.escape(title)}</a></li>')
    print("rendered", post.name)
(output / "index.html").write_text(f"<h1>The blog</h1><ul>{''.join(links)}</ul>\n")
