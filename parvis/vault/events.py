"""What happens to the keys of sealed data, told in both languages."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class VaultEvent(EventName):
    """The closed vocabulary of this room."""

    KEY_RENEWED = "vault:key:renewed"
    RESEALED = "vault:data:resealed"
    KEY_DROPPED = "vault:key:dropped"


describe(
    {
        VaultEvent.KEY_RENEWED: Text(
            "The key that seals personal data was renewed",
            "La clé qui scelle les renseignements personnels a été renouvelée",
        ),
        VaultEvent.RESEALED: Text(
            "Personal data was sealed again with the key in use",
            "Des renseignements personnels ont été scellés de nouveau avec la clé en service",
        ),
        VaultEvent.KEY_DROPPED: Text(
            "A former key of personal data was deleted",
            "Une ancienne clé des renseignements personnels a été supprimée",
        ),
    }
)
