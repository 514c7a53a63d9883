"""What preparing the faces of pages needs from PyPI, apart from what all else needs: data is not made anew for them."""

from __future__ import annotations

FACE_REQUIREMENTS = (
    # Exactly: their outlines go into every site. They are as Google Fonts has them, with their licences.
    "fontpkg-source-serif-4==4.4",
    "fontpkg-source-sans-3==3.52",
    # It packs faces as browsers want them: WOFF2.
    "brotli>=1.2",
)
