"""Mails and mailboxes: ``mail`` reads them, ``mbox`` parts a mailbox, ``parts`` a mail, ``letter`` makes its text."""
