"""Data of others that several tests of scales are checked with."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pandas as pd

ATTITUDE = pd.read_csv(
    StringIO(
        """\
rating,complaints,privileges,learning,raises,critical,advance
43,51,30,39,61,92,45
63,64,51,54,63,73,47
71,70,68,69,76,86,48
61,63,45,47,54,84,35
81,78,56,66,71,83,47
43,55,49,44,54,49,34
58,67,42,56,66,68,35
71,75,50,55,70,66,41
72,82,72,67,71,83,31
67,61,45,47,62,80,41
64,53,53,58,58,67,34
67,60,47,39,59,74,41
69,62,57,42,55,63,25
68,83,83,45,59,77,35
77,77,54,72,79,77,46
81,90,50,72,60,54,36
74,85,64,69,79,79,63
65,60,65,75,55,80,60
65,70,46,57,75,85,46
50,58,68,54,64,78,52
50,40,33,34,43,64,33
64,61,52,62,66,80,41
53,66,52,50,63,80,37
40,37,42,58,50,57,49
63,54,42,48,66,75,33
66,77,66,63,88,76,72
78,75,58,74,80,78,49
48,57,44,45,51,83,38
85,85,71,71,77,74,55
82,82,39,59,64,78,39
"""
    )
)
"""Favourable answers (%) of 30 departments to seven questions: Chatterjee and Price, R's datasets::attitude."""

DENIS = np.array(
    [
        [1.000, 0.679, 0.351, 0.827, 0.022],
        [0.679, 1.000, 0.612, 0.743, -0.463],
        [0.351, 0.612, 1.000, 0.462, -0.129],
        [0.827, 0.743, 0.462, 1.000, -0.011],
        [0.022, -0.463, -0.129, -0.011, 1.000],
    ]
)
"""Correlations of five items of ten respondents, as SPSS prints them in D. J. Denis, Applied Univariate, Bivariate,
and Multivariate Statistics (Wiley), where he computes Cronbach's alpha."""

DENIS_DEVIATIONS = np.array([2.71006, 5.05085, 4.74810, 2.71621, 3.80058])
"""Standard deviations of the same items, from the same print."""

MTCARS = pd.DataFrame(
    [
        [21.0, 6, 160.0, 110, 3.90, 2.620, 16.46, 0, 1, 4, 4],
        [21.0, 6, 160.0, 110, 3.90, 2.875, 17.02, 0, 1, 4, 4],
        [22.8, 4, 108.0, 93, 3.85, 2.320, 18.61, 1, 1, 4, 1],
        [21.4, 6, 258.0, 110, 3.08, 3.215, 19.44, 1, 0, 3, 1],
        [18.7, 8, 360.0, 175, 3.15, 3.440, 17.02, 0, 0, 3, 2],
        [18.1, 6, 225.0, 105, 2.76, 3.460, 20.22, 1, 0, 3, 1],
        [14.3, 8, 360.0, 245, 3.21, 3.570, 15.84, 0, 0, 3, 4],
        [24.4, 4, 146.7, 62, 3.69, 3.190, 20.00, 1, 0, 4, 2],
        [22.8, 4, 140.8, 95, 3.92, 3.150, 22.90, 1, 0, 4, 2],
        [19.2, 6, 167.6, 123, 3.92, 3.440, 18.30, 1, 0, 4, 4],
        [17.8, 6, 167.6, 123, 3.92, 3.440, 18.90, 1, 0, 4, 4],
        [16.4, 8, 275.8, 180, 3.07, 4.070, 17.40, 0, 0, 3, 3],
        [17.3, 8, 275.8, 180, 3.07, 3.730, 17.60, 0, 0, 3, 3],
        [15.2, 8, 275.8, 180, 3.07, 3.780, 18.00, 0, 0, 3, 3],
        [10.4, 8, 472.0, 205, 2.93, 5.250, 17.98, 0, 0, 3, 4],
        [10.4, 8, 460.0, 215, 3.00, 5.424, 17.82, 0, 0, 3, 4],
        [14.7, 8, 440.0, 230, 3.23, 5.345, 17.42, 0, 0, 3, 4],
        [32.4, 4, 78.7, 66, 4.08, 2.200, 19.47, 1, 1, 4, 1],
        [30.4, 4, 75.7, 52, 4.93, 1.615, 18.52, 1, 1, 4, 2],
        [33.9, 4, 71.1, 65, 4.22, 1.835, 19.90, 1, 1, 4, 1],
        [21.5, 4, 120.1, 97, 3.70, 2.465, 20.01, 1, 0, 3, 1],
        [15.5, 8, 318.0, 150, 2.76, 3.520, 16.87, 0, 0, 3, 2],
        [15.2, 8, 304.0, 150, 3.15, 3.435, 17.30, 0, 0, 3, 2],
        [13.3, 8, 350.0, 245, 3.73, 3.840, 15.41, 0, 0, 3, 4],
        [19.2, 8, 400.0, 175, 3.08, 3.845, 17.05, 0, 0, 3, 2],
        [27.3, 4, 79.0, 66, 4.08, 1.935, 18.90, 1, 1, 4, 1],
        [26.0, 4, 120.3, 91, 4.43, 2.140, 16.70, 0, 1, 5, 2],
        [30.4, 4, 95.1, 113, 3.77, 1.513, 16.90, 1, 1, 5, 2],
        [15.8, 8, 351.0, 264, 4.22, 3.170, 14.50, 0, 1, 5, 4],
        [19.7, 6, 145.0, 175, 3.62, 2.770, 15.50, 0, 1, 5, 6],
        [15.0, 8, 301.0, 335, 3.54, 3.570, 14.60, 0, 1, 5, 8],
        [21.4, 4, 121.0, 109, 4.11, 2.780, 18.60, 1, 1, 4, 2],
    ],
    columns=["mpg", "cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb"],
)
"""32 cars of 1974, from Motor Trend: R's datasets::mtcars."""


def questionnaire() -> pd.DataFrame:
    """Four questions of the appendix of the Baoji paper, as the question `instrument` gives them.

    Age and time worked with the ranges that are printed; gender; product range, of which it is not said how many may be
    ticked. Keys are shortened.
    """
    rows = [
        *(("gender", "Gender", "single", o, label, None, None, None) for o, label in (("A", "Male"), ("B", "Female"))),
        ("age", "Age", "single", "A", "18 and under", None, 18, None),
        ("age", "Age", "single", "B", "19-30", 19, 30, None),
        ("age", "Age", "single", "C", "31-40", 31, 40, None),
        ("age", "Age", "single", "D", "41-50", 41, 50, None),
        ("age", "Age", "single", "E", "51-60 years", 51, 60, None),
        ("age", "Age", "single", "F", "60 years and over", 60, None, None),
        ("time", "Time worked", "", "A", "Less than one year", None, 1, 1),
        ("time", "Time worked", "", "B", "1-3 years", 1, 3, None),
        ("time", "Time worked", "", "C", "3-5 years", 3, 5, None),
        ("time", "Time worked", "", "D", "5 years and above", 5, None, None),
        *(
            ("products", "Product range", "", letter, label, None, None, None)
            for letter, label in zip("ABCDE", ("rods", "tubes", "wires", "plates", "Others"), strict=True)
        ),
    ]
    names = ["question", "question_label", "kind", "option", "option_label", "low", "high", "excluded"]
    return pd.DataFrame(rows, columns=names)
