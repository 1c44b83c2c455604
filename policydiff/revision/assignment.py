"""The best one-to-one choice among scored pairs."""

import heapq
from collections.abc import Mapping

_Pair = tuple[int, int]


def assign(scores: Mapping[_Pair, float]) -> list[_Pair]:
    """Return the pairs whose scores add up to the most, each row and column at most once.

    Only pairs with a positive score are chosen. Exact: shortest augmenting paths over the pairs given, with the
    option of leaving a row alone; O(rows · pairs · log pairs), so give it candidates, not a full matrix of thousands.
    Equal sums are decided by the order of rows and columns, so that the result never depends on hashing.
    """
    rows: dict[int, list[tuple[int, float]]] = {}
    for (row, column), score in sorted(scores.items()):
        if score > 0:
            rows.setdefault(row, []).append((column, score))
    solver = _Solver(rows)
    for row in rows:
        solver.place(row)
    return sorted((row, column) for column, row in solver.row_of.items())


class _Solver:
    """Successive shortest paths with potentials; costs are -score, staying alone costs nothing."""

    def __init__(self, rows: Mapping[int, list[tuple[int, float]]]) -> None:
        self.rows = rows
        self.row_of: dict[int, int] = {}
        self.column_of: dict[int, int] = {}
        best = {row: max(score for _, score in edges) for row, edges in rows.items()}
        self.row_price = {row: -score for row, score in best.items()}
        self.column_price: dict[int, float] = {}

    def place(self, start: int) -> None:
        """Give `start` a column, or none, and move others along the cheapest path."""
        distance: dict[int, float] = {}
        came_from: dict[int, int] = {}
        done: set[int] = set()
        reached: dict[int, float] = {start: 0.0}
        queue: list[tuple[float, int]] = []
        # A row may end alone: its reduced cost is -row_price (the price it gives up).
        end_cost, end_row, end_column = -self.row_price[start], start, -1
        row, base = start, 0.0
        while True:
            for column, score in self.rows[row]:
                if column in done:
                    continue
                reduced = base - score - self.row_price[row] - self.column_price.get(column, 0.0)
                if reduced < distance.get(column, float("inf")) - 1e-12:
                    distance[column] = reduced
                    came_from[column] = row
                    heapq.heappush(queue, (reduced, column))
            while queue and queue[0][1] in done:
                heapq.heappop(queue)
            if not queue or queue[0][0] >= end_cost:
                break
            base, column = heapq.heappop(queue)
            done.add(column)
            if column not in self.row_of:
                end_cost, end_row, end_column = base, came_from[column], column
                break
            row = self.row_of[column]
            reached[row] = base
            if base - self.row_price[row] < end_cost:
                end_cost, end_row, end_column = base - self.row_price[row], row, -1
        self._reprice(end_cost, reached, done, distance)
        self._flip(start, end_row, end_column, came_from)

    def _reprice(
        self, end_cost: float, reached: Mapping[int, float], done: set[int], distance: Mapping[int, float]
    ) -> None:
        for row, cost in reached.items():
            if cost < end_cost:
                self.row_price[row] += end_cost - cost
        for column in done:
            if distance[column] < end_cost:
                self.column_price[column] = self.column_price.get(column, 0.0) - (end_cost - distance[column])

    def _flip(self, start: int, row: int, column: int, came_from: Mapping[int, int]) -> None:
        """Hand the columns along the path from the end back to `start`."""
        while True:
            previous = self.column_of.get(row, -1)
            if column >= 0:
                self.row_of[column] = row
                self.column_of[row] = column
            else:
                self.column_of.pop(row, None)
            if row == start:
                return
            column = previous
            row = came_from[column]
