"""The command line: commands, options, exit statuses. It prints reports and messages, and exits.

May be imported by nothing but `__main__` and the installed command.
"""

import gc
import sys


def start() -> None:
    """The entry point of the `splint` command: `main`, then an immediate exit.

    Skipping the interpreter's shutdown saves 3 % of `check one.json`. It is not skipped if there are other threads or
    `atexit` callbacks (process pools, temporary directories, coverage).
    """
    try:
        main()
    except SystemExit as ended:
        import atexit  # once the command is done
        import os
        import threading

        if isinstance(ended.code, int) and threading.active_count() == 1 and not atexit._ncallbacks():
            try:
                for stream in (sys.stdout, sys.stderr):
                    if stream is not None:
                        stream.flush()
                os._exit(ended.code)
            except OSError:
                pass  # the regular shutdown reports it
        raise


def main() -> None:
    """The `splint` command."""
    gc.disable()  # before all other imports: saves 6 % of `check one.json`; `check` enables it before it reads files
    if sys.stderr is None:  # closed: else its messages go to standard output, and its number to the first file opened
        import os  # where site is not loaded, and has it imported

        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for as long as the command runs
    try:
        from splint.cli.group import run  # once the collector is disabled
    except KeyboardInterrupt:
        from splint.reporting.exit_statuses import INTERRUPTED  # once interrupted

        print("splint: interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    run()
