"""What `./fuhua plan …` and `./fuhua evidence …` can do; every module of this room declares its own."""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
