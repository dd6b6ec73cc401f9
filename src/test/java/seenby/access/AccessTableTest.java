package seenby.access;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import seenby.access.AccessRow.Cell;
import seenby.docs.OpenApi;
import seenby.docs.Operation;

/** The table of who may make which call, held to the API's description. */
class AccessTableTest {
    private static final List<Operation> OPERATIONS = OpenApi.read().operations();

    @Test
    void tableHasEveryCallAndNoOther() {
        Set<String> described = OPERATIONS.stream().map(Operation::route).collect(toCollection(TreeSet::new));
        Set<String> decided = AccessTable.rows().stream().map(AccessRow::route).collect(toCollection(TreeSet::new));

        assertEquals(described, decided);
    }

    @Test
    void noLineIsThereTwice() {
        List<String> lines =
                AccessTable.rows().stream().map(AccessRow::toString).toList();

        assertEquals(new HashSet<>(lines).size(), lines.size());
    }

    @Test
    void everyStatusIsDescribed() {
        for (Operation operation : OPERATIONS) {
            Set<Integer> described = statuses(operation);
            AccessTable.cells()
                    .filter(cell -> cell.row().route().equals(operation.route()))
                    .forEach(cell -> assertTrue(described.contains(cell.status()), cell::toString));
        }
    }

    private static Set<Integer> statuses(Operation operation) {
        Set<Integer> statuses = new HashSet<>(operation.problems());
        operation.successes().keySet().forEach(status -> statuses.add(Integer.valueOf(status)));
        // the metrics take a token, unless they are open
        if (operation.takesToken()) {
            statuses.add(401);
        }
        return statuses;
    }

    /** A call that needs no token is there for everybody. */
    @Test
    void tokenIsNeededWhereTheDescriptionSaysSo() {
        Set<String> open = OPERATIONS.stream()
                .filter(operation -> !operation.takesToken())
                .map(Operation::route)
                .collect(toCollection(TreeSet::new));
        Set<String> withoutToken = AccessTable.cells()
                .filter(cell -> cell.role() == Role.NONE && !cell.isRefused())
                .map(Cell::row)
                .map(AccessRow::route)
                .collect(toCollection(TreeSet::new));

        assertEquals(open, withoutToken);
    }
}
