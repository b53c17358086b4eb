"""Flags that the package gives itself, and no keyword stands for; without imports, for make_options.py."""

OWN = frozenset(
    "--json --draws --quiet --csv --fit --list --part --resamples --rows --shard".split()
)
