"""What needs no class that is open: accounts, tries, digits, sentences, and starts that end in one."""

import json
import os
import re
import ssl
import sys
from pathlib import Path

import pytest

from setup import classroom
from setup.hub.room import CODE_DIGITS, Room
from setup.hub.words import words
from setup.sentences import Stop

HUB = Path(classroom.__file__).parent / "hub"


@pytest.fixture
def room(tmp_path):
    """The folder of a new class."""
    room = Room(tmp_path / "class")
    room.prepare()
    return room


def test_a_class_keeps_its_code_and_closes_its_folders(room):
    again = Room(room.folder)
    again.prepare()
    assert again.settings == room.settings
    assert re.fullmatch(rf"\d{{{CODE_DIGITS}}}", room.settings["code"])
    modes = {folder.name: folder.stat().st_mode & 0o777 for folder in (room.folder, room.homes, room.secret)}
    assert modes == {"class": 0o711, "homes": 0o711, "secret": 0o700}


def test_a_disk_that_closes_nothing_holds_no_class(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "chmod", lambda path, mode: os.chmod(path, 0o777))  # as a Windows disk within WSL2
    with pytest.raises(Stop, match="class_open_to_all"):
        Room(tmp_path / "class").prepare()
    assert not list(tmp_path.rglob("class.json"))


def test_an_account_is_safe_and_everybodys_own_whatever_the_names(room, tmp_path):
    names = ["김하늘", "김하늘2", "하늘", "root", "-rf", "a", "A b", "가" * 20, "$(reboot)", "'; --", "é", "한"]
    accounts = [room.account_of(name) for name in names]
    assert len(set(accounts)) == len(names)
    assert all(re.fullmatch(r"facelab-[0-9a-f]{4}-[0-9a-f]{16}", account) for account in accounts)
    other = Room(tmp_path / "other")
    other.prepare()
    other.settings["id"] = "ffff" if room.settings["id"] == "0000" else "0000"
    assert other.account_of("김하늘") not in accounts


def test_the_place_of_sockets_is_short_enough_for_the_system(room):
    from setup.hub.accounts import runtime_of

    socket = runtime_of(room, room.account_of("가" * 20)) / f"kernel-{'0' * 36}-ipc-99"
    assert len(os.fsencode(socket)) <= 107


def test_wrong_tries_are_forgotten_after_a_while_and_by_whom_they_were():
    from setup.hub.signin import WAIT, Attempts

    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for _ in range(3):
        attempts.note("a tablet")
        now[0] += WAIT / 4
    assert (attempts.count("a tablet"), attempts.count("another")) == (3, 0)
    now[0] += WAIT / 2
    assert attempts.count("a tablet") == 2
    now[0] += WAIT
    assert attempts.count("a tablet") == 0
    for number in range(20_050):
        attempts.note(number)
        now[0] += 1
    assert len(attempts._times) <= 10_050  # ever new names do not fill the memory


def test_a_certificate_is_for_the_address_and_its_authority_stays(room):
    from setup.hub.certificate import AUTHORITY, make_certificate

    key, certificate = make_certificate(room, "192.168.0.7")
    authority = (room.secret / AUTHORITY).read_bytes()
    first = certificate.read_bytes()
    ssl.create_default_context(cafile=room.secret / AUTHORITY)
    make_certificate(room, "10.0.0.5")
    assert (room.secret / AUTHORITY).read_bytes() == authority and certificate.read_bytes() != first
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    from cryptography import x509

    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "10.0.0.5" in map(str, names.get_values_for_type(x509.IPAddress))
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    assert (read.not_valid_after_utc - read.not_valid_before_utc).days <= 398  # more is refused by browsers


def test_the_board_shows_the_code_in_large_digits():
    assert sorted(classroom.DIGITS) == sorted("0123456789 ")
    for digit, drawn in classroom.DIGITS.items():
        assert len(drawn) == 19, digit
    assert len(set(classroom.DIGITS.values())) == 11
    lines = classroom.draw_digits("1234 5678")
    assert len(lines) == 5 and {len(line) for line in lines} == {9 * 6 + 8 * 2}


def test_the_sentences_of_the_pages_are_in_both_languages_and_all_are_used():
    korean, english = words("ko"), words("en")
    used = "\n".join(file.read_text(encoding="utf-8") for file in [*HUB.glob("*.py"), *HUB.glob("templates/*.html")])
    for key in korean.keys() | english.keys():
        assert re.search("[가-힣]", korean[key]) and not re.search("[가-힣]", english[key]), key
        assert re.search(rf"words\.{key}\b|\"{key}\"", used), key
        fields = [sorted(set(re.findall(r"{(\w+)}", text[key]))) for text in (korean, english)]
        assert fields[0] == fields[1], key
    assert set(re.findall(r"\bwords\.(\w+) }}", used)) <= korean.keys()


# Starts that end in a sentence


def test_another_system_than_linux_and_another_account_than_roots_are_told_what_to_do(monkeypatch):
    monkeypatch.setattr(classroom.platform, "system", lambda: "Windows")
    with pytest.raises(Stop, match="class_needs_linux"):
        classroom.open_class([])
    monkeypatch.setattr(classroom.platform, "system", lambda: "Linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Stop, match="class_needs_root"):
        classroom.open_class(["--language", "en"])


def test_a_kit_that_pupils_cannot_run_or_could_change_is_no_place_for_a_class(shared_python, monkeypatch):
    monkeypatch.chdir(HUB.parents[1])
    classroom.check_for_pupils(shared_python)
    for said in ("writable: /opt/facelab", ""):
        monkeypatch.setattr(classroom, "run", lambda *_, said=said, **__: (1, [said] if said else []))
        with pytest.raises(Stop, match="class_not_shared"):
            classroom.check_for_pupils(sys.executable)


def test_a_teachers_password_that_will_not_do_is_refused(monkeypatch):
    for password in ("short", "가" * 25, ""):
        monkeypatch.setattr(classroom.getpass, "getpass", lambda prompt, password=password: password)
        with pytest.raises(Stop, match="class_bad_password"):
            classroom.ask_password()


def test_the_proxy_is_installed_once(tmp_path, monkeypatch):
    runs = []
    monkeypatch.setattr(classroom, "PROXY", tmp_path / "proxy")
    monkeypatch.setattr(classroom, "use_tool", lambda command, settings: runs.append(command))
    for _ in range(2):
        classroom.prepare_proxy(sys.executable)
    assert len(runs) == 1 and "ci" in runs[0] and "--ignore-scripts" in runs[0]
    wanted = json.loads((tmp_path / "proxy" / "package.json").read_text(encoding="utf-8"))
    assert list(wanted["dependencies"]) == ["configurable-http-proxy"]
