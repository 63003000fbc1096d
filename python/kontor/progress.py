"""A bar while something runs: an output of the notebook where there is one, else a line on standard error."""
from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Optional, Union

Tell = Callable[[str, float], None]
#: None or False: silent. True: a bar. A callable is told the step that begins and the share that is done, 0 to 1.
Progress = Union[None, bool, Tell]


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    here = shell.get_ipython() if shell else None
    return here is not None and "IPKernelApp" in getattr(here, "config", {})


class TextBar:
    """One line that is written over; at the end it is taken away."""

    WIDTH = 30

    def __init__(self, stream=None) -> None:
        self.stream = stream if stream is not None else sys.stderr

    def __call__(self, what: str, done: float) -> None:
        filled = round(self.WIDTH * min(max(done, 0.0), 1.0))
        self.stream.write(f"\r\x1b[K[{'#' * filled}{' ' * (self.WIDTH - filled)}] {done:4.0%} {what}")
        self.stream.flush()

    def close(self) -> None:
        self.stream.write("\r\x1b[K")
        self.stream.flush()


class Step:
    """What a bar in a notebook shows: the step that begins and the share that is done; nothing where there is none."""

    def __init__(self, what: str = "", done: float | None = None) -> None:
        self.what, self.done = what, done

    def __repr__(self) -> str:
        return "" if self.done is None else f"{self.done:4.0%} {self.what}"

    def _repr_html_(self) -> str:
        if self.done is None:
            return ""
        return f'<progress value="{self.done:.3f}" max="1"></progress> {self.done:.0%} {escape(self.what)}'


class NotebookBar:
    """An output that is written over, of HTML alone: widgets need a part in the browser, which Debian's do not bring."""

    def __init__(self, display) -> None:
        self.shown = display(Step(), display_id=True)

    def __call__(self, what: str, done: float) -> None:
        self.shown.update(Step(what, done))

    def close(self) -> None:
        self.shown.update(Step())


def bar():
    """The bar that fits where we are."""
    if _in_notebook():
        from IPython.display import display
        return NotebookBar(display)
    return TextBar()


@contextmanager
def shown(progress: Progress) -> Iterator[Optional[Tell]]:
    """What the compiled part is given; a bar is taken away whatever happens."""
    if progress is None or progress is False:
        yield None
    elif progress is True:
        made = bar()
        try:
            yield made
        finally:
            made.close()
    elif callable(progress):
        yield progress
    else:
        from .errors import wrong_argument
        raise wrong_argument("progress", repr(progress), "None, True, or a callable of (what, done)", "leave it out")
