"""What the page does, in Python."""


def send(zone, name, data, part=None):
    """Send a file as the browser does: in parts, each after the answer to the one before; returns the last answer."""
    answers, part = [], part or max(len(data), 1)
    zone.send = lambda answer: answers.append(answer["problem"])
    for start in range(0, max(len(data), 1), part):
        message = {"kind": "part", "name": name, "first": start == 0, "last": start + part >= len(data)}
        zone.receive(zone, message, [memoryview(data[start : start + part])])
    return answers[-1]


def send_all(zone, files):
    """Send files as one batch, from its beginning to its end; returns the answer to each file."""
    zone.send = lambda answer: None
    zone.receive(zone, {"kind": "begin"}, [])
    answers = [send(zone, name, data) for name, data in files.items()]
    zone.receive(zone, {"kind": "end"}, [])
    return answers
