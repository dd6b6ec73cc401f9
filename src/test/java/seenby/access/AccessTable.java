package seenby.access;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import seenby.access.AccessRow.Cell;

/**
 * Who may make which call. A call has several lines if it depends on what it names: {@code {self}} is the caller,
 * {@code {other}} another member, {@code {uid}} a user who is not a member, {@code {new}} an id that nothing has. The
 * message {@code {id}} is from the owner, {@code {theirs}} is from the other member. Only senders see receipts.
 */
final class AccessTable {
    private static final String TABLE = """
            call                                                     none garbage revoked outsider member owner admin
            POST   /v1/users {"id":"{new}"}                          401  401     401     403      403    403   201
            POST   /v1/users {"id":"{new}","admin":true}             401  401     401     403      403    403   201
            POST   /v1/users {"id":"{uid}"}                          401  401     401     403      403    403   409
            POST   /v1/users/batch {"users":[{"id":"{new}"}]}        401  401     401     403      403    403   201
            POST   /v1/users/batch {"users":[{"id":"{uid}"}]}        401  401     401     403      403    403   409
            GET    /v1/users                                         401  401     401     200      200    200   200
            GET    /v1/users/{uid}                                   401  401     401     200      200    200   200
            PATCH  /v1/users/{uid} {"active":false}                  401  401     401     403      403    403   200
            PATCH  /v1/users/{self} {"active":true}                  401  401     401     403      403    403   200
            DELETE /v1/users/{uid}                                   401  401     401     403      403    403   204
            DELETE /v1/users/{other}                                 401  401     401     403      403    403   204
            DELETE /v1/users/{self}                                  401  401     401     403      403    403   204
            POST   /v1/users/{uid}/token                             401  401     401     403      403    403   200
            POST   /v1/users/{other}/token                           401  401     401     403      403    403   200
            POST   /v1/users/{self}/token                            401  401     401     200      200    200   200
            GET    /v1/me                                            401  401     401     200      200    200   200
            PATCH  /v1/me {"name":"Me"}                              401  401     401     200      200    200   200
            PATCH  /v1/me {"send_read_receipts":false}               401  401     401     200      200    200   200
            PATCH  /v1/me {"admin":true}                             401  401     401     422      422    422   422

            POST   /v1/groups {"id":"{new}"}                         401  401     401     201      201    201   201
            POST   /v1/groups {"id":"{gid}"}                         401  401     401     409      409    409   409
            GET    /v1/groups                                        401  401     401     200      200    200   200
            GET    /v1/groups?all=true                               401  401     401     403      403    403   200
            GET    /v1/groups/{gid}                                  401  401     401     404      200    200   200
            PATCH  /v1/groups/{gid} {"name":"Ours"}                  401  401     401     404      403    200   200
            PATCH  /v1/groups/{gid} {"receipts":"members"}           401  401     401     404      403    200   200
            PATCH  /v1/groups/{gid} {"owner":"{other}"}              401  401     401     404      403    200   200
            PATCH  /v1/groups/{gid} {"owner":"{self}"}               401  401     401     404      403    200   422
            DELETE /v1/groups/{gid}                                  401  401     401     404      403    204   204
            DELETE /v1/groups/{gid}?archive=delete                   401  401     401     404      403    204   204
            GET    /v1/groups/{gid}/members                          401  401     401     404      200    200   200
            POST   /v1/groups/{gid}/members {"ids":["{uid}"]}        401  401     401     404      403    200   200
            POST   /v1/groups/{gid}/members {"ids":["{self}"]}       401  401     401     404      403    200   200
            PUT    /v1/groups/{gid}/members/{uid}                    401  401     401     404      403    201   201
            PUT    /v1/groups/{gid}/members/{self}                   401  401     401     404      403    200   201
            DELETE /v1/groups/{gid}/members/{uid}                    401  401     401     404      403    404   404
            DELETE /v1/groups/{gid}/members/{other}                  401  401     401     404      403    204   204
            DELETE /v1/groups/{gid}/members/{self}                   401  401     401     404      204    409   404

            POST   /v1/groups/{gid}/messages {"text":"hi"}           401  401     401     404      201    201   404
            GET    /v1/groups/{gid}/messages                         401  401     401     404      200    200   404
            GET    /v1/groups/{gid}/messages?after=0                 401  401     401     404      200    200   404
            GET    /v1/groups/{gid}/messages?before=9                401  401     401     404      200    200   404
            GET    /v1/groups/{gid}/messages/{id}                    401  401     401     404      200    200   404

            POST   /v1/groups/{gid}/ack {"upto":1}                   401  401     401     404      200    200   404
            POST   /v1/groups/{gid}/ack?upto=1                       401  401     401     404      200    200   404
            POST   /v1/groups/{gid}/messages/{id}/ack                401  401     401     404      200    200   404
            POST   /v1/groups/{gid}/messages/{id}/nudge              401  401     401     404      403    200   404
            POST   /v1/groups/{gid}/messages/{theirs}/nudge          401  401     401     404      403    200   404
            GET    /v1/groups/{gid}/messages/{id}/receipts           401  401     401     404      403    200   404
            GET    /v1/groups/{gid}/messages/{id}/receipts?list=none 401  401     401     404      403    200   404
            GET    /v1/groups/{gid}/messages/{id}/receipts?wait=1    401  401     401     404      403    200   404
            GET    /v1/groups/{gid}/messages/{theirs}/receipts       401  401     401     404      403    403   404
            GET    /v1/groups/{gid}/receipts                         401  401     401     404      200    200   404

            GET    /v1/updates                                       401  401     401     200      200    200   200
            POST   /v1/updates                                       401  401     401     200      200    200   200
            POST   /v1/updates {"ack":{"{gid}":1}}                   401  401     401     200      200    200   200

            GET    /healthz                                          200  200     200     200      200    200   200
            GET    /readyz                                           200  200     200     200      200    200   200
            GET    /metrics                                          401  401     401     403      403    403   200
            GET    /openapi.yaml                                     200  200     200     200      200    200   200
            GET    /docs                                             200  200     200     200      200    200   200
            GET    /                                                 200  200     200     200      200    200   200
            """;

    private AccessTable() {}

    static List<AccessRow> rows() {
        List<String> lines = TABLE.lines().filter(line -> !line.isBlank()).toList();
        List<Role> roles = roles(lines.get(0));
        return lines.stream().skip(1).map(line -> AccessRow.parse(line, roles)).toList();
    }

    private static List<Role> roles(String heading) {
        return Stream.of(heading.split("\\s+"))
                .skip(1)
                .map(name -> Role.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }

    static Stream<Cell> cells() {
        return rows().stream().flatMap(AccessRow::cells);
    }

    /** The calls that a role may not make. */
    static Stream<AccessRow> refusedTo(Role role) {
        return cells().filter(cell -> cell.role() == role && cell.isRefused()).map(Cell::row);
    }
}
