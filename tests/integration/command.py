"""Runs the command under test: plainly, or in a pseudo-terminal whose output is collected byte by byte."""

import os
import pathlib
import pty
import select
import struct
import subprocess
import sys
import termios
import fcntl
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WRIT = None


def environment(**changes):
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm", "HOME": os.environ.get("HOME", "/")}
    env.update(changes)
    return env


def writ(*arguments, cwd=ROOT, env=None, stdin=None):
    return subprocess.run([WRIT, *map(str, arguments)], cwd=cwd, env=env or environment(), input=stdin, capture_output=True, text=True, check=False)


class Terminal:
    """One run with standard output and standard error on a terminal of its own."""

    def __init__(self, *arguments, env=None, columns=100, cwd=ROOT):
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.before = termios.tcgetattr(theirs)
        self.theirs = theirs
        self.output = b""
        self.process = subprocess.Popen([WRIT, *map(str, arguments)], cwd=cwd, env=env or environment(), stdin=theirs, stdout=theirs, stderr=theirs,
                                        start_new_session=True)

    def read(self, timeout):
        ready, _, _ = select.select([self.ours], [], [], timeout)
        if not ready:
            return False
        try:
            self.output += os.read(self.ours, 65536)
            return True
        except OSError:
            return False

    def wait_for(self, text, seconds=60):
        end = time.monotonic() + seconds
        while text not in self.output:
            self.read(0.05)
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} never came: {self.output[-2000:]!r}")

    def finish(self, seconds=120):
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            self.read(0.05)
            if time.monotonic() > end:
                self.process.kill()
                raise AssertionError(f"still running: {self.output[-2000:]!r}")
        while self.read(0.05):
            pass
        self.after = termios.tcgetattr(self.theirs)
        os.close(self.theirs)
        os.close(self.ours)
        return self.process.returncode

    def screen(self):
        """What is left to see: carriage returns and "clear the line" done, colours taken out."""
        lines, line, column = [], [], 0
        text = self.output.decode("utf-8")
        i = 0
        while i < len(text):
            c = text[i]
            if c == "\x1b":
                end = next(j for j in range(i + 2, len(text)) if text[j].isalpha())
                if text[end] == "K":
                    del line[column:]
                i = end
            elif c == "\r":
                column = 0
            elif c == "\n":
                lines.append("".join(line))
                line, column = [], 0
            else:
                line[column:column + 1] = [c]
                column += 1
            i += 1
        return "\n".join(lines + ["".join(line)])


def main():
    global WRIT
    WRIT = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(module="__main__", verbosity=1)
