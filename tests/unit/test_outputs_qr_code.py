"""QR codes, read by another program than the one that writes them."""

import io

import pytest
import resvg_py
import zxingcpp
from PIL import Image

from storymap.outputs.qr_code import draw_qr_code


@pytest.mark.parametrize(
    "url", ["https://example.org/declaration.html", f"https://example.org/p%C5%99%C3%ADb%C4%9Bh/{'long-' * 40}.html"]
)
def test_a_code_leads_to_its_address(url: str) -> None:
    svg = draw_qr_code(url).decode()
    assert draw_qr_code(url).decode() == svg
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=400, background="white"))))
    (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert found.text == url
