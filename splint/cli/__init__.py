"""The command line: commands, options, exit statuses. The only layer that prints or exits.

May be imported by nothing but `__main__` and the installed command.
"""

import gc


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
        import sys
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
    try:
        from splint.cli.group import run  # once the collector is disabled
    except KeyboardInterrupt:
        import sys  # once the collector is disabled

        sys.stderr.write("splint: interrupted\n")
        sys.exit(130)
    run()
