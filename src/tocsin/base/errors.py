"""Every error Tocsin raises on purpose.

TocsinError
+ InputError        a file or text is not what it was said to be
+ RecordError       a record contradicts itself or its schema
+ OntologyError     a data file contradicts itself
+ ArtefactError     a model is missing, has the wrong hash or the wrong shape
+ SettingsError     a settings file holds something unknown
+ EndpointError     a service for language models cannot be used, or gave no usable answer
+ FetchError        an address cannot or must not be fetched
+ StoreError        a store cannot be opened, read or written
+ PlanError         a step of the pipeline lacks what it needs
+ QueryError        a search is not written as searches are
+ FusionError       claims cannot be brought together as they are told to
+ JudgementError    a judgement cannot be made of what it is about
+ DeliveryError     a signal cannot be sent to where it is to go
+ PluginError       another package's addition is missing or broken
"""


class TocsinError(Exception):
    """The root of Tocsin's errors; a message says what was found, what was expected, what to do."""


class InputError(TocsinError):
    """A file or text is not what it was said to be."""


class RecordError(TocsinError):
    """A record contradicts itself or its schema."""


class OntologyError(TocsinError):
    """A data file of types, words or actors contradicts itself."""


class ArtefactError(TocsinError):
    """A model is missing, has the wrong hash or the wrong shape."""


class SettingsError(TocsinError):
    """A settings file holds something unknown."""


class EndpointError(TocsinError):
    """A service for language models cannot be used, or gave no usable answer."""


class FetchError(TocsinError):
    """An address cannot or must not be fetched."""


class StoreError(TocsinError):
    """A store cannot be opened, read or written."""


class PlanError(TocsinError):
    """A step of the pipeline lacks what it needs."""


class QueryError(TocsinError):
    """A search is not written as searches are; `at` is the character where it goes wrong."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


class FusionError(TocsinError):
    """Claims cannot be brought together as they are told to."""


class JudgementError(TocsinError):
    """A judgement cannot be made of what it is about."""


class DeliveryError(TocsinError):
    """A signal cannot be sent to where it is to go."""


class PluginError(TocsinError):
    """What another package adds is missing, or broken; the message names the package."""
