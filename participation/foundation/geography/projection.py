"""From degrees to a plane on which equal areas stay equal."""

from __future__ import annotations

from math import atanh, cos, isclose, radians, sin, sqrt

SEMI_MAJOR_AXIS = 6378137.0
ECCENTRICITY_SQUARED = 0.00669438002290  # GRS 80, as in ETRS 89; WGS 84 differs by a tenth of a millimetre.


class EqualArea:
    """The Lambert azimuthal equal-area projection of the ellipsoid about a centre; results in metres.

    J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), equations 3-11, 3-12
    and 24-17 to 24-20; the same as method 9820 of the EPSG guidance note 7-2.
    """

    def __init__(self, longitude: float, latitude: float) -> None:
        # At a pole the formulas divide by nothing; no municipality notices a degree there.
        centre = radians(max(-89.0, min(89.0, latitude)))
        self._longitude = longitude
        self._at_pole = _authalic(radians(90))
        self._radius = SEMI_MAJOR_AXIS * sqrt(self._at_pole / 2)
        sine = _authalic(centre) / self._at_pole
        self._sine, self._cosine = sine, sqrt(1 - sine * sine)
        parallel = cos(centre) / sqrt(1 - ECCENTRICITY_SQUARED * sin(centre) ** 2)
        self._stretch = SEMI_MAJOR_AXIS * parallel / (self._radius * self._cosine)

    def project(self, longitude: float, latitude: float) -> tuple[float, float]:
        """East and north of the centre."""
        away = radians(turned(longitude - self._longitude))
        sine = _authalic(radians(latitude)) / self._at_pole
        cosine = sqrt(max(0.0, 1 - sine * sine))
        nearness = 1 + self._sine * sine + self._cosine * cosine * cos(away)
        if isclose(nearness, 0, abs_tol=1e-9):
            raise ValueError("the point lies opposite the centre, which has no place on the plane")
        length = self._radius * sqrt(2 / nearness)
        return (
            length * self._stretch * cosine * sin(away),
            length / self._stretch * (self._cosine * sine - self._sine * cosine * cos(away)),
        )


def turned(degrees: float) -> float:
    """The same turn between -180 and 180 degrees, so that the date line cuts nothing."""
    return (degrees + 180) % 360 - 180


def _authalic(latitude: float) -> float:
    """Snyder's q, to which the area between the equator and a latitude is proportional."""
    eccentricity = sqrt(ECCENTRICITY_SQUARED)
    sine = sin(latitude)
    return (1 - ECCENTRICITY_SQUARED) * (
        sine / (1 - ECCENTRICITY_SQUARED * sine * sine) + atanh(eccentricity * sine) / eccentricity
    )
