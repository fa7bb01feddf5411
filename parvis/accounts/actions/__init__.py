"""What changes accounts."""

from parvis.accounts.actions.factors import (
    add_app,
    add_demo_app,
    add_passkey,
    make_recovery_codes,
    remove_factor,
    show_app_code,
    show_passkey,
    show_recovery_code,
)
from parvis.accounts.actions.people import (
    add_person,
    change_address,
    change_profile,
    deactivate_person,
    delete_account,
)
from parvis.accounts.actions.recovering import (
    ask_recovery,
    complete_recovery,
    confirm_recovery,
    recover_person,
    stop_recovery,
)
from parvis.accounts.actions.sessions import (
    confirm_session,
    end_other_sessions,
    end_session,
    open_session,
    sign_out,
)
from parvis.accounts.actions.signing_in import (
    Redeemed,
    enter_by_provider,
    forget_old_codes,
    redeem_code,
    redeem_sign_in_code,
    resend_code,
    send_code,
    send_sign_in_code,
)

__all__ = [
    "Redeemed",
    "add_app",
    "add_demo_app",
    "add_passkey",
    "add_person",
    "ask_recovery",
    "change_address",
    "change_profile",
    "complete_recovery",
    "confirm_recovery",
    "confirm_session",
    "deactivate_person",
    "delete_account",
    "end_other_sessions",
    "end_session",
    "enter_by_provider",
    "forget_old_codes",
    "make_recovery_codes",
    "open_session",
    "recover_person",
    "redeem_code",
    "redeem_sign_in_code",
    "remove_factor",
    "resend_code",
    "send_code",
    "send_sign_in_code",
    "show_app_code",
    "show_passkey",
    "show_recovery_code",
    "sign_out",
    "stop_recovery",
]
