"""24 Pickles and other files with code in them, handed in as a model."""

from __future__ import annotations

from .attack import Attack
from .kit import Kit

PAYLOAD = b"cposix\\nsystem\\n(S'touch {marker}'\\ntR."


def test_nobody_on_the_trusted_side_opens_them(attack: Attack, kit: Kit) -> None:
    marker = kit.folder / "marker"
    names = ("model.pkl", "model.joblib", "model.npy", "state.pt", "MLmodel", "python_model.pkl")
    paths = [kit.write(f"attack/{name}", "") for name in names]
    for path in paths:
        path.write_bytes(PAYLOAD.replace(b"{marker}", str(marker).encode()))
    attack("", "return open('model.pkl', 'rb').read()")
    attack("import pickle", "return pickle.load(open('model.pkl', 'rb'))")
    assert not marker.exists()
    for path in paths:
        path.unlink()
