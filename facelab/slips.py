"""For the commonest slip of the pen, a name that Python does not know, a sentence instead of a traceback.

`start.py` has IPython load this as an extension (setup/ipython).
"""

import re

from facelab.language import say


def load_ipython_extension(shell):
    """Let a shell of IPython tell about unknown names in the chosen language."""
    shell.set_custom_exc((NameError,), tell_slip)


def tell_slip(shell, kind, problem, trace, tb_offset=None):
    """Show the sentence where the traceback would be; takes what IPython passes."""
    shell._showtraceback(kind, problem, [write_slip(problem)])


def write_slip(problem):
    """Write the sentence for a NameError.

    Examples
    --------
    >>> write_slip(NameError(name="화남"))
    '파이썬은 화남이라는 이름을 몰라요. 글자로 된 답이면 "화남"처럼 따옴표로 감싸 주세요.'
    """
    name = problem.name or str(problem)
    is_word = re.search("[가-힣]", name)  # no name of the lessons is written in Hangul
    return say("slips.word" if is_word else "slips.name", name=name)
