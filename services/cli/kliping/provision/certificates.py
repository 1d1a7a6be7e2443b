"""Certificates for OpenSearch: an authority of our own, one for the server's both sides, one for its administrator."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kliping.provision.folder import KEPT_MODE, MOUNTED_MODE, SecretFolder

#: With it end both subjects that ``deploy/opensearch/opensearch.yml`` lists.
ORGANISATION: Final = "Kliping"
_AUTHORITY_LIFE: Final = timedelta(days=3650)
#: The longest that browsers and other strict clients take.
_LIFE: Final = timedelta(days=825)
#: A certificate that ends sooner is made anew.
_RENEW: Final = timedelta(days=60)
#: Clocks differ.
_SKEW: Final = timedelta(days=1)
_USES: Final = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def holds(self, now: datetime) -> bool:
        """Whether it is valid for long enough."""
        return self.certificate.not_valid_after_utc - now > _RENEW


def certificates(folder: SecretFolder, hosts: Sequence[str], *, rotate: bool) -> None:
    """Make or renew ``ca``, ``opensearch`` and ``admin`` (``.pem`` and ``.key``). The authority outlives a rotation."""
    now = datetime.now(UTC)
    authority = _read(folder, "ca")
    fresh = authority is None or not authority.holds(now)
    if authority is None or fresh:
        authority = _authority(now)
        _write(folder, "ca", authority, key_mode=KEPT_MODE)
    for name, names in (("opensearch", ("localhost", "127.0.0.1", *hosts)), ("admin", ())):
        known = _read(folder, name)
        wanted = _names(names)
        if rotate or fresh or known is None or not known.holds(now) or _named(known.certificate) != wanted:
            _write(folder, name, _issued(name, wanted, authority, now))


def _authority(now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _subject("authority")
    builder = _builder(name, name, key.public_key(), now, _AUTHORITY_LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_key_usage(signs_certificates=True), critical=True)
    return Pair(builder.sign(key, hashes.SHA256()), key)


def _issued(name: str, names: Sequence[x509.GeneralName], authority: Pair, now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_subject(name), authority.certificate.subject, key.public_key(), now, _LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_key_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(_USES, critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = builder.add_extension(issuer, critical=False)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Pair(builder.sign(authority.key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _subject(name: str) -> x509.Name:
    """Read from the end, as OpenSearch does: ``CN=name,O=Kliping``."""
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION)
    return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _names(hosts: Sequence[str]) -> list[x509.GeneralName]:
    return [_name(host) for host in dict.fromkeys(hosts)]


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _named(certificate: x509.Certificate) -> list[x509.GeneralName]:
    try:
        return list(certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
    except x509.ExtensionNotFound:
        return []


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _read(folder: SecretFolder, name: str) -> Pair | None:
    """The pair that is there; None where it, or half of it, is missing."""
    certificate, key = folder.read(f"{name}.pem"), folder.read(f"{name}.key")
    if certificate is None or key is None:
        return None
    loaded = serialization.load_pem_private_key(key, password=None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return Pair(x509.load_pem_x509_certificate(certificate), loaded)


def _write(folder: SecretFolder, name: str, pair: Pair, key_mode: int = MOUNTED_MODE) -> None:
    key = pair.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    folder.write(f"{name}.key", key, mode=key_mode)
    folder.write(f"{name}.pem", pair.certificate.public_bytes(serialization.Encoding.PEM))
