"""What programs add to ``sys.path``: read off their text, as far as that tells."""

import pytest

from flake8_logits.source.search_path import MOST_FOLDERS, added_folders

ADDED = {
    "sys.path.append('../lib')": ["/project/lib"],
    "sys.path.insert(0, 'lib')": ["/project/scripts/lib"],
    "sys.path.extend(['a', '/b'])": ["/project/scripts/a", "/b"],
    "sys.path += ['..']": ["/project"],
    "sys.path.append(os.path.join(os.path.dirname(__file__), '..', 'lib'))": ["/project/lib"],
    "sys.path.append(os.path.abspath(os.path.join(os.getcwd(), os.pardir)))": ["/project"],
    "from os.path import dirname\nsys.path.append(dirname(dirname(__file__)))": ["/project"],
    "sys.path.append(os.path.dirname(os.path.realpath(__file__)) + '/lib')": ["/project/scripts/lib"],
    "sys.path.insert(1, os.path.join(sys.path[0], '../lib'))": ["/project/lib"],
    "ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\nsys.path.append(os.path.join(ROOT, 'lib'))": [
        "/project/lib"
    ],
    "sys.path.append(str(Path(__file__).resolve().parent.parent / 'lib'))": ["/project/lib"],
    "ROOT = Path(__file__).parents[1]\nsys.path.insert(0, str(ROOT.joinpath('a', 'b')))": ["/project/a/b"],
    "sys.path.append(str(Path.cwd().parent))": ["/project"],
    "if 'x' not in sys.path:\n    sys.path.append('../x')": ["/project/x"],
    "%load_ext autoreload\nsys.path.append('..')": ["/project"],
    "sys.path.append(os.environ['LIB'])": [],
    "sys.path.append(folder())": [],
    "X = '..'\nX = '../a'\nsys.path.append(X)": [],
    "X = X\nsys.path.append(X)": [],
    "sys.path.append(Path(__file__).parents[10 ** 9])": [],
    "sys.path.append(Path(__file__).parents[-1])": [],
    "sys.path.append('\\0')": [],
    "sys.path.append(*folders)": [],
    "sys.path.append()": [],
    "other.path.append('..')": [],
    "sys.path.append('..'": [],
    "# sys.path": [],
}


@pytest.mark.parametrize("text", ADDED)
def test_folders_are_read_off_the_text(text: str) -> None:
    assert list(added_folders("/project/scripts/train.py", text + "\n")) == ADDED[text]


def test_paths_made_of_paths_many_times_are_not_read() -> None:
    joined = "".join(f"P{i} = os.path.join({', '.join([f'P{i + 1}'] * 60)})\n" for i in range(9))
    assert added_folders("/project/train.py", f"{joined}P9 = 'abc'\nsys.path.append(P0)\n") == ()


def test_no_more_folders_are_searched_than_a_program_has() -> None:
    text = "".join(f"sys.path.append('/lib/{i}')\n" for i in range(1_000))
    assert len(added_folders("/project/train.py", text)) == MOST_FOLDERS
