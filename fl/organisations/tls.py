"""TLS between members: how each listens, and whose certificate the other end of a connection shows."""

from __future__ import annotations

import hashlib
import ssl

from fl.organisations.kit import Kit


def listening_context(kit: Kit) -> ssl.SSLContext:
    """Return TLS for a member that listens: certificates of the federation only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(kit.ca_path)
    context.load_cert_chain(kit.certificate_path, kit.key_path)
    return context


def shown_by(connection: ssl.SSLSocket | ssl.SSLObject) -> str:
    """Return the fingerprint of the certificate that the other end shows; nobody's where it shows none."""
    return hashlib.sha256(connection.getpeercert(binary_form=True) or b"").hexdigest()
