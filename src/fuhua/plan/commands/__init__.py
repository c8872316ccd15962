"""What `./fuhua plan …` and `./fuhua evidence …` can do; every module of this room declares its own."""

from fuhua.plan.commands import editions, proofs, supervision

__all__ = ["editions", "proofs", "supervision"]
