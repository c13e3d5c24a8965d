"""What input about consultations must look like."""

from .consultations import AttachForm, ConcludeForm, DescribeForm, ExtendForm, PublishForm
from .drafts import ActForm, ProvisionForm, UploadForm

__all__ = [
    "ActForm",
    "AttachForm",
    "ConcludeForm",
    "DescribeForm",
    "ExtendForm",
    "ProvisionForm",
    "PublishForm",
    "UploadForm",
]
