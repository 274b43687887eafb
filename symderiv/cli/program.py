"""`main`: reads the command line, runs one verb, and turns every error into a line and an exit code.

Exit codes: 0 clean; 1 findings (a refuted equality, an unproved step); 2 usage, input or environment.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial, wraps
from types import ModuleType
from typing import Annotated, Any

import typer

from symderiv.cli import (
    backprop,
    build,
    check,
    derive,
    doctor,
    explain,
    export,
    prove,
    read,
    sheet,
    templates,
    verify,
)
from symderiv.cli import list as list_verb
from symderiv.cli.failure import report, report_usage, visible
from symderiv.cli.options import ColorOption
from symderiv.cli.terminal import Color, reset_color, write
from symderiv.errors import SymderivError

VERBS: tuple[ModuleType, ...] = (
    list_verb,
    derive,
    sheet,
    export,
    verify,
    backprop,
    build,
    check,
    prove,
    read,
    explain,
    templates,
    doctor,
)
"""One module per verb: `NAME`, `EXAMPLES` and `run`, whose docstring is the help."""

_FORMULA = re.compile(r"-(?![-oh])[\w(.]|-[oh]\s*[-+*/^]|--+[^-a-z]|---")


def _program() -> typer.Typer:
    app = typer.Typer(
        name="symderiv",
        help="Derivations of neural-network functions: every line proved, every answer in the function's "
        "own terms.",
        epilog=_examples(("symderiv derive swish", "symderiv sheet sigmoid tanh softmax", "symderiv build")),
        rich_markup_mode=None,  # rich costs more time than the whole of --help may take
        add_completion=False,
        no_args_is_help=False,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    for verb in VERBS:
        app.command(verb.NAME, epilog=_examples(verb.EXAMPLES))(_deferred(verb.run))
    return app


def _deferred(run: Callable[..., int | None]) -> Callable[..., Callable[[], int | None]]:
    """Reading the command line only answers what to run: typer has its own views on errors and pipes."""

    @wraps(run)
    def bind(**values: Any) -> Callable[[], int | None]:
        return partial(run, **values)

    return bind


def _examples(lines: Sequence[str]) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def _show_version(value: bool) -> None:
    if value:
        from symderiv import __version__

        write(f"symderiv {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
    color: ColorOption = Color.AUTO,
) -> None:
    if context.invoked_subcommand is None:
        write(context.get_help())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is the answer."""
    reset_color()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _guarded(_formulas_first(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # the latter is what typer makes of the former
        # The reader has seen enough; the interpreter must not complain while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _guarded(arguments: list[str]) -> int:
    try:
        verb = _program()(arguments, prog_name="symderiv", standalone_mode=False)
        answer = verb() if callable(verb) else verb
    except SymderivError as error:
        report(error)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "symderiv"
        message = error.format_message().strip().removesuffix(".")
        report_usage(message[:1].lower() + message[1:], f"see `{path} --help`")
    except typer.Abort:
        report_usage("stopped")
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        report_usage("interrupted")
        return 130
    except OSError as error:
        where = f"{visible(str(error.filename))}: " if error.filename else ""
        report_usage(f"{where}{error.strerror or error}")
    except Exception as error:  # noqa: BLE001  the last resort: nobody is shown a traceback unasked
        _internal(error)
    else:
        return answer if isinstance(answer, int) else 0
    return 2


def _internal(error: Exception) -> None:
    if os.environ.get("SYMDERIV_DEBUG"):
        import traceback

        traceback.print_exception(error)
    text = visible(f"{type(error).__name__}: {error}")[:300]
    write(f"internal error: {text}", {r"\Ainternal error:": "bold red"}, stream=sys.stderr)
    write(
        "hint: this is a defect of symderiv; please report the command with the output of "
        "SYMDERIV_DEBUG=1 and `symderiv doctor`",
        {r"\Ahint:": "bold cyan"},
        stream=sys.stderr,
    )


def _formulas_first(arguments: Sequence[str]) -> list[str]:
    """A formula may start with a minus: such an argument gets a blank in front, and is no option then."""
    return [f" {text}" if _FORMULA.match(text) else text for text in arguments]
