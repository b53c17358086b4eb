"""The kit's own files, and what the machine has."""

import ctypes
import json
import os
import shutil
import site
import sys
from dataclasses import dataclass
from pathlib import Path

# Variables that steer the engine: none that was left set may change an answer or a time.
STEERING = ("ISOLOSS_CUDA_MEMORY", "ISOLOSS_SIMD", "ISOLOSS_TEST_DEVICE", "ISOLOSS_KIT_DEVICE")


def package_folders() -> list:
    """Where NVIDIA's Python packages and toolkits off the default paths put their files."""
    places = [*sys.path, *site.getsitepackages(), site.getusersitepackages()]
    packages = [Path(place) / "nvidia" for place in dict.fromkeys(places) if place]
    return packages + sorted(Path("/usr/local").glob("cuda*"), reverse=True)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
        return True
    except OSError:
        return False


def cublas_folder(major: str) -> str:
    """Where cuBLAS lies if the dynamic linker does not find it by itself; empty if nowhere."""
    name = f"libcublas.so.{major}"
    for folder in package_folders():
        for found in sorted(folder.glob(f"**/{name}")):
            # cuBLAS needs its second library, which lies beside it.
            beside = found.with_name(f"libcublasLt.so.{major}")
            if (not beside.exists() or loads(str(beside))) and loads(str(found)):
                return str(found.parent)
    return ""


def tool(name: str) -> str:
    """Path of a tool of NVIDIA's: on PATH, or of a Python package; empty if nowhere."""
    on_path = shutil.which(name)
    if on_path:
        return on_path
    for folder in package_folders():
        for found in sorted(folder.glob(f"**/bin/{name}")):
            return str(found)
    return ""


@dataclass
class Kit:
    """Paths of the kit and how its programs are started."""

    root: Path
    device: str  # as --device has it; cpu in a rehearsal
    published: str  # folder of published fits; empty: the kit's
    about: dict

    @classmethod
    def beside(cls, runner: Path, device: str, published: str) -> "Kit":
        root = runner.resolve().parent.parent
        about = json.loads((root / "about.json").read_text(encoding="utf-8"))
        return cls(root, device, published, about)

    @property
    def is_rehearsal(self) -> bool:
        return self.device == "cpu"

    @property
    def title(self) -> str:
        where = "REHEARSAL on the CPU" if self.is_rehearsal else f"on {self.device}"
        return f"isoloss {self.about['version']} ({self.about['commit']}) {where}"

    @property
    def cuda_major(self) -> str:
        return self.about["toolkit"].split(".")[0]

    @property
    def data(self) -> Path:
        return self.root / "share/isoloss/datasets/chinchilla_figure4.csv"

    def program(self, name: str) -> str:
        return str(self.root / "bin" / name)

    def peer(self, name: str) -> str:
        return str(self.root / "peers" / name)

    def has_cublas(self) -> bool:
        """In a rehearsal none is needed."""
        major = self.cuda_major
        return self.is_rehearsal or loads(f"libcublas.so.{major}") or cublas_folder(major) != ""

    def environment(self, **more: str) -> dict:
        """Of every program, so that it finds cuBLAS."""
        env = {name: value for name, value in os.environ.items() if name not in STEERING}
        own = "" if loads(f"libcublas.so.{self.cuda_major}") else cublas_folder(self.cuda_major)
        paths = [own, env.get("LD_LIBRARY_PATH", "")]
        env["LD_LIBRARY_PATH"] = ":".join(path for path in paths if path)
        return {**env, **more}

    def fit(self, *words: str, device: str = "") -> list:
        """The command of a fit of figure 4 of Hoffmann et al., with its report as JSON."""
        return [self.program("isoloss"), "fit", str(self.data), "--drop-highest-loss", "5",
                "--json", "-", *words, "--device", device or self.device]  # fmt: skip
