from __future__ import annotations

import json
import os
import subprocess
import sys
import threading

import pytest

from kg import folder as folders
from kg.errors import KgError

HOLD = "import sys; from pathlib import Path; from kg import folder\nwith folder.locked(Path(sys.argv[1])):\n"


def fill(folder, **texts):
    with folders.filled(folder) as new:
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8")
        (new / "manifest.json").write_text(json.dumps({"outputs": dict.fromkeys(texts, "")}), encoding="utf-8")


def texts(folder):
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name != "manifest.json"}


def process(folder, code):
    return subprocess.Popen(
        [sys.executable, "-c", HOLD + code, str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_files_of_a_run_take_the_place_of_those_of_the_run_before_and_others_stay(tmp_path):
    fill(tmp_path, one="1", two="1")
    (tmp_path / "mine").write_text("mine")
    fill(tmp_path, two="2", three="2")
    assert texts(tmp_path) == {"two": "2", "three": "2", "mine": "mine"}


def test_a_second_writer_is_told_who_the_first_is(tmp_path):
    with process(tmp_path, "    print('held', flush=True); sys.stdin.read()") as first:
        first.stdout.readline()
        with pytest.raises(
            KgError, match=rf"another kg is writing to .* \(process {first.pid}\): wait until it is done"
        ):
            fill(tmp_path, one="1")
        first.kill()
    fill(tmp_path, one="1")
    assert texts(tmp_path) == {"one": "1"}


def test_the_lock_of_a_process_that_was_killed_does_not_hold(tmp_path):
    with process(tmp_path, "    import os; os.kill(os.getpid(), 9)") as first:
        assert first.wait() == -9
    assert (tmp_path / ".lock").exists()
    fill(tmp_path, one="1")
    assert texts(tmp_path) == {"one": "1"}


def test_another_thread_is_another_writer_and_the_same_one_is_not(tmp_path):
    found = []

    def other():
        try:
            fill(tmp_path, two="2")
        except KgError as error:
            found.append(str(error))

    with folders.locked(tmp_path):
        fill(tmp_path, one="1")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "another kg is writing" in found[0]
    assert texts(tmp_path) == {"one": "1"}


def test_a_folder_that_was_made_for_nothing_goes(tmp_path):
    with folders.locked(tmp_path / "new"):
        assert (tmp_path / "new" / ".lock").exists()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("step", range(8))
def test_a_change_that_is_killed_at_any_step_is_ended_by_whoever_comes_next(tmp_path, step):
    fill(tmp_path, gone="1", one="1", two="1")
    code = (
        "    import os, shutil\n"
        f"    left = [{step}]\n"
        "    def step(of):\n"
        "        def stepped(*args, **options):\n"
        "            if not left[0]: os.kill(os.getpid(), 9)\n"
        "            left[0] -= 1\n"
        "            return of(*args, **options)\n"
        "        return stepped\n"
        "    import json\n"
        "    place = Path(sys.argv[1])\n"
        "    with folder.filled(place) as new:\n"
        "        for name in ('one', 'two', 'three'): (new / name).write_text('2')\n"
        "        (new / 'manifest.json').write_text(json.dumps({'outputs': {'one': '', 'two': '', 'three': ''}}))\n"
        "        Path.rename, Path.replace, Path.unlink = map(step, (Path.rename, Path.replace, Path.unlink))\n"
        "        shutil.rmtree = step(shutil.rmtree)\n"
    )
    with process(tmp_path, code) as killed:
        assert killed.wait() == -9
    if (tmp_path / "manifest.json").exists():  # then the files are those that it lists
        assert set(json.loads((tmp_path / "manifest.json").read_text())["outputs"]) <= set(texts_of_files(tmp_path))
        assert len({text for name, text in texts_of_files(tmp_path).items() if name != ".lock"}) == 1
    folders.settle(tmp_path)
    fill_seen = {name: text for name, text in texts_of_files(tmp_path).items() if name != ".lock"}
    old, new = {"gone": "1", "one": "1", "two": "1"}, {"one": "2", "two": "2", "three": "2"}
    assert fill_seen == (old if step == 0 else new)


def texts_of_files(folder):
    found = (path for path in folder.iterdir() if path.is_file() and path.name != "manifest.json")
    return {path.name: path.read_text("utf-8") for path in found}


def test_ctrl_c_among_the_last_steps_finishes_them(tmp_path, monkeypatch):
    fill(tmp_path, one="1", two="1")
    settle, calls = folders._settle, []

    def broken_once(folder):
        calls.append(folder)
        if len(calls) == 2:  # the first is at the beginning
            (folder / ".ready" / "one").replace(folder / "one")
            raise KeyboardInterrupt
        settle(folder)

    monkeypatch.setattr(folders, "_settle", broken_once)
    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path, one="2", two="2")
    assert texts(tmp_path) == {"one": "2", "two": "2"}


def test_what_breaks_off_the_filling_leaves_all_as_it_was(tmp_path):
    fill(tmp_path, one="1")

    def broken():
        with folders.filled(tmp_path) as new:
            (new / "one").write_text("2")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert texts(tmp_path) == {"one": "1"}


def test_a_manifest_cannot_name_files_elsewhere(tmp_path):
    (tmp_path / "precious").write_text("kept")
    folder = tmp_path / "outputs"
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({"outputs": {"../precious": "", "..": "", "/etc/x": ""}}))
    fill(folder, one="1")
    assert (tmp_path / "precious").read_text() == "kept"


@pytest.mark.parametrize("place", ["/proc/none/outputs", "/dev/null/outputs"])
def test_where_nobody_can_write_it_is_one_clear_line(tmp_path, place):
    with pytest.raises(KgError, match=r"can't write to .*; mend that or choose another folder with -o"):
        fill(tmp_path.__class__(place), one="1")
