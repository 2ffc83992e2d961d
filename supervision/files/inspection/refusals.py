"""Why a file is not accepted: the word that leaves the sandbox; the sentences are in `files.services`."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """What was found in a file."""

    TYPE = "type"  # the content is not what the name says
    BROKEN = "broken"
    STRUCTURE = "structure"  # must be mended to be read: readers mend it differently
    PASSWORD = "password"
    MIXED = "mixed"  # a file of two kinds at once: readers disagree about those
    BOMB = "bomb"  # unpacks to too much
    HEAVY = "heavy"  # takes more time or memory to look at than a file may
    MACRO = "macro"
    SCRIPT = "script"
    ACTION = "action"  # does something by itself, or starts a program when touched
    FORM = "form"  # XFA: a form made by a program inside the file
    MEDIA = "media"
    DDE = "dde"
    FIELD = "field"  # of Word, unknown to us
    LINK = "link"  # leads to no page of the web, mail, telephone or paper
    TEMPLATE = "template"  # Word fetches when the letter is opened
    MERGE = "merge"  # mail merge: Word asks a source of data when the letter is opened
    EMBEDDED = "embedded"
    EXTERNAL = "external"
    ENTITIES = "entities"  # XML that declares what other XML then says
    APPENDED = "appended"


class Refused(Exception):
    """The file is not accepted; the message is a `Why`."""
