"""Nothing is built that nobody can reach: every service has a page, a command, a task or a sweep."""

from __future__ import annotations

import pytest

from supervision.access import matrix
from tests import doors

pytestmark = pytest.mark.xdist_group("sources")

#: What has no door yet, and the issue that gives it one.
WITHOUT_A_DOOR = {
    "supervision.notices.services.notices_of": "J, the page of notices",
    "supervision.notices.services.try_again": "G, a day without a shell",
    "supervision.organizations.services.find_people": "G, people and duties",
    "supervision.organizations.successions.assign_heir": "G, successions",
    "supervision.organizations.successions.heir": "G, successions",
    "supervision.organizations.successions.heirs_of": "G, successions",
    "supervision.organizations.successions.open_duties": "G, successions",
    "supervision.organizations.successions.organizations_asking": "G, successions",
    "supervision.organizations.successions.pending_duties": "G, successions",
    "supervision.organizations.successions.succeed": "G, successions",
    "supervision.organizations.successions.Moved": "G, successions",
    "supervision.organizations.successions.SuccessionReport": "G, successions",
}
RIGHTS_WITHOUT_A_DOOR = {
    "choose_heir": "G, successions",
    "manage_mandates": "G, people and duties",
    "record_succession": "G, successions",
}
#: Made for the demonstration, which is the door of no office.
FOR_THE_DEMONSTRATION = {
    "supervision.organizations.seeding.seed_sample_communes",
    "supervision.organizations.services.give_mandate",
    "workflows.acts.confirming.for_sample_data",
}
#: Named by a setting of the installation (`SIGNING_KEYS`).
BY_SETTINGS = (
    ("supervision.documents.signing.keys", "Elsewhere"),
    ("supervision.documents.signing.remote", "RemoteService"),
    ("supervision.documents.signing.token", "Pkcs11Token"),
)
#: Whose functions are a library: texts, numbers and words, without a database.
LIBRARIES = ("supervision.language", "supervision.law", "supervision.legaltext", "supervision.transparency")


@pytest.fixture(scope="module")
def product() -> tuple[dict[str, doors.Module], set[doors.Name]]:
    found = doors.read(doors.sources())
    return found, doors.reached(found, [*doors.roots(found), *BY_SETTINGS])


def test_every_public_service_has_a_door(
    product: tuple[dict[str, doors.Module], set[doors.Name]],
) -> None:
    found, reached = product
    closed = {
        f"{module.name}.{name}"
        for module in found.values()
        if not module.name.startswith((*LIBRARIES, "supervision.demo")) and ".models" not in module.name
        for name in module.named
        if name and not name.startswith("_") and (module.name, name) not in reached
    }
    assert closed - FOR_THE_DEMONSTRATION == set(WITHOUT_A_DOOR)


def test_every_right_of_the_table_is_asked_for_by_what_can_be_reached(
    product: tuple[dict[str, doors.Module], set[doors.Name]],
) -> None:
    found, reached = product
    said: set[str] = set()
    for where, name in reached:
        if where in found:
            said.add(found[where].constants.get(name, ""))
            if not where.startswith("supervision.access"):  # where the rights themselves are listed
                said |= found[where].said.get(name, set())
    assert {row.action for row in matrix.ROWS} - said == set(RIGHTS_WITHOUT_A_DOOR)
