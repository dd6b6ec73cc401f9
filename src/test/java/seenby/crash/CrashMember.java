package seenby.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import seenby.support.ApiClient;

/**
 * A user, and what its devices know together.
 *
 * @param leaves whether it leaves groups and opts out now and then
 * @param delivered the last message that a poll brought, by group
 */
record CrashMember(String id, String token, boolean leaves, CrashHttp http, Map<String, Long> delivered) {
    static CrashMember of(ApiClient user, boolean leaves, CrashHttp http) {
        return new CrashMember(user.id(), user.token(), leaves, http, new ConcurrentHashMap<>());
    }

    long delivered(String group) {
        return delivered.getOrDefault(group, 0L);
    }

    CrashHttp.Reply call(String method, String path, Map<String, ?> body) {
        return http.call(token, method, path, body);
    }
}
