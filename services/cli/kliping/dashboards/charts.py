"""How each type of chart looks, as parameters of its visualization."""

from __future__ import annotations

from typing import Any, Final, Literal

Json = dict[str, Any]

#: One color for one meaning on all dashboards; dark enough beside white (3:1) and told apart by the colour-blind.
BLUE: Final = "#1f6fb4"
ORANGE: Final = "#c2571a"
GREEN: Final = "#2b8a5b"
GREY: Final = "#7b8794"
RED: Final = "#b3372f"
PURPLE: Final = "#7a4fa3"


def bars(axis: str, *, across: bool = False, legend: bool = True, labels: int = 100) -> Json:
    """Stacked bars, upright or lying; ``axis`` is what they measure, ``labels`` the longest label in characters."""
    return {
        "grid": {"categoryLines": False},
        "categoryAxes": [
            {
                "id": "CategoryAxis-1",
                "type": "category",
                "position": "left" if across else "bottom",
                "show": True,
                "style": {},
                "scale": {"type": "linear"},
                "labels": {"show": True, "rotate": 0, "filter": not across, "truncate": labels},
                "title": {},
            }
        ],
        "valueAxes": [
            {
                "id": "ValueAxis-1",
                "name": "BottomAxis-1" if across else "LeftAxis-1",
                "type": "value",
                "position": "bottom" if across else "left",
                "show": True,
                "style": {},
                "scale": {"type": "linear", "mode": "normal"},
                "labels": {"show": True, "rotate": 0, "filter": across, "truncate": 100},
                "title": {"text": axis},
            }
        ],
        "seriesParams": [
            {
                "show": True,
                "type": "histogram",
                "mode": "stacked",
                "data": {"label": axis, "id": "1"},
                "valueAxis": "ValueAxis-1",
                "drawLinesBetweenPoints": True,
                "lineWidth": 2,
                "showCircles": True,
            }
        ],
        "addTooltip": True,
        "addLegend": legend,
        "legendPosition": "right",
        "times": [],
        "addTimeMarker": False,
        "labels": {"show": False},
        "thresholdLine": {"show": False, "value": 10, "width": 1, "style": "full", "color": "#E7664C"},
    }


def donut(legend: Literal["right", "bottom"] = "right") -> Json:
    """A ring with its parts."""
    return {
        "addTooltip": True,
        "addLegend": True,
        "legendPosition": legend,
        "isDonut": True,
        "labels": {"show": False, "values": True, "last_level": True, "truncate": 100},
    }


def squares() -> Json:
    """Two fields against each other, darker where there is more."""
    return {
        "addTooltip": True,
        "addLegend": True,
        "enableHover": False,
        "legendPosition": "right",
        "times": [],
        "colorsNumber": 5,
        "colorSchema": "Blues",
        "setColorRange": False,
        "colorsRange": [],
        "invertColors": False,
        "percentageMode": False,
        "valueAxes": [
            {
                "show": False,
                "id": "ValueAxis-1",
                "type": "value",
                "scale": {"type": "linear", "defaultYExtents": False},
                "labels": {"show": True, "rotate": 0, "overwriteColor": False, "color": "#69707D"},
            }
        ],
    }


def table(rows: int, *, sort: int | None = None) -> Json:
    """A table of so many rows a page, the greatest of column ``sort`` (from 0) first; else in the order of its rows."""
    return {
        "perPage": rows,
        "showPartialRows": False,
        "showMetricsAtAllLevels": False,
        "sort": {"columnIndex": sort, "direction": None if sort is None else "desc"},
        "showTotal": False,
        "totalFunc": "sum",
        "percentageCol": "",
    }


def numbers(size: int = 32) -> Json:
    """Numbers side by side, each above its label."""
    return {
        "addTooltip": True,
        "addLegend": False,
        "metric": {
            "percentageMode": False,
            "useRanges": False,
            "colorSchema": "Green to Red",
            "metricColorMode": "None",
            "colorsRange": [{"from": 0, "to": 10000}],
            "labels": {"show": True},
            "invertColors": False,
            "style": {"bgFill": "#000", "bgColor": False, "labelColor": False, "subText": "", "fontSize": size},
        },
    }
