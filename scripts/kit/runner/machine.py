"""The kit's own files, and what the machine has."""

import ctypes
import json
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path


def cublas_folder(major: str) -> str:
    """Where cuBLAS lies if only a Python package or a toolkit off the default path brings it.

    Empty if there is none; the dynamic linker's own path needs no entry.
    """
    name = f"libcublas.so.{major}"
    packages = [Path(entry) / "nvidia" for entry in sys.path if entry]
    toolkits = sorted(Path("/usr/local").glob("cuda*"), reverse=True)
    for folder in [*packages, *toolkits]:
        for found in sorted(folder.glob(f"**/{name}")):
            return str(found.parent)
    return ""


@dataclass
class Kit:
    """Paths of the kit and how its programs are started."""

    root: Path
    device: str  # as --device has it; cpu in a rehearsal
    published: str = ""  # folder of published fits; empty: the kit's
    about: dict = field(default_factory=dict)

    @classmethod
    def beside(cls, runner: Path, device: str, published: str) -> "Kit":
        root = runner.resolve().parent.parent
        about = json.loads((root / "about.json").read_text(encoding="utf-8"))
        return cls(root, device, published, about)

    @property
    def is_rehearsal(self) -> bool:
        return self.device == "cpu"

    @property
    def data(self) -> Path:
        return self.root / "share/isoloss/datasets/chinchilla_figure4.csv"

    def program(self, name: str) -> str:
        return str(self.root / "bin" / name)

    def peer(self, name: str) -> str:
        return str(self.root / "peers" / name)

    @property
    def cuda_major(self) -> str:
        return self.about["toolkit"].split(".")[0]

    def has_cublas(self) -> bool:
        """Whether the dynamic linker or cublas_folder() finds it; in a rehearsal none is needed."""
        try:
            ctypes.CDLL(f"libcublas.so.{self.cuda_major}")
            return True
        except OSError:
            return self.is_rehearsal or cublas_folder(self.cuda_major) != ""

    def environment(self) -> dict:
        """Of every program, so that it finds cuBLAS; no variable of ours that was left set."""
        env = {k: v for k, v in os.environ.items() if not k.startswith("ISOLOSS_")}
        folder = cublas_folder(self.cuda_major)
        paths = [folder, env.get("LD_LIBRARY_PATH", "")]
        env["LD_LIBRARY_PATH"] = ":".join(path for path in paths if path)
        return env

    def fit(self, *words: str, device: str = "") -> list:
        """The command of a fit of figure 4 of Hoffmann et al., with its report as JSON."""
        return [self.program("isoloss"), "fit", str(self.data), "--drop-highest-loss", "5",
                "--json", "-", *words, "--device", device or self.device]  # fmt: skip


def has(program: str) -> bool:
    return shutil.which(program) is not None
