"""Builds and installs the Python module: python3 -m pip install --no-build-isolation --no-deps --target FOLDER ."""
import re
import sys
from pathlib import Path

from skbuild import setup

VERSION = re.search(r"project\(kontor VERSION ([0-9.]+)", Path(__file__).with_name("CMakeLists.txt").read_text(encoding="utf-8")).group(1)

setup(
    name="kontor",
    version=VERSION,
    description="What would a programme of co-operation between regions do?",
    packages=["kontor"],
    package_dir={"": "python"},
    package_data={"kontor": ["py.typed", "*.pyi"]},
    # The module and nothing beside it; optimised as in the preset `release`.
    cmake_args=["-DKONTOR_PYTHON=ON", "-DKONTOR_CLI=OFF", "-DKONTOR_TESTS=OFF", "-DKONTOR_TOGETHER=ON", "-DKONTOR_PYTHON_DIR=python",
                f"-DKONTOR_PYTHON_EXECUTABLE={sys.executable}", "-DCMAKE_CXX_FLAGS_RELEASE=-O2"],
    python_requires=">=3.9",
    install_requires=["numpy"],
    zip_safe=False,
)
