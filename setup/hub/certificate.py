"""The class's own certificate: browsers give the camera to encrypted pages alone."""

import datetime
import socket

import trustme

AUTHORITY = "class.crt"  # what tablets may be told to trust
DAYS = 397  # which every browser takes


def make_certificate(room, address):
    """Issue a certificate for an address of this computer; returns the paths of the key and the certificate.

    The authority behind it stays the same as long as the class, so that tablets that trust it go on doing so when the
    school's network gives the computer another address.
    """
    key, certificate = room.secret / "server.key", room.secret / "server.crt"
    authority = find_authority(room)
    now = datetime.datetime.now(datetime.timezone.utc)
    issued = authority.issue_cert(
        address,
        *dict.fromkeys([f"{socket.gethostname().lower()}.local", "localhost", "127.0.0.1"]),
        organization_name="facelab",
        organization_unit_name="class",
        not_before=now - datetime.timedelta(days=1),  # a tablet's clock may be behind
        not_after=now + datetime.timedelta(days=DAYS),
    )
    issued.private_key_pem.write_to_path(key)
    certificate.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
    return key, certificate


def find_authority(room):
    """Return the class's certificate authority; a new one if there is none."""
    certificate, key = room.secret / AUTHORITY, room.secret / "class.key"
    if certificate.exists() and key.exists():
        return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    name = f"facelab {room.settings['id']}"
    authority = trustme.CA(organization_name=name, organization_unit_name="class", path_length=0)
    authority.private_key_pem.write_to_path(key)
    authority.cert_pem.write_to_path(certificate)
    return authority
