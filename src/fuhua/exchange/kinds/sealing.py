"""The platform's electronic seal (电子封签): PAdES B-B by a certificate kept in a PKCS #12 file.

Read only when something is sealed, for the libraries take a second to load. The setting FUHUA_SIGNER may name another function of
the same shape, such as the service of a licensed certification authority.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle

_BOX = (62, 247, 533, 417)  # points from the foot of the page: the box that the templates leave open
_CENTRED = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0))
_YEARS = dt.timedelta(days=3653)


def seal(paper: bytes, stamp: bytes) -> bytes:
    """``paper`` (PDF) with a signature appended whose visible part is the page ``stamp`` (PDF), on the last page."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as drawn:
        drawn.write(stamp)
        drawn.flush()
        style = StaticStampStyle.from_pdf_file(drawn.name, border_width=0, background_opacity=1, background_layout=_CENTRED)
        signer = PdfSigner(
            PdfSignatureMetadata(field_name="FuhuaSeal", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"),
            _certificate(), stamp_style=style, new_field_spec=SigFieldSpec("FuhuaSeal", on_page=-1, box=_BOX))
        return signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper))).getvalue()


def root() -> bytes:
    """The certificate (PEM) that a reader must trust to verify the seal."""
    held = pkcs12.load_pkcs12(_file().read_bytes(), _passphrase())
    chain = [each.certificate for each in held.additional_certs] or [held.cert.certificate]
    return chain[-1].public_bytes(Encoding.PEM)


@cache
def _certificate() -> SimpleSigner:
    signer = SimpleSigner.load_pkcs12(str(_file()), passphrase=_passphrase())
    if signer is None:
        raise RuntimeError("FUHUA_SIGNING is no PKCS #12 file, or FUHUA_SIGNING_PASSPHRASE does not open it")
    return signer


def _passphrase() -> bytes | None:
    return settings.FUHUA_SIGNING_PASSPHRASE.encode() or None


def _file() -> Path:
    """The file FUHUA_SIGNING, or the data folder's own, made on first use and readable by its owner alone."""
    if settings.FUHUA_SIGNING:
        return Path(settings.FUHUA_SIGNING)
    path = Path(settings.FUHUA_DATA) / "signing.p12"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_own())
        with contextlib.suppress(FileExistsError):  # the first of two starts at once wins
            os.link(partial, path)
        partial.unlink()
    return path


def _own() -> bytes:
    """A certificate issued by an authority of our own whose key is forgotten at once: integrity, not legal identity."""
    above, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = (_told("Fuhua root", above).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(certificates=True), critical=True).sign(above, hashes.SHA256()))
    leaf = (_told("Fuhua seal", key).add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(certificates=False), critical=True).sign(above, hashes.SHA256()))
    secret = _passphrase()
    return pkcs12.serialize_key_and_certificates(b"fuhua", key, leaf, [root], BestAvailableEncryption(secret) if secret else NoEncryption())


def _told(name: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (x509.CertificateBuilder().subject_name(_called(name)).issuer_name(_called("Fuhua root")).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(minutes=5)).not_valid_after(now + _YEARS))


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(digital_signature=not certificates, content_commitment=not certificates, key_encipherment=False,
                         data_encipherment=False, key_agreement=False, key_cert_sign=certificates, crl_sign=certificates,
                         encipher_only=False, decipher_only=False)
