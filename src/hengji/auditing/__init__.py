"""Case -> findings: does a document hold together, with itself and with its sources."""

from hengji.auditing.audit import Audit, References, against_accounts, audit, audit_document, examine, graver

__all__ = ["Audit", "References", "against_accounts", "audit", "audit_document", "examine", "graver"]
