"""Sending what has passed: the optional step that creates campaigns, each object once, and never loses sight of one.

May be imported by `agents`, `server` and `cli` alone: a check knows nothing of submitting.
"""

from splint.submit.bundle import Draft as Draft
from splint.submit.errors import MisuseError as MisuseError
from splint.submit.errors import PersonNeededError as PersonNeededError
from splint.submit.errors import RefusedError as RefusedError
from splint.submit.errors import StoppedError as StoppedError
from splint.submit.errors import SubmitError as SubmitError
from splint.submit.limits import Limits as Limits
from splint.submit.options import RetryPolicy as RetryPolicy
from splint.submit.options import TransportOptions as TransportOptions
from splint.submit.plan import Plan as Plan
from splint.submit.plan import Step as Step
from splint.submit.record import Record as Record
from splint.submit.submitter import Submitter as Submitter
