"""Compiled addresses, kept between the many applications that tests make."""

from collections.abc import Callable

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
_BUILDERS: dict[tuple[object, ...], Builder] = {}


class CompiledOnce(Rule):
    """Share what builds an address among equal rules: it asks the rule it is given for everything else."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT002 - Werkzeug prescribes it
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (self.rule, *self._trace, append_unknown)
        if key not in _BUILDERS:
            _BUILDERS[key] = super()._compile_builder(append_unknown)
        return _BUILDERS[key]
