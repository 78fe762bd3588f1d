"""What all tests share. No test has a limit of time: a busy machine is no failure."""

import signal

import pytest
from hypothesis import settings

from tests.command import Answer, Run

settings.register_profile("symplateau", deadline=None)
settings.load_profile("symplateau")
# A shell starts what runs behind it without interrupts, and so would be all that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in this process."""
    from symplateau.cli import main

    def run(*arguments: object) -> Answer:
        with pytest.raises(SystemExit) as caught:
            main.main(list(map(str, arguments)))
        answer = Answer(int(caught.value.code or 0), *capsys.readouterr())
        assert "Traceback" not in answer.err
        return answer

    return run
