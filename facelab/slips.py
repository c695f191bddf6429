"""For the commonest slips of the pen, unknown names and lines that Python cannot read, a sentence for a pupil.

`start.py` has IPython load this as an extension (setup/ipython).
"""

import re
import sys
from difflib import get_close_matches
from traceback import walk_tb
from types import ModuleType

from facelab.language import say

# What Python says, in English, of lines that it cannot read.
_UNREADABLE = {
    "unterminated": "slips.quote",
    "never closed|incomplete|unexpected EOF": "slips.unfinished",
    "unmatched|does not match": "slips.bracket",
    "invalid (?:non-printable )?character": "slips.character",
    "": "slips.line",
}


def load_ipython_extension(shell):
    """Let a shell of IPython tell about slips in the chosen language."""
    shell.set_custom_exc((NameError, AttributeError, SyntaxError), tell_slip)


def tell_slip(shell, kind, problem, trace, tb_offset=None):
    """Show the sentence where the traceback would be; takes what IPython passes."""
    sentence = write_slip(problem)
    if sentence is None or (not issubclass(kind, SyntaxError) and not _is_of_cell(shell, trace)):
        shell.showtraceback((kind, problem, trace), tb_offset=tb_offset)
        return
    place = []
    if issubclass(kind, SyntaxError):
        place = shell.SyntaxTB.structured_traceback(kind, problem, [])  # the line, with a mark below it
    shell._showtraceback(kind, problem, [*place, sentence])


def write_slip(problem):
    """Write the sentence for a NameError, a SyntaxError or an AttributeError; None if nothing can be told.

    Examples
    --------
    >>> write_slip(NameError(name="화남"))
    '파이썬은 화남이라는 이름을 몰라요. 글자로 된 답이면 "화남"처럼 따옴표로 감싸 주세요.'
    >>> import facelab
    >>> write_slip(AttributeError(name="lables", obj=facelab.load_sample()))
    'LabelledFaces에는 lables라는 것이 없어요. 혹시 labels인가요?'
    """
    if isinstance(problem, AttributeError):
        return _write_attribute(problem)
    if isinstance(problem, SyntaxError):
        key = next(key for pattern, key in _UNREADABLE.items() if re.search(pattern, str(problem.msg)))
        return say(key, line=problem.lineno)
    name = problem.name or str(problem)
    is_word = re.search("[가-힣]", name)  # no name of the lessons is written in Hangul
    return say("slips.word" if is_word else "slips.name", name=name)


def _write_attribute(problem):
    owner, name = problem.obj, problem.name
    told = re.fullmatch(r"No (\w+) attribute (\w+)", str(problem))  # what a package that loads late says
    if owner is None and told:
        owner, name = sys.modules.get(told[1]), told[2]
    if owner is None:
        return None
    title = owner.__name__ if isinstance(owner, ModuleType | type) else type(owner).__name__
    near = get_close_matches(name, [each for each in dir(owner) if not each.startswith("_")], n=1)
    return say("slips.near" if near else "slips.attribute", owner=title, name=name, near="".join(near))


def _is_of_cell(shell, trace):
    """Tell whether the pupil's own line asked for the name; one inside a package makes no slip of the pen."""
    frames = [frame for frame, _ in walk_tb(trace) if frame.f_code.co_name != "__getattr__"]
    return bool(frames) and frames[-1].f_globals is shell.user_ns
