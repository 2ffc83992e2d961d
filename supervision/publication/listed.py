"""What lists are made from: search rows with their facets, and where each recommendation stands now."""

from __future__ import annotations

import datetime as dt

from django.db import models

#: No clock runs: stands after every day.
NEVER = dt.date(9999, 12, 31)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Listing(models.TextChoices):
    """The public list in which a publication stands."""

    FINDINGS = "ket-luan"
    PLANS = "ke-hoach"


class SearchRow(models.Model):
    """What a publication is found by, and its current facets; rebuilt at will, compared by `log_fsck`.

    Everything that a list filters by is a token (`tokens`) of one index: on PostgreSQL the stored column
    `vector` with a GIN index, weighted A to D (title; number, body, place; lead; the rest), on SQLite
    the FTS5 table `publication_search_fts` with the same columns. The database
    itself keeps both up (migration 0009).
    """

    publication = models.OneToOneField("publication.Publication", models.CASCADE, related_name="search_row")
    listing = models.CharField(max_length=10, choices=Listing, default=Listing.FINDINGS)
    number_key = models.CharField(max_length=80)
    published_at = models.DateTimeField()
    level = models.CharField(max_length=10)
    province_code = models.CharField(max_length=8, blank=True)
    province_name = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=40)
    organization_code = models.CharField(max_length=40)
    organization_name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=40)
    form_name = models.CharField(max_length=250)  # both languages, parted by a tab
    validity = models.CharField(max_length=10)  # `vocabulary.Validity`
    earliest_due_on = models.DateField(null=True)  # of replies still owed
    open_count = models.PositiveSmallIntegerField(default=0)
    verified_count = models.PositiveSmallIntegerField(default=0)
    total_count = models.PositiveSmallIntegerField(default=0)
    agencies = models.TextField(default="")  # addressed: "code<tab>name", one a line
    title_words = models.TextField(default="")  # `tokens.words` of the title
    title_written = models.TextField(default="")  # `tokens.written` of it: marks rank first
    name_words = models.TextField(default="")  # number, kind, body, place, field
    lead_words = models.TextField(default="")
    tokens = models.TextField(default="")  # each once: words, words with marks, neighbours, values of facets
    said = models.TextField(default="")  # all words in their order, for phrases of three and more

    class Meta:
        indexes = [
            models.Index(fields=["listing", "-published_at", "-id"], name="publication_listed_newest"),
            models.Index(
                fields=["listing", "earliest_due_on", "-published_at"], name="publication_listed_due"
            ),
            models.Index(
                fields=["listing", "year", "validity", "total_count", "verified_count"],
                name="publication_year_figures",
            ),
        ]


class FacetCount(models.Model):
    """How many publications of the whole list have a value of a facet; kept with the `SearchRow`s.

    What is open is one number under `Reply.RUNNING`; the late ones among it are counted when read.
    """

    key = models.CharField(max_length=12)  # of `facets.KEYS`; "" holds the number of all
    value = models.CharField(max_length=40)
    name = models.CharField(max_length=250)
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "value"], name="facet_value_once")]
        indexes = [models.Index(fields=["key", "-count", "name", "value"], name="publication_facet_order")]


class Standing(models.Model):
    """Where one recommendation stands now: its newest `FollowUp`. Rebuilt with its `SearchRow`.

    `stage`, `is_final` and `order_on` are what the public list filters and orders by, year and moment those
    of the publication, so that every page of it is read from one index.
    """

    class Stage(models.TextChoices):
        OWED = "owed"  # the agency owes a reply, its clock running or stopped
        DOING = "doing"  # answered, followed up
        VERIFIED = "verified"
        CLOSED = "closed"
        GONE = "gone"  # of a withdrawn paper: in no list

    row = models.ForeignKey(SearchRow, models.CASCADE, related_name="standings")
    number = models.PositiveSmallIntegerField()
    follow_up = models.OneToOneField("publication.FollowUp", models.CASCADE, related_name="standing")
    state = models.CharField(max_length=30)
    due_on = models.DateField(null=True)
    addressee_code = models.CharField(max_length=40)
    addressee_name = models.CharField(max_length=200)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.GONE)
    is_final = models.BooleanField(default=False)
    order_on = models.DateField(default=NEVER)  # `due_on` while that clock runs
    year = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(default=EPOCH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "number"], name="standing_once")]
        indexes = [
            models.Index(fields=["is_final", "order_on", "-published_at", "number"], name="standing_order"),
            models.Index(fields=["stage", "order_on", "-published_at", "number"], name="standing_of_stage"),
            models.Index(fields=["addressee_code", "is_final", "order_on"], name="standing_of_agency"),
            models.Index(fields=["year", "is_final", "order_on"], name="standing_of_year"),
            models.Index(fields=["year", "stage", "order_on"], name="standing_of_year_stage"),
        ]
