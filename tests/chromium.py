"""What tests need that look at pages in Debian's Chromium: the browser, and the contrast of what it shows."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NEEDED = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path: apt-get install chromium"),
]
"""The marks of a module of such tests."""
CONTRAST = """() => {
    const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
    const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const ground = (box) => {
        for (; box; box = box.parentElement) {
            const color = numbers(getComputedStyle(box).backgroundColor);
            if (color.length < 4 || color[3] === 1) return color;
        }
        return [255, 255, 255];
    };
    const contrasts = [];
    for (const box of document.querySelectorAll("body *")) {
        const hasText = [...box.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if ((!hasText && box.tagName !== "svg") || !box.checkVisibility()) continue;
        if (["SCRIPT", "OPTION"].includes(box.tagName) || box.matches(".icons")) continue;
        const style = getComputedStyle(box);
        const [a, b] = [luminance(numbers(box.tagName === "svg" ? style.fill : style.color)), luminance(ground(box))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        contrasts.push([contrast, `${box.tagName}.${box.getAttribute("class")}`]);
    }
    return contrasts;
}"""
"""A script: the contrast of each text and icon that shows, with its element."""


@contextmanager
def launched() -> Iterator[Any]:
    """A Chromium without a window."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
