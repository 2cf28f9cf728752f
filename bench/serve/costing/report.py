"""The tables of bench/serve/cost."""
import pathlib
import statistics

BEGIN, END = "<!-- bench/serve/cost writes from here -->", "<!-- to here -->"


def ratio(figures, reference):
    """The median of the ratios of each round, and the smallest and the largest."""
    ratios = [mine / theirs for mine, theirs in zip(figures, reference) if theirs > 0]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def table(rows, names, figures, memory, what):
    """Markdown: CPU of the first program in microseconds, of the others in multiples of it."""
    first = names[0]
    lines = [what, "", f"| CPU for each request or MB | {first}, µs | " + " | ".join(names[1:]) + " |", "|---" * (len(names) + 1) + "|"]
    for row in rows:
        taken = figures[row.key]
        if taken.get(first):
            cells = [f"{statistics.median(taken[first]):.1f} a {row.unit}"]
            cells += [ratio(taken[name], taken[first]) if taken.get(name) else "" for name in names[1:]]
            lines.append(f"| {row.title} | " + " | ".join(cells) + " |")
    for title, key in ("memory after start, MB", "start"), ("largest memory under these loads, MB", "most"):
        lines.append(f"| {title} | " + " | ".join(f"{memory[name][key]:.0f}" for name in names) + " |")
    return "\n".join(lines)


def write(path, text):
    """Puts the table where the document has its place for it."""
    document = pathlib.Path(path)
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{path} has no place for the table: {BEGIN} ... {END}")
    document.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
