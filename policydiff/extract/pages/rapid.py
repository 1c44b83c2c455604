"""rapidocr (PP-OCR models in its wheel, run by onnxruntime): works without a network."""

import os
from importlib.metadata import version

import numpy
from rapidocr import RapidOCR

from policydiff.extract.pages.assembly import FoundLine, Picture

_MOST_THREADS = 4


class Rapid:
    """The engine, its models loaded."""

    def __init__(self) -> None:
        self.name = f"rapidocr {version('rapidocr')}"
        threads = min(os.cpu_count() or 1, _MOST_THREADS)
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                # By default lines with a confidence below one half vanish: a doubtful line is kept, and its doubt.
                "Global.text_score": 0.0,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def recognise(self, picture: Picture) -> list[FoundLine]:
        """Return the lines of a picture, in no particular order."""
        grey = numpy.frombuffer(picture.pixels, numpy.uint8).reshape(picture.height, picture.width)
        result = self._engine(numpy.repeat(grey[:, :, None], 3, axis=2))
        if result.txts is None or result.boxes is None or result.scores is None:
            return []
        found = []
        for text, corners, score in zip(result.txts, result.boxes, result.scores, strict=True):
            (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in corners)
            height = ((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5
            found.append(
                FoundLine(
                    str(text),
                    ((x0 + x3) / 2, (y0 + y3) / 2),
                    ((x1 + x2) / 2, (y1 + y2) / 2),
                    height,
                    float(score),
                )
            )
        return found
