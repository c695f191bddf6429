"""What the tests in the browser share: what a widget says, what is dropped, and waiting for what is on the disk."""

import base64

import pytest

import facelab

# Makes what a drop or a paste carries: files of a name and a content in base64, or a text.
MAKE_FILES = """([files, text]) => {
  const carried = new DataTransfer();
  for (const [name, content] of files)
    carried.items.add(new File([Uint8Array.from(atob(content), letter => letter.charCodeAt(0))], name));
  if (text) carried.setData('text/plain', text);
  return carried;
}"""
PASTE = """(zone, clipboardData) => {
  zone.focus();
  zone.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


def carry(page, files, text=""):
    """Make a dict of file names and contents, or a text, into what a drop or a paste carries."""
    named = [[name, base64.b64encode(data).decode()] for name, data in files.items()]
    return page.evaluate_handle(MAKE_FILES, [named, text])


def drop(page, files, text=""):
    page.locator(".facelab-drop").dispatch_event("drop", {"dataTransfer": carry(page, files, text)})


def say(key, language, **values):
    """Return a sentence of the kit in a language, whatever is chosen."""
    facelab.use_language(language)
    try:
        return facelab.say(key, **values)
    finally:
        facelab.use_language("ko")


def wait_until(page, condition, what):
    """Wait in short steps, as long as for anything in the browser, until something is true on this computer's disk."""
    for _ in range(600):
        if condition():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"waited in vain for: {what}")
