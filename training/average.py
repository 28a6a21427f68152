"""Average the weights of networks of one ancestry: python -m training.average OUT.pt 0.5=A.pt 0.25=B.pt 0.25=C.pt.

Networks that went on from the same weights often read better averaged than any one of them (Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.network import load, save


def main() -> None:
    """Write the weighted mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("parts", nargs="+", metavar="SHARE=WEIGHTS.pt")
    given = parser.parse_args()
    shares = {Path(path): float(share) for share, _, path in (part.partition("=") for part in given.parts)}
    if abs(sum(shares.values()) - 1) > 1e-6:
        raise SystemExit(f"the shares come to {sum(shares.values())}, expected 1")
    networks = {path: load(path).state_dict() for path in shares}
    out = load(next(iter(shares)))
    out.load_state_dict(
        {name: sum(networks[path][name] * share for path, share in shares.items()) for name in out.state_dict()}
    )
    given.out.parent.mkdir(parents=True, exist_ok=True)
    save(out, given.out)


if __name__ == "__main__":
    main()
