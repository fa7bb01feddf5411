"""What operators do, as the trail tells it."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class OperationEvent(EventName):
    """What happened to the installation itself."""

    BACKUP_MADE = "operation:backup:made"
    BACKUP_RESTORED = "operation:backup:restored"
    JOB_RETRIED = "operation:job:retried"


describe(
    {
        OperationEvent.BACKUP_MADE: Text(en="A backup was made", fr="Une sauvegarde a été faite"),
        OperationEvent.BACKUP_RESTORED: Text(
            en="The installation was restored from a backup",
            fr="L’installation a été restaurée à partir d’une sauvegarde",
        ),
        OperationEvent.JOB_RETRIED: Text(
            en="A failed task was put into the queue again", fr="Une tâche échouée a été remise en file"
        ),
    }
)
