"""The kit's own files, and what the machine has."""

import json
import os
import shutil
import site
import sys
from dataclasses import dataclass, field
from pathlib import Path

import command

# Variables that steer the engine: none that was left set may change an answer or a time.
STEERING = ("ISOLOSS_CUDA_MEMORY", "ISOLOSS_CUDA_TEXTS", "ISOLOSS_SIMD", "ISOLOSS_TEST_DEVICE",
            "ISOLOSS_KIT_DEVICE")  # fmt: skip
# What smoke and speed fit as a formula.
FORMULA = "E + A/N^alpha + B/D^beta"


def package_folders() -> list:
    """Where NVIDIA's Python packages and toolkits off the default paths put their files."""
    places = [*sys.path, *site.getsitepackages(), site.getusersitepackages()]
    packages = [Path(place) / "nvidia" for place in dict.fromkeys(places) if place]
    return packages + sorted(Path("/usr/local").glob("cuda*"), reverse=True)


def tool(name: str) -> str:
    """Path of a tool of NVIDIA's: on PATH, or of a Python package; empty if nowhere."""
    on_path = shutil.which(name)
    if on_path:
        return on_path
    for folder in [*package_folders(), *sorted(Path("/opt/nvidia").glob("*/*"), reverse=True)]:
        for pattern in (name, f"**/bin/{name}"):
            for found in sorted(folder.glob(pattern)):
                return str(found)
    return ""


def capability(text: str) -> int:
    """8.0 as 80."""
    return int(text.replace(".", ""))


@dataclass
class Kit:
    """Paths of the kit and how its programs are started."""

    root: Path
    device: str  # as --device has it; cpu in a rehearsal
    published: str = ""  # folder of published fits; empty: the kit's
    about: dict = field(default_factory=dict)
    cublas: str = ""  # folder of cuBLAS where the linker does not find it by itself

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
    def data(self) -> Path:
        return self.root / "share/isoloss/datasets/chinchilla_figure4.csv"

    def program(self, name: str) -> str:
        return str(self.root / "bin" / name)

    def peer(self, name: str) -> str:
        return str(self.root / "peers" / name)

    def doctor(self) -> dict:
        """What isoloss finds of CUDA here; {"state": "failed"} if it does not even tell that."""
        words = [self.program("isoloss"), "doctor", "--json", "-"]
        done = command.run(words, 30, self.environment())
        try:
            return json.loads(done.output)["cuda"]
        except (ValueError, KeyError):
            return {"state": "failed", "sentence": done.errors.strip() or "isoloss does not start"}

    def find_cublas(self) -> None:
        """Tries each folder that may have it on the program itself, until it is content."""
        if self.doctor()["state"] != "no_cublas":
            return
        major = self.about["toolkit"].split(".")[0]
        for folder in package_folders():
            for found in sorted(folder.glob(f"**/libcublas.so.{major}")):
                self.cublas = str(found.parent)
                if self.doctor()["state"] != "no_cublas":
                    return
        self.cublas = ""

    def has_code_for(self, device: dict) -> bool:
        """Whether the kit's programs hold code for a device of doctor's, or PTX that becomes it."""
        own = capability(device["compute_capability"])
        for word in self.about["architectures"].split(";"):
            number, _, kind = word.partition("-")
            same_major = int(number) // 10 == own // 10 and int(number) <= own
            if (kind != "virtual" and same_major) or (kind != "real" and int(number) <= own):
                return True
        return False

    def environment(self, **more: str) -> dict:
        """Of every program, so that it finds cuBLAS."""
        env = {name: value for name, value in os.environ.items() if name not in STEERING}
        paths = [self.cublas, env.get("LD_LIBRARY_PATH", "")]
        env["LD_LIBRARY_PATH"] = ":".join(path for path in paths if path)
        return {**env, **more}

    def fit(self, *words: str, device: str = "") -> list:
        """The command of a fit of figure 4 of Hoffmann et al., with its report as JSON."""
        return [self.program("isoloss"), "fit", str(self.data), "--drop-highest-loss", "5",
                "--json", "-", *words, "--device", device or self.device]  # fmt: skip
