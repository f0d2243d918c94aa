"""The backup: everything written to the database within the second, files within the minute, a whole copy every day.

    python -m kentongan.config.backup keep                       what the supervisor runs while KENTONGAN_BACKUP is set
    python -m kentongan.config.backup status | base | verify | drill | begin
    python -m kentongan.config.backup keys FILE                  a packet of the keys, closed with a passphrase
    python -m kentongan.config.backup restore PLACE [--at "2026-11-24 14:00"] [--keys FILE]

Imports nothing of Django. `docs/operator.md` tells an operator how to use it, `docs/decisions/` why it is as it is.
"""
