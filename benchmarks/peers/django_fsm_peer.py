"""A sign-off with django-fsm-2: the row locked, the state machine asked, three rows written."""

import sys

import django
from django.conf import settings
from django.db import connection, models, transaction

from benchmarks.peers.turns import BEGINNING, SEATS, SETTINGS, event, take

PATH, PROGRAMMES = sys.argv[1], int(sys.argv[2])
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": PATH,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "; ".join(f"pragma {each}" for each in SETTINGS),
            },
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django_fsm import RETURN_VALUE, FSMField, transition  # noqa: E402 # Needs settings.


class Programme(models.Model):
    """A programme before the Board, with the head of its chain."""

    title = models.TextField()
    state = FSMField(default="decision", protected=True)
    version = models.IntegerField(default=1)
    seq = models.IntegerField(default=0)
    head = models.BinaryField(default=BEGINNING)

    class Meta:
        app_label = "peers"

    @transition(field=state, source="decision", target=RETURN_VALUE("decision", "signature"))
    def sign(self, given: int) -> str:
        """Move on with the last seat."""
        return "signature" if given == len(SEATS) else "decision"


class SignOff(models.Model):
    """The approval of one seat."""

    programme = models.ForeignKey(Programme, models.DO_NOTHING, related_name="sign_offs")
    seat = models.TextField()
    verdict = models.TextField()
    at = models.TextField()

    class Meta:
        app_label = "peers"
        unique_together = (("programme", "seat"),)


class Event(models.Model):
    """One link of a chain."""

    programme = models.ForeignKey(Programme, models.DO_NOTHING)
    seq = models.IntegerField()
    body = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        app_label = "peers"
        unique_together = (("programme", "seq"),)


def sign(programme: int, seat: str) -> None:
    """Give the approval of one seat, in one transaction."""
    with transaction.atomic():
        case = Programme.objects.select_for_update().get(pk=programme)
        given = list(case.sign_offs.values_list("seat", flat=True))
        if seat in given:
            raise RuntimeError("This seat has been answered.")
        case.sign(len(given) + 1)
        case.seq += 1
        body, case.head, at = event(programme, case.seq, seat, bytes(case.head))
        SignOff.objects.create(programme=case, seat=seat, verdict="approve", at=at)
        Event.objects.create(programme=case, seq=case.seq, body=body, hash=case.head)
        case.save()


with connection.schema_editor() as editor:
    for model in (Programme, SignOff, Event):
        editor.create_model(model)
Programme.objects.bulk_create(Programme(title=f"Programme {n}") for n in range(PROGRAMMES))
take(sign, PROGRAMMES)
