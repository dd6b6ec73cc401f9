package seenby.access;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One call, and its status for each role. */
record AccessRow(String method, String target, String json, Map<Role, Integer> statuses) {
    /** A call as one role makes it. */
    record Cell(AccessRow row, Role role) {
        int status() {
            return row.status(role);
        }

        boolean isRefused() {
            return status() >= 400;
        }

        @Override
        public String toString() {
            return role + ": " + row;
        }
    }

    /** @param roles of the statuses that the line ends with */
    static AccessRow parse(String line, List<Role> roles) {
        List<String> words = List.of(line.split("\\s+"));
        List<String> call = words.subList(0, words.size() - roles.size());
        Iterator<String> last = words.subList(call.size(), words.size()).iterator();
        Map<Role, Integer> statuses = new EnumMap<>(Role.class);
        roles.forEach(role -> statuses.put(role, Integer.valueOf(last.next())));
        return new AccessRow(call.get(0), call.get(1), call.size() > 2 ? call.get(2) : "", statuses);
    }

    int status(Role role) {
        return statuses.getOrDefault(role, 0);
    }

    Stream<Cell> cells() {
        return statuses.keySet().stream().map(role -> new Cell(this, role));
    }

    AccessRow with(String otherMethod) {
        return new AccessRow(otherMethod, target, json, statuses);
    }

    /** The call at another path. */
    AccessRow at(String path) {
        return new AccessRow(method, path + query(), json, statuses);
    }

    String path() {
        return target.split("\\?", 2)[0];
    }

    private String query() {
        return target.substring(path().length());
    }

    /** The call as the API's description names it, which has one name for all users, and for all messages. */
    String route() {
        return method + " " + path().replaceAll("\\{(self|other)}", "{uid}").replace("{theirs}", "{id}");
    }

    boolean names(String placeholder) {
        return (target + json).contains(placeholder);
    }

    @Override
    public String toString() {
        return method + " " + target + (json.isEmpty() ? "" : " " + json);
    }
}
