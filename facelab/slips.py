"""For the commonest slips of the pen, and for packages that were loaded by half, a sentence for a pupil.

`start.py` has IPython load this as an extension (setup/ipython).
"""

import ast
import json
import linecache
import os
import re
import sys
import sysconfig
from difflib import get_close_matches
from pathlib import Path
from traceback import extract_tb, walk_tb
from types import ModuleType

from facelab.language import say

# What Python says, in English, of lines that it cannot read.
_UNREADABLE = {
    "unterminated": "slips.quote",
    "never closed|incomplete|unexpected EOF": "slips.unfinished",
    "unmatched|does not match": "slips.bracket",
    "invalid (?:non-printable )?character": "slips.character",
    "unexpected indent|unindent": "slips.indent",
    "expected an indented block": "slips.no_indent",
    "": "slips.line",
}
_TEXTS = ("str", "int", "float", "list", "dict", "tuple")  # what has few names after a dot that a lesson would use


def load_ipython_extension(shell):
    """Let a shell of IPython tell about slips in the chosen language."""
    shell.set_custom_exc((Exception,), tell_slip)


def tell_slip(shell, kind, problem, trace, tb_offset=None):
    """Show the sentence where the traceback would be; takes what IPython passes."""
    sentence = say("slips.half_loaded") if is_half_loaded(problem) else None
    if issubclass(kind, SyntaxError) or _is_of_cell(shell, trace):
        cells = _read_notebook() if issubclass(kind, NameError) else []
        sentence = write_slip(problem, _read_place(trace), cells, (shell.user_ns.get("In") or [""])[-1])
    if sentence is None:
        shell.showtraceback((kind, problem, trace), tb_offset=tb_offset)
        return
    place = []
    if issubclass(kind, SyntaxError):
        place = shell.SyntaxTB.structured_traceback(kind, problem, [])  # the line, with a mark below it
    shell._showtraceback(kind, problem, [*place, sentence])


def is_half_loaded(problem: Exception) -> bool:
    """Tell whether a package failed while it was being loaded: an earlier try was interrupted and has left half of it.

    Examples
    --------
    >>> is_half_loaded(ValueError("of one's own"))
    False
    """
    places = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    codes = [frame.f_code for frame, _ in walk_tb(problem.__traceback__)]
    loading = [code.co_filename for code in codes if code.co_name == "<module>"]
    return any(Path(place) in Path(file).parents for file in loading for place in places)


def write_slip(problem, place="", cells=(), cell=""):
    """Write the sentence for an error that comes of a slip of the pen; None if nothing can be told.

    Parameters
    ----------
    problem : Exception
        What Python raised.
    place : str
        The piece of code in which it happened.
    cells : sequence of str
        The code of the notebook's cells, from the first to the last, as far as it is known.
    cell : str
        The code of the cell that was run.

    Examples
    --------
    >>> write_slip(NameError(name="화남"))
    '파이썬은 화남이라는 이름을 몰라요. 글자로 된 답이면 "화남"처럼 따옴표로 감싸 주세요.'
    >>> import facelab
    >>> write_slip(AttributeError(name="lables", obj=facelab.load_sample()))
    'LabelledFaces에는 lables라는 것이 없어요. 혹시 labels인가요?'
    >>> write_slip(TypeError("'LabelledFaces' object is not callable"), "ten(3)")
    'ten에서 하나를 꺼낼 때는 소괄호가 아니라 대괄호를 써요: ten[3]'
    """
    if isinstance(problem, AttributeError):
        return _write_attribute(problem)
    if isinstance(problem, SyntaxError):
        key = next(key for pattern, key in _UNREADABLE.items() if re.search(pattern, str(problem.msg)))
        return say(key, line=problem.lineno)
    if isinstance(problem, NameError):
        return _write_name(problem, list(cells), cell)
    return _write_call(problem, place) or _write_place(str(problem), place)


def _write_name(problem, cells, cell):
    name = problem.name or str(problem)
    before = cells[: cells.index(cell)] if cell in cells else cells
    makers = [each for each in before if name in _list_made(each)]
    if makers:
        return say("slips.not_run", name=name, line=next(line for line in makers[-1].splitlines() if line.strip()))
    is_word = re.search("[가-힣]", name)  # no name of the lessons is written in Hangul
    return say("slips.word" if is_word else "slips.name", name=name)


def _list_made(code):
    """List the names that the code of a cell makes; none if Python cannot read it."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:
        return set()
    made = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    imports = [each for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for each in node.names]
    return made | {each.asname or each.name.partition(".")[0] for each in imports}


def _write_call(problem, place):
    """Write what to do about round brackets where square ones, or none, belong."""
    if not isinstance(problem, TypeError) or "object is not callable" not in str(problem):
        return None
    try:
        call = ast.parse(place, mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(call, ast.Call) or call.keywords:
        return None
    owner, inside = ast.unparse(call.func), ", ".join(map(ast.unparse, call.args))
    return say("slips.round" if inside else "slips.no_call", owner=owner, inside=inside)


def _write_place(words, place):
    """Write what is wrong with a number in square brackets."""
    found = re.search(r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", words)
    if found:
        return say("slips.out_of_bounds", number=found[1], last=int(found[2]) - 1)
    if re.search(r"(list|tuple|string) index out of range", words):
        return say("slips.too_far", place=place)
    if re.search(r"only integers, slices|indices must be integers", words):
        point = re.search(r"\[(\d+)\.(\d+)\]", place)
        return say("slips.comma" if point else "slips.no_number", one=point and point[1], other=point and point[2])
    return None


def _write_attribute(problem):
    owner, name = problem.obj, problem.name
    told = re.fullmatch(r"No (\w+) attribute (\w+)", str(problem))  # what a package that loads late says
    if owner is None and told:
        owner, name = sys.modules.get(told[1]), told[2]
    if owner is None:
        return None
    title = owner.__name__ if isinstance(owner, ModuleType | type) else type(owner).__name__
    near = get_close_matches(name, [each for each in dir(owner) if not each.startswith("_")], n=1, cutoff=0.7)
    if not near and title in _TEXTS and not isinstance(owner, type):
        return say("slips.plain", owner=title, name=name, kind=say(f"slips.{title}"))
    return say("slips.near" if near else "slips.attribute", owner=title, name=name, near="".join(near))


def _is_of_cell(shell, trace):
    """Tell whether the pupil's own line failed; one inside a package makes no slip of the pen."""
    frames = [frame for frame, _ in walk_tb(trace) if frame.f_code.co_name != "__getattr__"]
    return bool(frames) and frames[-1].f_globals is shell.user_ns


def _read_place(trace):
    """Return the piece of code in which a problem arose; "" if it is not known."""
    frames = extract_tb(trace)
    if not frames or frames[-1].colno is None or frames[-1].lineno != frames[-1].end_lineno:
        return ""
    line = linecache.getline(frames[-1].filename, frames[-1].lineno).encode()  # the places count bytes
    return line[frames[-1].colno : frames[-1].end_colno].decode()


def _read_notebook():
    """Read the code of the notebook's cells, as it was saved last; Jupyter tells where the notebook is."""
    try:
        notebook = json.loads(Path(os.environ["JPY_SESSION_NAME"]).read_text(encoding="utf-8"))
        return ["".join(each["source"]) for each in notebook["cells"] if each["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
