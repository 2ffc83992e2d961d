from supervision.documents.models.authorizations import SigningAuthorization
from supervision.documents.models.certificates import SigningCertificate
from supervision.documents.models.documents import Document, NumberRegister, Rendition, Signature

__all__ = [
    "Document",
    "NumberRegister",
    "Rendition",
    "Signature",
    "SigningAuthorization",
    "SigningCertificate",
]
