"""What people fill in about their accounts."""

from .passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD, PasswordRules, is_common
from .profile import ProfileForm
from .registration import RegistrationForm, registration_form
from .second_step import (
    CodeForm,
    ForgetPasskeyForm,
    PasskeyForm,
    RecoveryCodeForm,
    RescueForm,
    SecondStepForm,
    StepChoiceForm,
)
from .sign_in import (
    ChangeEmailForm,
    ChangePasswordForm,
    ConfirmAgainForm,
    ForgottenPasswordForm,
    ResetPasswordForm,
    SignInForm,
    VerifyForm,
)

__all__ = [
    "LONGEST_PASSWORD",
    "SHORTEST_PASSWORD",
    "ChangeEmailForm",
    "ChangePasswordForm",
    "CodeForm",
    "ConfirmAgainForm",
    "ForgetPasskeyForm",
    "ForgottenPasswordForm",
    "PasskeyForm",
    "PasswordRules",
    "ProfileForm",
    "RecoveryCodeForm",
    "RegistrationForm",
    "RescueForm",
    "ResetPasswordForm",
    "SecondStepForm",
    "SignInForm",
    "StepChoiceForm",
    "VerifyForm",
    "is_common",
    "registration_form",
]
