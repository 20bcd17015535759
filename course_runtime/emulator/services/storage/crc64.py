"""Azure Storage's CRC64, in plain Python: for the clients that send one."""

from __future__ import annotations

POLYNOMIAL = 0x9A6C9329AC4BC9B5
MASK = 0xFFFFFFFFFFFFFFFF


def _entry(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ POLYNOMIAL if byte & 1 else byte >> 1
    return byte


TABLE = tuple(_entry(byte) for byte in range(256))


def crc64(data: bytes, start: int = 0) -> int:
    """The CRC of `data` that follows what `start` is the CRC of."""
    value, table = start ^ MASK, TABLE
    for byte in data:
        value = (value >> 8) ^ table[(value ^ byte) & 0xFF]
    return value ^ MASK
