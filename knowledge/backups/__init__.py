"""Backups of what is kept: made beside a running bot, verified, put back."""

from knowledge.backups.folder import backups_in, made_at
from knowledge.backups.making import Backup, make_backup
from knowledge.backups.restoring import NotSound, Restored, restore
from knowledge.backups.verifying import Verified, verify, verify_live

__all__ = [
    "Backup",
    "NotSound",
    "Restored",
    "Verified",
    "backups_in",
    "made_at",
    "make_backup",
    "restore",
    "verify",
    "verify_live",
]
