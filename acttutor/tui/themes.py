"""Two themes of our own, on the Okabe-Ito palette, safe for colour-blind eyes.

Okabe & Ito 2008, "Color Universal Design": sky blue, orange, bluish green and vermilion stay apart for every
common kind of colour vision. The light theme darkens them until text in them reads on white.
"""

from textual.theme import Theme

DARK = Theme(
    name="acttutor-dark",
    primary="#56B4E9",
    secondary="#009E73",
    accent="#E69F00",
    warning="#E69F00",
    error="#D55E00",
    success="#009E73",
    foreground="#D8DEE6",
    background="#11151A",
    surface="#171C23",
    panel="#1F262F",
    dark=True,
    variables={
        "footer-background": "#171C23",
        "footer-key-foreground": "#56B4E9",
        "footer-description-foreground": "#9AA7B4",
        "block-cursor-background": "#56B4E9",
        "block-cursor-foreground": "#11151A",
        "block-cursor-blurred-background": "#2A3642",
        "block-cursor-blurred-foreground": "#D8DEE6",
        "input-selection-background": "#56B4E9 35%",
        "border": "#3A4654",
        "border-blurred": "#2A333E",
    },
)

LIGHT = Theme(
    name="acttutor-light",
    primary="#00639C",
    secondary="#00724F",
    accent="#8F5A00",
    warning="#8F5A00",
    error="#A84300",
    success="#00724F",
    foreground="#1C2530",
    background="#FBFBF8",
    surface="#F1F2EE",
    panel="#E6E8E3",
    dark=False,
    variables={
        "footer-background": "#F1F2EE",
        "footer-key-foreground": "#00639C",
        "footer-description-foreground": "#4C5866",
        "block-cursor-background": "#00639C",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-blurred-background": "#D3DBE2",
        "block-cursor-blurred-foreground": "#1C2530",
        "input-selection-background": "#00639C 25%",
        "border": "#B4BCC4",
        "border-blurred": "#D0D5D9",
    },
)

UNUSABLE = ("ansi-dark", "ansi-light", "textual-ansi")
"""Themes in which plots come out black on black, because they leave the colours to the terminal."""
