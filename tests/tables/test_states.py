from parvis.disclosure.models import Load as DisclosureLoad
from parvis.services.models import Load as ServicesLoad
from parvis.tables.models import LoadRun
from parvis.tables.states import TRANSITIONS, LoadState


def test_every_state_of_a_load_can_be_reached_from_running() -> None:
    reached = {LoadState.RUNNING.value} | {transition.target for transition in TRANSITIONS}
    assert reached == set(LoadState.values)
    assert all(transition.sources <= set(LoadState.values) for transition in TRANSITIONS)


def test_the_loads_of_both_registers_are_of_one_make_in_tables_of_their_own() -> None:
    tables = {model._meta.db_table for model in (DisclosureLoad, ServicesLoad) if issubclass(model, LoadRun)}
    assert tables == {"disclosure_load", "services_load"}
