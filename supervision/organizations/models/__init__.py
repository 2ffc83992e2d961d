from supervision.organizations.models.mandates import Duty, Mandate
from supervision.organizations.models.organizations import (
    Kind,
    Organization,
    Setting,
    Succession,
)
from supervision.organizations.models.substitutions import Substitution
from supervision.organizations.models.territories import Level, Territory
from supervision.organizations.models.users import User

__all__ = [
    "Duty",
    "Kind",
    "Level",
    "Mandate",
    "Organization",
    "Setting",
    "Substitution",
    "Succession",
    "Territory",
    "User",
]
