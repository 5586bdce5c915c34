"""Which recordings are taken, told by their first bytes and not by their name. Pure."""

from __future__ import annotations

import enum


class MediaType(enum.StrEnum):
    MP3 = "audio/mpeg"
    M4A = "audio/mp4"
    WAV = "audio/wav"
    WEBM = "video/webm"
    MP4 = "video/mp4"


_BY_ENDING = {
    "mp3": MediaType.MP3,
    "m4a": MediaType.M4A,
    "wav": MediaType.WAV,
    "webm": MediaType.WEBM,
    "mp4": MediaType.MP4,
}
ENDINGS = tuple(_BY_ENDING)


def media_type_of(file_name: str) -> MediaType | None:
    """What the name's ending promises; None for what is not taken."""
    return _BY_ENDING.get(file_name.rpartition(".")[2].casefold())


def keeps_its_promise(media_type: MediaType, beginning: bytes) -> bool:
    """Whether a file that begins so is of that type; the first 16 bytes are enough."""
    match media_type:
        case MediaType.MP3:
            # An ID3 tag, or the eleven set bits of a frame.
            is_frame = len(beginning) > 1 and beginning[0] == 0xFF and beginning[1] & 0xE0 == 0xE0
            return beginning.startswith(b"ID3") or is_frame
        case MediaType.M4A | MediaType.MP4:
            return beginning[4:8] == b"ftyp"
        case MediaType.WAV:
            return beginning[:4] in (b"RIFF", b"RF64") and beginning[8:12] == b"WAVE"
        case MediaType.WEBM:
            return beginning.startswith(b"\x1a\x45\xdf\xa3")
