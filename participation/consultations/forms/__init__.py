"""What input about consultations must look like."""

from .consultations import AttachForm, ConcludeForm, DescribeForm, ExtendForm, PublishForm
from .drafts import ActForm, MatchForm, ProvisionForm, PublishVersionForm, UploadForm, VersionForm

__all__ = [
    "ActForm",
    "AttachForm",
    "ConcludeForm",
    "DescribeForm",
    "ExtendForm",
    "MatchForm",
    "ProvisionForm",
    "PublishForm",
    "PublishVersionForm",
    "UploadForm",
    "VersionForm",
]
